"""Learners, agreements and stays for programs, one file for each thing."""
