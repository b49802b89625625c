"""What notices do: follow the journal, find those concerned, write letters, keep what each person chose."""
