"""Who a person is when he acts: for which institution, in which roles. Pure values, handed to every action."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ecvet.record import Address, Level
from ecvet.terms import Failure, Identifier, Success
from ecvet_platform.people.errors import NotYourRole


class Role(StrEnum):
    """What a person does in an institution."""

    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    MENTOR = "mentor"
    LEARNER = "learner"
    COMPETENT_INSTITUTION = "competent_institution"
    REGISTER_OFFICE = "register_office"
    VERIFIER = "verifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Who answers for an act without an account: the institution whose key signs, and the attestation that says how."""

    level: Level
    by: Identifier
    evidence: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person acting for one institution (or for herself alone, as a learner may), with the roles there.

    Somebody without an account, a guest or the signatory of a paper, is `vouched` for in this one act.
    """

    person: Identifier
    name: str
    institution: Identifier | None
    roles: frozenset[Role]
    vouched: Vouched | None = None


CALENDAR: Final = Actor(person=Identifier("urn:ecvet:calendar"), name="calendar", institution=None, roles=frozenset())
"""Nobody: a day has passed. What it tells in the journal follows from what people did, and is never a decision."""


def has_one_of(actor: Actor, *roles: Role) -> Success | Failure:
    """Whether the actor has at least one of the roles; with no roles named, every signed-in person has."""
    if not roles or actor.roles.intersection(roles):
        return Success()
    return Failure(NotYourRole(roles=roles))
