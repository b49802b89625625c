"""What those who give roles may do with accounts: put them out of use, and reset how they sign in.

And what an institution demands: the roles for which a second factor is needed.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from ecvet.terms import Failure, Identifier, Success, require
from ecvet_platform.journal import actions as journal
from ecvet_platform.people import store
from ecvet_platform.people.actions import notices, take_role
from ecvet_platform.people.errors import NotYoursToEnd, YourselfOnly
from ecvet_platform.people.granting import grantable
from ecvet_platform.people.proof import Ways
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account, proofs, sittings


def may_end(actor: Actor, person: Account, roles: Mapping[Identifier, frozenset[Role]]) -> Success | Failure:
    """Whether the actor may put an account out of use or reset it: every role it has must be hers to give."""
    if person.identifier == actor.person:
        return Failure(YourselfOnly())
    strange = any(held - grantable(actor, where) for where, held in roles.items())
    return Failure(NotYoursToEnd()) if strange or not roles else Success()


@transaction.atomic
def deactivate(person: Account, institution: Identifier, *, by: Actor) -> bool:
    """Take all roles at an institution; with the last of them the account ends, with its sessions, links and tokens.

    False where the account lives on, because the person also works elsewhere. Raises `NotYoursToEnd`,
    `YourselfOnly`, `LastRegisterOffice`.
    """
    roles = store.memberships(person.id)
    here = roles.get(institution, frozenset())
    require(may_end(by, person, {institution: here} if here else {}))
    for role in sorted(here):
        take_role(person, institution, role, by=by)
    if any(where != institution for where in roles):
        return False
    store.set_active(person.id, False)
    sittings.end_sittings(person.id)
    journal.write("person.deactivate", by=by, subject=person.identifier)
    return True


@transaction.atomic
def reset(person: Account, *, by: Actor) -> None:
    """For who has lost phone and keys: only links by e-mail sign her in from now on, and she is told so.

    Raises `NotYoursToEnd`, `YourselfOnly`.
    """
    require(may_end(by, person, store.memberships(person.id)))
    proofs.forget(person.id)
    store.set_by_email(person.id, True)
    sittings.end_sittings(person.id)
    journal.write("person.reset-ways", by=by, subject=person.identifier)
    notices.changed(person, notices.RESET)


def ways_of(people: Iterable[UUID]) -> dict[UUID, Ways]:
    """In which ways people can prove themselves."""
    return proofs.ways_of(people)


def demanded(institution: Identifier) -> frozenset[Role]:
    """The roles for which an institution demands a second factor."""
    return sittings.demanded(institution)


@transaction.atomic
def demand(institution: Identifier, roles: Iterable[Role], *, by: Actor) -> None:
    """The roles for which an institution demands a second factor from now on."""
    wanted = sorted(set(roles))
    sittings.demand(institution, wanted)
    journal.write("institution.demand-second-factor", by=by, subject=institution, detail={"roles": wanted})
