"""Recognition without a partner: identify, document, and certify non-formal and informal learning (R-NFIL-1 … 6).

The stages can each be used alone (R-NFIL-4). Between documentation and certification stands the ordinary `assess` and
`transfer` with the portfolio as basis: there is no second way of validating or recognising, hence the same outcomes
carry the same points (R-NFIL-2), and the context never changes the award (R-NFIL-3).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ecvet.credit.basis import Basis
from ecvet.credit.decision import Decider, Extent, Reason, Remedy
from ecvet.credit.errors import AnotherLearner, ProcedureMissing
from ecvet.credit.portfolio import Claim, Experience, Note, Portfolio, Stage
from ecvet.credit.recognising import recognise
from ecvet.credit.recognition import Recognition
from ecvet.credit.shares import SharePolicy
from ecvet.credit.standing import of_unit
from ecvet.credit.status import ALL_REQUIRED, PassRule
from ecvet.credit.transcript import Transcript
from ecvet.credit.validating import validate
from ecvet.credit.validation import OutcomeValidation, Validation
from ecvet.partnership.institution import CompetentInstitution, Function, may
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.terms import Identifier, LangString, Points, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """Validation and recognition in one act, with what remains to be examined (R-NFIL-5)."""

    validation: Validation
    recognition: Recognition
    remaining: frozenset[str]

    @property
    def extent(self) -> Extent:
        """Full, partial with what remains, or none (R-NFIL-5)."""
        return self.recognition.extent


def identify(
    learner: Identifier, *, institution: CompetentInstitution, qualification: Identifier, claims: Iterable[Claim],
    by: str, on: date, procedure: LangString | None, experience: Iterable[Experience] = (),
    interview: Iterable[Note] = (),
) -> Portfolio:  # fmt: skip
    """The first stage: an interview finds which outcomes a learner may have achieved.

    The institution is one that may recognise or award, and says by which procedure (R-NFIL-1). Raises
    `ProcedureMissing`, `FunctionNotHeld`.
    """
    _sets_procedure(institution, qualification, procedure, on)
    return Portfolio(
        learner=learner, institution=institution.id, qualification=qualification, stage=Stage.IDENTIFICATION,
        claims=tuple(claims), experience=tuple(experience), identified_by=by, identified_on=on, procedure=procedure,
        interview=tuple(interview),
    )  # fmt: skip


def document(
    learner: Identifier, *, institution: CompetentInstitution, qualification: Identifier, claims: Iterable[Claim],
    on: date, procedure: LangString | None, experience: Iterable[Experience] = (),
    after: Recorded[Portfolio] | None = None,
) -> Portfolio:  # fmt: skip
    """The second stage: claims with their evidence; `after` is the portfolio of the stage before, if there was one.

    Raises `ProcedureMissing`, `FunctionNotHeld`, `AnotherLearner`.
    """
    if after is not None and after.value.learner != learner:
        raise AnotherLearner(found=after.value.learner, expected=learner)
    procedure = procedure or (after.value.procedure if after else None)
    _sets_procedure(institution, qualification, procedure, on)
    return Portfolio(
        learner=learner, institution=institution.id, qualification=qualification, stage=Stage.DOCUMENTATION,
        claims=tuple(claims), experience=tuple(experience), procedure=procedure,
        identified_by=after.value.identified_by if after else "",
        identified_on=after.value.identified_on if after else None, replaces=after.address if after else None,
        interview=after.value.interview if after else (),
    )  # fmt: skip


def certify(
    transcript: Recorded[Transcript], basis: Recorded[Basis], *, unit: Unit, qualification: Qualification,
    comparison: Iterable[OutcomeValidation], by: Decider, institution: CompetentInstitution, on: date,
    ground: LangString, recorded: Callable[[Validation], Recorded[Validation]], explanation: LangString | None = None,
    reasons: tuple[Reason, ...] = (), remedy: Remedy | None = None, points: Points | None = None,
    share: SharePolicy | None = None, rule: PassRule = ALL_REQUIRED, earlier: Iterable[Recorded[Recognition]] = (),
    from_units: frozenset[Identifier] = frozenset(),
) -> Certification:  # fmt: skip
    """Validate and recognise in one act; both decisions are made and carry the same day (R-RECOG-2).

    `recorded` gives the validation its address, since the recognition names it. The act serves a portfolio and an
    agreement alike. Raises what `validate` and `recognise` raise.
    """
    earlier = tuple(earlier)
    validation = validate(
        transcript, basis, unit=unit, comparison=comparison, by=by, institution=institution, on=on, ground=ground,
        reasons=reasons, from_units=from_units, rule=rule,
    )  # fmt: skip
    recognition = recognise(
        recorded(validation), qualification=qualification, unit=unit, institution=institution, by=by, on=on,
        ground=ground, earlier=earlier, points=points, share=share, rule=rule, reasons=reasons, remedy=remedy,
        explanation=explanation,
    )  # fmt: skip
    standing = of_unit(earlier, learner=validation.learner, unit=unit.id, qualification=qualification.id)
    done = recognition.outcomes | frozenset(outcome for one in standing for outcome in one.value.outcomes)
    needed = unit.required_outcomes or unit.outcome_ids
    remaining = frozenset[str]() if recognition.extent is Extent.FULL else needed - done
    return Certification(validation=validation, recognition=recognition, remaining=remaining)


def _sets_procedure(
    institution: CompetentInstitution, qualification: Identifier, procedure: LangString | None, on: date
) -> None:
    """The institution empowered to award sets the procedure (R-NFIL-1)."""
    if not may(institution, Function.AWARD, qualification, on):
        require(may(institution, Function.RECOGNISE, qualification, on))
    if procedure is None:
        raise ProcedureMissing(institution=institution.name)
