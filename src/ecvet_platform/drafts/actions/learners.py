"""Whom a new version concerns: the learners who follow the versions before it, and what becomes of their credit.

What learners hold is known to rooms that come later in the story; `rely_on` lets theirs hand it in, once, when the
platform starts. Numbers are for everybody who writes the draft; names only for who may see the learner's record anyway.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ecvet.credit.accumulation import Held
from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.credit.accumulation.migration import Changes, Moved, changes, migrate
from ecvet.errors import EcvetError
from ecvet.qualification import Qualification
from ecvet.terms import Identifier
from ecvet_platform.drafts.actions import dividing
from ecvet_platform.drafts.errors import LearnerUnknown
from ecvet_platform.drafts.store import Kept
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications


class Learners(Protocol):
    """What the register needs of the rooms that know learners."""

    def following(self, qualifications: Iterable[Identifier]) -> tuple[Identifier, ...]:
        """The learners who follow one of these qualification versions now."""
        ...

    def held(self, learner: Identifier, qualification: Qualification) -> Held:
        """What a learner holds towards a version."""
        ...

    def names(self, learners: Iterable[Identifier], actor: Actor) -> Mapping[Identifier, str]:
        """The names of those of the learners whose record the actor may see."""
        ...


_learners: list[Learners] = []


def rely_on(learners: Learners) -> None:
    """Take the room that knows what learners hold."""
    _learners[:] = [learners]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Whom a new version concerns. `versions` are those before it, the first one first; `learners` follow one of them
    now; `moved` is what becomes of each under the new one; `names` are those that the reader may know; `undecided` is
    why nothing can be said about them, as long as the rules of the draft cannot be computed with."""

    versions: tuple[Qualification, ...] = ()
    sides: Changes | None = None
    moved: tuple[Moved, ...] = ()
    names: Mapping[Identifier, str]
    undecided: EcvetError | None = None

    @property
    def losing(self) -> tuple[Moved, ...]:
        """Those from whom the new version takes something away."""
        return tuple(one for one in self.moved if one.affected)


def concerned(kept: Kept, *, actor: Actor) -> Concerned:
    """The migration report over the learners of this platform; empty for what replaces nothing."""
    new = kept.draft.qualification
    before = chain(new)
    if not before:
        return Concerned(names={})
    old = before[-1]
    described = tuple(one.value for one in qualifications.units_of(old.id))
    sides = changes(old, new, described=(described, tuple(dividing.units_of(kept.draft).values())))
    try:
        moved = _moved(before, new)
    except TreeUnusable as error:
        return Concerned(versions=before, sides=sides, names={}, undecided=error)
    names: dict[Identifier, str] = {}
    for room in _learners:
        names |= room.names([Identifier(one.learner) for one in moved], actor)
    return Concerned(versions=before, sides=sides, moved=moved, names=names)


def _moved(before: tuple[Qualification, ...], new: Qualification) -> tuple[Moved, ...]:
    return tuple(
        one
        for version in before
        for room in _learners
        for one in migrate(
            version, new, [(who, room.held(who, version)) for who in room.following([version.id])], on=clock.today()
        )
    )


def chain(item: Qualification) -> tuple[Qualification, ...]:
    """The published versions before one, the first one first: the one that it replaces, the one that that replaced …"""
    found: list[Qualification] = []
    while item.replaces is not None and (before := qualifications.find(item.replaces)) is not None:
        if before.value in found:
            break
        item = before.value
        found.insert(0, item)
    return tuple(found)


def candidates(kept: Kept, *, actor: Actor) -> Mapping[Identifier, str]:
    """The learners of the versions before, by name, with whose credit the actor may try the draft."""
    before = [one.id for one in chain(kept.draft.qualification)]
    return {who: name for room in _learners for who, name in room.names(room.following(before), actor).items()}


def held(item: Qualification, learner: Identifier, *, actor: Actor) -> Held:
    """What a learner of a version before holds towards it. Raises `LearnerUnknown`."""
    for version in chain(item):
        for room in _learners:
            if learner in room.following([version.id]) and room.names([learner], actor):
                return room.held(learner, version)
    raise LearnerUnknown()
