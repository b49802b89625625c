"""The memorandum of understanding: the frame within which credit is transferred (Annex II.2; R-MOU-1 … 10)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ecvet.partnership.enclosure import Enclosure
from ecvet.partnership.grades import GradeTable
from ecvet.partnership.institution import Function
from ecvet.record import RecordType
from ecvet.terms import Country, EQFLevel, Identifier, LangString, NQFLevel, Period


class Confirmation(StrEnum):
    """The five points a memorandum confirms (Annex II.2 a-e; R-MOU-2)."""

    STATUS = "status"
    PROCEDURES = "procedures"
    CONDITIONS = "conditions"
    COMPARABILITY = "comparability"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredQualification:
    """A qualification for which the memorandum holds, with the units open to mobility; all when none is named.

    `enclosures` are the papers about it that go with the memorandum.
    """

    qualification: Identifier
    title: LangString
    country: Country
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    units: frozenset[Identifier] = frozenset()
    enclosures: frozenset[Enclosure] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who carries a function in a country (R-MOU-7)."""

    country: Country
    function: Function
    institution: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherActor:
    """An organisation that is covered without signing, or takes part with a function (R-MOU-5, R-MOU-9)."""

    id: Identifier
    name: LangString
    country: Country
    functions: tuple[Function, ...] = ()
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorandumOfUnderstanding:
    """An agreement between competent institutions, by mutual acceptance of status and procedures (Annex II.2).

    `parties` sign. `review` says when and by whom it is reviewed (R-MOU-4); `comparability_note` is needed where the
    qualifications stand at different EQF levels (R-MOU-3); weeks bound the length of a mobility (R-MOU-8). `tools`
    names what is used to assess and document: techniques, templates, grids. `grade_tables` say how grades of one
    are read by another (R-ASSESS-11).
    """

    record_type: ClassVar[RecordType] = RecordType.MOU

    parties: tuple[Identifier, ...]
    objectives: LangString | None = None
    valid: Period | None = None
    review: LangString | None = None
    confirmations: frozenset[Confirmation] = frozenset()
    qualifications: tuple[CoveredQualification, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    other_actors: tuple[OtherActor, ...] = ()
    comparability_note: LangString | None = None
    least_weeks: int | None = None
    most_weeks: int | None = None
    tools: LangString | None = None
    language: str = "en"
    additional: LangString | None = None
    grade_tables: tuple[GradeTable, ...] = ()

    def covers(self, institution: Identifier) -> bool:
        """Whether the institution signed it or is covered by it (R-LA-3, R-MOU-9)."""
        return institution in self.parties or any(one.id == institution and one.covered for one in self.other_actors)
