"""Versions: which applies to whom, the verdict of a past day, and what a new version keeps or takes away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.credit.accumulation.trees import BOARD, group, link, qualification, slot, unit
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece
from ecvet.credit.accumulation.errors import NoVersionApplies
from ecvet.credit.accumulation.migration import Moved, changes, migrate, verdict_on, version_for
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Identifier, LangString, Period

ON = date(2020, 6, 1)


def called(code: str, title: str, **more: Any) -> Any:
    return unit(code, title=LangString.of(en=title), **more)


def version(number: int, start: date, end: date | None, transition: date | None, *codes: str) -> Qualification:
    root = group(*(called(code, code.strip("0123456789"), must=True) for code in codes), slot(None, 5, id="free"))
    return replace(qualification(root), id=Identifier(f"https://board.example/q/{number}"), version=str(number),
                   valid=Period(start, end), transition_end=transition)  # fmt: skip


OLD = version(1, date(2010, 8, 1), date(2017, 12, 31), date(2021, 12, 31), "A1", "B1", "C1")
NEW = version(2, date(2018, 1, 1), None, None, "A2", "B2", "C1", "D2")


def test_who_began_before_finishes_under_the_old_version_until_the_transition_ends() -> None:
    versions = [OLD, NEW]
    assert version_for(versions, date(2016, 1, 1), date(2021, 12, 31)) is OLD
    assert version_for(versions, date(2016, 1, 1), date(2022, 1, 1)) is NEW
    assert version_for(versions, date(2018, 1, 1), date(2018, 1, 1)) is NEW
    assert version_for(versions, date(2009, 1, 1), date(2012, 1, 1)) is OLD, "nothing was open then; the current one"
    always = replace(NEW, valid=None)
    assert version_for([always], date(1990, 1, 1), ON) is always
    with pytest.raises(NoVersionApplies, match="began on 2001-01-01"):
        version_for(versions, date(2001, 1, 1), date(2002, 1, 1))


def equal(from_: str, to: str, on: date = date(2018, 1, 1)) -> Equivalence:
    return Equivalence(from_=frozenset({link(from_, 1).unit}), to=frozenset({link(to, 1).unit}), by=BOARD, on=on,
                       valid=Period(date(2018, 1, 1)), ground=Ground.SUCCESSOR,
                       reason=LangString.of(en="successor"))  # fmt: skip


def gained(code: str, year: int) -> Piece:
    return Piece(code=code, unit=link(code, 1).unit, gained=date(year, 5, 1))


def test_the_verdict_of_a_past_day_knows_only_what_was_then() -> None:
    held = Held(units=(gained("A1", 2016), gained("B1", 2017), gained("C1", 2019)))
    began = date(2016, 8, 1)
    at_first, first = verdict_on([OLD, NEW], held, began, date(2018, 6, 1))
    assert (at_first, first.complete, first.counted_points) == (OLD, False, Decimal(20))
    assert verdict_on([OLD, NEW], held, began, date(2019, 6, 1))[1].complete
    late, after = verdict_on([OLD, NEW], held, began, date(2022, 6, 1))
    assert (late, after.complete, after.counted_points) == (NEW, False, Decimal(10))
    recorded = [equal("A1", "A2"), equal("B1", "B2", on=date(2023, 1, 1))]
    assert verdict_on([OLD, NEW], held, began, date(2022, 6, 1), equivalences=recorded)[1].counted_points == Decimal(20)
    assert verdict_on([OLD, NEW], held, began, date(2023, 6, 1), equivalences=recorded)[1].counted_points == Decimal(30)


def test_the_units_of_two_versions_are_set_side_by_side() -> None:
    found = changes(OLD, NEW, [equal("B1", "B2")])
    assert (found.kept, found.dropped, found.new) == (("C1",), ("A1", "B1"), ("A2", "B2", "D2"))
    assert found.missing == ("A1",)
    assert [(one.from_, one.to, one.same_points) for one in found.candidates] == [("A1", "A2", True)]


def test_each_learner_is_told_what_still_counts_and_which_equivalence_is_missing() -> None:
    done = Held.of({"A1": 10, "B1": 10, "C1": 10})
    declared = Held(units=(Piece(code="C1", declared="elsewhere"),))
    first, second, third = migrate(OLD, NEW, [("a", done), ("b", declared), ("c", Held())],
                                   equivalences=[equal("B1", "B2")], on=ON)  # fmt: skip
    assert (first.before.complete, first.after.complete, first.affected) == (True, False, True)
    assert (first.kept, first.lost, first.missing) == (("B1", "C1"), ("A1",), ("A1",))
    assert (second.kept, second.affected, third.affected) == (("C1",), False, False)


def test_a_finished_learner_whom_the_new_version_asks_for_more_is_affected() -> None:
    more = version(3, date(2018, 1, 1), None, None, "A1", "B1", "C1", "D3")
    (found,) = migrate(OLD, more, [("a", Held.of({"A1": 10, "B1": 10, "C1": 10}))])
    assert isinstance(found, Moved)
    assert (found.lost, found.affected) == ((), True)
