"""The quality cycle of partnerships and mobilities."""

from datetime import date
from typing import Any

import pytest

from core.partnership.samples import THREAD, TURIN, text
from ecvet.partnership import Evaluation, Function, Phase, may_close, quality_findings
from ecvet.partnership.errors import QualityNotReviewed
from ecvet.record import plain, value
from ecvet.saying import english
from ecvet.terms import Failure, Identifier

ALL = frozenset({Function.ASSESS, Function.VALIDATE, Function.RECOGNISE})


def entry(phase: Phase, **more: Any) -> Evaluation:
    return Evaluation(**{
        "subject": THREAD, "phase": phase, "by": TURIN, "on": date(2024, 7, 1), "text": text("It went well."), **more,
    })  # fmt: skip


def missing(*entries: Evaluation) -> str:
    answer = may_close(entries, THREAD)
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, QualityNotReviewed)
    return english(answer.reason.facts["missing"])


@pytest.mark.rule("R-QA-2")
def test_every_phase_of_the_cycle_without_an_entry_is_a_warning() -> None:
    entries = [entry(Phase.PLANNING), entry(Phase.REVIEW, subject=Identifier("urn:x:another"))]
    found = quality_findings(entries, THREAD)
    assert [one.rule for one in found] == ["R-QA-2"] * 3
    assert "planning" not in " ".join(one.sentence for one in found)
    assert quality_findings([entry(phase) for phase in Phase], THREAD) == ()


@pytest.mark.rule("R-QA-1")
def test_quality_is_looked_at_in_assessment_validation_and_recognition_alike() -> None:
    review = entry(Phase.REVIEW)
    assert missing(entry(Phase.EVALUATION, looked_at=ALL - {Function.RECOGNISE}), review) == "recognise"
    assert missing(entry(Phase.PLANNING, looked_at=ALL), entry(Phase.EVALUATION), review).startswith("assess")
    assert may_close([entry(Phase.EVALUATION, looked_at=ALL), review], THREAD)


@pytest.mark.rule("R-QA-2")
def test_work_without_evaluation_or_review_cannot_be_closed() -> None:
    assert missing() == "evaluation, review, assess, validate, recognise"
    assert missing(entry(Phase.EVALUATION, looked_at=ALL)) == "review"
    other = entry(Phase.REVIEW, subject=Identifier("urn:x:another"))
    assert missing(entry(Phase.EVALUATION, looked_at=ALL), other) == "review"


def test_an_entry_reads_back_from_its_record() -> None:
    made = entry(Phase.REVIEW, looked_at=ALL, measures=text("Begin earlier."))
    assert value(Evaluation, plain(made)) == made
