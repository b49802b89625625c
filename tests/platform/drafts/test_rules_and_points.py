"""The tree editor and the points of a draft: every step a POST, every finding at its place."""

import re
from typing import Any

import pytest

import stories_of as story
from ecvet.qualification import Criterion, Method
from ecvet.qualification.combination import Group, OpenSlot, Role, Surplus, UnitPlace, walk
from ecvet_platform.drafts.actions import keeping
from stories_of import Cast
from writing_a_draft import Editor


def places(root: Group) -> list[tuple[str, str | None]]:
    return [(one.node.unit if isinstance(one.node, UnitPlace) else one.node.kind, one.parent) for one in walk(root)]


def test_a_new_unit_has_a_place_and_each_step_is_a_button(editor: Editor):
    root = editor.root
    assert places(root) == [("group", None), ("DOU", root.id), ("OVE", root.id)]
    answer = editor.step("group", root.id)
    assert answer.headers["Location"].endswith(f"#place-{root.id}")
    group = editor.root.children[-1].id
    editor.step("open", group)
    editor.step("alternative", root.id)
    assert places(editor.root)[3:] == [("group", root.id), ("open", group), ("group", root.id)]
    last = editor.root.children[-1]
    assert isinstance(last, Group)
    assert last.role is Role.BRANCH
    editor.step("up", group)
    editor.step("in", editor.root.children[2].id)
    assert [child for child, parent in places(editor.root) if parent == group] == ["open", "OVE"]
    editor.step("out", next(one.id for one in walk(editor.root) if getattr(one.node, "unit", "") == "OVE"))
    assert [child for child, parent in places(editor.root) if parent == root.id] == ["DOU", "group", "OVE", "group"]


def test_a_finding_stands_at_the_place_that_it_is_about(editor: Editor):
    editor.step("group", editor.root.id)
    name = editor.root.children[-1].id
    page = editor.page()
    at = page.index(f'id="place-{name}"')
    assert "is empty" not in page[:at]
    assert "is empty" in page[at:]
    assert "R-COMP-2" in page[at:]


def test_a_group_has_its_bounds_in_words_and_numbers(editor: Editor):
    name = editor.root.id
    editor.save(f"/rules/{name}", role="defined", least_points="30", most_points="60.5", least_count="1",
                surplus="cap", title="All", text="Both units", compulsory="on")  # fmt: skip
    root = editor.root
    assert (str(root.points), str(root.count), root.surplus) == ("30 to 60.5", "at least 1", Surplus.CAP)
    assert (str(root.title), str(root.text), len(root.children)) == ("All", "Both units", 2)
    page = editor.page(f"/rules/{name}")
    assert 'value="60.5"' in page
    editor.save(f"/rules/{name}", role="defined")
    assert (editor.root.points, editor.root.title) == (None, None)


def test_bounds_that_contradict_are_told_at_their_field(editor: Editor):
    answer = editor.save(f"/rules/{editor.root.id}", role="defined", least_points="60", most_points="30", title="All")
    assert answer.status_code == 422
    assert "lies below" in answer.content.decode()
    assert 'value="All"' in answer.content.decode()
    assert editor.root.points is None


def test_a_place_for_credit_from_elsewhere_says_what_it_is_meant_for(editor: Editor):
    editor.step("open", editor.root.id)
    name = editor.root.children[-1].id
    editor.save(f"/rules/{name}", title="Local", most_points="5", accepts=["local-unit", "work-experience"],
                accepts_more="club")  # fmt: skip
    slot = editor.root.children[-1]
    assert isinstance(slot, OpenSlot)
    assert slot.accepts == ("local-unit", "work-experience", "club")
    assert "Meant for: a local unit, work experience, club" in editor.page()
    assert "club</textarea>" in editor.page(f"/rules/{name}")


def test_what_lies_in_a_group_is_removed_only_as_it_was_seen(editor: Editor):
    editor.step("group", editor.root.id)
    group = editor.root.children[-1]
    seen = keeping.mark(group)
    editor.step("open", group.id)
    refused = editor.step("remove", group.id, seen=seen)
    assert refused.status_code == 409
    assert len(editor.root.children) == 3
    editor.step("remove", group.id, seen=keeping.mark(editor.root.children[-1]), above=editor.root.id)
    assert len(editor.root.children) == 2


@pytest.mark.parametrize(("verb", "place", "status"), [("up", "nowhere", 409), ("fly", "p1", 409), ("out", "p2", 409)])
def test_steps_that_cannot_be_are_refused_and_nothing_is_written(editor: Editor, verb: str, place: str, status: int):
    before = editor.draft
    assert editor.step(verb, place).status_code == status
    assert editor.draft == before


def test_others_do_not_step_through_the_rules(everybody: Cast, editor: Editor):
    before = editor.draft
    assert editor.step("group", editor.root.id, everybody.browser("Bruno")).status_code == 403
    assert editor.step("group", editor.root.id, everybody.browser("Erik")).status_code == 404
    assert editor.draft == before


