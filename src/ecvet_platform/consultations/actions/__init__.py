"""Consulting: opening and ending rounds, asking people, answering, reading what was said, replying, reporting."""
