"""What a register office enters of an institution, piece by piece: its names, its functions, its accreditation.

A piece is named by its mark, which follows from its content: who changes what somebody else has changed meanwhile is
told so, and nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db import transaction

from ecvet.partnership import Accreditation, Competence, CompetentInstitution, Continuation, may_be_continued
from ecvet.record import canonical, plain
from ecvet.record.canonical import address_of
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import InstitutionKnown, PieceChanged
from ecvet_platform.institutions.store import institutions as store
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.granting import grantable
from ecvet_platform.people.roles import Actor, Role, has_one_of

Piece = TypeVar("Piece", Competence, Accreditation)


def mark(piece: object) -> str:
    """The name of a piece in addresses: the beginning of the hash of its content."""
    return address_of(canonical(plain(piece))).rpartition(":")[2][:16]


def begin(item: CompetentInstitution, *, actor: Actor, contact: Mapping[str, str]) -> None:
    """Enter an institution that is not here yet. Raises `NotYourRole`, `InstitutionKnown`."""
    require(has_one_of(actor, Role.REGISTER_OFFICE))
    if store.institution(item.id) is not None:
        raise InstitutionKnown(name=item.id)
    register.enter(item, actor=actor, contact=contact)


def describe(item: CompetentInstitution, *, actor: Actor, contact: Mapping[str, str]) -> None:
    """Change names, country, other identifiers and contact; what it may do stays. Raises as `enter`, and
    `InstitutionUnknown`."""
    now = register.institution(item.id)
    kept = replace(
        item, competences=now.competences, accreditations=now.accreditations, continued=now.continued
    )  # fmt: skip
    register.enter(kept, actor=actor, contact=contact)


def grant(name: Identifier, *new: Competence, actor: Actor) -> None:
    """Enter functions that an institution holds; the same again changes nothing. Raises as `enter`."""
    now = register.institution(name)
    held = tuple(dict.fromkeys((*now.competences, *new)))
    register.enter(replace(now, competences=held), actor=actor)


def regrant(name: Identifier, which: str, new: Competence | None, *, actor: Actor) -> None:
    """Put another function in the place of one, or none where it was entered by mistake. Raises `PieceChanged` too."""
    now = register.institution(name)
    register.enter(replace(now, competences=_exchanged(now.competences, which, new)), actor=actor)


@transaction.atomic
def let_continue(name: Identifier, by: Identifier, *, since: date, source: str, with_people: bool, actor: Actor) -> int:
    """Enter that another institution continues one since a day; how many people now act for both.

    `with_people` gives the people of the successor the roles that they have there in the one that it continues, so that
    what runs goes on. Raises `NotYourRole`, `InstitutionUnknown`, `SuccessionCircular`.
    """
    require(has_one_of(actor, Role.REGISTER_OFFICE))
    now, new = register.institution(name), register.institution(by)
    require(may_be_continued(name, new.id, store.institutions()))
    register.enter(replace(now, continued=Continuation(by=new.id, since=since, source=source)), actor=actor)
    return _carry_over(now.id, new.id, actor) if with_people else 0


def accredit(name: Identifier, new: Accreditation, *, actor: Actor) -> None:
    """Enter an accreditation. Raises as `enter`."""
    now = register.institution(name)
    register.enter(replace(now, accreditations=tuple(dict.fromkeys((*now.accreditations, new)))), actor=actor)


def reaccredit(name: Identifier, which: str, new: Accreditation | None, *, actor: Actor) -> None:
    """Put another accreditation in the place of one, or none. Raises `PieceChanged` too."""
    now = register.institution(name)
    register.enter(replace(now, accreditations=_exchanged(now.accreditations, which, new)), actor=actor)


def competence(name: Identifier, which: str) -> Competence:
    """A function by its mark. Raises `InstitutionUnknown`, `PieceChanged`."""
    return _found(register.institution(name).competences, which)


def accreditation(name: Identifier, which: str) -> Accreditation:
    """An accreditation by its mark. Raises `InstitutionUnknown`, `PieceChanged`."""
    return _found(register.institution(name).accreditations, which)


def _found(pieces: tuple[Piece, ...], which: str) -> Piece:
    for one in pieces:
        if mark(one) == which:
            return one
    raise PieceChanged()


def _exchanged(pieces: tuple[Piece, ...], which: str, new: Piece | None) -> tuple[Piece, ...]:
    old = _found(pieces, which)
    put = () if new is None else (new,)
    return tuple(dict.fromkeys(each for one in pieces for each in (put if one == old else (one,))))


def _carry_over(old: Identifier, new: Identifier, actor: Actor) -> int:
    """The people of the successor get their roles in its predecessor too; only what they lack is given."""
    count = 0
    for person, roles in accounts.roles_in(new):
        held = accounts.memberships(person.id).get(old, frozenset())
        lacking = sorted((roles - held) & grantable(actor, old))
        for role in lacking:
            people.give_role(person, old, role, by=actor)
        count += bool(lacking)
    return count
