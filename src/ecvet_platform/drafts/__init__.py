"""Qualifications that are being written: kept between sessions, by several people, until they are published.

A draft is a qualification with its units like a published one, as values of the core; only it is not yet a record, may
change, and may be wrong: what is wrong is said after every step at its place.
"""
