"""Published rules of combination of several systems, with their arithmetic; and why first-fit is not enough."""

from decimal import Decimal

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import Overlay, Which

Rows = list[tuple[str, int | str, int]]


def learner(rows: Rows) -> Held:
    """One unit of its own for each row of group, level or origin, points."""
    return Held(units=tuple(
        Piece(code=f"{name}{n}", points=Decimal(points), level=mark if isinstance(mark, int) else None,
              origin=mark if isinstance(mark, str) else "")
        for n, (name, mark, points) in enumerate(rows)
    ))  # fmt: skip


def places(name: str, must: bool = False) -> tuple[UnitPlace, ...]:
    return tuple(unit(f"{name}{n}", must=must) for n in range(6))


def adult_care_a() -> Qualification:
    """58 credits; 28 mandatory, at least 30 optional; at least 46 at level 3."""
    mandatory = group(*places("M"), name="M", points=window(28))
    optional = group(*places("O"), name="O", points=window(30))
    level = Overlay(which=Which(level_from=3, level_to=3), points=window(46))
    return qualification(group(mandatory, optional, points=window(58)), overlays=(level,))


def adult_care_b() -> Qualification:
    """58 credits; 28 from A; at least 30 from B, C and D, of which at least 12 from B and at most 8 from D."""
    b, c = group(*places("B"), name="B", points=window(12)), group(*places("C"), name="C")
    d = group(*places("D"), name="D", points=window(None, 8))
    return qualification(
        group(group(*places("A"), points=window(28)), group(b, c, d, points=window(30)), points=window(58))
    )


def credit_bank() -> Qualification:
    """140 credits; 60 major, 30 general; 18 from recognised institutions."""
    major, general = group(*places("major"), points=window(60)), group(*places("general"), points=window(30))
    origin = Overlay(which=Which(origins=("ACBS-affiliated", "recognized")), points=window(18))
    return qualification(group(major, general, group(*places("elective")), points=window(140)), overlays=(origin,))


@pytest.mark.rule("R-COMP-2", "R-COMP-6")
@pytest.mark.parametrize(
    ("towards", "rows", "complete", "total"),
    [
        (adult_care_a(), [("M", 3, 20), ("M", 2, 8), ("O", 3, 26), ("O", 2, 4)], True, 58),
        (adult_care_a(), [("M", 3, 20), ("M", 2, 8), ("O", 3, 25), ("O", 2, 5)], False, None),
        (adult_care_a(), [("M", 3, 20), ("M", 2, 8), ("O", 3, 29)], False, None),
        (adult_care_b(), [("A", 3, 28), ("B", 3, 12), ("C", 3, 10), ("D", 3, 8)], True, 58),
        (adult_care_b(), [("A", 3, 28), ("B", 3, 12), ("C", 3, 8), ("D", 3, 10)], False, None),
        (adult_care_b(), [("A", 3, 28), ("B", 3, 11), ("C", 3, 20)], False, None),
        (credit_bank(), [("major", "university", 60), ("general", "exam", 30), ("general", "ACBS-affiliated", 18),
                         ("elective", "certificate", 32)], True, 140),
        (credit_bank(), [("major", "university", 80), ("general", "exam", 45), ("general", "ACBS-affiliated", 15)],
         False, None),
    ],
)  # fmt: skip
def test_published_rules(towards: Qualification, rows: Rows, complete: bool, total: int | None) -> None:
    progress = accumulate(towards, learner(rows))
    assert progress.complete is complete
    assert total is None or progress.counted_points == total


def blocs() -> Qualification:
    return qualification(group(unit("B1", must=True), unit("B2", must=True), name="blocs"), {"B1": None, "B2": None})


@pytest.mark.rule("R-COMP-3", "R-COMP-14")
def test_a_certification_of_blocs_needs_all_of_them() -> None:
    assert accumulate(blocs(), Held.of({"B1": None, "B2": None})).complete
    assert accumulate(blocs(), Held.of({"B1": None})).missing == ("B2 is compulsory and missing.",)


