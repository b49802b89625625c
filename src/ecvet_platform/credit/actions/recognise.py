"""Recognise or refuse: a person decides for the body that holds the function, nothing by itself (step 6, R-RECOG-5)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Extent, Reason, Remedy
from ecvet.credit.grading import is_on_scale
from ecvet.credit.lifecycle import RecognitionState, Verb
from ecvet.credit.recognising import recognise as decide
from ecvet.credit.recognition import Appeal, Recognition, Reconsideration, Use
from ecvet.credit.shares import GRAIN, OutcomeWeight, Rounding, SharePolicy, by_weights, pro_rata, weights_of
from ecvet.credit.standing import of_unit
from ecvet.credit.validation import Validation
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import LangString, Points, require
from ecvet_platform.credit.actions import booking, casework, grades, reading, sides
from ecvet_platform.credit.actions.keeping import decider, keep
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import CreditUnknown, NoTableForGrade
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule:
    """The rule by which a part has a share of the points (R-CREDIT-6): where it stands, the weights, how it is rounded.

    Without `weights` those that the unit states, and where it states none each required outcome weighs the same; empty,
    each weighs the same.
    """

    text: LangString
    weights: tuple[OutcomeWeight, ...] | None = None
    grain: Decimal = GRAIN
    rounding: Rounding = Rounding.DOWN


@transaction.atomic
def recognise(
    address: Address, *, ground: LangString, actor: Actor, outcomes: frozenset[str] | None = None,
    reasons: tuple[Reason, ...] = (), remedy: Remedy | None = None, explanation: LangString | None = None,
    use: Use = Use.PART, points: Points | None = None, reconsideration: Reconsideration | None = None,
    share: ShareRule | None = None, grade: Grade | None = None, by_table: bool = False, position: str = "",
) -> Recorded[Recognition]:  # fmt: skip
    """Decide on the unit of the validation at an address: in full, in part, or (with no outcomes) refuse.

    `share` names the rule that gives a part its share of the points; with weights and rounding it stays in the decision
    as the method (R-CREDIT-6). `grade` is one given at home (R-ASSESS-11); with `by_table` it is the one that the
    table of the memorandum proposes. After a review of a
    corrected transcript the decision takes the place of the earlier one, which stays.
    Raises `CreditUnknown`, `StepNotYours`, `NotYourRole`, `StepNotPossible`, and what `credit.recognising` refuses.
    """
    validation, case = _look(address, actor)
    role = sides.require_step(Verb.RECOGNISE, sides.parties(case), actor)
    earlier = reading.recognitions(case.learner)
    instead_of = _reviewed(validation, case, earlier)
    unit, policy = reading.unit(case.unit), None
    if share is not None:
        policy, reconsideration = _by_rule(unit, case, share)
    grade, table = _grade(case, grade, by_table=by_table)
    made = decide(
        validation, share=policy, grade=grade, grade_table=table,
        qualification=reading.qualification(case.qualification), unit=unit,
        institution=institutions.institution(case.body), by=decider(actor, position), on=clock.today(), ground=ground,
        outcomes=outcomes, earlier=earlier, use=use, points=points, reconsideration=reconsideration, reasons=reasons,
        remedy=remedy, explanation=explanation, instead_of=instead_of,
    )  # fmt: skip
    kept = _keep(made, case, actor)
    moved = casework.take(case, step_of(made), role, recognised=kept.address)
    booking.settle(moved, actor=actor)
    return kept


@transaction.atomic
def answer_appeal(
    address: Address, *, ground: LangString, actor: Actor, outcomes: frozenset[str] | None = None,
    reasons: tuple[Reason, ...] = (), remedy: Remedy | None = None, explanation: LangString | None = None,
    points: Points | None = None, reconsideration: Reconsideration | None = None,
    share: ShareRule | None = None, grade: Grade | None = None, by_table: bool = False, position: str = "",
) -> Recorded[Recognition]:  # fmt: skip
    """Decide anew on the appeal at an address; the decision appealed against stays in the record (R-RECOG-14).

    The same content upholds it, another changes it. Raises what `recognise` raises.
    """
    appeal, case = _appeal(address, actor)
    role = sides.require_step(Verb.CHANGE, sides.parties(case), actor)
    if case.validated is None:
        raise CreditUnknown(name=address)
    earlier = reading.recognitions(case.learner)
    before = next((one for one in earlier if one.address == appeal.value.decision), None)
    unit, policy = reading.unit(case.unit), None
    if share is not None:
        policy, reconsideration = _by_rule(unit, case, share)
    grade, table = _grade(case, grade, by_table=by_table)
    made = decide(
        records.recorded(case.validated, Validation), share=policy, grade=grade, grade_table=table,
        qualification=reading.qualification(case.qualification),
        unit=unit, institution=institutions.institution(case.body), by=decider(actor, position),
        on=clock.today(), ground=ground, outcomes=outcomes, earlier=earlier, points=points,
        reconsideration=reconsideration, reasons=reasons, remedy=remedy, explanation=explanation, appeal=appeal,
    )  # fmt: skip
    kept = _keep(made, case, actor)
    step = step_of(made, appealed=before.value if before else None)
    moved = casework.take(case, step, role, recognised=kept.address)
    booking.settle(moved, actor=actor)
    return kept


def _grade(case: Case, grade: Grade | None, *, by_table: bool) -> tuple[Grade | None, Address | None]:
    """The grade at home, and the memorandum from whose table it was taken. Raises `NoTableForGrade`."""
    if grade is not None:
        require(is_on_scale(grade, SCALES))
        return grade, None
    if not by_table:
        return None, None
    proposed = grades.proposed(case)
    if proposed is None:
        raise NoTableForGrade()
    return proposed.grade, proposed.memorandum


def _by_rule(unit: Unit, case: Case, rule: ShareRule) -> tuple[SharePolicy, Reconsideration]:
    """The share of a part by a stated rule, and the method as the decision keeps it."""
    weights = weights_of(unit) if rule.weights is None else rule.weights
    policy = (
        by_weights(unit, weights, by=case.body, text=rule.text, grain=rule.grain, rounding=rule.rounding)
        if weights else pro_rata(unit, by=case.body, text=rule.text, grain=rule.grain, rounding=rule.rounding)
    )  # fmt: skip
    method = Reconsideration(
        method=rule.text, quality_assured_by=case.body, weights=weights, grain=rule.grain, rounding=rule.rounding
    )
    return policy, method


def _keep(made: Recognition, case: Case, actor: Actor) -> Recorded[Recognition]:
    days, granted = counted(made, case)
    return keep(
        made, kind="recognition", verb="credit.recognise" if made.extent is not Extent.NONE else "credit.refuse",
        actor=actor, learner=made.learner, on=made.on, basis=case.basis, unit=case.unit,
        qualification=made.qualification, follows=made.after_appeal or made.validation, detail={"extent": made.extent},
        days=days, granted=granted, reasons=made.reasons,
    )  # fmt: skip


def counted(made: Recognition, case: Case) -> tuple[int | None, int]:
    """What a decision is for figures: days since the transcript where it is the first, and units granted or lost."""
    sent = facts.of_basis(case.basis, "transcript")
    before = records.recorded(Address(case.recognised), Recognition).value.extent if case.recognised else None
    days = (made.on - sent[0].on).days if sent and before is None else None
    return days, int(made.extent is not Extent.NONE) - int(before not in (None, Extent.NONE))


def step_of(made: Recognition, *, appealed: Recognition | None = None) -> Verb:
    """Which step a decision is; `appealed` is the one that an appeal asked to take anew."""
    if made.after_appeal is not None:
        return Verb.UPHOLD if appealed is not None and appealed.outcomes == made.outcomes else Verb.CHANGE
    if made.extent is Extent.NONE:
        return Verb.REFUSE if made.reverses is None else Verb.REVERSE
    return Verb.RECOGNISE if made.extent is Extent.FULL else Verb.RECOGNISE_PART


def _look(address: Address, actor: Actor) -> tuple[Recorded[Validation], Case]:
    fact = facts.one(address)
    case = cases.with_record(address) if fact is not None and fact.kind == "validation" else None
    return records.recorded(address, Validation), casework.for_actor(case, actor, address)


def _appeal(address: Address, actor: Actor) -> tuple[Recorded[Appeal], Case]:
    fact = facts.one(address)
    case = cases.with_record(address) if fact is not None and fact.kind == "appeal" else None
    return records.recorded(address, Appeal), casework.for_actor(case, actor, address)


def _reviewed(
    validation: Recorded[Validation], case: Case, earlier: tuple[Recorded[Recognition], ...]
) -> Address | None:
    """The decision in effect that this one takes the place of: that of a transcript that has been corrected since."""
    in_review = casework.recognition_state(case) is RecognitionState.REVIEW
    if validation.value.repeats is None and not in_review:
        return None
    standing = of_unit(earlier, learner=case.learner, unit=case.unit, qualification=case.qualification)
    return standing[-1].address if standing else None
