"""What is known of a new agreement before anybody has typed: people and bodies that need not be asked for.

A person is only suggested where there is no choice: the one who has the role there. People of the hosting institution
are suggested to its partners under a memorandum in force, and to nobody else.
"""

from dataclasses import dataclass

from ecvet.partnership import Function, MemorandumOfUnderstanding
from ecvet.qualification import Qualification
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names as the form shows them, empty where nothing is known; `recognises` is the body."""

    place: str
    assessor: str
    validator: str
    recognises: Identifier
    recogniser: str


def known(
    home: Identifier, hosting: Identifier, qualification: Qualification, *,
    memorandum: MemorandumOfUnderstanding | None, actor: Actor,
) -> Known:  # fmt: skip
    """What the register, the memorandum in force and the people's roles say about a first agreement of two partners."""
    recognises = _recognises(home, qualification, memorandum)
    return Known(
        place=register.names([hosting])[hosting], validator=actor.name, recognises=recognises,
        assessor=_only(hosting, Role.ASSESSOR) if memorandum else "",
        recogniser=actor.name if recognises == home else _only(recognises, Role.COMPETENT_INSTITUTION),
    )  # fmt: skip


def _recognises(
    home: Identifier, qualification: Qualification, memorandum: MemorandumOfUnderstanding | None
) -> Identifier:
    """Home or the body in charge: whom the memorandum names, else home where it may recognise (R-RECOG-14)."""
    bodies = (home, qualification.institution)
    said = memorandum.responsibilities if memorandum else ()
    named = {one.institution for one in said if one.function is Function.RECOGNISE}
    able = (one for one in bodies if register.may_do(one, Function.RECOGNISE, qualification.id, clock.today()))
    return next((one for one in bodies if one in named), None) or next(able, home)


def _only(institution: Identifier, role: Role) -> str:
    """The one person who has a role somewhere; nobody where there are several."""
    found = accounts.members(institution, role)
    return found[0].name if len(found) == 1 else ""
