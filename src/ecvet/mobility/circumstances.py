"""What is unusual about an agreement or a stay, told to those whom it concerns (spec: workflow, 7.5).

Nothing here stands in anybody's way: what must not be is refused elsewhere. A circumstance says that a case of the list
of edge cases is at hand; the page that shows it says in words what follows and who acts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.mobility.agreement import LearningAgreement, Role, assessing
from ecvet.mobility.amendment import ChangeReason
from ecvet.mobility.event import Reason
from ecvet.mobility.learner import Learner
from ecvet.mobility.lifecycle import State, Verb
from ecvet.mobility.stay import Stay
from ecvet.partnership.institution import CompetentInstitution
from ecvet.terms import Identifier, Period


class Circumstance(StrEnum):
    """What is unusual."""

    CHANGED = "other tasks were proposed"
    OTHER_DATES = "the dates were changed"
    ENDED_EARLY = "the stay ended early"
    COMES_OF_AGE = "the learner comes of age during the stay"
    OF_AGE = "the learner has come of age since"
    INTERMEDIARY = "an intermediary takes part"
    ASSESSED_ELSEWHERE = "another institution than the host assesses"
    UNSIGNED = "the learner travelled before all had signed"
    FRAME_ENDED = "the memorandum has ended"
    CONTINUED = "an institution is continued by another"
    FOLLOWS_ANOTHER = "the learner follows another qualification"


CASES: Final[Mapping[Circumstance, int]] = {
    Circumstance.CHANGED: 1,
    Circumstance.OTHER_DATES: 5,
    Circumstance.ENDED_EARLY: 6,
    Circumstance.COMES_OF_AGE: 11,
    Circumstance.OF_AGE: 11,
    Circumstance.INTERMEDIARY: 13,
    Circumstance.ASSESSED_ELSEWHERE: 14,
    Circumstance.UNSIGNED: 23,
    Circumstance.FRAME_ENDED: 24,
    Circumstance.CONTINUED: 25,
    Circumstance.FOLLOWS_ANOTHER: 31,
}
"""Which edge case of the list (spec: workflow, 7.5) each belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A circumstance with its facts: the day, who or what it is about, what was agreed before, and why."""

    what: Circumstance
    on: date | None = None
    who: Identifier | None = None
    before: Period | None = None
    why: frozenset[ChangeReason | Reason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies around an agreement on a day.

    `first` is the period agreed to begin with, `frame_until` the last day of the memorandum that the agreement names
    where it has one, `follows` the qualification that the learner follows now, `institutions` those known of the
    parties. `in_force` says whether a version is.
    """

    first: Period
    stay: Stay
    learner: Learner | None
    adult_age: int
    in_force: bool
    frame_until: date | None = None
    follows: Identifier | None = None
    institutions: tuple[CompetentInstitution, ...] = ()


def around(agreement: LearningAgreement, known: Surroundings, *, on: date) -> tuple[Noted, ...]:
    """The circumstances of an agreement on a day, in the order of the list of edge cases."""
    found = (
        *_changed(agreement, known),
        *_age(agreement, known, on),
        *_third_parties(agreement),
        *_frame(agreement, known, on),
    )
    return tuple(sorted(found, key=lambda one: CASES[one.what]))


def _changed(agreement: LearningAgreement, known: Surroundings) -> Iterator[Noted]:
    if agreement.amendment is not None:
        yield Noted(what=Circumstance.CHANGED, why=frozenset(agreement.amendment.reasons))
    if agreement.period != known.first:
        yield Noted(what=Circumstance.OTHER_DATES, before=known.first)
    early = next((one for one in known.stay.events if one.verb is Verb.END_EARLY), None)
    if early is not None:
        yield Noted(what=Circumstance.ENDED_EARLY, on=early.on, why=frozenset({early.reason} if early.reason else ()))
    away = known.stay.state in (State.STARTED, State.INTERRUPTED, State.ENDED)
    if away and not known.in_force:
        yield Noted(what=Circumstance.UNSIGNED, on=known.stay.arrived)


def _age(agreement: LearningAgreement, known: Surroundings, on: date) -> Iterator[Noted]:
    """A guardian signs what was proposed while the learner was a minor; from the birthday on she signs alone."""
    birthday = known.learner.comes_of_age(known.adult_age) if known.learner else None
    if birthday is None or agreement.party(Role.GUARDIAN) is None:
        return
    if birthday <= on:
        yield Noted(what=Circumstance.OF_AGE, on=birthday)
    elif birthday in agreement.period:
        yield Noted(what=Circumstance.COMES_OF_AGE, on=birthday)


def _third_parties(agreement: LearningAgreement) -> Iterator[Noted]:
    broker = agreement.party(Role.INTERMEDIARY)
    if broker is not None:
        yield Noted(what=Circumstance.INTERMEDIARY, who=broker)
    assessor = assessing(agreement)
    if assessor != agreement.party(Role.HOSTING):
        yield Noted(what=Circumstance.ASSESSED_ELSEWHERE, who=assessor)


def _frame(agreement: LearningAgreement, known: Surroundings, on: date) -> Iterator[Noted]:
    if known.frame_until is not None and known.frame_until < on:
        yield Noted(what=Circumstance.FRAME_ENDED, on=known.frame_until)
    for one in known.institutions:
        if one.continued is not None and one.continued.since <= on:
            yield Noted(what=Circumstance.CONTINUED, on=one.continued.since, who=one.id)
    if known.follows is not None and known.follows != agreement.qualification:
        yield Noted(what=Circumstance.FOLLOWS_ANOTHER, who=known.follows)