def packaged(core: list[str], groups: dict[str, list[str]], electives: int) -> Qualification:
    """An Australian package: all core units; electives with all of one of A, B, C, the rest from D or imported."""
    named = [Group(children=tuple(unit(code, must=True) for code in codes), role=Role.BRANCH, id=name)
             for name, codes in groups.items() if name != "D"]  # fmt: skip
    rest = group(*(unit(code) for code in groups["D"]), OpenSlot(id="import"), name="D")
    elective = group(group(*named, name="one of", choose=exactly(1)), rest, name="electives", units=exactly(electives))
    root = group(group(*(unit(code, must=True) for code in core), name="core"), elective, name="package")
    return qualification(root, dict.fromkeys({*core, *(code for codes in groups.values() for code in codes)}))


def test_one_of_several_overlapping_groups_is_completed_and_the_rest_may_be_imported() -> None:
    towards = packaged(["K1", "K2"], {"A": ["a", "x"], "B": ["x", "y", "z"], "D": ["x", "y", "z", "d"]}, 4)
    assert accumulate(towards, Held.of(dict.fromkeys(["K1", "K2", "a", "x", "y", "d"], None))).complete
    assert accumulate(towards, Held.of(dict.fromkeys(["K1", "K2", "x", "y", "z", "d"], None))).complete
    assert accumulate(towards, Held.of(dict.fromkeys(["K1", "K2", "x", "y", "z"], None), [0])).complete
    assert not accumulate(towards, Held.of(dict.fromkeys(["K1", "K2", "x", "y", "d"], None), [0])).complete
    assert not accumulate(towards, Held.of(dict.fromkeys(["K2", "x", "y", "z", "d"], None))).complete
    assert not accumulate(towards, Held.of(dict.fromkeys(["K1", "K2", "a", "x", "d"], None))).complete


def first_fit(towards: Qualification, held: Held) -> dict[str, Decimal]:
    """Each unit into the first group that lists it and is not full yet: what simple programmes do."""
    groups = [child for child in towards.rules.root.children if isinstance(child, Group)]
    filled = {child.id: Decimal(0) for child in groups}
    for piece in held.units:
        for child in groups:
            listed = any(isinstance(one, UnitPlace) and one.unit == piece.code for one in child.children)
            assert child.points is not None
            if listed and filled[child.id] < (child.points.minimum or 0):
                filled[child.id] += piece.points or 0
                break
    return filled


def test_first_fit_fails_where_a_valid_selection_exists() -> None:
    one = group(unit("A"), unit("B"), name="one", points=window(10))
    two = group(unit("A"), name="two", points=window(10))
    towards, held = qualification(group(one, two, points=window(20))), Held.of({"A": 10, "B": 10})
    assert first_fit(towards, held) == {"one": Decimal(10), "two": Decimal(0)}
    assert accumulate(towards, held).complete


def test_a_partition_is_found_which_no_order_of_filling_finds() -> None:
    sizes = {"A": 7, "B": 6, "C": 5, "D": 4, "E": 4, "F": 4}
    halves = [group(*map(unit, sizes), name=name, points=exactly(15)) for name in ("left", "right")]
    assert accumulate(qualification(group(*halves), sizes), Held.of(sizes)).complete
    assert sum(first_fit(qualification(group(*halves), sizes), Held.of(sizes)).values()) > 0
    assert not accumulate(qualification(group(*halves), sizes), Held.of({**sizes, "F": 3})).complete


def test_an_open_slot_with_nothing_in_it_is_no_part_in_use() -> None:
    towards = qualification(group(unit("A"), slot(), count=exactly(2)), {"A": None})
    assert not accumulate(towards, Held.of({"A": None})).complete
    assert accumulate(towards, Held.of({"A": None}, [0])).complete
