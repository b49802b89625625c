"""What a person may type in the room of credit."""
