"""Rows ↔ values of people: accounts, memberships, sign-in links and tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import F

from ecvet.terms import Identifier
from ecvet_platform.journal.chance import uuid7
from ecvet_platform.people.models import (
    CodeKey,
    Membership,
    Passkey,
    RecoveryCode,
    SessionRow,
    SignInLink,
    Subject,
    Token,
    User,
)
from ecvet_platform.people.roles import Role

SessionUser: TypeAlias = User
"""What Django's sessions call a user; nobody else needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who can sign in. `language` is empty until she has chosen one."""

    id: UUID
    email: str
    name: str
    language: str
    by_email: bool = True
    is_operator: bool = False
    last_sign_in: datetime | None = None

    @property
    def identifier(self) -> Identifier:
        """The name by which records and the journal know the person."""
        return Identifier(self.id.urn)


def accounts() -> tuple[Account, ...]:
    """All accounts, in the order in which they were made."""
    return tuple(_account(row) for row in User.objects.filter(is_active=True).order_by("created", "id"))


def account(person: UUID) -> Account | None:
    """The account with this id, if it is active."""
    row = User.objects.filter(id=person, is_active=True).first()
    return _account(row) if row else None


def account_of(email: str) -> Account | None:
    """The active account with this e-mail address."""
    row = User.objects.filter(email=email, is_active=True).first()
    return _account(row) if row else None


def id_of(account: Identifier) -> UUID | None:
    """The id of an active account by the name that records and the journal know."""
    if not account.startswith("urn:uuid:"):
        return None
    found = User.objects.filter(id=UUID(account), is_active=True).values_list("id", flat=True).first()
    return UUID(str(found)) if found else None


def forget(person: UUID) -> None:
    """Keep of an account nothing but its id, so that nobody can sign in with it and no other takes its place."""
    User.objects.filter(id=person).update(
        email=f"{person}@erased.invalid", name="", language="", is_active=False, is_operator=False, last_login=None
    )
    for table in (Membership, SignInLink, Token, Passkey, CodeKey, RecoveryCode, Subject, SessionRow):
        table._default_manager.filter(user_id=person).delete()


def account_in(row: SessionUser) -> Account | None:
    """The account behind a session's user, which Django has read already; None for one that is not active."""
    return _account(row) if row.is_active else None


_WITH_MEMBERSHIPS: Final = """
SELECT u.*, m.institution, m.role, d.id AS demanded
FROM people_user u LEFT JOIN people_membership m ON m.user_id = u.id
LEFT JOIN people_demand d ON d.institution = m.institution AND d.role = m.role
WHERE u.id = %s AND u.is_active ORDER BY m.id"""


def session_user(person: UUID) -> SessionUser | None:
    """The row that Django's sessions want, with the memberships; for `session.py` and `backend.py` only.

    Every request asks for it, so it is read in one query.
    """
    found = list(User.objects.raw(_WITH_MEMBERSHIPS, [User._meta.pk.get_db_prep_value(person, connection)]))
    if not found:
        return None
    rows = [vars(row) for row in found]
    given = ((row["institution"], row["role"]) for row in rows)
    found[0].known_memberships = _by_institution((where, role) for where, role in given if where)
    found[0].known_demands = frozenset(Identifier(row["institution"]) for row in rows if row["demanded"])
    return found[0]


def memberships_in(row: SessionUser) -> dict[Identifier, frozenset[Role]]:
    """The memberships of a session's user, which were read together with her."""
    known = row.known_memberships
    return dict(known) if known is not None else memberships(row.id)


def demands_in(row: SessionUser) -> frozenset[Identifier]:
    """The institutions that demand a second factor of a session's user, which were read together with her."""
    return row.known_demands or frozenset()


def inactive_account_of(email: str) -> Account | None:
    """The account with this address that was put out of use."""
    row = User.objects.filter(email=email, is_active=False).first()
    return _account(row) if row else None


def set_active(person: UUID, active: bool) -> None:
    """Put an account out of use, or into use again. Tokens and links of one that is out of use are gone for good."""
    User.objects.filter(id=person).update(is_active=active)
    if not active:
        SignInLink.objects.filter(user_id=person).delete()
        Token.objects.filter(user_id=person).delete()


def set_by_email(person: UUID, on: bool) -> None:
    """Whether links are e-mailed to a person."""
    User.objects.filter(id=person).update(by_email=on)


def set_operator(person: UUID, on: bool) -> bool:
    """Whether a person is an operator of the server; False when nothing changed."""
    return User.objects.filter(id=person, is_operator=not on).update(is_operator=on) > 0


def set_last_sign_in(person: UUID, at: datetime) -> None:
    """Remember when a person last signed in."""
    User.objects.filter(id=person).update(last_login=at)


def add_account(*, email: str, name: str, language: str, at: datetime) -> Account:
    """Make an account, or find the one that has the address already."""
    new = User(id=uuid7(), email=email, name=name, language=language, created=at)
    new.set_unusable_password()
    row, _ = User.objects.get_or_create(
        email=email,
        defaults={"id": new.id, "name": name, "language": language, "created": at, "password": new.password},
    )
    return _account(row)


