"""Papers: a coordinator brings the scan of a version signed by hand; it counts once a colleague has confirmed it."""

from uuid import UUID

from django.db import transaction

from ecvet.mobility import Role, Task, read
from ecvet.record import Act, Address, Annex, Attestation, Level, record
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.credit.actions import evidence
from ecvet_platform.credit.errors import EvidenceLost, TextMissing
from ecvet_platform.credit.store import evidence as files
from ecvet_platform.guests.actions import inviting, matters
from ecvet_platform.guests.actions.acting import declared
from ecvet_platform.guests.actions.inviting import INVITERS, inviter
from ecvet_platform.guests.errors import GuestUnknown, NothingToInviteFor, PaperDecided
from ecvet_platform.guests.store import papers as store
from ecvet_platform.guests.store.papers import Paper as Paper
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, signing
from ecvet_platform.mobility.store.agreements import party
from ecvet_platform.people.roles import Actor, Vouched, has_one_of
from ecvet_platform.people.roles import Role as Office

_PERSONS = frozenset({Role.LEARNER, Role.GUARDIAN})


@transaction.atomic
def bring(thread: Identifier, role: Role, data: bytes, *, actor: Actor) -> Paper:
    """Bring the scan of the proposed version, signed by hand in a role. It counts for nothing yet.

    Raises `NotYourRole`, `AgreementUnknown`, `NotInvitable`, `PartyActsItself`, `NothingToInviteFor`,
    `EvidenceTooLarge`, `EvidenceNotAccepted`.
    """
    institution, item = inviter(thread, actor), matters.shown(thread, Task.SIGN)
    require(inviting.allowed(item.value, role, Task.SIGN, institution))
    if matters.over(thread, role, Task.SIGN):
        raise NothingToInviteFor()
    media = evidence.media_of(data)
    kept = files.keep(
        data, basis=thread, learner=party(item.value, Role.LEARNER), name=f"scan-{role.value}", media=media,
        by=actor.person, at=clock.now(),
    )  # fmt: skip
    made = Paper(
        id=chance.uuid7(), thread=thread, version=item.address, role=role, institution=institution, by=actor.person,
        scan=Annex(hash=kept.hash, media=media, size=kept.size), at=clock.now(),
    )  # fmt: skip
    store.add(made)
    detail = {"role": role, "scan": kept.hash, "level": Level.PAPER}
    journal.write("paper.bring", by=actor, subject=thread, record=item.address, detail=detail)
    return made


@transaction.atomic
def confirm(key: UUID, *, actor: Actor) -> None:
    """Confirm, as a second person of the institution, that the scan says the same and is signed: then it counts.

    Raises `GuestUnknown`, `SecondPersonMissing`, `PaperDecided`, `ProposalStale` when another version has come since,
    and what `mobility.signing.answer` raises.
    """
    found = _undecided(key, actor)
    said = Attestation(
        level=Level.PAPER, thread=found.thread, role=found.role.value, verb=Act.ACCEPT.value, shown=found.version,
        text=declared("paper"), at=clock.now(), institution=found.institution, by=found.by, scan=found.scan,
        confirmed_by=actor.person,
    )  # fmt: skip
    kept = records.keep(
        record(said, thread=chance.new_identifier(), author=found.institution, at=clock.now(), annexes=(found.scan,))
    )
    register.issue(kept, found.institution)
    signing.answer(found.thread, found.version, Act.ACCEPT, role=found.role, actor=_signatory(found, kept, actor))
    _decide(found, actor)
    detail = {"role": found.role, "brought_by": found.by, "scan": found.scan.hash, "level": Level.PAPER}
    journal.write("paper.confirm", by=actor, subject=found.thread, record=kept, detail=detail)


@transaction.atomic
def refuse(key: UUID, *, reason: str, actor: Actor) -> None:
    """Refuse a scan with the reason; whoever brought it may do so too.

    Raises `GuestUnknown`, `PaperDecided`, `TextMissing`.
    """
    if not reason.strip():
        raise TextMissing(what=say("The reason"))
    found = _undecided(key, actor)
    _decide(found, actor, because=reason)
    journal.write("paper.refuse", by=actor, subject=found.thread, record=found.version, detail={"role": found.role})


def of_thread(thread: Identifier, *, actor: Actor) -> tuple[Paper, ...]:
    """The papers of an agreement that the actor's institution keeps. Raises `AgreementUnknown`, `NotYourRole`."""
    institution = inviter(thread, actor)
    return tuple(one for one in store.of_thread(thread) if one.institution == institution)


def paper(key: UUID, *, actor: Actor) -> Paper:
    """One paper of the actor's institution. Raises `GuestUnknown`."""
    found = store.one(key)
    if found is None or found.institution != actor.institution or not inviting.may_see(found.thread, actor):
        raise GuestUnknown()
    return found


@transaction.atomic
def scan(key: UUID, *, actor: Actor) -> tuple[Paper, bytes]:
    """A paper with its bytes; that it was looked at is told. Raises `GuestUnknown`, `EvidenceLost`."""
    found = paper(key, actor=actor)
    data = files.read(found.scan.hash)
    if data is None:
        raise EvidenceLost()
    journal.write("evidence.read", by=actor, subject=found.thread, detail={"hash": found.scan.hash})
    return found, data


def roles(thread: Identifier, *, actor: Actor) -> tuple[Role, ...]:
    """As whom somebody may have signed by hand, where the actor may bring the scan."""
    return tuple(role for role, task in inviting.choices(thread, actor=actor) if task is Task.SIGN)


def to_confirm(actor: Actor) -> tuple[Paper, ...]:
    """The papers that wait for the actor as the second person."""
    if actor.institution is None or not has_one_of(actor, *INVITERS):
        return ()
    return tuple(one for one in store.undecided(actor.institution) if one.by != actor.person)


def state(found: Paper) -> str:
    """Where a paper stands: one of `words.PAPER_STATES`."""
    if found.decided is None:
        return "waiting"
    return "refused" if found.refused_because else "confirmed"


# ------------------------------------------------------------- inside
def _undecided(key: UUID, actor: Actor) -> Paper:
    found = paper(key, actor=actor)
    if found.decided is not None:
        raise PaperDecided()
    return found


def _decide(found: Paper, actor: Actor, because: str = "") -> None:
    if not store.decide(found.id, by=actor.person, at=clock.now(), refused_because=because.strip()):
        raise PaperDecided()


def _signatory(found: Paper, kept: Address, actor: Actor) -> Actor:
    """The signatory of the paper: a person for herself, or the institution, entered by the one who confirms."""
    known = agreements.thread(found.thread)
    who = party(read(known.version(found.version)).value, found.role)
    own = found.role in _PERSONS
    return Actor(
        person=who if own else actor.person, name=actor.name, institution=None if own else who,
        roles=frozenset() if own else frozenset({Office.COORDINATOR}),
        vouched=Vouched(level=Level.PAPER, by=found.institution, evidence=kept),
    )  # fmt: skip
