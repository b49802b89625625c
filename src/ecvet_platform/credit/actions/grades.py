"""The grade at home that a table of the memorandum proposes for the one given; a person decides (R-ASSESS-11)."""

from collections.abc import Iterator

from ecvet.credit.grading import GradeProposal, propose_grade
from ecvet.mobility import LearningAgreement
from ecvet.partnership.grades import GradeTable
from ecvet.record import Address
from ecvet_platform.credit.actions import casework, reading
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.journal import clock
from ecvet_platform.journal.errors import RecordUnknown
from ecvet_platform.people.roles import Actor


def proposed(case: Case) -> GradeProposal | None:
    """What the tables of the memorandum, or of those in force, make of the latest grade given for a unit.

    The day of the assessment says which table holds; the body that recognises reads it, else home. None for a
    portfolio, without a grade and where no table knows it.
    """
    ground = reading.ground(case.basis)
    if not isinstance(ground.basis.value, LearningAgreement):
        return None
    agreed = next((one for one in ground.basis.value.units if one.unit == case.unit), None)
    units = {case.unit, agreed.hosting_unit if agreed else None}
    graded = [one.value for one in reading.assessments(ground) if one.value.grade and one.value.unit in units]
    if not graded or graded[-1].grade is None:
        return None
    last, tables = graded[-1], tuple(_tables(case, ground.basis.value.memorandum))
    readings = (
        propose_grade(
            graded[-1].grade, tables, given_by=last.institution, read_by=who, on=last.on, scales=SCALES
        )
        for who in dict.fromkeys((case.body, case.home))
    )  # fmt: skip
    return next((one for one in readings if one is not None), None)


def of_validation(address: Address, *, actor: Actor) -> GradeProposal | None:
    """The proposal for the decision that follows a validation, for who has a part in it. Raises `CreditUnknown`."""
    fact = facts.one(address)
    case = cases.with_record(address) if fact is not None and fact.kind == "validation" else None
    if case is None:
        raise CreditUnknown(name=address)
    return proposed(casework.for_actor(case, actor, address))


def _tables(case: Case, agreed: Address | None) -> Iterator[tuple[Address, GradeTable]]:
    """The tables of the memorandum of the agreement first, then of those that are in force today."""
    held = memoranda.between(case.home, case.hosting, clock.today())
    named = () if agreed is None else (agreed,)
    for address in dict.fromkeys((*named, *(one.address for one in held))):
        try:
            item = memoranda.at(address).value
        except RecordUnknown:  # a memorandum that only another server has
            continue
        yield from ((address, table) for table in item.grade_tables)
