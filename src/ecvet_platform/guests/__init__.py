"""Guests without an account: an e-mailed link for one thread, one role and one task; and papers signed by hand."""
