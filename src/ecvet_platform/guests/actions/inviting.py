"""Inviting somebody without an account, sending another link, taking the invitation back: for coordinators."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ecvet.mobility import GUEST_VERBS, LearningAgreement, Role, Task, may_invite
from ecvet.record import sealed
from ecvet.terms import Failure, Identifier, Success, require
from ecvet_platform.guests.actions import mails, matters
from ecvet_platform.guests.errors import (
    GuestTaskOver,
    GuestUnknown,
    InvitedAlready,
    LearnersAddress,
    NothingToInviteFor,
    TooManyMails,
)
from ecvet_platform.guests.store import guests as store
from ecvet_platform.guests.store.guests import Guest as Guest
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.store.agreements import party
from ecvet_platform.people import store as accounts
from ecvet_platform.people.errors import AddressUnreadable, LanguageUnknown
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.people.roles import Role as Office

LINK_LASTS: Final = timedelta(days=14)
INVITERS: Final = (Office.COORDINATOR,)
WORKERS: Final[dict[Task, tuple[Office, ...]]] = {
    Task.SIGN: (Office.COORDINATOR,),
    Task.TELL: (Office.COORDINATOR, Office.MENTOR),
    Task.ASSESS: (Office.ASSESSOR,),
    Task.HOST: (Office.ASSESSOR,),
}
"""Who does a task with an account: where an institution has somebody, home invites nobody in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation as coordinators see it; `state` is one of `words.STATES`."""

    guest: Guest
    state: str
    mine: bool


@transaction.atomic
def invite(
    thread: Identifier, role: Role, task: Task, *, name: str, email: str, language: str, link: str, actor: Actor
) -> Guest:
    """Invite somebody for one task in one role of one agreement, and e-mail the link; `link` holds the place {secret}.

    Raises `NotYourRole`, `AgreementUnknown`, `NotInvitable`, `PartyActsItself`, `NothingToInviteFor`,
    `AddressUnreadable`, `LanguageUnknown`, `LearnersAddress`, `InvitedAlready`.
    """
    institution = inviter(thread, actor)
    require(allowed(matters.shown(thread, task).value, role, task, institution))
    clean = _address(email)
    if language not in dict(settings.LANGUAGES):
        raise LanguageUnknown(code=language[:20])
    if role is Role.HOSTING and _is_learners(thread, clean):
        raise LearnersAddress()
    if matters.over(thread, role, task):
        raise NothingToInviteFor()
    return welcome(thread, role, task, name=name, email=clean, language=language, link=link, by=actor, of=institution)


@transaction.atomic
def renew(key: UUID, *, link: str, actor: Actor) -> Guest:
    """Send another link to the same address; the one before stops working.

    Raises `GuestUnknown`, `GuestTaskOver`, `TooManyMails`, `NotYourRole`.
    """
    return send_again(_mine(key, actor), link=link, by=actor)


@transaction.atomic
def withdraw(key: UUID, *, actor: Actor) -> None:
    """Take an invitation back; the link is dead and the address forgotten. Raises `GuestUnknown`, `GuestTaskOver`."""
    found = _mine(key, actor)
    if not store.end(key, withdrawn=clock.now()):
        raise GuestTaskOver()
    journal.write("guest.withdraw", by=actor, subject=found.thread, detail=told(found))


def invited(thread: Identifier, *, actor: Actor) -> tuple[Invited, ...]:
    """The invitations to an agreement. Raises `AgreementUnknown`, `NotYourRole`."""
    institution = inviter(thread, actor)
    return tuple(
        Invited(guest=one, state=state(one), mine=one.institution == institution) for one in store.of_thread(thread)
    )


def choices(thread: Identifier, *, actor: Actor) -> tuple[tuple[Role, Task], ...]:
    """What the actor may invite somebody for now. Raises `AgreementUnknown`, `NotYourRole`."""
    institution = inviter(thread, actor)
    return tuple(
        (role, task) for role, task in GUEST_VERBS
        if allowed(matters.shown(thread, task).value, role, task, institution) and not matters.over(thread, role, task)
    )  # fmt: skip


def may_see(thread: Identifier, actor: Actor) -> bool:
    """Whether the actor coordinates for an institution of the agreement."""
    return bool(has_one_of(actor, *INVITERS)) and actor.institution is not None and agreements.may_see(thread, actor)


# ------------------------------------------------------------- for every errand
def welcome(
    thread: Identifier, role: str, task: str, *, name: str, email: str, language: str, link: str, by: Actor,
    of: Identifier,
) -> Guest:  # fmt: skip
    """Keep an invitation by an institution and e-mail its link; whether it may be was decided before.

    Raises `AddressUnreadable`, `LanguageUnknown`, `InvitedAlready`.
    """
    clean = _address(email)
    if language not in dict(settings.LANGUAGES):
        raise LanguageUnknown(code=language[:20])
    if store.invited(thread, role, task, clean):
        raise InvitedAlready()
    secret, salt, at = chance.token(), chance.salt(), clock.now()
    made = Guest(
        id=chance.uuid7(), thread=thread, role=role, task=task, institution=of, by=by.person,
        name=" ".join(name.split()), email=clean, language=language, sealed=sealed(clean, salt), sent=at,
        expires=at + LINK_LASTS, checked=None, done=None, withdrawn=None,
    )  # fmt: skip
    store.add(made, salt=salt, secret=digest(secret))
    mails.invitation(made, link.replace("{secret}", secret))
    journal.write("guest.invite", by=by, subject=thread, detail=told(made))
    return made


def send_again(
    found: Guest, *, link: str, by: By, reminds: bool = False, reminded_of: date | None = None
) -> Guest:  # fmt: skip
    """Another link in place of the one before, by whom it was asked for. Raises `GuestTaskOver`, `TooManyMails`.

    With `reminds` the e-mail says that it reminds, and of which last day, where there is one.
    """
    if state(found) in ("over", "done", "withdrawn"):
        raise GuestTaskOver()
    at, secret = clock.now(), chance.token()
    if not store.may_mail(found.id, at=at):
        raise TooManyMails()
    store.renew(found.id, secret=digest(secret), sent=at, expires=at + LINK_LASTS)
    made = store.one(found.id)
    assert made is not None
    mails.invitation(made, link.replace("{secret}", secret), reminds=reminds, until=reminded_of)
    journal.write("guest.renew", by=by, subject=made.thread, detail=told(made))
    return made


def state(guest: Guest) -> str:
    """Where an invitation stands: one of `words.STATES`."""
    if guest.done is not None:
        return "done"
    if guest.withdrawn is not None:
        return "withdrawn"
    if matters.over(guest.thread, guest.role, guest.task):
        return "over"
    return "expired" if guest.expires < clock.now() else "open"


def told(guest: Guest) -> dict[str, object]:
    """What the journal tells of a guest: no name and no address."""
    return {
        "guest": guest.identifier, "role": guest.role, "task": guest.task, "institution": guest.institution,
        "invited_by": guest.by, "address": guest.sealed, "level": "guest",
    }  # fmt: skip


def digest(secret: str) -> str:
    """The hash under which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


