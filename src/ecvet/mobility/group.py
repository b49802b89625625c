"""Groups: one common text, and one agreement for each learner made from it (R-LA-8).

Each learner receives and signs an agreement of their own. One who deviates gets a changed agreement that still names
the common text, so that the deviation can be shown. A learning programme with a list of participants, as Erasmus+ uses
for groups, is the common text itself together with the learners; it replaces no agreement here, since outcomes of a
person need a person's agreement.

A group is not kept anywhere: it is the common text and whoever's agreement names it. What can be done for all of it at
once follows from where each of them stands (`steps`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ecvet.mobility.agreement import LearningAgreement, Party, Role
from ecvet.mobility.changes import Change, difference
from ecvet.mobility.lifecycle import STAY, State, Verb
from ecvet.partnership.thread import Signatory
from ecvet.record import Recorded
from ecvet.terms import Identifier

_PERSONAL: Final = frozenset({Role.LEARNER, Role.GUARDIAN})
_OWN: Final = frozenset({"group", "progress"})


class GroupStep(StrEnum):
    """What can be done for several agreements of a group at once, beside what happens to their stays (`Verb`)."""

    SIGN = "sign"
    SEAL = "seal"
    REMIND = "remind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One learner's agreement in a group, as it stands.

    `agreement` is the version that is proposed, else the one that speaks for it; `waiting` are those who still have to
    sign what is proposed, nobody where nothing is.
    """

    thread: Identifier
    agreement: LearningAgreement
    proposed: bool
    in_force: bool
    waiting: frozenset[Signatory] = frozenset()
    stay: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The common text and everybody whose agreement was made from it (R-LA-8)."""

    text: Recorded[LearningAgreement]
    members: tuple[Member, ...]

    @property
    def deviating(self) -> Mapping[Identifier, tuple[Change, ...]]:
        """By thread, where a learner's agreement differs from the common text; only those that do."""
        found = {one.thread: deviations(self.text, one.agreement) for one in self.members}
        return {thread: changes for thread, changes in found.items() if changes}

    @property
    def waiting(self) -> Mapping[str, int]:
        """By role, how many signatures are missing."""
        roles = [who.role for one in self.members for who in one.waiting]
        return {role.value: roles.count(role.value) for role in Role if role.value in roles}


def steps(group: Group, institution: Identifier, *, tells: frozenset[Role]) -> Mapping[str, tuple[Identifier, ...]]:
    """What an institution can do now for several of a group at once: the step, and the threads that it concerns.

    `tells` are the roles in which the actor may tell what happens to stays. Looking back is asked of each stay alone.
    """
    found: dict[str, list[Identifier]] = {}
    for one in group.members:
        for step in _steps_of(one, institution, tells):
            found.setdefault(step, []).append(one.thread)
    order = [*GroupStep, *Verb]
    return {step: tuple(found[step]) for step in sorted(found, key=lambda name: [str(o) for o in order].index(name))}


def _steps_of(one: Member, institution: Identifier, tells: frozenset[Role]) -> Iterable[str]:
    home = one.agreement.party(Role.HOME) == institution
    if any(who.id == institution for who in one.waiting):
        yield GroupStep.SIGN
    if home and one.proposed and not one.waiting:
        yield GroupStep.SEAL
    if any(who.id != institution for who in one.waiting):
        yield GroupStep.REMIND
    parts = {role for role in tells if one.agreement.party(role) == institution}
    possible = {step.verb for role in parts for step in STAY.possible(one.stay, role.value)}
    for verb in Verb:
        if verb in possible and verb is not Verb.CLOSE and not (verb is Verb.CONFIRM and not one.in_force):
            yield verb


def one_for_each(
    text: Recorded[LearningAgreement],
    learners: Iterable[Identifier],
    guardians: Mapping[Identifier, Identifier] | None = None,
) -> Mapping[Identifier, LearningAgreement]:
    """An agreement for each learner, made from the common text; `guardians` by learner, for those who are minors."""
    return {learner: _own(text, learner, (guardians or {}).get(learner)) for learner in learners}


def deviations(text: Recorded[LearningAgreement], agreement: LearningAgreement) -> tuple[Change, ...]:
    """Where one learner's agreement differs from the common text, apart from what is personal by nature."""
    return tuple(
        change
        for change in difference(text.value, agreement)
        if change.field not in _OWN and not (change.field == "party" and change.of.split()[0] in _PERSONAL)
    )


def _own(text: Recorded[LearningAgreement], learner: Identifier, guardian: Identifier | None) -> LearningAgreement:
    others = tuple(party for party in text.value.parties if party.role not in _PERSONAL)
    persons = [Party(role=Role.LEARNER, id=learner)]
    if guardian is not None:
        persons.append(Party(role=Role.GUARDIAN, id=guardian))
    return replace(text.value, parties=(*others, *persons), group=text.address)
