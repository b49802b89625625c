"""What learners achieved and what it counts for: assessed, handed over, validated, recognised, added up, awarded.

The records in the journal are the truth; the tables of this room say only where each case stands and who may see it.
"""
