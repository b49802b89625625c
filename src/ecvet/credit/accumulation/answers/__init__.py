"""More than one verdict: side by side, what if, other ways to finish, the nearest other qualification.

Everything here asks `accumulate` several times and compares; nothing here decides by itself.
"""

from ecvet.credit.accumulation.answers.alternatives import alternatives
from ecvet.credit.accumulation.answers.candidates import Candidate, Named, candidates
from ecvet.credit.accumulation.answers.nearest import Near, nearest
from ecvet.credit.accumulation.answers.sides import Sides, declared_and_free, differences, under_readings
from ecvet.credit.accumulation.answers.what_if import WhatIf, what_if

__all__ = [
    "Candidate",
    "Named",
    "Near",
    "Sides",
    "WhatIf",
    "alternatives",
    "candidates",
    "declared_and_free",
    "differences",
    "nearest",
    "under_readings",
    "what_if",
]
