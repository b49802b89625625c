"""What a register office enters of an institution, piece by piece: its names, its functions, its accreditation.

A piece is named by its mark, which follows from its content: who changes what somebody else has changed meanwhile is
told so, and nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ecvet.partnership import Accreditation, Competence, CompetentInstitution
from ecvet.record import canonical, plain
from ecvet.record.canonical import address_of
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import InstitutionKnown, PieceChanged
from ecvet_platform.institutions.store import institutions as store
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
    kept = replace(item, competences=now.competences, accreditations=now.accreditations)
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
