"""Places in status lists: drawn by chance, used once, among decoys, so that a place tells nothing about a credential.

One allocator serves both views of a list: the place of a credential is the same in each. Chance is an argument. Decoys
are places that no credential will ever have; they change their standing like the others, so that neither a list nor the
difference of two editions tells how many credentials were revoked (security statement 19).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from ecvet.credential.errors import StatusListFull
from ecvet.credential.status.standing import Standing

SIZE: Final = 131_072
"""Places of a list: the least that Bitstring Status List allows."""

FILLED: Final = 0.5
"""How much of a list is used at most, decoys included; so free places stay as likely to be drawn as used ones."""


class Chance(Protocol):
    """A source of chance that cannot be foreseen, such as `secrets.randbelow`."""

    def __call__(self, below: int, /) -> int:
        """A whole number from 0 to below - 1, each as likely as any other."""
        ...


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that still takes credentials: its address and its decoys with their standings."""

    uri: str
    size: int = SIZE
    decoys: Mapping[int, Standing] = field(default_factory=dict)


def open_list(uri: str, chance: Chance, *, decoys: int = 1024, size: int = SIZE) -> OpenList:
    """A new list whose decoys have all kinds of standings: half of them valid, the others revoked or suspended.

    Raises `ValueError` when more decoys are wanted than a list has room for.
    """
    if not 0 <= decoys <= size * FILLED / 2:
        raise ValueError("a list has more places than decoys, by far")
    kinds = (Standing.VALID, Standing.VALID, Standing.REVOKED, Standing.SUSPENDED)
    found: dict[int, Standing] = {}
    while len(found) < decoys:
        found.setdefault(chance(size), kinds[chance(len(kinds))])
    return OpenList(uri, size, found)


def allocate(listed: OpenList, used: Collection[int], chance: Chance) -> int:
    """A place that no credential has and no decoy. `used` are the places given so far. Raises `StatusListFull`."""
    if len(used) + len(listed.decoys) >= listed.size * FILLED:
        raise StatusListFull(uri=listed.uri)
    while True:
        place = chance(listed.size)
        if place not in used and place not in listed.decoys:
            return place


def stir(listed: OpenList, chance: Chance, changes: int) -> OpenList:
    """The list with about so many decoys changed, for a new edition; revoked decoys stay revoked, like credentials."""
    decoys = dict(listed.decoys)
    places = sorted(decoys)
    for _ in range(changes if places else 0):
        place = places[chance(len(places))]
        decoys[place] = _NEXT[decoys[place]][chance(2)]
    return replace(listed, decoys=decoys)


_NEXT: Final = {
    Standing.VALID: (Standing.REVOKED, Standing.SUSPENDED),
    Standing.SUSPENDED: (Standing.VALID, Standing.REVOKED),
    Standing.REVOKED: (Standing.REVOKED, Standing.REVOKED),
}
