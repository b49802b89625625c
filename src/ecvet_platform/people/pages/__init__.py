"""The people's pages: signing in by every way, what proves who one is, sessions."""
