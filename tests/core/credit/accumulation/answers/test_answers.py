"""Side by side, what if, other ways to finish, candidates by title, and the nearest other qualification."""

from dataclasses import replace
from decimal import Decimal

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Completion, Held, Piece, accumulate
from ecvet.credit.accumulation.answers import (
    Candidate,
    Named,
    alternatives,
    candidates,
    declared_and_free,
    nearest,
    under_readings,
    what_if,
)
from ecvet.credit.accumulation.answers.candidates import named_units
from ecvet.credit.accumulation.answers.sides import surplus
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, STRICT
from ecvet.terms import LangString

FREE = group(slot(None, 10, id="f"), name="Free choice", points=exactly(10))
MORE = group(slot(id="m"), name="Extension")
TOWARDS = qualification(group(unit("A", must=True), FREE, MORE, points=exactly(20)), {"A": 10})


def local(points: int, declared: str = "") -> Piece:
    return Piece(points=Decimal(points), sort="local-unit", declared=declared)


def test_declared_groups_and_free_assignment_are_both_answered_and_their_difference_is_told() -> None:
    held = Held(units=(Piece(code="A"),), other=(local(5, "Free choice"), local(5, "Extension")))
    sides = declared_and_free(TOWARDS, held)
    assert (sides.declared.complete, sides.free.complete, sides.differ) == (False, True, True)
    assert sides.why[0] == "not complete with the declared groups, complete with free assignment"
    assert "only with the declared groups missing: Free choice: 5 of 10 points." in sides.why
    assert any(why.startswith("other credit counts in: m with the declared") for why in sides.why)


def test_where_nothing_differs_nothing_is_told() -> None:
    sides = declared_and_free(TOWARDS, Held.of({"A": 10}, [10]))
    assert (sides.declared.complete, sides.differ, sides.why) == (True, False, ())


def test_surplus_is_what_a_complete_selection_holds_above_what_counts() -> None:
    assert surplus(accumulate(TOWARDS, Held.of({"A": 10}, [13]))) == Decimal(3)
    assert surplus(accumulate(TOWARDS, Held.of({"A": 10}))) is None


def test_one_tree_under_two_readings() -> None:
    degree = Held(units=(Piece(code="A"),), other=(Piece(points=Decimal(10), sort="higher-education"),))
    only_local = replace(FREE, children=(slot(None, 10, id="f", accepts=("local-unit",)),))
    towards = qualification(group(unit("A", must=True), only_local, points=exactly(20)), {"A": 10})
    loose, strict = under_readings(towards, degree, (S1, STRICT))
    assert [(one.reading, one.complete) for one in (loose, strict)] == [("S1", True), ("strict", False)]


def test_what_if_adds_and_takes_away_without_touching_what_is_held() -> None:
    held = Held.of({"A": 10})
    then = what_if(TOWARDS, held, add=[local(10)])
    assert (then.before.complete, then.after.complete) == (False, True)
    assert then.changes[0] == "not complete now, complete then"
    gone = what_if(TOWARDS, Held.of({"A": 10}, [10]), without=["A"])
    assert gone.after.complete is False
    assert "only then missing: A is compulsory and missing." in gone.changes
    larger = what_if(TOWARDS, Held.of({"A": 5}, [10]), add=[Piece(code="A", points=Decimal(10))])
    assert (larger.before.complete, larger.after.complete) == (False, True)


def added(completion: Completion) -> tuple[list[str], Decimal | None]:
    return sorted(one.piece.code for one in completion.add), completion.points


CHOICE = qualification(
    group(unit("A", must=True), group(unit("B"), unit("C"), unit("D"), slot(None, 12, id="s"), name="Options",
                                      points=window(10))),
    {"A": 10, "B": 10, "C": 11, "D": 15},
)  # fmt: skip


def test_other_ways_to_finish_come_cheapest_first_and_differ_in_their_units() -> None:
    found = alternatives(CHOICE, Held.of({"A": 10}), 10)
    assert [points for _, points in map(added, found)] == sorted(points for _, points in map(added, found) if points)
    sets = [frozenset(codes) for codes, _ in map(added, found)]
    assert {frozenset({""}), frozenset({"C"}), frozenset({"D"})} <= set(sets) | {frozenset({"B"})}
    assert any("C" in codes for codes in sets)
    for n, one in enumerate(sets):
        assert not any((one - {""}) >= (earlier - {""}) and earlier - {""} for earlier in sets[:n])


