"""The verbs of the institutions: enter them, sign for them, negotiate, and conclude memoranda."""
