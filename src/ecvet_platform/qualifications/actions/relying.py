"""What the register needs of the institutions' room, which comes later in the story: keys, names, competences.

`rely_on` lets that room hand it in, once, when the platform starts.
"""

from datetime import date
from typing import Protocol

from ecvet.partnership.institution import Function
from ecvet.record import Address
from ecvet.terms import Identifier


class Institutions(Protocol):
    """What the register needs of the institutions' room."""

    def issue(self, item: Address, institution: Identifier) -> None:
        """Sign a record as its author, in this transaction."""
        ...

    def name_of(self, institution: Identifier) -> str:
        """What an institution is called; its identifier where it is unknown."""
        ...

    def empowered(self, function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
        """The institutions that hold the function for the qualification on that day."""
        ...


_institutions: list[Institutions] = []


def rely_on(institutions: Institutions) -> None:
    """Take the institutions' room as the one that signs and knows who is empowered."""
    _institutions[:] = [institutions]


def name_of(institution: Identifier) -> str:
    """What an institution is called."""
    return next((one.name_of(institution) for one in _institutions), institution)


def empowered(function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
    """The institutions that hold a function for a qualification on a day."""
    return frozenset().union(*(one.empowered(function, qualification, on) for one in _institutions))


def sign(item: Address, by: Identifier) -> None:
    """Sign a record as its author."""
    for one in _institutions:
        one.issue(item, by)
