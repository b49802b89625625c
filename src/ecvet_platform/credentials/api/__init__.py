"""Credentials for programs, one file for each thing."""
