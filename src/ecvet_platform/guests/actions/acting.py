"""A guest's acts: each asks the core whether the link allows it, keeps an attestation, and is the room's own act then.

The attestation is kept before the act, whose signature names it, in one transaction: if the act is refused, neither is
kept. The key is that of the institution that invited.
"""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from ecvet.errors import EcvetError
from ecvet.mobility import GuestPass, Reason, Remainder, Role, Task, Verb, guest_may
from ecvet.mobility.stay_errors import GuestMayNot
from ecvet.record import Act, Address, Attestation, Level, record
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.credit.actions import assess as assessing
from ecvet_platform.credit.actions import evidence, transcript
from ecvet_platform.credit.store.evidence import Evidence
from ecvet_platform.guests.actions import errands, mails, matters
from ecvet_platform.guests.actions.inviting import told
from ecvet_platform.guests.errors import GuestTaskOver
from ecvet_platform.guests.store import guests as store
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.guests.words import DECLARATIONS
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import document as printing
from ecvet_platform.mobility.actions import signing, stays
from ecvet_platform.mobility.store.agreements import party
from ecvet_platform.people.roles import Actor, Vouched
from ecvet_platform.people.roles import Role as Office

OFFICES: Final[dict[Task, frozenset[Office]]] = {
    Task.SIGN: frozenset({Office.COORDINATOR}),
    Task.TELL: frozenset({Office.MENTOR}),
    Task.ASSESS: frozenset({Office.ASSESSOR}),
    Task.HOST: frozenset({Office.ASSESSOR}),
}
"""As whom a guest acts for an institution: with nothing beyond the task."""

_PERSONS: Final = frozenset({Role.LEARNER, Role.GUARDIAN})


@transaction.atomic
def answer(guest: Guest, version: Address, act: Act, *, reason: str = "", check_at: str = "") -> None:
    """Sign or decline the version that was shown; the document with its record goes to the guest.

    `check_at` is the address of the page that checks a record, for the document. Raises `GuestMayNot` and what
    `mobility.signing.answer` raises.
    """
    actor = _acting(guest, act.value, version, act.value)
    signing.answer(guest.thread, version, act, actor=actor, role=part(guest)[0], reason=reason)
    _close(guest, actor, _document(guest, check_at))


@transaction.atomic
def tell(
    guest: Guest, verb: Verb, *, on: date, reason: Reason | None = None, remainder: Remainder | None = None,
    note: LangString | None = None,
) -> None:  # fmt: skip
    """Tell what happened during the stay. Raises `GuestMayNot` and what `mobility.stays.tell` raises."""
    actor = _acting(guest, verb.value, matters.shown(guest.thread, guest.task).address, "tell")
    stays.tell(guest.thread, verb, on=on, actor=actor, reason=reason, remainder=remainder, note=note)
    _close(guest, actor)


@transaction.atomic
def assess(guest: Guest, unit: Identifier, *, repeats: Address | None, **given: Any) -> None:
    """Fill in the assessment grid of one unit; the files that the guest has brought are its evidence.

    Raises `GuestMayNot` and what `credit.assess.assess` raises.
    """
    actor = _acting(guest, "assess", matters.shown(guest.thread, guest.task).address, "assess")
    brought = tuple(one.annex for one in files(guest))
    assessing.assess(guest.thread, unit=unit, repeats=repeats, evidence=brought, actor=actor, **given)
    _close(guest, actor)


@transaction.atomic
def issue(guest: Guest) -> None:
    """Issue the transcript for a host that has nobody here. Raises what `credit.transcript.transfer` raises."""
    actor = _acting(guest, "issue", matters.shown(guest.thread, guest.task).address, "issue")
    transcript.transfer(guest.thread, actor=actor)
    _close(guest, actor)


@transaction.atomic
def bring(guest: Guest, data: bytes, *, name: str) -> Evidence:
    """Bring a file of evidence for the assessment. Raises `GuestMayNot`, `EvidenceTooLarge`, `EvidenceNotAccepted`."""
    may(guest, "assess")
    return evidence.bring(guest.thread, data, name=name, actor=reading_as(guest))


