"""Planning a stay: the best set of what a host offers, for the gaps of the home qualification."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece, complete
from ecvet.credit.planning import Offered, Plan, plan, points_per_week
from ecvet.qualification.credit_systems import credit_system
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Identifier, LangString, Period

ON = date(2025, 6, 1)
CORE = group(unit("A", must=True), unit("B", must=True), unit("C", must=True), name="Core", points=exactly(40))
FREE = group(slot(None, 10, id="free", title=LangString.of(en="Free")), name="Options", points=exactly(10))
HOME = qualification(group(CORE, FREE, points=exactly(50)), {"A": 10, "B": 10, "C": 20}, total=50)


def offered(code: str, points: int) -> Offered:
    return Offered(code=code, points=Decimal(points), unit=Identifier(f"https://host.example/{code}"))


def equal(from_: str, to: str, towards: Qualification = HOME) -> Equivalence:
    sources = frozenset(Identifier(f"https://host.example/{code}") for code in from_)
    targets = frozenset(link.unit for link in towards.units if link.code in to)
    return Equivalence(from_=sources, to=targets, by=Identifier("https://board.example/"), on=ON, valid=Period(ON),
                       ground=Ground.AGREEMENT, reason=LangString.of(en="agreed"))  # fmt: skip


def stay(held: Held, offer: list[Offered], points: int, *decisions: Equivalence) -> Plan:
    return plan(HOME, held, offer, weeks=Decimal(1), per_week=Decimal(points), equivalences=decisions, on=ON)


def codes(found: Plan) -> list[str]:
    return [one.unit.code for one in found.chosen]


def test_the_set_that_closes_most_of_the_gap_is_chosen() -> None:
    offer = [offered("X", 8), offered("Y", 12), offered("Z", 15)]
    decisions = equal("X", "A"), equal("Y", "B"), equal("Z", "C")
    found = stay(Held(), offer, 20, *decisions)
    assert found.decided
    assert (codes(found), found.before, found.after) == (["X", "Y"], Decimal(50), Decimal(30))
    assert [one.fills for one in found.chosen] == [("A",), ("B",)]
    assert set(found.gaps["Z"]) == {"C", "other credit (Free)"}
    assert found.left_out[0][1].startswith("beside the chosen units")
    assert codes(stay(Held(), offer, 15, *decisions)) == ["Z"]


def test_what_is_held_is_no_gap_and_nothing_is_taken_without_need() -> None:
    held = Held.of({"A": 10, "B": 10, "C": 20}, [10])
    found = stay(held, [offered("X", 8), offered("A", 10)], 30, equal("X", "A"))
    assert (codes(found), found.before, found.after) == ([], Decimal(0), Decimal(0))
    assert {one.code: why for one, why in found.left_out}["A"] == "it is held already"


def test_the_same_code_abroad_needs_no_equivalence_and_stays_to_be_done_at_home_when_not_chosen() -> None:
    offer = [Offered(code="A", points=Decimal(10)), offered("B", 10)]
    assert codes(stay(Held(), offer, 10)) in (["A"], ["B"])
    assert stay(Held(), offer, 20).after == Decimal(30)
    none = stay(Held(), offer, 5)
    assert (codes(none), none.after) == ([], Decimal(50))
    assert none.left_out[0][1] == "its 10 points do not fit into 5 points"


def test_other_credit_goes_into_an_open_slot_and_a_unit_without_any_place_is_left_out() -> None:
    found = stay(Held(), [offered("X", 10)], 10)
    assert [one.fills for one in found.chosen] == [("other credit (Free)",)]
    closed = qualification(group(unit("A", must=True)), {"A": 10})
    none = plan(closed, Held(), [offered("X", 10)], weeks=Decimal(9), per_week=Decimal(9), on=ON)
    assert none.left_out[0][1].startswith("no equivalence brings it")


def test_several_units_that_stand_for_one_together_are_taken_together_or_not_at_all() -> None:
    offer = [offered("X", 6), offered("Y", 6)]
    held = Held(other=(Piece(points=Decimal(10)),))
    assert codes(stay(held, offer, 12, equal("XY", "C"))) == ["X", "Y"]
    assert codes(stay(held, offer, 11, equal("XY", "C"))) == []


def test_the_plan_is_as_good_as_the_best_of_all_sets() -> None:
    offer = [offered("X", 8), offered("Y", 12), offered("Z", 15), offered("W", 4)]
    decisions = [equal("X", "A"), equal("Y", "B"), equal("Z", "C")]
    for room in range(0, 41, 4):
        found = stay(Held(), offer, room, *decisions)
        best = []
        for size in range(len(offer) + 1):
            for some in combinations(offer, size):
                if sum(one.points for one in some) <= room:
                    pieces = tuple(
                        Piece(code=f"host {one.code}", points=one.points, unit=one.unit, sort="x") for one in some
                    )
                    done = complete(HOME, Held(units=pieces), equivalences=decisions, on=ON)
                    assert done is not None
                    best.append(done.points)
        assert found.after == min(best, key=lambda points: points or Decimal(0)), room


def test_rules_that_nothing_completes_give_no_plan() -> None:
    never = qualification(group(unit("A"), points=exactly(11)))
    found = plan(never, Held(), [offered("X", 5)], weeks=Decimal(4), per_week=Decimal(1), on=ON)
    assert (found.decided, found.before, found.chosen) == (False, None, ())


def test_rules_without_points_plan_by_units() -> None:
    parts = qualification(group(unit("A", must=True), unit("B", must=True), count=window(2)), {"A": None, "B": None})
    found = plan(parts, Held(), [offered("A", 5)], weeks=Decimal(4), per_week=Decimal(2), on=ON)
    assert (codes(found), found.before, found.after) == (["A"], None, None)


@pytest.mark.parametrize(
    ("system", "hours", "expected"),
    [("ecvet", None, "1.5"), ("ecvet", "40", "1.5"), ("mt-ecvet", "37.5", "1.5"), ("fi-ov", None, "1")],
)
def test_points_of_a_week_come_from_the_year_or_from_hours(system: str, hours: str | None, expected: str) -> None:
    profile = credit_system(system, date(2014, 6, 1))
    assert points_per_week(profile, Decimal(hours) if hours else None) == Decimal(expected)
