"""The stay: what happens is told by those who know it, day by day, and is never edited (spec: workflow, 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet.mobility import (
    STAY,
    Ending,
    LearningAgreement,
    MobilityEvent,
    MobilityReview,
    Outcome,
    Reason,
    Remainder,
    State,
    Stay,
    Verb,
    WhyNot,
    after,
    ending,
    may_close,
    may_tell,
    read,
    remarks,
    stay_of,
    version_at,
)
from ecvet.mobility import Role as Part
from ecvet.mobility.errors import NoVersionInForce
from ecvet.partnership import Evaluation, Phase, Thread
from ecvet.partnership.evaluation import QUALITY_OF
from ecvet.record import Address, Recorded, record
from ecvet.record.record import Recordable
from ecvet.saying import say
from ecvet.terms import Finding, Identifier, LangString, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.errors import AgreementUnknown, NotYourPart
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.people.roles import Actor, Role, has_one_of

TELLERS: Final[Mapping[Part, tuple[Role, ...]]] = {
    Part.HOME: (Role.COORDINATOR,),
    Part.HOSTING: (Role.COORDINATOR, Role.MENTOR),
}
"""Who tells for an institution what happens; the learner speaks for herself."""

TELLERS_OF_HOME: Final = TELLERS[Part.HOME]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stay as somebody sees it, with the verbs that he may tell now and what a person should look at."""

    stay: Stay
    ending: Ending | None
    verbs: tuple[Verb, ...]
    remarks: tuple[Finding, ...]
    review: MobilityReview | None


@transaction.atomic
def tell(
    thread: Identifier, verb: Verb, *, on: date, actor: Actor, reason: Reason | None = None,
    remainder: Remainder | None = None, note: LangString | None = None,
) -> Stay:  # fmt: skip
    """Tell that something happened on a day; the stay after it. Closing is `close`, since it needs a review.

    Raises `AgreementUnknown`, `NotYourPart`, `StepNotPossible`, `StepNotYours`, `ReasonMissing`, `EventOutOfOrder`,
    `EndsBeforeAgreed`, `NotBeforeAgreedEnd`, `NoVersionInForce`.
    """
    known, by = agreements.held(thread, actor), _part(thread, actor)
    current = agreed_on(known, on)
    event = MobilityEvent(
        stay=thread, verb=verb, on=on, by=by, agreement=current.address if current else None, reason=reason,
        remainder=remainder, note=note,
    )  # fmt: skip
    stay = stay_of(store.events(thread))
    if verb is Verb.CLOSE:
        require(may_close(stay, event, store.review(thread), store.evaluations(thread)))
    now = after(stay, event)
    require(may_tell(event, current))
    _keep(thread, store.EVENT, event, actor, f"stay.{verb.value.replace(' ', '-')}")
    assert now.state is not None
    store.set_stay(thread, now.state, at=clock.now(), reason=now.reason)
    return now


@transaction.atomic
def close(
    thread: Identifier, *, actor: Actor, on: date, recognised: Outcome, evaluation: LangString, review: LangString,
    why_not: frozenset[WhyNot] = frozenset(), explanation: LangString | None = None,
    outcomes_suitable: bool | None = None, documentation_sufficient: bool | None = None,
) -> Stay:  # fmt: skip
    """Look back on a stay and close it: two entries of the quality cycle, the review, and the event (R-QA-1 … 3).

    Raises `WhyNotMissing`, `NoVersionInForce`, and what `tell` raises.
    """
    known, by = agreements.held(thread, actor), _part(thread, actor)
    STAY.after(stay_of(store.events(thread)).state, Verb.CLOSE, by)
    current = agreed_on(known, on)
    if current is None:
        raise NoVersionInForce(on=on)
    author = agreements.line(thread, actor=actor).home
    looked_back = MobilityReview(
        stay=thread, agreement=current.address, on=on, by=author, recognised=recognised, why_not=why_not,
        explanation=explanation, outcomes_suitable=outcomes_suitable,
        documentation_sufficient=documentation_sufficient,
    )  # fmt: skip
    for phase, text in ((Phase.EVALUATION, evaluation), (Phase.REVIEW, review)):
        entry = Evaluation(subject=thread, phase=phase, by=author, on=on, text=text, looked_at=frozenset(QUALITY_OF))
        _keep(thread, store.EVALUATION, entry, actor, "stay.evaluate")
    _keep(thread, store.REVIEW, looked_back, actor, "stay.review")
    return tell(thread, Verb.CLOSE, on=on, actor=actor)


