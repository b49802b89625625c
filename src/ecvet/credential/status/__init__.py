"""The status of what was issued: who changes it and why, where it stands, how it is published and checked."""
