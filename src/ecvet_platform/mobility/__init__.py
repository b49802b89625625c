"""What was agreed and what happened: learners, their learning agreements, and their stays abroad.

Records name a learner by pseudonym; who it is stands in one row that can be erased while every record still verifies
(R-DATA-2). Agreements are records signed by all parties; a stay is the sum of the events told about it.
"""