# ------------------------------------------------------------- read
def told(thread: Identifier, *, actor: Actor) -> Told:
    """A stay with everything that the actor may see and tell. Raises `AgreementUnknown`."""
    known = _known(thread, actor)
    stay, ended = course(thread)
    current = agreed_on(known, clock.today())
    plan = current.value.period if current else None
    try:
        part = _part(thread, actor)
        verbs = tuple(Verb(step.verb) for step in STAY.possible(stay.state, part.value))
    except NotYourPart:
        verbs = ()
    return Told(
        stay=stay, ending=ended, verbs=verbs, remarks=remarks(stay, plan), review=store.review(thread)
    )  # fmt: skip


def course(thread: Identifier) -> tuple[Stay, Ending | None]:
    """A stay, and how it ended measured against what was agreed; the caller has checked who asks."""
    known, stay = agreements.thread(thread), stay_of(store.events(thread))
    first = read((known.seals and known.version(known.seals[0].object)) or known.versions[0]).value.period
    current = agreed_on(known, clock.today())
    return stay, ending(stay, first, current.value.period if current else first)


def waiting(actor: Actor) -> tuple[tuple[Verb, Line], ...]:
    """The stays in which the actor's institution takes the next step: ready ones start, planned ones are confirmed."""
    if actor.institution is None:
        return ()
    found: list[tuple[Verb, Line]] = []
    if has_one_of(actor, *TELLERS[Part.HOSTING]):
        ready = store.stays(hosting=actor.institution, among=(State.READY,))
        under_way = store.stays(hosting=actor.institution, among=(State.STARTED, State.INTERRUPTED))
        found += [(Verb.START, one) for one in ready]
        found += [(Verb.END, one) for one in under_way if one.ends is not None and one.ends <= clock.today()]
    if has_one_of(actor, *TELLERS[Part.HOME]):
        planned = store.stays(home=actor.institution, among=(State.PLANNED,))
        found += [(Verb.CONFIRM, one) for one in planned if one.in_force is not None]
        found += [(Verb.CLOSE, one) for one in store.stays(home=actor.institution, among=(State.ENDED,))]
    return tuple(found)


# ------------------------------------------------------------- inside
def _known(thread: Identifier, actor: Actor) -> Thread:
    if not agreements.may_see(thread, actor):
        raise AgreementUnknown(name=thread)
    return agreements.thread(thread)


def _part(thread: Identifier, actor: Actor) -> Part:
    """In which role somebody tells what happens."""
    found = agreements.line(thread, actor=actor)
    for part, institution in ((Part.HOSTING, found.hosting), (Part.HOME, found.home)):
        if actor.institution == institution and has_one_of(actor, *TELLERS[part]):
            return part
    if found.learner in {one.id for one in learners.mine(actor)}:
        return Part.LEARNER
    raise NotYourPart(
        verb=say("tell what happens"), whose=say("the hosting institution, the home institution or the learner")
    )


def agreed_on(known: Thread, on: date) -> Recorded[LearningAgreement] | None:
    """The version in force on a day; None while there is none."""
    try:
        return version_at(known, on)
    except NoVersionInForce:
        return None


def _keep(thread: Identifier, kind: str, item: Recordable, actor: Actor, verb: str) -> Address:
    """Keep a record about the stay in a thread of its own, signed by the institution that tells it."""
    found = agreements.line(thread, actor=actor)
    author = actor.institution if actor.institution in (found.home, found.hosting) else found.home
    assert author is not None
    made = record(item, thread=chance.new_identifier(), author=author, at=clock.now())
    address = store.add_entry(thread, kind, made)
    register.issue(address, author, actor.vouched)
    journal.write(verb, by=actor, subject=thread, record=address)
    return address
