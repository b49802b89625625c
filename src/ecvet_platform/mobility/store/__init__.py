"""Rows ↔ values of mobility: learners with what can be erased, the index of agreements, the order of what happened."""
