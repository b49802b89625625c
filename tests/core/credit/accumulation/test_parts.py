"""Units held in part: whole when all compulsory sub-areas are there, and never done twice."""

from decimal import Decimal

import pytest

from core.credit.accumulation.trees import BOARD, exactly, group, qualification, unit
from ecvet.credit.accumulation import Held, accumulate
from ecvet.credit.accumulation.parts import InPart, PartHeld, still_to_do, with_parts
from ecvet.qualification.unit import SubArea, Unit
from ecvet.terms import Identifier, LangString

COMMON = qualification(group(unit("C", must=True), unit("D", must=True), points=exactly(20)), {"C": 11, "D": 9})
TITLE = LangString.of(en="Communication")
AREAS = tuple(SubArea(code=code, title=TITLE, compulsory=must) for code, must in
              (("mother-tongue", True), ("languages", True), ("arts", False)))  # fmt: skip
UNIT = Unit(id=Identifier("https://board.example/units/C"), code="C", title=TITLE, institution=BOARD, sub_areas=AREAS)


def part(area: str, points: int, unit: str = "C") -> PartHeld:
    return PartHeld(unit=unit, sub_area=area, points=Decimal(points))


@pytest.mark.rule("R-COMP-10")
def test_parts_that_make_a_unit_whole_count_as_the_unit() -> None:
    held, in_part = with_parts(COMMON, [UNIT], Held.of({"D": 9}), [part("mother-tongue", 7), part("languages", 4)])
    assert in_part == ()
    assert accumulate(COMMON, held).complete


def test_a_missing_compulsory_sub_area_keeps_the_unit_from_counting_but_is_all_that_is_left() -> None:
    parts = [part("mother-tongue", 7), part("mother-tongue", 7), part("arts", 1)]
    held, in_part = with_parts(COMMON, [UNIT], Held.of({"D": 9}), parts)
    assert in_part == (InPart(unit="C", has=Decimal(8), needs=Decimal(11), missing=("languages",)),)
    assert str(in_part[0]) == "C: 8 of 11 points are held in parts; missing: languages"
    progress = accumulate(COMMON, held)
    assert (progress.complete, progress.counted_points) == (False, Decimal(9))
    assert progress.completion is not None
    assert (progress.completion.points, still_to_do(progress.completion, in_part)) == (Decimal(11), Decimal(3))


def test_enough_areas_with_too_few_points_are_not_the_unit() -> None:
    _, in_part = with_parts(COMMON, [UNIT], Held(), [part("mother-tongue", 6), part("languages", 4)])
    assert [(one.has, one.missing, one.whole) for one in in_part] == [(Decimal(10), (), False)]


def test_parts_of_what_is_held_or_unknown_are_left_out() -> None:
    held = Held.of({"C": 11})
    assert with_parts(COMMON, [UNIT], held, [part("languages", 4), part("x", 1, "N")]) == (held, ())


def test_without_points_nothing_is_left_to_measure() -> None:
    towards = qualification(group(unit("C", must=True)), {"C": None})
    held, in_part = with_parts(towards, [UNIT], Held(), [part("languages", 0)])
    completion = accumulate(towards, held).completion
    assert completion is not None
    assert still_to_do(completion, in_part) is None
