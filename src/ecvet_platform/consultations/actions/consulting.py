"""Rounds of consultation: opened on a frozen text, prolonged, closed; for the office that asks."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ecvet.qualification.consultation import Place, Round, State, may_close, may_open, may_prolong, places
from ecvet.qualification.unit import Unit
from ecvet.record import address_of, canonical, plain
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.consultations.errors import ConsultationUnknown, RoundRunning
from ecvet_platform.consultations.store import consultations as store
from ecvet_platform.consultations.store import stakeholders
from ecvet_platform.consultations.store.consultations import Consultation as Consultation
from ecvet_platform.consultations.store.consultations import Line as Line
from ecvet_platform.drafts.actions import dividing, keeping
from ecvet_platform.drafts.errors import ChangedMeanwhile
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications.actions import PUBLISHERS, Draft


@transaction.atomic
def begin(
    draft: UUID, seen: str, *, deadline: date, minimum: int, asked: LangString | None, actor: Actor
) -> Consultation:  # fmt: skip
    """Put a draft as it was seen to consultation, as the next round. `minimum` is the smallest group that is shown.

    Raises `NotYourRole`, `DraftUnknown`, `ChangedMeanwhile`, `RoundRunning`, `DeadlineUnusable`, `MinimumTooSmall`.
    """
    kept = keeping.draft(draft, actor=actor, to_change=True)
    if keeping.mark(kept.draft) != seen:
        raise ChangedMeanwhile(by=kept.by)
    on = clock.today()
    if any(one.round.state(on) in (State.OPEN, State.OVER) for one in store.of_draft(draft)):
        raise RoundRunning()
    require(may_open(deadline, minimum, on=on))
    item = kept.draft.qualification
    made = Consultation(
        id=chance.uuid7(), draft=draft, qualification=item.id, title=item.title, asked=asked, institution=kept.writer,
        awarding=item.institution, number=store.last_number(draft) + 1,
        snapshot=address_of(canonical(plain(kept.draft))), minimum=minimum,
        round=Round(opened=on, deadline=deadline),
    )  # fmt: skip
    store.add(made, kept.draft)
    detail = {"draft": Identifier(draft.urn), "snapshot": made.snapshot, "deadline": deadline, "round": made.number}
    journal.write("consultation.open", by=actor, subject=made.thread, detail=detail)
    return made


@transaction.atomic
def prolong(key: UUID, deadline: date, *, actor: Actor) -> None:
    """Let a round last longer. Raises as `office`, `ConsultationClosed`, `DeadlineUnusable`."""
    item = office(key, actor=actor, to_change=True)
    require(may_prolong(item.round, deadline, on=clock.today(), replies=len(store.replies(key))))
    store.set_deadline(key, deadline)
    journal.write("consultation.prolong", by=actor, subject=item.thread, detail={"deadline": deadline})


@transaction.atomic
def close(key: UUID, *, actor: Actor) -> None:
    """End a round. Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationClosed`."""
    item = office(key, actor=actor, to_change=True)
    require(may_close(item.round, clock.today()))
    store.close(key, clock.today())
    journal.write("consultation.close", by=actor, subject=item.thread)


def office(key: UUID, *, actor: Actor, to_change: bool = False) -> Consultation:
    """A round for the office that asks, or the institution in charge. Raises `NotYourRole`, `ConsultationUnknown`."""
    require(has_one_of(actor, *PUBLISHERS))
    found = store.one(key, to_change=to_change)
    if found is None or actor.institution not in (found.institution, found.awarding):
        raise ConsultationUnknown()
    return found


def lines(*, actor: Actor) -> tuple[Line, ...]:
    """The rounds of the institution for which somebody acts; none for who could open none."""
    if actor.institution is None or not has_one_of(actor, *PUBLISHERS):
        return ()
    found = store.of_institution(actor.institution)
    numbers = stakeholders.numbers(one.id for one in found)
    return tuple(
        Line(consultation=one, invited=numbers.get(one.id, (0, 0))[0], answered=numbers.get(one.id, (0, 0))[1])
        for one in found
    )


def of_draft(draft: UUID, *, actor: Actor) -> tuple[Consultation, ...]:
    """The rounds on a draft that the actor may write. Raises `NotYourRole`, `DraftUnknown`."""
    keeping.draft(draft, actor=actor)
    return store.of_draft(draft)


def state(item: Consultation) -> State:
    """Where a round stands today."""
    return item.round.state(clock.today())


def text(item: Consultation) -> tuple[Draft, dict[Identifier, Unit], tuple[Place, ...]]:
    """The frozen text with all its units, those that were published before too, and its places."""
    draft = store.text_of(item.snapshot)
    units = dividing.units_of(draft)
    return draft, units, places(draft.qualification, units.values())