def emails(identifiers: Iterable[Identifier]) -> dict[Identifier, str]:
    """The addresses of accounts by their identifiers; of forgotten ones there is none."""
    wanted = {UUID(one.removeprefix("urn:uuid:")): one for one in identifiers}
    rows = User.objects.filter(is_active=True, id__in=list(wanted)).values_list("id", "email")
    return {wanted[key]: email for key, email in rows}


def set_language(person: UUID, language: str) -> None:
    """Remember the language that a person reads."""
    User.objects.filter(id=person).update(language=language)


def add_membership(person: UUID, institution: Identifier, role: Role) -> bool:
    """Give a role; False when the person has it already."""
    _, made = Membership.objects.get_or_create(user_id=person, institution=institution, role=role.value)
    return made


def remove_membership(person: UUID, institution: Identifier, role: Role) -> bool:
    """Take a role away; False when the person did not have it."""
    removed, _ = Membership.objects.filter(user_id=person, institution=institution, role=role.value).delete()
    return removed > 0


def memberships(person: UUID) -> dict[Identifier, frozenset[Role]]:
    """The roles of a person by institution, in the order in which they were given."""
    rows = Membership.objects.filter(user_id=person).order_by("id").values_list("institution", "role")
    return _by_institution(rows)


def members(institution: Identifier, *roles: Role) -> tuple[Account, ...]:
    """The people of an institution who have one of the roles; all of them when none is named."""
    rows = User.objects.filter(is_active=True, memberships__institution=institution)
    if roles:
        rows = rows.filter(memberships__role__in=[role.value for role in roles])
    return tuple(_account(row) for row in rows.distinct().order_by("name", "id"))


def with_role(role: Role) -> tuple[Account, ...]:
    """The people who have a role in any institution."""
    rows = User.objects.filter(is_active=True, memberships__role=role.value)
    return tuple(_account(row) for row in rows.distinct().order_by("name", "id"))


def roles_in(institution: Identifier) -> tuple[tuple[Account, frozenset[Role]], ...]:
    """The people of an institution with their roles there, by name."""
    found: dict[UUID, set[Role]] = {}
    for person, role in Membership.objects.filter(institution=institution).values_list("user_id", "role"):
        found.setdefault(person, set()).add(Role(role))
    rows = User.objects.filter(is_active=True, id__in=found).order_by("name", "id")
    return tuple((_account(row), frozenset(found[row.id])) for row in rows)


def holders(role: Role) -> int:
    """How many people have a role, wherever."""
    rows = Membership.objects.filter(role=role.value, user__is_active=True)
    return rows.values("user_id").distinct().count()


def add_link(digest: str, person: UUID, *, created: datetime, expires: datetime) -> None:
    """Keep the hash of a sign-in link."""
    SignInLink.objects.create(hash=digest, user_id=person, created=created, expires=expires)


def open_links(person: UUID, *, at: datetime) -> int:
    """How many links of a person could be used now."""
    return SignInLink.objects.filter(user_id=person, used=None, expires__gt=at).count()


def link_is_open(digest: str, *, at: datetime) -> bool:
    """Whether a link could be used now."""
    return SignInLink.objects.filter(hash=digest, used=None, expires__gt=at, user__is_active=True).exists()


def use_link(digest: str, *, at: datetime) -> Account | None:
    """Use a link up, once; None when it cannot be used. Of two who try at the same time only one succeeds."""
    open_one = SignInLink.objects.filter(hash=digest, used=None, expires__gt=at)
    if not open_one.update(used=at):
        return None
    return _account(User.objects.get(links__hash=digest, is_active=True))


def add_token(digest: str, person: UUID, *, institution: Identifier | None, name: str, created: datetime,
              expires: datetime) -> None:  # fmt: skip
    """Keep the hash of a program's token."""
    Token.objects.create(
        hash=digest, user_id=person, institution=institution, name=name, created=created, expires=expires
    )


def token_bearer(digest: str, *, at: datetime) -> tuple[UUID, Identifier | None] | None:
    """For whom, and for which institution, a token acts now."""
    row = (
        Token.objects.filter(hash=digest, revoked=None, expires__gt=at, user__is_active=True)
        .annotate(person=F("user_id"))
        .values_list("person", "institution")
        .first()
    )
    return (row[0], Identifier(row[1]) if row[1] else None) if row else None


def revoke_token(digest: str, *, at: datetime) -> bool:
    """End a token; False when there was none to end."""
    return Token.objects.filter(hash=digest, revoked=None).update(revoked=at) > 0


def _by_institution(rows: Iterable[tuple[str, str]]) -> dict[Identifier, frozenset[Role]]:
    found: dict[Identifier, frozenset[Role]] = {}
    for institution, role in rows:
        key = Identifier(institution)
        found[key] = found.get(key, frozenset()) | {Role(role)}
    return found


def _account(row: User) -> Account:
    return Account(
        id=row.id, email=row.email, name=row.name, language=row.language, by_email=row.by_email,
        is_operator=row.is_operator, last_sign_in=row.last_login,
    )  # fmt: skip
