"""Rows and files ↔ values of credentials: the signed bytes, and the keys that sign them."""
