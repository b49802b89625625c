"""Who looked at a learner's record and when: noted when staff or the holder of a link look, shown to the learner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ecvet.mobility import Role as Part
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credentials.store import credentials
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.store import cases, evidence, facts
from ecvet_platform.dossier.actions.contents import owned
from ecvet_platform.dossier.store import looks as store
from ecvet_platform.dossier.store import shares
from ecvet_platform.dossier.store.looks import Look
from ecvet_platform.dossier.store.shares import Share
from ecvet_platform.guests.store import guests, papers
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.mobility.store import agreements
from ecvet_platform.mobility.store import learners as known
from ecvet_platform.people import store as people
from ecvet_platform.people.actions import staff
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of, thread_of


def _of_learner(key: str) -> Identifier | None:
    found = known.learner(thread_of(UUID(key)))
    return found.id if found else None


def _of_thread(key: str) -> Identifier | None:
    thread = thread_of(UUID(key))
    line = agreements.line(thread)
    if line is not None:
        return line.learner
    return next((one.learner for one in facts.of_basis(thread)), None) or _of_portfolio(thread)


def _of_portfolio(thread: Identifier) -> Identifier | None:
    return next((one.learner for one in cases.of_basis(thread)), None)


def _of_case(key: str) -> Identifier | None:
    found = cases.one(UUID(key))
    return found.learner if found else None


def _of_evidence(key: str) -> Identifier | None:
    found = evidence.one(UUID(key))
    return found.learner if found else None


def _of_record(name: str) -> Identifier | None:
    found = facts.one(Address(name))
    return found.learner if found else None


def _of_paper(key: str) -> Identifier | None:
    found = papers.one(UUID(key))
    return _of_thread(str(key_of(found.thread))) if found else None


def _of_credential(key: str) -> Identifier | None:
    found = credentials.one(UUID(key))
    return found.learner if found else None


SUBJECTS: Final[Mapping[str, Callable[[str], Identifier | None]]] = {
    "learner": _of_learner,
    "thread": _of_thread,
    "case": _of_case,
    "evidence": _of_evidence,
    "record": _of_record,
    "credential": _of_credential,
    "paper": _of_paper,
}
"""By the kind of a thing and its key in an address, the learner whom it is about; None where there is none."""


def note(what: str, about: str, *, actor: Actor) -> None:
    """Note that staff looked at something; the learner herself and her guardian may look as often as they like."""
    learner = SUBJECTS[what](about)
    if learner is None or learners.acts_as(actor, learner):
        return
    store.add(
        Look(learner=learner, at=clock.now(), person=actor.person, institution=actor.institution, what=what,
             about=about)
    )  # fmt: skip


def by_guest(guest: Guest) -> None:
    """Note that a guest without account looked at the agreement he was invited to, unless it is the learner's own."""
    learner = _of_thread(str(key_of(guest.thread)))
    if learner is not None and guest.role not in (Part.LEARNER, Part.GUARDIAN):
        store.add(
            Look(learner=learner, at=clock.now(), person=guest.identifier, institution=guest.institution,
                 what="thread", about=str(key_of(guest.thread)))
        )  # fmt: skip


def through(share: Share, what: str, about: str) -> None:
    """Note that somebody looked through a share link."""
    store.add(Look(learner=share.learner, at=clock.now(), share=share.id, what=what, about=about))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A look as the learner reads it: who (a person and her institution, or for whom a link was meant), what, when.

    `reason` is there where an operator of the server looked as staff.
    """

    at: datetime
    who: str
    institution: str
    link: bool
    what: str
    about: str
    reason: str


def of_learner(learner: Identifier, *, actor: Actor, number: int = 1, size: int = 100) -> tuple[tuple[Seen, ...], int]:
    """One page of the looks at a record, the latest first, and how many there are. Raises `DossierUnknown`."""
    owned(learner, actor)
    found, count = store.of_learner(learner, skip=(number - 1) * size, limit=size)
    links = {one.id: one.recipient for one in shares.of_learner(learner)}
    where = institutions.names(one.institution for one in found if one.institution)
    who = {one: _name(one) for one in {one.person for one in found if one.person}}
    why = staff.reason_for((one.person, one.institution, one.at) for one in found)
    return tuple(
        Seen(
            reason=reason, at=one.at, what=one.what, about=one.about, link=one.share is not None,
            who=links.get(one.share, "") if one.share else who.get(one.person, "") if one.person else "",
            institution=where.get(one.institution, "") if one.institution else "",
        )
        for one, reason in zip(found, why, strict=True)
    ), count  # fmt: skip


def _name(person: Identifier) -> str:
    """The name of a person with an account, or of a guest; an account that was forgotten has none."""
    key = people.id_of(person)
    found = people.account(key) if key else guests.one(key_of(person))
    return found.name if found else person
