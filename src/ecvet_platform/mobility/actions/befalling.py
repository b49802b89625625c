"""One event over many stays: whom it concerns, what it would mean for each, and telling it for all or for nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet.mobility import (
    Affected,
    Fate,
    LearningAgreement,
    MobilityEvent,
    Reason,
    Remainder,
    Role,
    State,
    befall_each,
    fates,
    stay_of,
    usual_fate,
)
from ecvet.terms import Failure, Identifier, LangString, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, stays, together
from ecvet_platform.mobility.errors import AgreementUnknown, NobodyChosen
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications.naming import fold

TELLERS: Final = agreements.SIGNERS
GOING_ON: Final = (State.PLANNED, State.READY, State.STARTED, State.INTERRUPTED)
MOST: Final = 500
"""As many stays as one event is told of at once; a larger one is narrowed by host or place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A stay that an event may concern, where it is, what it may mean for it, and what is proposed."""

    line: Line
    place: str
    country: str
    fates: tuple[Fate, ...]
    usual: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was decided for one stay."""

    fate: Fate
    remainder: Remainder | None = None


def concerned(
    *, actor: Actor, country: str = "", place: str = "", hosting: Identifier | None = None, start: date | None = None,
    end: date | None = None,
) -> tuple[Concerned, ...]:  # fmt: skip
    """The stays of the actor's institution, sent or hosted, that are not over and fit: at most `MOST` of them.

    `start` and `end` are days between which the stay lies at least partly. Raises `NotYourRole`.
    """
    found = _stays(actor)
    known = register.institutions({one.hosting for one in found})
    places = _places(found)
    return tuple(
        Concerned(
            line=one, place=places[one.thread], country=where, fates=fates(_state(one), _part(one, actor)),
            usual=usual_fate(_state(one), _part(one, actor)),
        )
        for one in found
        if (where := str(known[one.hosting].country) if one.hosting in known else "") == country or not country
        if hosting in (None, one.hosting) and fold(place) in fold(places[one.thread])
        if (end is None or one.starts <= end) and (start is None or one.ends is None or one.ends >= start)
    )[:MOST]  # fmt: skip


def look(
    choices: Mapping[Identifier, Choice], *, on: date, reason: Reason, note: LangString | None = None, actor: Actor
) -> Mapping[Identifier, MobilityEvent | Failure | None]:
    """What would be told of each stay, why it cannot be, or None where it goes on. Writes nothing.

    Raises `NotYourRole`, `AgreementUnknown`.
    """
    lines = {one.thread: one for one in _stays(actor)}
    if strangers := [one for one in choices if one not in lines]:
        raise AgreementUnknown(name=strangers[0])
    affected = {
        name: Affected(
            stay=stay_of(store.events(name)), by=_part(lines[name], actor), fate=one.fate, remainder=one.remainder,
            agreement=stays.agreed_on(agreements.thread(name), on),
        )
        for name, one in choices.items()
    }  # fmt: skip
    return befall_each(affected, on=on, reason=reason, note=note)


@transaction.atomic
def tell(
    choices: Mapping[Identifier, Choice], *, on: date, reason: Reason, note: LangString | None = None, actor: Actor
) -> int:
    """Tell it of every stay that does not go on, and keep for each what was decided; how many were told.

    Raises `NobodyChosen`, `NotForAll` with the reasons by learner, and what `look` raises; then nothing was told.
    """
    answers = look(choices, on=on, reason=reason, note=note, actor=actor)
    if all(one is None for one in answers.values()):
        raise NobodyChosen()

    def step(name: Identifier) -> None:
        answer = answers[name]
        if isinstance(answer, Failure):
            require(answer)
        if isinstance(answer, MobilityEvent):
            stays.tell(name, answer.verb, on=on, actor=actor, reason=reason, remainder=answer.remainder, note=note)
        detail = {"on": on, "reason": reason, "outcome": choices[name].fate}
        journal.write("stay.befall", by=actor, subject=name, detail=detail)

    together.for_each(answers, step, called=lambda: {one.thread: one.called for one in _stays(actor)})
    return len([one for one in answers.values() if one is not None])


# ------------------------------------------------------------- inside
def _stays(actor: Actor) -> tuple[Line, ...]:
    require(has_one_of(actor, *TELLERS))
    if actor.institution is None:
        return ()
    sent, hosted = (store.stays(**{side: actor.institution}, among=GOING_ON) for side in ("home", "hosting"))
    found = {one.thread: one for one in (*sent, *hosted)}.values()
    return tuple(sorted(found, key=lambda one: (one.hosting, fold(one.called), one.thread)))


def _state(line: Line) -> State | None:
    return State(line.stay) if line.stay else None


def _part(line: Line, actor: Actor) -> Role:
    """In which role the actor's institution tells it: that of the host where it hosts."""
    return Role.HOSTING if line.hosting == actor.institution else Role.HOME


def _places(lines: Iterable[Line]) -> dict[Identifier, str]:
    """Where each stay is, as the version that speaks for it says."""
    versions = {one.thread: one.in_force or one.proposed or one.head for one in lines}
    return {
        thread: records.recorded(version, LearningAgreement).value.hosting_place
        for thread, version in versions.items()
    }  # fmt: skip
