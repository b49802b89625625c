"""How it is proved to a stranger: drafts, formats, keys, trust and the numbered procedure of verification."""
