"""What happens to people: registered, given a role, sent a link, signed in and out. Each ends in the journal."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chance import token as new_token
from ecvet_platform.people import store
from ecvet_platform.people.errors import (
    AddressUnreadable,
    LanguageUnknown,
    LastRegisterOffice,
    LinkUnusable,
    NotSignedIn,
    NotYourInstitution,
)
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account as Account
from ecvet_platform.people.store import tokens as tokens_of

MOST_OPEN_LINKS: Final = 5
TOKEN_DAYS: Final = 90


@transaction.atomic
def register(*, email: str, name: str, language: str = "", by: Actor | None = None) -> Account:
    """Make an account for a person, or find hers and put it into use again. Raises `AddressUnreadable`."""
    clean = _address(email)
    known = store.account_of(clean)
    if known is not None:
        return known
    if (before := store.inactive_account_of(clean)) is not None:
        store.set_active(before.id, True)
        journal.write("person.reactivate", by=by or self_of(before), subject=before.identifier)
        return before
    made = store.add_account(email=clean, name=name.strip(), language=language, at=clock.now())
    journal.write("person.register", by=by or self_of(made), subject=made.identifier)
    return made


@transaction.atomic
def give_role(person: Account, institution: Identifier, role: Role, *, by: Actor | None = None) -> None:
    """Give a person a role in an institution; without `by` the operator of the server gives it."""
    if store.add_membership(person.id, institution, role):
        detail = {"institution": institution, "role": role}
        journal.write("person.give-role", by=by or self_of(person), subject=person.identifier, detail=detail)


@transaction.atomic
def take_role(person: Account, institution: Identifier, role: Role, *, by: Actor) -> None:
    """Take a role away. Raises `LastRegisterOffice` rather than leave nobody who can give roles."""
    if role is Role.REGISTER_OFFICE and store.holders(role) < 2 and role in store.memberships(person.id).get(
        institution, frozenset()
    ):  # fmt: skip
        raise LastRegisterOffice()
    if store.remove_membership(person.id, institution, role):
        detail = {"institution": institution, "role": role}
        journal.write("person.take-role", by=by, subject=person.identifier, detail=detail)


@transaction.atomic
def new_link(person: Account, *, valid_for: timedelta | None = None) -> str:
    """Make a one-time sign-in link and return its secret part, of which only the hash is kept."""
    secret, at = new_token(), clock.now()
    lasting = valid_for or timedelta(minutes=settings.SIGN_IN_LINK_MINUTES)
    store.add_link(_hash(secret), person.id, created=at, expires=at + lasting)
    journal.write("person.link", by=self_of(person), subject=person.identifier)
    return secret


def send_link(email: str, *, link: str) -> None:
    """E-mail a sign-in link to a person; `link` holds the place {secret}. Raises `AddressUnreadable`.

    An unknown address looks the same from outside as a known one. More than five open links are not sent.
    """
    person = store.account_of(_address(email))
    if person is None or store.open_links(person.id, at=clock.now()) >= MOST_OPEN_LINKS:
        return
    address = link.replace("{secret}", new_link(person)) if person.by_email else ""
    with translation.override(person.language or translation.get_language()):
        subject = _("Your link to sign in to ecvet")
        text = _("Open this link and press the button to sign in. It works once, within %(minutes)s minutes.")
        ignore = _("If you did not ask for it, do nothing.")
        if not person.by_email:
            text, ignore = _("Links by e-mail are switched off for your account; sign in with your passkey."), ""
    said = [text % {"minutes": settings.SIGN_IN_LINK_MINUTES}, address, ignore] if person.by_email else [text]
    body = "\n\n".join(said) + "\n"
    transaction.on_commit(lambda: send_mail(subject, body, None, [person.email]), robust=True)


def check_link(secret: str) -> None:
    """Look whether a link could be used, without using it. Raises `LinkUnusable`."""
    if not store.link_is_open(_hash(secret), at=clock.now()):
        raise LinkUnusable()


@transaction.atomic
def sign_in(secret: str) -> Account:
    """Use a link up and say who came; the session begins when the code of her app has followed, if she has one.

    Raises `LinkUnusable`.
    """
    person = store.use_link(_hash(secret), at=clock.now())
    if person is None:
        raise LinkUnusable()
    return person


@transaction.atomic
def signed_in(person: Account, *, by: str, proved: bool) -> None:
    """Say that a session has begun: `by` a link, a passkey or a provider; `proved` by a second factor."""
    store.set_last_sign_in(person.id, clock.now())
    detail = {"by": by, "proved": proved}
    journal.write("person.sign-in", by=self_of(person), subject=person.identifier, detail=detail)


@transaction.atomic
def sign_out(actor: Actor, *, because: str = "asked") -> None:
    """Say that a person went; `because` is `asked` or `time limit`."""
    journal.write("person.sign-out", by=actor, subject=actor.person, detail={"because": because})


def choose_language(code: str, *, person: UUID | None) -> None:
    """Check a language and remember it for a person. Raises `LanguageUnknown`."""
    if code not in dict(settings.LANGUAGES):
        raise LanguageUnknown(code=code[:20])
    if person is not None:
        store.set_language(person, code)


def actor(person: UUID, institution: Identifier | None = None) -> Actor:
    """The person as she acts for one of her institutions, her first one unless named.

    Raises `NotSignedIn` for an unknown person, `NotYourInstitution` for an institution she does not belong to.
    """
    return acting(store.account(person), store.memberships(person), institution)


def actor_with_email(email: str, institution: Identifier | None = None) -> Actor:
    """The same by e-mail address, for commands of the operator. Raises as `actor`."""
    found = store.account_of(email.strip().lower())
    return acting(found, store.memberships(found.id) if found else {}, institution)


def acting(
    found: Account | None, mine: Mapping[Identifier, frozenset[Role]], institution: Identifier | None = None
) -> Actor:
    """As `actor`, for an account and memberships that are known already."""
    if found is None:
        raise NotSignedIn()
    if institution is None:
        institution = next(iter(mine), None)
    elif institution not in mine:
        raise NotYourInstitution()
    roles = mine[institution] if institution is not None else frozenset[Role]()
    return Actor(person=found.identifier, name=found.name, institution=institution, roles=roles)


def own(by: Actor) -> Account:
    """The account of who acts. Raises `NotSignedIn`."""
    key = store.id_of(by.person)
    found = store.account(key) if key else None
    if found is None:
        raise NotSignedIn()
    return found


def institutions(person: UUID) -> tuple[Identifier, ...]:
    """The institutions for which a person may act."""
    return tuple(store.memberships(person))


@transaction.atomic
def make_token(person: Account, *, institution: Identifier | None, name: str) -> str:
    """A token with which a program acts for a person for 90 days; kept as a hash. Raises `NotYourInstitution`."""
    by, secret, at = actor(person.id, institution), new_token(), clock.now()
    store.add_token(
        _hash(secret), person.id, institution=by.institution, name=name, created=at,
        expires=at + timedelta(days=TOKEN_DAYS),
    )  # fmt: skip
    journal.write("person.make-token", by=by, subject=person.identifier, detail={"name": name})
    return secret


def actor_with_token(secret: str) -> Actor | None:
    """For whom a token acts, or None."""
    digest, at = _hash(secret), clock.now()
    bearer = store.token_bearer(digest, at=at)
    if bearer is None:
        return None
    tokens_of.touch(digest, at=at)
    return actor(*bearer)


def is_address(email: str) -> bool:
    """Whether a text is an e-mail address with which somebody could be registered."""
    try:
        _address(email)
    except AddressUnreadable:
        return False
    return True


def _address(email: str) -> str:
    clean = email.strip().lower()
    try:
        validate_email(clean)
    except ValidationError as error:
        raise AddressUnreadable(text=email.strip()[:80]) from error
    return clean


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def self_of(person: Account) -> Actor:
    """A person as she acts for herself alone, in the journal's eyes."""
    return Actor(person=person.identifier, name=person.name, institution=None, roles=frozenset())
