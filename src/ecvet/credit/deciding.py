"""Who may decide: a person, for an institution that holds the function for this qualification on this day.

The one gate through which validation, recognition, reversal and award pass (R-RECOG-14). Nothing is ever decided by the
software: without a person there is no decision (R-RECOG-5).
"""

from datetime import date

from ecvet.credit.decision import Decider, Reason, Remedy
from ecvet.credit.decision_errors import DeciderOfAnotherInstitution, NobodyDecides, ReasonsMissing, RemedyMissing
from ecvet.partnership.institution import CompetentInstitution, Function, may
from ecvet.terms import Failure, Identifier, Success


def may_decide(
    function: Function, qualification: Identifier, *, institution: CompetentInstitution, by: Decider, on: date
) -> Success | Failure:
    """Whether this person may decide for this body: function held on that day (R-RECOG-14), a person (R-RECOG-5)."""
    if not (by.person.strip() and by.name.strip()):
        return Failure(NobodyDecides())
    if by.institution != institution.id:
        return Failure(DeciderOfAnotherInstitution(name=by.name, found=by.institution, expected=institution.name))
    return may(institution, function, qualification, on)


def gives_reasons(withheld: frozenset[str], reasons: tuple[Reason, ...]) -> Success | Failure:
    """Whether a decision that withholds something says why (R-VALID-4)."""
    if withheld and not reasons:
        return Failure(ReasonsMissing(what=", ".join(sorted(withheld))))
    return Success()


def gives_remedy(remedy: Remedy | None) -> Success | Failure:
    """Whether the learner is told what to do about a refusal: a task that completes the unit, or an appeal."""
    if remedy is None or (remedy.task is None and remedy.appeal_until is None):
        return Failure(RemedyMissing())
    return Success()
