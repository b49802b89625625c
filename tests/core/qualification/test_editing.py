"""Writing rules part by part: what an edit changes, what it leaves, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.qualification.combination import Combination, Group, OpenSlot, UnitPlace, walk
from ecvet.qualification.editing import (
    Way,
    changed,
    identified,
    moved,
    place,
    put,
    recoded,
    removed,
    ways,
    without_unit,
)
from ecvet.qualification.errors import FieldUnknown
from ecvet.qualification.points import Allocation, Input, Method, ReferenceContext
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.requirements import Barred, Prerequisite, Window
from ecvet.qualification.tree_errors import MoveImpossible, PlaceUnknown
from ecvet.terms import Country, Identifier, LangString, Points

TREE = identified(
    Group(
        children=(
            Group(id="core", children=(UnitPlace(unit="A", compulsory=True), UnitPlace(unit="B"))),
            Group(id="more", children=(OpenSlot(), UnitPlace(unit="C"))),
        )
    )
)
nodes = st.recursive(
    st.builds(UnitPlace, unit=st.sampled_from("ABCD")) | st.builds(OpenSlot),
    lambda parts: st.builds(Group, children=st.lists(parts, max_size=4).map(tuple)),
    max_leaves=12,
)
trees = st.lists(nodes, min_size=1, max_size=4).map(lambda parts: identified(Group(children=tuple(parts))))


def shape(root: Group) -> list[tuple[str, str | None]]:
    """Each place with the group it lies in, in the order of the tree."""
    return [(one.id, one.parent) for one in walk(root)]


def unit_place(code: str, root: Group = TREE) -> str:
    return next(one.id for one in walk(root) if isinstance(one.node, UnitPlace) and one.node.unit == code)


@given(trees)
def test_every_place_has_one_id_of_its_own_and_keeps_it(tree: Group):
    ids = [one.node.id for one in walk(tree)]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert identified(tree) == tree


@given(trees, st.data())
def test_a_move_and_its_opposite_leave_the_tree_as_it_was(tree: Group, data: st.DataObject):
    name = data.draw(st.sampled_from([one.id for one in walk(tree)]))
    for way, back in ((Way.UP, Way.DOWN), (Way.DOWN, Way.UP), (Way.IN, Way.OUT)):
        if way in ways(tree, name):
            once = moved(tree, name, way)
            assert shape(once) != shape(tree)
            assert moved(once, name, back) == tree
        else:
            with pytest.raises(MoveImpossible):
                moved(tree, name, way)


@given(trees, st.data())
def test_moves_lose_and_double_nothing(tree: Group, data: st.DataObject):
    name = data.draw(st.sampled_from([one.id for one in walk(tree)]))
    for way in ways(tree, name):
        assert sorted(one.id for one in walk(moved(tree, name, way))) == sorted(one.id for one in walk(tree))


@given(trees, st.data())
def test_removing_takes_a_part_and_what_lies_in_it_and_nothing_else(tree: Group, data: st.DataObject):
    name = data.draw(st.sampled_from([one.id for one in walk(tree) if one.parent is not None]))
    gone = {one.id for one in walk(place(tree, name).node)} if isinstance(place(tree, name).node, Group) else {name}
    assert shape(removed(tree, name)) == [pair for pair in shape(tree) if pair[0] not in gone]


def test_a_new_part_comes_last_in_its_group_under_a_free_id():
    after = put(TREE, "core", UnitPlace(unit="D"))
    assert [one for one, parent in shape(after) if parent == "core"][-1] == unit_place("D", after)
    assert unit_place("D", after) not in {one.id for one in walk(TREE)}


def test_a_changed_group_keeps_its_id_and_its_parts():
    after = changed(TREE, "core", Group(points=Window(Decimal(10)), compulsory=True))
    core = place(after, "core").node
    assert isinstance(core, Group)
    assert core.compulsory
    assert shape(after) == shape(TREE)


def test_a_part_goes_out_of_its_group_right_behind_it():
    after = moved(TREE, unit_place("A"), Way.OUT)
    assert [one for one, parent in shape(after) if parent == after.id] == ["core", unit_place("A"), "more"]


def test_what_is_not_there_or_no_group_is_refused():
    for edit in (
        lambda: put(TREE, "nowhere", OpenSlot()),
        lambda: put(TREE, unit_place("A"), OpenSlot()),
        lambda: changed(TREE, "nowhere", OpenSlot()),
        lambda: removed(TREE, "nowhere"),
        lambda: ways(TREE, "nowhere"),
    ):
        with pytest.raises(PlaceUnknown):
            edit()
    with pytest.raises(MoveImpossible):
        removed(TREE, TREE.id)


# ------------------------------------------------------------- units of a qualification
def qualification(**more: object) -> Qualification:
    links = tuple(UnitLink(code=one, unit=Identifier(f"urn:u:{one}"), points=Points(Decimal(10))) for one in "ABC")
    across = {"barred": (Barred(units=("A", "C")),), "prerequisites": (Prerequisite(unit="B", needs=("A",)),)}
    return Qualification(
        id=Identifier("urn:q:1"), code="A", title=LangString.of(en="A"), institution=Identifier("urn:i:1"),
        country=Country("FI"), units=links, rules=Combination(root=TREE, **across), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_unit_with_another_code_is_called_so_wherever_it_is_named_and_nothing_else_is():
    allocation = Allocation(
        method=Method.MANUAL, total=Points(Decimal(30)), grain=Decimal(1), by=Identifier("urn:i:1"),
        on=date(2026, 1, 1), inputs=(Input(code="A", value=Decimal(10)),),
        reference=ReferenceContext(pathway=LangString.of(en="school"), years=Decimal(1)),
    )  # fmt: skip
    after = recoded(qualification(allocation=allocation), "A", "X")
    assert [link.code for link in after.units] == ["X", "B", "C"]
    assert after.rules.units == ("X", "B", "C")
    assert after.rules.barred[0].units == ("X", "C")
    assert after.rules.prerequisites[0].needs == ("X",)
    assert after.allocation is not None
    assert after.allocation.inputs[0].code == "X"
    assert (after.code, str(after.title)) == ("A", "A")


def test_a_unit_goes_with_its_places():
    after = without_unit(qualification(), "A")
    assert [link.code for link in after.units] == ["B", "C"]
    assert after.rules.units == ("B", "C")


@pytest.mark.parametrize("code", ["1012", "07", "101", "00"])
def test_fields_of_education_are_codes_of_isced_f(code: str):
    assert qualification(isced_f=(code,)).isced_f == (code,)


@pytest.mark.parametrize("code", ["1", "12", "10123", "hair", "http://data.europa.eu/snb/isced-f/1012"])
def test_other_codes_are_no_fields(code: str):
    with pytest.raises(FieldUnknown):
        qualification(isced_f=(code,))
