"""The people of an institution: who they are, giving and taking their roles, ending and resetting their accounts.

`people.granting` says who may.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import MemberUnknown, RoleMissing
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts_of
from ecvet_platform.people.actions import accounts, staff
from ecvet_platform.people.granting import grantable as grantable
from ecvet_platform.people.granting import may_give
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.people.store.sittings import Access

Member = tuple[Account, frozenset[Role]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person of an institution: the roles there, whether she has a second factor, and what the reader may do."""

    person: Account
    roles: frozenset[Role]
    second_factor: bool
    may_end: bool
    may_reset: bool


def members(institution: Identifier, *, actor: Actor) -> tuple[Member, ...]:
    """The people of an institution with their roles there, by name. Raises `InstitutionUnknown`, `NotYoursToGive`."""
    register.institution(institution)
    require(may_give(actor, institution))
    return accounts_of.roles_in(institution)


def standing(institution: Identifier, *, actor: Actor) -> tuple[Standing, ...]:
    """As `members`, with how each of them signs in. Raises `InstitutionUnknown`, `NotYoursToGive`."""
    found = members(institution, actor=actor)
    ways = accounts.ways_of(one.id for one, _ in found)
    return tuple(
        Standing(
            person=one, roles=roles, second_factor=ways[one.id].has_second,
            may_end=bool(accounts.may_end(actor, one, {institution: roles})),
            may_reset=bool(accounts.may_end(actor, one, accounts_of.memberships(one.id)))
            and (ways[one.id].has_second or not one.by_email),
        )
        for one, roles in found
    )  # fmt: skip


@transaction.atomic
def add(
    institution: Identifier, *, email: str, name: str, roles: frozenset[Role], actor: Actor, sign_in_at: str
) -> Account:
    """Give a person roles there, make the account where there is none, and tell the person by e-mail.

    `sign_in_at` is the address of the sign-in page. Raises `InstitutionUnknown`, `NotYoursToGive`, `RoleMissing`,
    `AddressUnreadable`.
    """
    entered = register.institution(institution)
    require(may_give(actor, institution, *roles))
    if not roles:
        raise RoleMissing()
    person = people.register(email=email, name=name, by=actor)
    before = accounts_of.memberships(person.id).get(institution, frozenset())
    for role in sorted(roles - before):
        people.give_role(person, institution, role, by=actor)
    if roles - before:
        with translation.override(person.language or translation.get_language()):
            subject = _("You can now act for %(institution)s in ecvet") % {"institution": entered.name}
            text = _("%(name)s has entered you. Sign in with this e-mail address; you need no password:")
        body = f"{text % {'name': actor.name}}\n\n{sign_in_at}\n"
        transaction.on_commit(lambda: send_mail(subject, body, None, [person.email]), robust=True)
    return person


@transaction.atomic
def take(institution: Identifier, person: UUID, role: Role, *, actor: Actor) -> None:
    """Take a role from a person. Raises `NotYoursToGive`, `MemberUnknown`, `LastRegisterOffice`."""
    require(may_give(actor, institution, role))
    found = accounts_of.account(person)
    if found is None or role not in accounts_of.memberships(person).get(institution, frozenset()):
        raise MemberUnknown(role=role.replace("_", " "))
    people.take_role(found, institution, role, by=actor)


@transaction.atomic
def deactivate(institution: Identifier, person: UUID, *, actor: Actor) -> bool:
    """Take all roles here, and end the account where it has none elsewhere; False where it lives on.

    Raises `NotYoursToGive`, `MemberUnknown`, `NotYoursToEnd`, `YourselfOnly`, `LastRegisterOffice`.
    """
    return accounts.deactivate(_member(institution, person, actor), institution, by=actor)


@transaction.atomic
def reset(institution: Identifier, person: UUID, *, actor: Actor) -> None:
    """For who has lost phone and keys: only links by e-mail sign her in from now on.

    Raises `NotYoursToGive`, `MemberUnknown`, `NotYoursToEnd`, `YourselfOnly`.
    """
    accounts.reset(_member(institution, person, actor), by=actor)


def demanded(institution: Identifier) -> frozenset[Role]:
    """The roles for which the institution demands a second factor."""
    return accounts.demanded(institution)


@transaction.atomic
def demand(institution: Identifier, roles: frozenset[Role], *, actor: Actor) -> None:
    """Demand a second factor for these roles; of roles that are not the actor's to give nothing changes.

    Raises `InstitutionUnknown`, `NotYoursToGive`.
    """
    register.institution(institution)
    require(may_give(actor, institution, *roles))
    others = accounts.demanded(institution) - grantable(actor, institution)
    accounts.demand(institution, roles | others, by=actor)


def looks(institution: Identifier, *, actor: Actor) -> tuple[Access, ...]:
    """Who looked as staff at what the institution sees, the latest first. Raises `NotYoursToGive`."""
    require(may_give(actor, institution))
    return staff.to(institution)


def _member(institution: Identifier, person: UUID, actor: Actor) -> Account:
    """A person of the institution. Raises `NotYoursToGive`, `MemberUnknown`."""
    require(may_give(actor, institution))
    found = accounts_of.account(person)
    if found is None or institution not in accounts_of.memberships(person):
        raise MemberUnknown(role="member")
    return found
