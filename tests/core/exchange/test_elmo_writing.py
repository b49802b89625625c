"""ELMO written: what was written is read again; our transcripts come back up to the losses that are told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit import cast
from ecvet.credit.assessment import Grade, OutcomeResult, Result
from ecvet.credit.decision import Extent
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_credit import Around, entries, told
from ecvet.exchange.elmo_document import (
    Decided,
    Dialect,
    ElmoDocument,
    Issuer,
    Learned,
    Named,
    Reference,
    Reported,
    Scale,
    Status,
    ToldOutcome,
    Verdict,
    countable,
)
from ecvet.exchange.elmo_writing import write_elmo
from ecvet.exchange.report import Became
from ecvet.record import Recorded
from ecvet.terms import Country, EQFLevel, LangString, NQFLevel, Points

AT = datetime(2024, 7, 1, 8, 30, tzinfo=UTC)
WORDS = st.text("abzAZ09&<>\"'-.;:]()øΨ漢𝄞Ж", min_size=1, max_size=9)
TEXTS = st.builds(lambda tag, text: LangString.of({tag: text}), st.sampled_from(["en", "fi", "el", "und"]), WORDS)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
REFERENCES = st.lists(st.builds(Reference, kind=st.sampled_from(["local", "ewp-los-id"]), value=WORDS), max_size=2)
POINTS = st.builds(Points, st.decimals(0, 999, places=3), st.sampled_from(["ects", "ecvet", "fi-osp"]))
OUTCOMES = st.builds(ToldOutcome, outcome=WORDS, result=st.sampled_from(Result), text=st.none() | TEXTS)


def learned(parts: st.SearchStrategy[tuple[Learned, ...]]) -> st.SearchStrategy[Learned]:
    return st.builds(
        Learned, title=st.none() | TEXTS, references=REFERENCES.map(tuple), status=st.sampled_from(Status),
        kind=st.sampled_from(["", "Module", "Course"]), isced=st.sampled_from(["", "1012"]), grade=st.just("") | WORDS,
        eqf=st.none() | st.builds(EQFLevel, st.integers(1, 8)), nqf=st.none() | st.builds(NQFLevel, WORDS, WORDS),
        start=st.none() | DAYS, end=st.none() | DAYS, points=st.lists(POINTS, max_size=2).map(tuple),
        scale=st.just("") | WORDS, description=st.none() | TEXTS, outcomes=st.lists(OUTCOMES, max_size=2).map(tuple),
        parts=parts,
    )  # fmt: skip


LEARNED = learned(st.lists(learned(st.just(())), max_size=2).map(tuple))
ISSUERS = st.builds(
    Issuer, title=TEXTS, references=REFERENCES.map(tuple), country=st.sampled_from([None, Country("FI")]),
    url=st.sampled_from(["", "https://school.example/"]),
)  # fmt: skip


def reported(decided: st.SearchStrategy[tuple[Decided, ...]]) -> st.SearchStrategy[Reported]:
    return st.builds(
        Reported, issuer=ISSUERS, issued=st.just(AT), learned=st.lists(LEARNED, max_size=2).map(tuple), decided=decided,
        scales=st.lists(st.builds(Scale, name=WORDS, words=st.none() | TEXTS), max_size=1).map(tuple),
    )  # fmt: skip


DECIDED = st.builds(
    Decided, verdict=st.sampled_from(Verdict), title=st.none() | TEXTS, references=REFERENCES.map(tuple),
    description=st.none() | TEXTS, on=st.none() | DAYS, basis=st.lists(reported(st.just(())), max_size=1).map(tuple),
    results=st.lists(LEARNED, max_size=1).map(tuple), from_=st.lists(WORDS, max_size=2).map(tuple),
    to=st.lists(WORDS, max_size=1).map(tuple),
)  # fmt: skip


def documents(dialect: Dialect) -> st.SearchStrategy[ElmoDocument]:
    reports = st.lists(reported(st.lists(DECIDED, max_size=1).map(tuple)), min_size=1, max_size=2).map(tuple)
    return st.builds(ElmoDocument, learner=NAMED, generated=st.just(AT), dialect=st.just(dialect), reports=reports)


NAMED = st.builds(Named, given_names=WORDS, family_name=WORDS, born=st.none() | DAYS)


@given(documents(Dialect.V2_1))
def test_what_is_written_in_2_1_is_read_again_exactly(document: ElmoDocument) -> None:
    data, losses = write_elmo(document, Dialect.V2_1)
    assert read_elmo(data, "t.xml").documents == (document,)
    assert losses == ()


@given(documents(Dialect.V1))
def test_1_7_loses_the_decisions_and_nothing_else(document: ElmoDocument) -> None:
    data, losses = write_elmo(document, Dialect.V1)
    without = replace(document, reports=tuple(replace(one, decided=()) for one in document.reports))
    assert read_elmo(data, "t.xml").documents == (without,)
    assert bool(losses) == any(one.decided for one in document.reports)


# ------------------------------------------------------------- our own transcripts
def around(**more: object) -> Around:
    known: dict[str, object] = {
        "learner": Named(given_names="Alba", family_name="Rossi", born=date(2005, 5, 20)),
        "institutions": {cast.TURIN: cast.HOME, cast.LYON: cast.HOST},
        "units": {cast.CUT: cast.CUTTING, cast.COLOUR: cast.COLOURING}, "qualification": cast.HAIRDRESSER, **more,
    }  # fmt: skip
    return Around(**known)  # type: ignore[arg-type]


TRANSCRIPT = cast.transcript(cast.assessed(grade=Grade(scale=cast.TEN.id, value="8")))


def graded(**results: Result) -> Recorded[object]:
    (entry,) = TRANSCRIPT.value.entries
    outcomes = tuple(OutcomeResult(outcome=name, result=result) for name, result in results.items())
    complete = all(result.is_positive for result in results.values())
    return cast.recorded(replace(TRANSCRIPT.value, entries=(replace(entry, outcomes=outcomes, complete=complete),)))


def test_a_transcript_comes_back_up_to_the_losses_that_are_told() -> None:
    document, losses = told(TRANSCRIPT, (), around(), issued=AT, at=AT)
    for dialect in (Dialect.V1, Dialect.V2_1):
        data, _ = write_elmo(document, dialect)
        (read,) = read_elmo(data, "t.xml").documents
        kept = tuple(replace(one, assessments=()) for one in TRANSCRIPT.value.entries)
        assert entries(read) == kept
    assert {"assessment", "signature"} <= {one.subject for one in losses if one.became is Became.LOST}


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ({"measures": Result.ACHIEVED, "cuts": Result.EXCEEDED}, Status.PASSED),
        ({"measures": Result.ACHIEVED, "cuts": Result.PARTLY}, Status.IN_PROGRESS),
        ({"measures": Result.NOT_ACHIEVED, "cuts": Result.PARTLY}, Status.FAILED),
    ],
)
def test_what_was_achieved_in_part_is_neither_passed_nor_failed(results: dict[str, Result], status: Status) -> None:
    document, remarks = told(graded(**results), (), around(), issued=AT, at=AT)  # type: ignore[arg-type]
    (module,) = document.reports[0].learned[0].parts
    assert module.status is status
    assert (status is Status.IN_PROGRESS) == any("achieved in part" in one.sentence for one in remarks)
    assert bool(countable(document)[0]) == (status is Status.PASSED)


@pytest.mark.parametrize(
    ("extent", "verdict"),
    [(Extent.FULL, Verdict.POSITIVE), (Extent.PARTIAL, Verdict.PARTLY), (Extent.NONE, Verdict.NEGATIVE)],
)
def test_a_decision_becomes_a_result_of_recognition(extent: Extent, verdict: Verdict) -> None:
    granted = cast.recognised(cast.validated(TRANSCRIPT)).value
    decision = cast.recorded(replace(granted, extent=extent, points=None if extent is Extent.NONE else granted.points))
    document, _ = told(TRANSCRIPT, (decision,), around(), issued=AT, at=AT)
    data, _ = write_elmo(document, Dialect.V2_1)
    (read,) = read_elmo(data, "t.xml").documents
    (decided,) = read.reports[1].decided
    assert (decided.verdict, decided.on) == (verdict, granted.on)
    assert decided.references == (Reference(kind="local", value=decision.address),)
    assert [one.code for basis in decided.basis for one in basis.learned] == [cast.CUT]
    granted_at_home = [(one.code, one.points) for one in decided.results]
    assert granted_at_home == ([] if extent is Extent.NONE else [(cast.CUT, (Points.of(10),))])
    assert (decided.from_, decided.to) == (((), ()) if extent is Extent.NONE else ((cast.CUT,), (cast.CUT,)))


def test_what_is_not_known_is_told_by_its_identifier_and_remarked() -> None:
    document, remarks = told(TRANSCRIPT, (), around(institutions={}, units={}, qualification=None), issued=AT, at=AT)
    assert str(document.reports[0].issuer.title) == cast.LYON
    subjects = {one.subject for one in remarks}
    assert {cast.LYON, "qualification"} <= subjects
    write_elmo(document, Dialect.V1)
