"""What equals what between systems. So far the decided `Equivalence`; comparison, its evidence, comes after it."""

from ecvet.correspondence.equivalence import Equivalence, Ground, NothingEquals

__all__ = ["Equivalence", "Ground", "NothingEquals"]
