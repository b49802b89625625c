"""The ecvet platform: the same story as `ecvet`, with people, rows and wires."""
