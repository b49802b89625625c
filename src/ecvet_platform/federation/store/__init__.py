"""Rows ↔ values of the network, a file for each thing."""
