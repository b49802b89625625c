"""What equals what between systems: decided equivalences and when they may be applied.

Comparison of units across systems gives evidence to a person and never decides; it has its own rooms below this one.
"""

from ecvet.correspondence.application import applicable, counts_for
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.correspondence.errors import NoEquivalence, NothingEquals, ShareOutOfRange

__all__ = ["Equivalence", "Ground", "NoEquivalence", "NothingEquals", "ShareOutOfRange", "applicable", "counts_for"]
