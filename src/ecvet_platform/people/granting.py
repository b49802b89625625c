"""Who may give and take which role, and in which institution: a table, read by one predicate."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ecvet.terms import Failure, Identifier, Success
from ecvet_platform.people.errors import NotYoursToGive
from ecvet_platform.people.roles import Actor, Role

_AT_WORK: Final = frozenset({Role.COORDINATOR, Role.ASSESSOR, Role.MENTOR, Role.VERIFIER})

GRANTS: Final[Mapping[Role, frozenset[Role]]] = MappingProxyType(
    {
        Role.COORDINATOR: _AT_WORK,
        Role.COMPETENT_INSTITUTION: _AT_WORK | {Role.COMPETENT_INSTITUTION},
        Role.REGISTER_OFFICE: _AT_WORK | {Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE},
    }
)
"""What each role may give. Nobody gives the role of a learner: it comes with being entered as one."""


def grantable(actor: Actor, institution: Identifier) -> frozenset[Role]:
    """The roles that the actor may give and take there: in their own institution, a register office in any."""
    holds = {role for role in actor.roles if role is Role.REGISTER_OFFICE or actor.institution == institution}
    return frozenset[Role]().union(*(GRANTS.get(role, frozenset()) for role in holds))


def may_give(actor: Actor, institution: Identifier, *roles: Role) -> Success | Failure:
    """Whether the actor may give or take these roles there; with no roles named, whether any at all."""
    allowed = grantable(actor, institution)
    strange = sorted(set(roles) - allowed)
    if allowed and not strange:
        return Success()
    return Failure(NotYoursToGive(role=strange[0] if strange else "member"))
