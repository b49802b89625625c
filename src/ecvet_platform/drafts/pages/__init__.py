"""Pages of drafts: the list, beginning one, and writing each of its parts. All of them work without JavaScript."""
