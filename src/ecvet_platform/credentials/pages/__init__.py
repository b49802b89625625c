"""The pages of credentials: those who hold and issue them, what becomes of them, and the lists that strangers fetch."""
