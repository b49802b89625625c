"""Rows ↔ values of wallets: what is remembered for minutes, and which copies lie in wallets."""