# ------------------------------------------------------------- points
REFERENCE = {"total": "60", "grain": "1", "pathway": "college", "years": "1"}
BY_METHOD = {
    Method.MANUAL: {"value-0-0": "25", "value-1-0": "35", "criteria": "effort"},
    Method.PERCENT: {"value-0-0": "50", "value-1-0": "50", "criteria": "complexity"},
    Method.TIME: {"value-0-0": "100", "value-1-0": "200"},
    Method.CRITERIA: {f"value-{unit}-{at}": str(1 + unit) for unit in (0, 1) for at in range(3)} | {"weight-0": "2"},
    Method.EXPERTS: {f"value-{unit}-{at}": str(1 + unit) for unit in (0, 1) for at in range(2)}
    | {"criteria": "effort"},
    Method.NATIONAL: {"value-0-0": "30", "value-1-0": "30", "conversion": "https://body.example/tables/1"},
}
EXPECTED = {
    Method.MANUAL: ["25", "35"], Method.PERCENT: ["30", "30"], Method.TIME: ["20", "40"],
    Method.CRITERIA: ["20", "40"], Method.EXPERTS: ["20", "40"], Method.NATIONAL: ["30", "30"],
}  # fmt: skip


@pytest.mark.parametrize("method", list(BY_METHOD))
def test_points_are_divided_by_a_recorded_method_and_shown_again(editor: Editor, method: Method):
    path = f"/points?method={method}&experts=Ada,Ben"
    answer = editor.save(path, **REFERENCE, **BY_METHOD[method])
    assert answer.status_code == 302, re.findall(r"<li>.*</li>", answer.content.decode())[-8:]
    item = editor.draft.qualification
    assert [one.points.value for one in item.units if one.points] == [int(one) for one in EXPECTED[method]]
    assert item.allocation is not None
    assert (item.allocation.method, item.allocation.by) == (method, story.BODY)
    assert 'value="college"' in editor.page(path)
    assert f'value="{BY_METHOD[method]["value-0-0"]}"' in editor.page(path)


def test_points_by_the_number_of_outcomes_are_marked_as_crude(editor: Editor):
    for link in editor.draft.qualification.units:
        page = next(path for path in re.findall(rf"{editor.base}(/units/[0-9a-f-]{{36}})\"", editor.page(""))
                    if link.code in editor.page(path).split("</h1>")[0])  # fmt: skip
        editor.save(f"{page}/outcomes", kind="skills", text="bakes", required="on")
    editor.save(f"/points?method={Method.OUTCOME_COUNT}", **REFERENCE)
    made = editor.draft.qualification.allocation
    assert made is not None
    assert made.criteria == {Criterion.COMPLEXITY}
    assert "crude proxy" in editor.page("")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"total": ""}, "Find the total first"),
        ({"pathway": ""}, "reference for the points is incomplete"),
        ({"value-0-0": "20"}, "not the total"),
        ({"criteria": []}, "name no criterion"),
        ({"compared_with": "the other"}, "is not an identifier"),
    ],
)
def test_figures_from_which_nothing_follows_are_told_and_kept(editor: Editor, typed: Any, says: str):
    given = {**REFERENCE, **BY_METHOD[Method.MANUAL], **typed, "justification": "because of the kneading"}
    answer = editor.save(f"/points?method={Method.MANUAL}", **given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "because of the kneading" in answer.content.decode()
    assert editor.draft.qualification.points is None


@pytest.mark.rule("R-POINTS-1")
def test_points_are_taken_away_whole_and_everything_works_without_them(editor: Editor):
    editor.save(f"/points?method={Method.TIME}", **REFERENCE, **BY_METHOD[Method.TIME])
    editor.save("/system", system="ects")
    assert {one.points.system for one in editor.draft.qualification.units if one.points} == {"ects"}
    answer = editor.save("/points", step="none")
    assert answer.status_code == 302
    item = editor.draft.qualification
    assert (item.points, item.allocation, [one.points for one in item.units]) == (None, None, [None, None])
    assert "does not need any" in editor.page("")


def test_the_way_from_figures_to_points_is_shown_and_a_unit_may_be_set_by_hand_with_a_reason(editor: Editor):
    editor.save(f"/points?method={Method.TIME}", **REFERENCE, **BY_METHOD[Method.TIME])
    page = editor.page("/points")
    for text in (
        "33.33 %",
        "66.67 %",
        "By hours of effort of a learner",
        "60 ECVET points",
        "college; years of full-time learning: 1",
    ):
        assert text in page, text
    bare = editor.save("/points/adjust", **{"points-0": "25"})
    assert bare.status_code == 422
    assert "Say why it has other points" in bare.content.decode()
    too_much = editor.save("/points/adjust", **{"points-0": "61", "reason-0": "so"})
    assert "not the total" in too_much.content.decode()
    editor.save("/points/adjust", **{"points-0": "25", "reason-0": "The dough decides"})
    item = editor.draft.qualification
    assert [one.points.value for one in item.units if one.points] == [25, 35]
    assert "The dough decides" in editor.page("/points")
    assert "other points than its recorded allocation" not in editor.page("")
