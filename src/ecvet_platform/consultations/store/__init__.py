"""Rows of consultations, of those who are asked, and of replies."""
