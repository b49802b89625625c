"""Rows ↔ values of notices."""