def files(guest: Guest) -> tuple[Evidence, ...]:
    """The files that the guest has brought."""
    known = evidence.of_basis(guest.thread, actor=reading_as(guest))
    return tuple(one for one in known if one.by == guest.identifier)


def reading_as(guest: Guest) -> Actor:
    """The guest as one who reads what the task is about. What is done needs an attestation, see `_acting`."""
    role, task = part(guest)
    who = party(matters.shown(guest.thread, task).value, role)
    if role in _PERSONS:
        return Actor(person=who, name=guest.name, institution=None, roles=frozenset())
    return Actor(person=guest.identifier, name=guest.name, institution=who, roles=OFFICES[task])


def part(guest: Guest) -> tuple[Role, Task]:
    """The role and the task in an agreement. Raises `GuestMayNot` for who was invited for something else."""
    if errands.of(guest.task) is not None:
        raise GuestMayNot(verb=say("read the agreement"), thread=guest.thread)
    return Role(guest.role), Task(guest.task)


def declared(what: str) -> LangString:
    """A sentence that was shown above a button, in the language in which it was read."""
    sentence, language = str(DECLARATIONS[what]), translation.get_language() or "en"
    with translation.override("en"):
        english = gettext(str(DECLARATIONS[what]))
    return LangString.of({"en" if sentence == english else language: sentence})


def still_has(guest: Guest) -> None:
    """Whether something is left to do for a guest. Raises `GuestTaskOver`."""
    if matters.over(guest.thread, guest.role, guest.task):
        raise GuestTaskOver()


def may(guest: Guest, verb: str) -> None:
    """Whether the link is good for this now. Raises `GuestMayNot`, `GuestLinkOver`, `GuestTaskOver`."""
    role, task = part(guest)
    allowed = GuestPass(thread=guest.thread, role=role, task=task, until=guest.expires, done=guest.over)
    require(guest_may(allowed, verb, thread=guest.thread, at=clock.now()))
    still_has(guest)


# ------------------------------------------------------------- inside


def _acting(guest: Guest, verb: str, shown: Address, declaration: str) -> Actor:
    """Who acts, vouched for by the institution that invited. Raises `GuestMayNot`, `GuestLinkOver`, `GuestTaskOver`."""
    may(guest, verb)
    assert guest.checked is not None, "nobody acts before the code was entered"
    said = Attestation(
        level=Level.GUEST, thread=guest.thread, role=guest.role, verb=verb, shown=shown,
        text=declared(declaration), at=clock.now(), institution=guest.institution, by=guest.by, address=guest.sealed,
        checked=guest.checked,
    )  # fmt: skip
    kept = records.keep(record(said, thread=chance.new_identifier(), author=guest.institution, at=clock.now()))
    register.issue(kept, guest.institution)
    reader = reading_as(guest)
    actor = Actor(
        person=reader.person, name=reader.name, institution=reader.institution, roles=reader.roles,
        vouched=Vouched(level=Level.GUEST, by=guest.institution, evidence=kept),
    )  # fmt: skip
    detail = {
        **told(guest),
        "verb": verb,
        "shown": shown,
        "checked": guest.checked,
        "text": said.text,
    }
    journal.write("guest.act", by=actor, subject=guest.thread, record=kept, detail=detail)
    return actor


def _document(guest: Guest, check_at: str) -> bytes | None:
    """The agreement with the guest's answer; None where a name in it cannot be set: the act counts all the same."""
    try:
        return printing.agreement(
            guest.thread, actor=reading_as(guest), check_at=check_at, language=translation.get_language() or "en"
        )
    except EcvetError:
        return None


def _close(guest: Guest, actor: Actor, document: bytes | None = None) -> None:
    """After an act: when nothing is left to do the link is dead, the guest is thanked, and the address forgotten."""
    if not matters.over(guest.thread, guest.role, guest.task):
        return
    assert actor.vouched is not None
    store.end(guest.id, done=clock.now())
    mails.thanks(guest, actor.vouched.evidence, document)
