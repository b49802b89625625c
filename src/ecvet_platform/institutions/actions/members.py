"""The people of an institution: who they are, and giving and taking their roles (`people.granting` says who may)."""

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
from ecvet_platform.people.granting import grantable as grantable
from ecvet_platform.people.granting import may_give
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account

Member = tuple[Account, frozenset[Role]]


def members(institution: Identifier, *, actor: Actor) -> tuple[Member, ...]:
    """The people of an institution with their roles there, by name. Raises `InstitutionUnknown`, `NotYoursToGive`."""
    register.institution(institution)
    require(may_give(actor, institution))
    return accounts_of.roles_in(institution)


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
