"""Recognise: a body that may do so attests achieved outcomes by awarding a unit, or part of it (R-RECOG-1 … 14).

`recognise` is the only place where a recognition is made, and it needs a person (R-RECOG-1, R-RECOG-5). Refusing is the
same decision with nothing granted; a decision after an appeal or a review takes the place of an earlier one, which
stays as it is.
"""

from collections.abc import Iterable
from datetime import date

from ecvet.credit.assessment import Grade
from ecvet.credit.deciding import gives_reasons, gives_remedy, may_decide
from ecvet.credit.decision import Decider, Extent, Reason, Remedy
from ecvet.credit.decision_errors import (
    AlreadyRecognised,
    AnotherUnit,
    DecisionReplaced,
    DecisionUnknown,
    ExplanationMissing,
    NotValidated,
    RecognitionBeforeValidation,
    UnitNotInQualification,
)
from ecvet.credit.granting import granted_points
from ecvet.credit.recognition import Appeal, Recognition, Reconsideration, Use
from ecvet.credit.shares import SharePolicy
from ecvet.credit.standing import of_unit
from ecvet.credit.status import ALL_REQUIRED, PassRule, is_complete
from ecvet.credit.validation import Validation
from ecvet.partnership.institution import CompetentInstitution, Function
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Failure, Identifier, LangString, Points, Success, require


def may_recognise(
    validation: Recorded[Validation], *, qualification: Qualification, unit: Unit, institution: CompetentInstitution,
    by: Decider, on: date,
) -> Success | Failure:  # fmt: skip
    """Whether this person may recognise: the unit is the validated one, the day not before it (R-RECOG-2).

    The qualification may be another than the one the validation was made for, as long as the unit belongs to it: one
    credit can serve several, each by a decision of its own (R-RECOG-9).
    """
    if validation.value.unit != unit.id:
        return Failure(AnotherUnit(found=validation.value.unit, unit=unit.id))
    if _link(qualification, unit) is None:
        return Failure(UnitNotInQualification(unit=unit.id, qualification=qualification.title))
    if on < validation.value.on:
        return Failure(RecognitionBeforeValidation(validated=validation.value.on, on=on))
    return may_decide(Function.RECOGNISE, qualification.id, institution=institution, by=by, on=on)


def recognise(
    validation: Recorded[Validation], *, qualification: Qualification, unit: Unit, institution: CompetentInstitution,
    by: Decider, on: date, ground: LangString, outcomes: frozenset[str] | None = None,
    earlier: Iterable[Recorded[Recognition]] = (), use: Use = Use.PART, points: Points | None = None,
    reconsideration: Reconsideration | None = None, share: SharePolicy | None = None, rule: PassRule = ALL_REQUIRED,
    reasons: tuple[Reason, ...] = (), remedy: Remedy | None = None, explanation: LangString | None = None,
    replaced: Address | None = None, grade: Grade | None = None, appeal: Recorded[Appeal] | None = None,
    instead_of: Address | None = None, grade_table: Address | None = None,
) -> Recognition:  # fmt: skip
    """The decision on one unit towards one qualification.

    `outcomes` are those granted: None for all that were validated and are not recognised yet, the empty set to refuse.
    `earlier` are all decisions on the learner so far. `points` are given for a size within a range, or together with a
    `reconsideration`; else they follow from the home link (R-RECOG-3). `appeal` names the appeal that is decided here,
    `instead_of` the decision reviewed without one, for example after a corrected transcript.
    Raises the errors of `ecvet.credit.decision_errors`, or `FunctionNotHeld`.
    """
    require(may_recognise(validation, qualification=qualification, unit=unit, institution=institution, by=by, on=on))
    done, decisions = validation.value, tuple(earlier)
    named = appeal.value.decision if appeal else instead_of
    if appeal is not None and named in (validation.address, done.repeats):
        named = None  # the appeal is about the validation, which this decision follows already
    reverses = _replaced_decision(decisions, named, (done.learner, unit.id, qualification.id))
    standing = [
        one for one in of_unit(decisions, learner=done.learner, unit=unit.id, qualification=qualification.id)
        if one.address != reverses
    ]  # fmt: skip
    before = frozenset(outcome for one in standing for outcome in one.value.outcomes)
    granted = _granted(done, outcomes, before, qualification)
    whole = is_complete(unit, granted | before, rule)
    extent = Extent.NONE if not granted else Extent.FULL if whole else Extent.PARTIAL
    withheld = done.corresponding - granted - before or (unit.outcome_ids if extent is Extent.NONE else frozenset())
    require(gives_reasons(withheld, reasons))
    if withheld:
        require(gives_remedy(remedy))
    if extent is not Extent.NONE and explanation is None and (done.prior_learning or replaced):  # R-RECOG-13
        raise ExplanationMissing()
    link = _link(qualification, unit)
    assert link is not None  # may_recognise has seen it
    return Recognition(
        learner=done.learner, validation=validation.address, unit=unit.id, qualification=qualification.id,
        extent=extent, outcomes=granted, by=by, on=on, ground=ground, use=use, reasons=reasons, remedy=remedy,
        points=granted_points(link, unit, granted, standing, asked=points, reconsideration=reconsideration,
                              share=share, rule=rule),
        reconsideration=reconsideration, explanation=explanation, replaced=replaced,
        grade=grade if granted else None, grade_table=grade_table if granted and grade else None,
        after_appeal=appeal.address if appeal else None, reverses=reverses,
    )  # fmt: skip


def refuse(
    validation: Recorded[Validation], *, qualification: Qualification, unit: Unit, institution: CompetentInstitution,
    by: Decider, on: date, ground: LangString, reasons: tuple[Reason, ...], remedy: Remedy,
    earlier: Iterable[Recorded[Recognition]] = (), appeal: Recorded[Appeal] | None = None,
    instead_of: Address | None = None,
) -> Recognition:  # fmt: skip
    """Grant nothing, with the reasons and what the learner can do; with `instead_of` this reverses a recognition."""
    return recognise(
        validation, qualification=qualification, unit=unit, institution=institution, by=by, on=on, ground=ground,
        outcomes=frozenset(), earlier=earlier, reasons=reasons, remedy=remedy, appeal=appeal, instead_of=instead_of,
    )  # fmt: skip


def _link(qualification: Qualification, unit: Unit) -> UnitLink | None:
    return next((link for link in qualification.units if link.unit == unit.id), None)


def _granted(
    done: Validation, outcomes: frozenset[str] | None, before: frozenset[str], qualification: Qualification
) -> frozenset[str]:
    """What this decision grants: validated (R-RECOG-2), and not recognised before towards the same one (R-RECOG-8)."""
    granted = done.corresponding - before if outcomes is None else outcomes
    repeated = granted & before
    if outcomes is None and not granted:
        repeated = done.corresponding
    if not granted <= done.corresponding:
        raise NotValidated(outcomes=", ".join(sorted(granted - done.corresponding)))
    if repeated:
        raise AlreadyRecognised(qualification=qualification.title, outcomes=", ".join(sorted(repeated)))
    return granted


def _replaced_decision(
    decisions: tuple[Recorded[Recognition], ...],
    address: Address | None,
    about: tuple[Identifier, Identifier, Identifier],
) -> Address | None:
    """The earlier recognition whose place this one takes: about the same learner, unit and qualification."""
    if address is None:
        return None
    if not any(
        one.address == address and (one.value.learner, one.value.unit, one.value.qualification) == about
        for one in decisions
    ):
        raise DecisionUnknown(address=address)
    if any(one.value.reverses == address for one in decisions):
        raise DecisionReplaced(address=address)
    return address
