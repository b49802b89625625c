"""What the learning agreement of Erasmus Without Paper says, as values, and what holds after its changes.

It lists components (courses) with credits, in up to three layers: the first version, all changes approved since, and
the changes proposed now. Both lists of changes are against the first version, not against each other. It knows no
learning outcomes, no assessment and no memorandum; its signatures are names and times without any cryptography. So a
learning agreement of ours can be begun from it, never made.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ecvet.terms import EQFLevel, Period, Points


class Table(StrEnum):
    """Where a component stands (tables A, B and C of the template, and those of short stays)."""

    STUDIED = "components-studied"
    RECOGNISED = "components-recognized"
    VIRTUAL = "virtual-components"
    BLENDED = "blended-mobility-components"
    DOCTORAL = "short-term-doctoral-components"


class Step(StrEnum):
    """What a component in a list of changes does to the first version."""

    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The sending or receiving institution: its domain (SCHAC), the unit in charge, and whom to ask."""

    schac: str
    unit: str = ""
    unit_id: str = ""
    given_names: str = ""
    family_name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """The learner; in a proposal of changes only what is new. `gender` by ISO 5218: 0 is not known."""

    given_names: str = ""
    family_name: str = ""
    global_id: str = ""
    born: date | None = None
    citizenship: str = ""
    gender: str = ""
    email: str = ""

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A course studied abroad, or one recognised for it at home. `term` is its number and how many there are."""

    table: Table
    title: str
    los_id: str = ""
    code: str = ""
    loi_id: str = ""
    term: tuple[int, int] | None = None
    points: tuple[Points, ...] = ()
    conditions: str = ""
    description: str = ""
    step: Step | None = None
    reason: str = ""
    reason_text: str = ""

    @property
    def same(self) -> tuple[Table, str, str, str]:
        """What makes two mentions one component."""
        return (self.table, self.los_id, self.code, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A “signature” of EWP: who says to have signed, when, in which program."""

    at: datetime | None
    name: str = ""
    position: str = ""
    email: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list of components or of changes, with its signatures; `id` and changed data only for a proposal."""

    components: tuple[Component, ...] = ()
    student_signed: Signed | None = None
    sending_signed: Signed | None = None
    receiving_signed: Signed | None = None
    id: str = ""
    student: Student | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EwpAgreement:
    """One learning agreement. `period` runs from the first to the last day of months where only those are said."""

    mobility: str
    sending: Partner
    receiving: Partner
    student: Student
    period: Period | None = None
    year: str = ""
    eqf: EQFLevel | None = None
    isced: str = ""
    clarification: str = ""
    language: str = ""
    cefr: str = ""
    first: Listed | None = None
    approved: Listed | None = None
    proposed: Listed | None = None
    outcomes_url: str = ""
    provisions_url: str = ""


class Answer(StrEnum):
    """What a receiving institution answers to a proposal."""

    APPROVE = "approve-proposal-v1"
    COMMENT = "comment-proposal-v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class EwpAnswer:
    """The receiving institution approves a proposal, or comments on it, which declines it."""

    answer: Answer
    sending: str
    mobility: str
    proposal: str
    comment: str = ""
    signed: Signed | None = None


def agreed(agreement: EwpAgreement) -> tuple[Component, ...]:
    """The components that hold: the first version with all approved changes; none before a first version is agreed."""
    return _after(agreement.first, agreement.approved)


def to_be(agreement: EwpAgreement) -> tuple[Component, ...]:
    """The components as they would be with what is proposed now; those agreed where nothing is.

    A proposal tells all changes of the first version: approved ones that it does not repeat would be undone.
    """
    return agreed(agreement) if agreement.proposed is None else _after(agreement.first, agreement.proposed)


def undone(agreement: EwpAgreement) -> tuple[Component, ...]:
    """Approved changes that the proposal does not repeat; a sender who tells them so may mean them to stay."""
    if agreement.approved is None or agreement.proposed is None:
        return ()
    repeated = {(one.same, one.step) for one in agreement.proposed.components}
    return tuple(one for one in agreement.approved.components if (one.same, one.step) not in repeated)


def _after(first: Listed | None, changes: Listed | None) -> tuple[Component, ...]:
    """A list with changes carried out."""
    components = list(first.components if first else ())
    for one in changes.components if changes else ():
        if one.step is Step.DELETED:
            components = [kept for kept in components if kept.same != one.same]
        elif all(kept.same != one.same for kept in components):
            components.append(one)
    return tuple(components)
