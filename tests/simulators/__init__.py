"""Whole worlds for tests: servers of their own, and what happens between them."""
