"""Groups as institutions see them: who has signed, who deviates, and every step for all of them at once (R-LA-8).

A group is the common text and whoever's agreement names it, as far as the actor's institution has a part in it. Each
agreement keeps signatures, seal and stay of its own; a step for all is the same step for each, in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet import mobility
from ecvet.mobility import GroupStep, LearningAgreement, Member, Reason, Remainder, State, Verb, read, signatories
from ecvet.partnership import in_force, outstanding, proposed
from ecvet.record import Act, Address, Recorded
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, learners, signing, stays, together
from ecvet_platform.mobility.errors import GroupUnknown
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.mobility.store import groups as index
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.mobility.store.groups import Line as GroupLine
from ecvet_platform.people.roles import Actor, has_one_of

SEERS: Final = agreements.READERS
"""Who sees the groups of an institution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A group as somebody sees it: `versions` are those that speak for each agreement, by thread.

    `steps` are the steps that the actor may take now, with the threads that each of them concerns.
    """

    group: mobility.Group
    lines: Mapping[Identifier, Line]
    versions: Mapping[Identifier, Address]
    names: Mapping[Identifier, str]
    steps: Mapping[str, tuple[Identifier, ...]]

    @property
    def common(self) -> LearningAgreement:
        """The text that all of them share."""
        return self.group.text.value


# ------------------------------------------------------------- read
def group(text: Address, *, actor: Actor) -> Seen:
    """A group with what the actor's institution sees of it. Raises `GroupUnknown`."""
    lines = {one.thread: one for one in _lines(text, actor)}
    members, versions = [], {}
    for thread in lines:
        member, versions[thread] = _member(thread, lines[thread])
        members.append(member)
    found = mobility.Group(text=records.recorded(text, LearningAgreement), members=tuple(members))
    parties = {party.id for one in members for party in one.agreement.parties}
    speaks = has_one_of(actor, *agreements.SIGNERS)
    tells = frozenset(part for part, roles in stays.TELLERS.items() if has_one_of(actor, *roles))
    assert actor.institution is not None, "somebody without an institution sees no group"
    steps = mobility.steps(found, actor.institution, tells=tells)
    return Seen(
        group=found, lines=lines, versions=versions,
        names={**learners.people_named(parties), **learners.names(parties)},
        steps={name: among for name, among in steps.items() if speaks or name not in set(GroupStep)},
    )  # fmt: skip


def page(*, actor: Actor, search: str = "", number: int = 1, size: int = 50) -> tuple[tuple[GroupLine, ...], int]:
    """One page of the groups of the actor's institution, the latest change first, and how many there are."""
    if actor.institution is None or not has_one_of(actor, *SEERS):
        return (), 0
    return index.groups(actor.institution, search=search, skip=(number - 1) * size, limit=size)


# ------------------------------------------------------------- for all
def sign(text: Address, versions: Mapping[Identifier, Address], *, actor: Actor) -> int:
    """Accept these versions, each by its thread, with a signature of its own; how many.

    What was seen is what is signed: a version that was replaced meanwhile is refused. Raises `GroupUnknown`,
    `NobodyChosen`, `NotForAll`.
    """
    return _all(text, versions, lambda one: signing.answer(one, versions[one], Act.ACCEPT, actor=actor), actor)


def seal(text: Address, versions: Mapping[Identifier, Address], *, actor: Actor) -> int:
    """Bring these versions into force, which everybody has accepted; how many. Raises as `sign`."""
    return _all(text, versions, lambda one: signing.seal(one, versions[one], actor=actor), actor)


def tell(
    text: Address, among: Iterable[Identifier], verb: Verb, *, on: date, actor: Actor, reason: Reason | None = None,
    remainder: Remainder | None = None, note: LangString | None = None,
) -> int:  # fmt: skip
    """Tell that the same happened to several stays on the same day; how many. Raises as `sign`."""

    def step(one: Identifier) -> None:
        stays.tell(one, verb, on=on, actor=actor, reason=reason, remainder=remainder, note=note)

    return _all(text, among, step, actor)


# ------------------------------------------------------------- inside
@transaction.atomic
def _all(text: Address, among: Iterable[Identifier], step: Callable[[Identifier], object], actor: Actor) -> int:
    lines = {one.thread: one for one in _lines(text, actor)}
    wanted = tuple(dict.fromkeys(among))
    if strangers := [one for one in wanted if one not in lines]:
        raise GroupUnknown(name=strangers[0])
    return len(together.for_each(wanted, step, called=lambda: {one: lines[one].called for one in wanted}))


def _lines(text: Address, actor: Actor) -> tuple[Line, ...]:
    require(has_one_of(actor, *SEERS))
    found = store.of_group(text, actor.institution) if actor.institution else ()
    if not found:
        raise GroupUnknown(name=text)
    return found


def _member(thread: Identifier, line: Line) -> tuple[Member, Address]:
    known = agreements.thread(thread)
    now = clock.now()
    waiting, current = proposed(known, now.date()), in_force(known, now.date())
    version = waiting or current or known.versions[-1]
    item: Recorded[LearningAgreement] = read(version)
    missing = outstanding(known, version.address, signatories(item.value), now) if waiting else ()
    stay = State(line.stay) if line.stay else None
    member = Member(
        thread=thread, agreement=item.value, proposed=waiting is not None, in_force=current is not None,
        waiting=frozenset(missing), stay=stay,
    )  # fmt: skip
    return member, version.address