# ------------------------------------------------------------- inside
def inviter(thread: Identifier, actor: Actor) -> Identifier:
    """The institution for which somebody invites. Raises `NotYourRole`, `AgreementUnknown`, `NotYourPart`."""
    agreements.seen(thread, actor)
    require(has_one_of(actor, *INVITERS))
    return agreements.institution(actor)


def allowed(item: LearningAgreement, role: Role, task: Task, institution: Identifier) -> Success | Failure:
    """Whether an institution may invite somebody for this, or bring a paper in place of it."""
    who = item.party(role)
    here = who is not None and bool(accounts.members(who, *WORKERS[task]))
    return may_invite(item, role, task, by=institution, party_is_here=here)


def _mine(key: UUID, actor: Actor) -> Guest:
    found = store.one(key)
    if found is None or not may_see(found.thread, actor) or found.institution != actor.institution:
        raise GuestUnknown()
    return found


def _is_learners(thread: Identifier, email: str) -> bool:
    account = accounts.account_of(email)
    item = matters.shown(thread, Task.SIGN).value
    known = learners.known(party(item, Role.LEARNER))
    return account is not None and account.identifier in (known.account, known.guardian)


def _address(email: str) -> str:
    clean = email.strip().lower()
    try:
        validate_email(clean)
    except ValidationError as error:
        raise AddressUnreadable(text=email.strip()[:80]) from error
    return clean
