"""Rows ↔ values of the learner's own record: share links, looks, requests for erasure."""
