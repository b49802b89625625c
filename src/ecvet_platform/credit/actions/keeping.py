"""How every verb of this room ends: the record is made, kept, signed by its institution, indexed and told."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from ecvet.credit.decision import Decider, Reason
from ecvet.credit.decision_errors import NobodyDecides
from ecvet.record import Address, Annex, Record, Recorded, record
from ecvet.record.record import Recordable
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor

V = TypeVar("V", bound=Recordable)


def keep(
    value: V, *, kind: str, verb: str, actor: Actor, learner: Identifier, on: date, signed: bool = True,
    basis: Identifier | None = None, unit: Identifier | None = None, qualification: Identifier | None = None,
    follows: Address | None = None, prev: Record | None = None, annexes: tuple[Annex, ...] = (),
    detail: Mapping[str, object] | None = None, days: int | None = None, granted: int = 0,
    reasons: tuple[Reason, ...] = (), home: Identifier | None = None,
) -> Recorded[V]:  # fmt: skip
    """Keep a value as a record of the actor's institution, or of the learner who acts for herself.

    The learner's is signed with the key of `home` where it is to travel, as her acceptance of an agreement is.

    `prev` is the version that it replaces; without one the record begins a thread. `follows` is the record it answers.
    `days`, `granted` and `reasons` are for figures (`Fact`).
    """
    author = actor.institution if signed and actor.institution else learner
    made = record(
        value, thread=prev.thread if prev else chance.new_identifier(), author=author, at=clock.now(), prev=prev,
        person_ref=learners.ref(learner), annexes=annexes,
    )  # fmt: skip
    facts.keep(
        made,
        Fact(address=made.address, kind=kind, learner=learner, institution=author, basis=basis, unit=unit,
             qualification=qualification, follows=follows, on=on, at=made.created, days=days,
             granted=granted, reasons=" ".join(dict.fromkeys(one.code.value for one in reasons))),
    )  # fmt: skip
    if author != learner:
        institutions.issue(made.address, author, actor.vouched)
    elif home is not None:
        institutions.issue_for(made.address, learner, home, person=actor.person)
    about = {"learner": learner, "unit": unit, "thread": made.thread, **(detail or {})}
    if actor.vouched is not None:
        about |= {"level": actor.vouched.level, "evidence": actor.vouched.evidence}
    journal.write(verb, by=actor, subject=basis or learner, record=made.address, detail=about)
    return Recorded(value, made.address)


def decider(actor: Actor, position: str = "") -> Decider:
    """The person who decides, for the institution she acts for; without a person there is no decision (R-RECOG-5)."""
    if actor.institution is None:
        raise NobodyDecides()
    return Decider(institution=actor.institution, person=actor.person, name=actor.name, position=position)
