"""Figures: what happened, counted, for who is a party and for who is not; this room keeps nothing of its own."""
