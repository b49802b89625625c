"""Rows ↔ values of the institutions: who they are and their keys, the turns of a thread, the index of memoranda."""
