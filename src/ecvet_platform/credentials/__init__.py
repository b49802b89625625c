"""How achievement is proved to a stranger: credentials issued by institutions, and their verification."""
