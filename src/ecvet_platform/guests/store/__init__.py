"""Rows ↔ values of guests and papers."""
