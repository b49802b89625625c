"""The engine against brute force on small trees, and the laws of accumulation (docs: accumulation is exact)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.credit.accumulation import oracle
from core.credit.accumulation.trees import qualification
from ecvet.credit.accumulation import Held, accumulate
from ecvet.qualification.ambiguity import unmarked_alternatives
from ecvet.qualification.combination import Group, OpenSlot, Role, Surplus, UnitPlace
from ecvet.qualification.requirements import Common, DoubleCount, Window

CODES = "ABCD"
SIZES = {"A": 2, "B": 3, "C": 3, "D": 5}
SLOW = settings(suppress_health_check=list(HealthCheck))

amounts = st.integers(0, 8).map(Decimal)


@st.composite
def windows(draw: st.DrawFn, most: int = 8) -> Window | None:
    if draw(st.booleans()):
        return None
    low, high = sorted((draw(st.integers(0, most)), draw(st.integers(0, most))))
    return Window(Decimal(low) if draw(st.booleans()) else None, Decimal(high) if draw(st.booleans()) else None)


units = st.builds(UnitPlace, unit=st.sampled_from(CODES), compulsory=st.sampled_from([False, False, True]))
slots = st.builds(OpenSlot, points=windows(), count=st.one_of(st.none(), windows(2)))


def groups(children: st.SearchStrategy[object], roles: list[Role]) -> st.SearchStrategy[Group]:
    return st.builds(
        Group,
        children=st.lists(children, min_size=1, max_size=3).map(tuple),
        points=windows(),
        count=st.one_of(st.none(), st.none(), windows(3)),
        units=st.one_of(st.none(), st.none(), windows(3)),
        role=st.sampled_from(roles),
        surplus=st.sampled_from([None, None, Surplus.FORBID]),
    )


inner = groups(st.one_of(units, units, slots), [Role.DEFINED, Role.DEFINED, Role.AREA])
trees = groups(st.one_of(units, slots, inner, inner), [Role.DEFINED])
holdings = st.builds(
    Held.of,
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 6).map(Decimal), max_size=4),
    st.lists(st.integers(0, 6).map(Decimal), max_size=2),
)


@pytest.mark.rule("R-COMP-2", "R-COMP-3", "R-COMP-5", "R-COMP-6", "R-COMP-8")
@SLOW
@given(trees, holdings)
def test_verdict_and_counted_points_are_those_of_brute_force(root: Group, held: Held) -> None:
    towards = qualification(root, SIZES)
    assume(not unmarked_alternatives(towards.rules))
    expected, progress = oracle.best(towards, held), accumulate(towards, held)
    assert progress.complete is (expected is not None)
    if expected is not None:
        assert (progress.counted_points or Decimal(0)) == expected


limits = st.one_of(st.none(), windows(2))
doubled = st.builds(
    DoubleCount,
    groups=st.just(("g", "h")),
    units=limits,
    points=st.one_of(st.none(), windows()),
    common=st.sampled_from([Common.ONCE, Common.ONCE, Common.EACH]),
)


@st.composite
def sharing(draw: st.DrawFn) -> Group:
    """A root with two or three groups, of which g and h share units; mostly such that it matters."""
    few = st.lists(units, min_size=1, max_size=2).map(tuple)
    plain = st.builds(Group, children=few, points=st.integers(2, 6).map(lambda least: Window(Decimal(least), None)))
    found = [replace(draw(st.one_of(plain, plain, inner)), id=name) for name in ("g", "h")]
    more = draw(st.lists(st.one_of(units, slots, inner), max_size=1))
    return replace(draw(st.one_of(st.just(Group()), trees)), children=(*found, *more))


@pytest.mark.rule("R-COMP-5")
@settings(parent=SLOW, max_examples=2 * SLOW.max_examples)
@given(sharing(), holdings, doubled)
def test_double_counting_is_that_of_brute_force(root: Group, held: Held, rule: DoubleCount) -> None:
    towards = qualification(root, SIZES, double_counts=(rule,))
    assume(not unmarked_alternatives(towards.rules))
    expected, progress = oracle.best(towards, held), accumulate(towards, held)
    assert progress.complete is (expected is not None)
    if expected is not None:
        assert (progress.counted_points or Decimal(0)) == expected


@pytest.mark.rule("R-COMP-14")
@SLOW
@given(trees, holdings)
def test_the_cheapest_completion_is_that_of_brute_force(root: Group, held: Held) -> None:
    towards = qualification(root, SIZES)
    places = list(oracle.leaves(root))
    assume(sum(isinstance(one, OpenSlot) for one in places) <= 1 and len(places) <= 5)
    assume(not any(isinstance(one, OpenSlot) and one.count and (one.count.minimum or 0) > 1 for one in places))
    assume(all(not one.units for one in (root, *root.children) if isinstance(one, Group)))
    assume(not unmarked_alternatives(towards.rules))
    expected, progress = oracle.cheapest(towards, held, 9), accumulate(towards, held)
    assert (progress.completion is not None) is (expected is not None)
    if expected is not None and progress.completion is not None:
        assert (progress.completion.points or Decimal(0)) == expected


@pytest.mark.rule("R-COMP-14")
@SLOW
@given(sharing(), holdings, doubled)
def test_the_cheapest_completion_with_double_counting_is_that_of_brute_force(
    root: Group, held: Held, rule: DoubleCount
) -> None:
    towards = qualification(root, SIZES, double_counts=(rule,))
    places = list(oracle.leaves(root))
    assume(len(places) <= 5 and not any(isinstance(one, OpenSlot) for one in places))
    assume(not unmarked_alternatives(towards.rules))
    expected, progress = oracle.cheapest(towards, held, 9), accumulate(towards, held)
    assert (progress.completion is not None) is (expected is not None)
    if expected is not None and progress.completion is not None:
        assert (progress.completion.points or Decimal(0)) == expected


@SLOW
@given(trees, holdings, st.randoms(use_true_random=False))
def test_the_order_of_what_is_held_never_matters(root: Group, held: Held, chance: object) -> None:
    shuffled = [*held.units]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    towards = qualification(root, SIZES)
    one, other = accumulate(towards, held), accumulate(towards, replace(held, units=tuple(shuffled)))
    assert (one.complete, one.counted_points) == (other.complete, other.counted_points) or not one.complete
    assert one.complete == other.complete


@SLOW
@given(trees)
def test_an_empty_record_is_never_complete(root: Group) -> None:
    assert accumulate(qualification(root, SIZES), Held()).complete is not True


@SLOW
@given(trees, holdings, st.sampled_from(CODES), amounts)
def test_one_more_unit_never_makes_a_complete_record_incomplete(
    root: Group, held: Held, code: str, points: Decimal
) -> None:
    towards = qualification(root, SIZES)
    assume(accumulate(towards, held).complete and code not in {piece.code for piece in held.units})
    more = Held.of({**{piece.code: piece.points for piece in held.units}, code: points},
                   [piece.points or 0 for piece in held.other])  # fmt: skip
    assert accumulate(towards, more).complete


@SLOW
@given(trees, holdings)
def test_renaming_codes_changes_nothing(root: Group, held: Held) -> None:
    def renamed(node: UnitPlace | OpenSlot | Group) -> UnitPlace | OpenSlot | Group:
        if isinstance(node, UnitPlace):
            return replace(node, unit=f"x{node.unit}")
        return replace(node, children=tuple(map(renamed, node.children))) if isinstance(node, Group) else node

    other_root = renamed(root)
    assert isinstance(other_root, Group)
    one = accumulate(qualification(root, SIZES), held)
    other = accumulate(
        qualification(other_root, {f"x{code}": size for code, size in SIZES.items()}),
        replace(held, units=tuple(replace(piece, code=f"x{piece.code}") for piece in held.units)),
    )
    assert one.complete == other.complete
    assert not one.complete or one.counted_points == other.counted_points
