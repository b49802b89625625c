"""Whether two nodes hold the same: every night partners compare one hash, and details only where it differs.

The state of a thread is the hash over the addresses of everything in it (versions, signatures, statements), sorted, so
that the order of arrival does not matter. The hash of all threads that two partners share is made from those. Nothing
is believed because a partner says so: what is missing is pulled, and checked like everything that comes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ecvet.federation.carried import signature_bytes
from ecvet.partnership import Thread
from ecvet.record import Act, Address, Record, address_of, canonical
from ecvet.terms import Identifier

ANSWERS: Final = frozenset({Act.ACCEPT, Act.REJECT, Act.WITHDRAW})


def state_of(contents: Iterable[Address]) -> Address:
    """The state of a thread: the hash of the canonical list of the addresses of everything in it, sorted."""
    return address_of(canonical([*sorted(set(contents))]))


def contents(
    thread: Thread, statements: Iterable[str] = (), resting: Iterable[Record] = ()
) -> tuple[Address, ...]:  # fmt: skip
    """The addresses of everything that both sides hold of a conversation: versions, the answers to them (accept,
    reject, withdraw), statements (tokens), and the records that rest on the document."""
    return (
        *(one.address for one in thread.versions),
        *(address_of(signature_bytes(one)) for one in thread.signatures if one.act in ANSWERS),
        *(one.address for one in resting),
        *(address_of(one.encode("ascii")) for one in statements),
    )


def head_of(states: Mapping[Identifier, Address]) -> Address:
    """The one hash over all threads that two partners share: over the sorted pairs of thread and state."""
    return address_of(canonical([[thread, state] for thread, state in sorted(states.items())]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two nodes differ: threads that only one has, and threads that both have in another state."""

    only_here: tuple[Identifier, ...] = ()
    only_there: tuple[Identifier, ...] = ()
    other: tuple[Identifier, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.only_here or self.only_there or self.other)


def compare(here: Mapping[Identifier, Address], there: Mapping[Identifier, Address]) -> Difference:
    """How what is held here differs from what a partner says that it holds."""
    return Difference(
        only_here=tuple(sorted(here.keys() - there.keys())),
        only_there=tuple(sorted(there.keys() - here.keys())),
        other=tuple(sorted(one for one in here.keys() & there.keys() if here[one] != there[one])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What follows from a difference in one thread: addresses to be asked for, and addresses to be sent again."""

    pull: tuple[Address, ...]
    push: tuple[Address, ...]


def repair(here: Iterable[Address], there: Iterable[Address]) -> Repair:
    """What each side lacks of a thread, by the addresses of its contents."""
    mine, theirs = set(here), set(there)
    return Repair(pull=tuple(sorted(theirs - mine)), push=tuple(sorted(mine - theirs)))
