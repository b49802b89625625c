"""A second implementation of the network, written from docs/integrate alone; it imports nothing of the project."""
