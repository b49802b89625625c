"""Who trusts whom: competent institutions, what each may do, the keys that sign for them, and their memoranda.

A memorandum is a chain of records with signatures; what its tables say is computed from these by the core and written
in the same transaction. Private keys are files, never rows (`keyring.py`).
"""
