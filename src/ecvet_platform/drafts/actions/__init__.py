"""Writing a qualification: keeping drafts, and the edits of their parts."""
