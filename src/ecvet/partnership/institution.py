"""Competent institutions and what each may do (Recommendation 2009/C 155/02, Annex I(e); R-RECOG-14, R-POINTS-9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecvet.partnership.errors import FunctionNotHeld
from ecvet.saying import say
from ecvet.terms import Country, Failure, Identifier, LangString, Period, Success


class Function(StrEnum):
    """What an institution may be competent for; functions may be split over several bodies (spec 5.2)."""

    DESIGN = "design"
    ALLOCATE = "allocate points"
    ASSESS = "assess"
    DOCUMENT = "document"
    VALIDATE = "validate"
    RECOGNISE = "recognise"
    AWARD = "award"


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """A function held within a period, for the qualifications named, or for all where none is named.

    `source` is the law or the decision that grants it.
    """

    function: Function
    valid: Period
    qualifications: frozenset[Identifier] = frozenset()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation:
    """That a body has examined the institution and accredits it within a period; for all qualifications or those named.

    `by` is the name of the body, `reference` where its decision can be read. It informs partners about quality
    assurance and gives no function: those are `Competence` and nothing else.
    """

    by: str
    valid: Period
    reference: str = ""
    qualifications: frozenset[Identifier] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """That another institution continues this one from a day on; `source` is the law or decision (merger, transfer)."""

    by: Identifier
    since: date
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentInstitution:
    """An institution responsible for designing and awarding qualifications, recognising units, or other functions.

    `other_ids` are its names elsewhere (PIC, Erasmus code, national register), `continued` says who stands in its place
    since when (`ecvet.partnership.succession`). Contact data are not part of the value, because they change without
    anything being agreed anew.
    """

    id: Identifier
    name: LangString
    country: Country
    competences: tuple[Competence, ...] = ()
    other_ids: tuple[Identifier, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    continued: Continuation | None = None


def may(
    institution: CompetentInstitution, function: Function, qualification: Identifier | None, on: date
) -> Success | Failure:
    """Whether the institution holds the function for the qualification on that day (R-RECOG-14).

    Without a qualification the function must be held for all. The day is that of the act: a later loss of the function
    does not undo what was done while it was held.
    """
    if _holds(institution.competences, function, qualification, on):
        return Success()
    return Failure(
        FunctionNotHeld(
            institution=institution.name,
            function=function,
            qualification=qualification or say("any qualification"),
            on=on,
        )
    )


def empowered(
    institutions: Iterable[CompetentInstitution], function: Function, qualification: Identifier, on: date
) -> frozenset[Identifier]:
    """The institutions that hold a function for a qualification on a day, such as those that may allocate points.

    What they are is passed to decisions of earlier rooms (`qualification.allocate`, R-POINTS-9).
    """
    return frozenset(one.id for one in institutions if may(one, function, qualification, on))


def _holds(held: Iterable[Competence], function: Function, qualification: Identifier | None, on: date) -> bool:
    return any(
        one.function == function
        and on in one.valid
        and (not one.qualifications or (qualification is not None and qualification in one.qualifications))
        for one in held
    )