def test_as_many_ways_are_named_as_asked_for_and_no_more_than_there_are() -> None:
    assert len(alternatives(CHOICE, Held.of({"A": 10}), 2)) == 2
    only = qualification(group(unit("A", must=True)))
    assert [added(one)[0] for one in alternatives(only, Held(), 5)] == [["A"]]
    assert [one.add for one in alternatives(only, Held.of({"A": 10}), 5)] == [()]
    open_only = qualification(group(unit("A", must=True), slot(5, id="s"), points=window(15)))
    assert len(alternatives(open_only, Held.of({"A": 10}), 5)) == 1
    assert alternatives(qualification(group(unit("A"), points=exactly(11))), Held(), 3) == ()


def test_what_every_way_has_does_not_end_the_search_for_others() -> None:
    root = group(unit("A", must=True), unit("B"), slot(id="s"), points=exactly(20))
    towards = qualification(root, {"A": 10, "B": 10})
    found = [sorted(one.piece.code for one in each.add) for each in alternatives(towards, Held(), 5)]
    assert sorted(found) == [["", "A"], ["A", "B"]]


def test_a_unit_that_no_rule_calls_compulsory_but_no_way_can_spare_does_not_end_it_either() -> None:
    common = group(unit("A"), name="common", points=exactly(10))
    towards = qualification(group(common, unit("B"), slot(id="s"), points=exactly(20)), {"A": 10, "B": 10})
    found = [sorted(one.piece.code for one in each.add) for each in alternatives(towards, Held(), 5)]
    assert sorted(found) == [["", "A"], ["A", "B"]]


def named(code: str, title: str, points: int | None = None, **other: str) -> Named:
    return Named(code=code, title=LangString.of(en=title, **other), points=None if points is None else Decimal(points))


def test_the_same_title_under_another_code_is_a_candidate_and_nothing_more() -> None:
    old = [named("1", "Painting", 10), named("2", "Welding", 5), named("3", "Same", 1)]
    new = [named("10", "painting ", 10), named("20", "Welding", 6), named("3", "Same", 1), named("4", "welding")]
    assert candidates(old, new) == (
        Candidate(from_="1", to="10", title="Painting", same_points=True),
        Candidate(from_="2", to="20", title="Welding", same_points=False),
        Candidate(from_="2", to="4", title="Welding", same_points=None),
    )


def test_the_units_of_a_qualification_are_named_by_their_places() -> None:
    towards = qualification(group(unit("A", title=LangString.of(en="Welding")), unit("B")), {"A": 10, "B": None})
    assert [(one.code, str(one.title), one.points) for one in named_units(towards)] == [("A", "Welding", Decimal(10))]


def called(code: str, towards: Qualification) -> Qualification:
    return replace(towards, code=code, id=f"https://board.example/{code}")


def test_the_nearest_qualification_needs_fewest_points_then_fewest_units() -> None:
    own = called("OWN", TOWARDS)
    far = called("FAR", qualification(group(unit("A", must=True), unit("X", must=True)), {"A": 10, "X": 30}))
    near = called("NEAR", qualification(group(unit("A", must=True), unit("Y", must=True)), {"A": 10, "Y": 20}))
    two = called("TWO", qualification(group(*(unit(c, must=True) for c in "AYZ")), {"A": 10, "Y": 10, "Z": 10}))
    other = called("OTHER", qualification(group(unit("N", must=True)), {"N": 1}))
    wrong = called("WRONG", qualification(group(unit("A"), unit("A"), count=window(1))))
    never = called("NEVER", qualification(group(unit("A"), points=exactly(11))))
    parts = called("PARTS", qualification(group(unit("A", must=True), unit("P", must=True)), {"A": None, "P": None}))
    register = [parts, far, two, own, near, other, wrong, never]
    found = nearest(register, Held(units=(Piece(code="A", points=Decimal(10), declared="Core"),)), but="OWN")
    assert [one.qualification.code for one in found] == ["NEAR", "TWO", "FAR", "PARTS"]
    assert [one.completion.points for one in found] == [Decimal(20), Decimal(20), Decimal(30), None]
