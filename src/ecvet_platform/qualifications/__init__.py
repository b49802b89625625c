"""What can be learned: qualifications and units as their competent institutions published them.

A published version is a record and never changes (R-QUAL-5); the tables of this room only index the records, so that
lists are quick and a text can be found whatever accents it is typed with.
"""
