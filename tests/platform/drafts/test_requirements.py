"""Requirements across the tree: each is written with a form, said in words, moved, removed, and has its findings."""

from typing import Any

import pytest

from ecvet.qualification.across import Kind, requirement
from ecvet.qualification.combination import walk
from ecvet_platform.drafts.actions import keeping
from stories_of import Cast
from writing_a_draft import Editor

WRITTEN: dict[Kind, tuple[dict[str, Any], str]] = {
    Kind.OVERLAY: (
        {"title": "Level", "level_from": "3", "origins": "https://a.example/\nuniversity", "recognised": "yes",
         "least_points": "46.0", "most_share": "50"},
        "Level: of what counts, that which is at level 3 or above; from https://a.example/ or university; recognised "
        "from elsewhere has at least 46 points, at most 50 % of the points.",
    ),
    Kind.BARRED: ({"units_named": ["DOU", "OVE"], "at_most": "1"}, "At most 1 of these counts: DOU Dou, OVE Ove."),
    Kind.PREREQUISITE: ({"unit": "OVE", "needs": ["DOU"], "any_of": "all"}, "OVE Ove counts only with DOU Dou."),
    Kind.COREQUISITE: ({"units_named": ["DOU", "OVE"]}, "These count together or not at all: DOU Dou, OVE Ove."),
    Kind.EXEMPTION: (
        {"unit": "DOU", "nominal_points": "on"}, "A learner may be exempted from DOU Dou; its points count.",
    ),
    Kind.BESIDE_UNITS: (
        {"code": "WORK", "title": "Work", "amount": "200", "measure": "hours"}, "Also needed: Work, 200 hours.",
    ),
    Kind.MINIMUM_GRADE: (
        {"grades": "good\nvery good", "units_named": ["OVE"]},
        "These count only with the grade good or very good: OVE Ove.",
    ),
    Kind.AVERAGE: (
        {"at_least": "2.5", "best": "5"},
        "The grades of what counts, weighted by points, are 2.5 or more on average; 5 is the best.",
    ),
    Kind.AGE: ({"months": "60"}, "Credit counts only for 60 months after it was gained."),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_each_kind_is_written_said_in_words_changed_and_removed(editor: Editor, kind: Kind):
    typed, said = WRITTEN[kind]
    answer = editor.save(f"/requirements/{kind}", **typed, text="As § 7 says")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"#{kind}")
    page = editor.page()
    assert said in page
    assert "As § 7 says" in page
    assert said in editor.page("")
    first = requirement(editor.draft.qualification.rules, kind, 1)
    again = editor.save(f"/requirements/{kind}/1", **typed, text="As § 7 says")
    assert again.status_code == 302
    assert requirement(editor.draft.qualification.rules, kind, 1) == first
    seen = keeping.mark(first)
    gone = editor.client.post(f"{editor.base}/requirements/{kind}/1/step", {"step": "remove", "seen": seen})
    assert gone.status_code == 302
    assert requirement(editor.draft.qualification.rules, kind, 1) is None


def test_what_counts_in_two_groups_is_a_relation_between_groups(editor: Editor):
    for _ in range(2):
        editor.step("group", editor.root.id)
    groups = [one.id for one in walk(editor.root) if one.id.startswith("p") and one.node.kind == "group"][1:]
    editor.save("/requirements/double_counts", groups=groups, common="once", most_units="1")
    page = editor.page()
    assert f"once: Group {groups[0]}, Group {groups[1]} (at most 1 units)." in page
    few = editor.save("/requirements/double_counts", groups=groups[:1], common="each")
    assert few.status_code == 422
    assert "Choose at least 2." in few.content.decode()


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        (Kind.BARRED, {"units_named": ["DOU"]}, "Choose at least 2."),
        (Kind.BARRED, {"units_named": ["DOU", "OVE"], "at_most": "2"}, "Choose at least 3."),
        (Kind.PREREQUISITE, {"unit": "DOU", "needs": ["DOU"], "any_of": "all"}, "cannot need itself"),
        (Kind.OVERLAY, {"title": "Nothing"}, "how much of it is needed"),
        (Kind.OVERLAY, {"title": "X", "least_points": "9", "most_points": "3"}, "lies below"),
        (Kind.MINIMUM_GRADE, {"grades": " "}, "at least one grade"),
        (Kind.AVERAGE, {"at_least": "6", "best": "5"}, "lies below"),
        (Kind.AGE, {"months": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_says_nothing_is_told_at_its_field_and_nothing_is_written(
    editor: Editor, kind: Kind, typed: dict[str, Any], says: str
):
    before = editor.draft
    answer = editor.save(f"/requirements/{kind}", **typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert editor.draft == before


def test_a_finding_stands_at_its_requirement_and_not_at_the_whole(editor: Editor):
    editor.save("/requirements/barred", units_named=["DOU", "OVE"], at_most="1")
    editor.save("/requirements/overlays", title="Much", level_from="4", least_points="999")
    page = editor.page()
    at = page.index('id="overlays"')
    assert page.count("“Much” needs 999 points") == 1
    assert at < page.index("“Much” needs 999 points") < page.index('id="barred"')


def test_requirements_of_one_kind_change_their_order(editor: Editor):
    for months in ("12", "24"):
        editor.save("/requirements/maximum_age", months=months)
    rules = editor.draft.qualification.rules
    second = requirement(rules, Kind.AGE, 2)
    editor.client.post(f"{editor.base}/requirements/maximum_age/2/step",
                       {"step": "up", "seen": keeping.mark(second)})  # fmt: skip
    assert [one.months for one in editor.draft.qualification.rules.maximum_age] == [24, 12]


def test_a_requirement_is_removed_only_as_it_was_seen(editor: Editor):
    editor.save("/requirements/maximum_age", months="12")
    seen = keeping.mark(requirement(editor.draft.qualification.rules, Kind.AGE, 1))
    editor.save("/requirements/maximum_age/1", months="24")
    late = editor.client.post(f"{editor.base}/requirements/maximum_age/1/step", {"step": "remove", "seen": seen})
    assert late.status_code == 409
    assert editor.client.get(f"{editor.base}/requirements/magic").status_code == 409
    assert editor.client.get(f"{editor.base}/requirements/maximum_age/7").status_code == 409


# ------------------------------------------------------------- trying
def test_a_draft_is_tried_with_what_somebody_made_up_holds(editor: Editor):
    editor.save("/points?method=time", total="60", grain="1", pathway="college", years="1",
                **{"value-0-0": "1", "value-1-0": "2"})  # fmt: skip
    editor.save(f"/rules/{editor.root.id}", role="defined", least_points="60", most_points="60")
    editor.save("/requirements/non_unit", code="WORK", title="Work", amount="200", measure="hours")
    assert "Work (hours)" in editor.page("/try")
    half = editor.page("/try?held-0=on")
    assert "Not complete" in half
    assert "OVE Ove is missing" in half or "OVE  is compulsory and missing" in half or "OVE" in half
    assert "20 of 60 points count." in half
    whole = editor.page("/try?held-0=on&held-1=on&beside-0=200")
    assert "Complete</strong>" in whole
    assert "60 of 60 points count." in whole
    wrong = editor.client.get(f"{editor.base}/try?held-0=on&unit-0-points=many")
    assert wrong.status_code == 422


def test_a_stranger_tries_nothing(editor: Editor, everybody: Cast):
    assert everybody.browser("Erik").get(f"{editor.base}/try").status_code == 404
    assert everybody.browser("Bruno").get(f"{editor.base}/try").status_code == 403
