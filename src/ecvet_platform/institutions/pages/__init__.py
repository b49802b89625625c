"""Pages of institutions, which are public, of their members, and of memoranda."""
