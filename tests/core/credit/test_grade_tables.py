"""A table of grades proposes the grade at home: by parties, scale, day and both pass marks (R-ASSESS-11, case 19)."""

from dataclasses import replace
from datetime import date

import pytest

from core.credit.cast import TEN, TURIN, TWENTY
from ecvet.credit import Grade
from ecvet.credit.errors import GradeNotOnScale, GradeTwiceInTable, ScaleUnknown
from ecvet.credit.grading import propose_grade, table_holds
from ecvet.partnership.grades import GradePair, GradeTable
from ecvet.record import Address, plain, value
from ecvet.terms import Failure, Identifier, Period

LYON = Identifier("https://lyon.example")
MOU = Address("sha-256:" + "1" * 64)
ON = date(2026, 6, 20)
TABLE = GradeTable(
    given_by=LYON, read_by=TURIN, scale=TWENTY.id, home_scale=TEN.id, passes_from="10", home_passes_from="6",
    valid=Period(date(2026, 1, 1), date(2026, 12, 31)),
    pairs=(GradePair(grade="10", read_as="5"), GradePair(grade="14", read_as="8"), GradePair(grade="8", read_as="6")),
)  # fmt: skip


def proposed(grade: str = "14", *, on: date = ON, tables: tuple[GradeTable, ...] = (TABLE,), **more: Identifier):
    original = Grade(scale=more.get("scale", TWENTY.id), value=grade)
    return propose_grade(
        original, [(MOU, one) for one in tables], given_by=more.get("given_by", LYON),
        read_by=more.get("read_by", TURIN), on=on, scales=(TEN, TWENTY),
    )  # fmt: skip


@pytest.mark.rule("R-ASSESS-11")
def test_a_table_proposes_and_keeps_the_original_beside() -> None:
    found = proposed()
    assert found is not None
    assert (found.original.value, found.grade, found.memorandum) == ("14", Grade(scale=TEN.id, value="8"), MOU)


@pytest.mark.rule("R-ASSESS-11")
@pytest.mark.parametrize(("grade", "passed", "passes"), [("14", True, True), ("10", True, False), ("8", False, True)])
def test_it_is_said_where_a_grade_passes(grade: str, passed: bool, passes: bool) -> None:
    """Edge case 19: pass marks differ; what passes there need not pass at home."""
    found = proposed(grade)
    assert found is not None
    assert (found.passed, found.passes) == (passed, passes)


def test_nothing_is_proposed_for_another_day_party_scale_or_grade_and_nothing_is_computed_between_lines() -> None:
    assert proposed("12") is None
    assert proposed(on=date(2027, 1, 1)) is None
    assert proposed(given_by=TURIN) is None
    assert proposed(read_by=LYON) is None
    assert proposed(scale=TEN.id) is None
    assert proposed(tables=()) is None


def test_of_several_tables_the_latest_that_holds_on_the_day_speaks() -> None:
    newer = replace(TABLE, valid=Period(date(2026, 6, 1)), pairs=(GradePair(grade="14", read_as="9"),))
    later = replace(newer, valid=Period(date(2026, 7, 1)), pairs=(GradePair(grade="14", read_as="10"),))
    for tables in ((TABLE, newer, later), (later, newer, TABLE)):
        found = proposed(tables=tables)
        assert found is not None
        assert found.grade.value == "9"


@pytest.mark.rule("R-ASSESS-11")
@pytest.mark.parametrize(
    ("table", "error"),
    [
        (replace(TABLE, pairs=(GradePair(grade="21", read_as="5"),)), GradeNotOnScale),
        (replace(TABLE, pairs=(GradePair(grade="10", read_as="11"),)), GradeNotOnScale),
        (replace(TABLE, passes_from="a"), GradeNotOnScale),
        (replace(TABLE, home_passes_from="a"), GradeNotOnScale),
        (replace(TABLE, scale=LYON), ScaleUnknown),
        (replace(TABLE, pairs=(*TABLE.pairs, GradePair(grade="10", read_as="6"))), GradeTwiceInTable),
    ],
)
def test_all_of_a_table_stands_on_its_scales_each_grade_once(table: GradeTable, error: type[Exception]) -> None:
    assert table_holds(TABLE, (TEN, TWENTY))
    answer = table_holds(table, (TEN, TWENTY))
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, error)


def test_a_table_is_written_and_read_back() -> None:
    assert value(GradeTable, plain(TABLE)) == TABLE
