"""Credentials in wallets: handed over to the learner's (OpenID4VCI 1.0), and shown from one (OpenID4VP 1.0)."""
