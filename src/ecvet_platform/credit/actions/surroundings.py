"""What is unusual about one unit's credit, gathered from its records and the register; the core says what it is."""

from ecvet.credit.circumstances import Noted, Surroundings, around
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.actions.looking import CaseView
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock


def noted(view: CaseView) -> tuple[Noted, ...]:
    """The circumstances of a case today, for those who have been shown it."""
    case, basis = view.case, reading.ground(view.case.basis).basis.value
    links = reading.qualification(case.qualification).units
    speaking = {one.value.unit for one in view.assessments} | {case.unit}
    newest = view.transcripts[-1].value.entries if view.transcripts else ()
    known = Surroundings(
        basis=basis, unit=view.unit, qualification=case.qualification, learner=case.learner,
        link=next((one for one in links if one.unit == case.unit), None), assessments=view.assessments,
        transcripts=view.transcripts, entries=tuple(one for one in newest if one.unit in speaking),
        validations=view.validations, recognitions=reading.recognitions(case.learner),
        own=frozenset(one.address for one in view.recognitions), appeals=view.appeals,
        assessed_by=institutions.institutions((case.hosting,)).get(case.hosting),
    )  # fmt: skip
    return around(known, on=clock.today())
