"""A new version: what it changes, side by side, whom it concerns, and the same for programs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import stories_of as story
from ecvet.qualification.requirements import MaximumAge
from ecvet.record import plain
from ecvet.terms import LangString, Points
from ecvet_platform.drafts.actions import keeping, learners
from ecvet_platform.drafts.errors import MarkMissing
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

PUBLISHED = f"/qualifications/{key_of(story.QUALIFICATION)}"


@pytest.fixture
def dimitra(everybody: Cast) -> Client:
    return everybody.browser("Dimitra")


@pytest.fixture
def key(dimitra: Client) -> UUID:
    """The draft of the version after the published one."""
    return UUID(dimitra.post(f"{PUBLISHED}/next").headers["Location"].rpartition("/")[2])


def change(everybody: Cast, key: UUID) -> None:
    """Another title, no unit COL, and credit that gets old."""

    def edit(draft: Any) -> Any:
        item = draft.qualification
        root = item.rules.root
        rules = replace(item.rules, root=replace(root, children=root.children[:1]), maximum_age=(MaximumAge(months=6),))
        return replace(draft, qualification=replace(
            item, title=LangString.of(en="Stylist"), rules=rules,
            units=(replace(item.units[0], points=Points(60, "ecvet")),),
        ))  # fmt: skip

    keeping.change(key, keeping.WHOLE, None, edit, actor=everybody.actor("Dimitra"))


def test_a_draft_that_says_the_same_has_no_difference(dimitra: Client, key: UUID):
    assert "Both versions say the same." in dimitra.get(f"/drafts/{key}/changes").content.decode()


def test_what_a_draft_changes_stands_side_by_side(everybody: Cast, dimitra: Client, key: UUID):
    change(everybody, key)
    page = dimitra.get(f"/drafts/{key}/changes").content.decode()
    for text in ("Hairdresser", "Stylist", "COL Colouring", "40 ECVET points", "60 ECVET points",
                 "Credit counts only for 6 months after it was gained.", "Whom it concerns",
                 "1 unit has gone, and no decision says what stands for it: COL."):  # fmt: skip
        assert text in page, text


def test_learners_of_the_version_before_are_counted_and_named_to_who_may_know(
    everybody: Cast, dimitra: Client, key: UUID
):
    change(everybody, key)
    kept = keeping.draft(key, actor=everybody.actor("Dimitra"))
    found = learners.concerned(kept, actor=everybody.actor("Dimitra"))
    assert [one.learner for one in found.moved] == [everybody.alba.id]
    assert found.names == {everybody.alba.id: "Alba Rossi"} or list(found.names) == [everybody.alba.id]
    page = dimitra.get(f"/learners/{key_of(everybody.alba.id)}/try/{key}")
    assert page.status_code == 200
    assert "Not complete" in page.content.decode()
    assert everybody.browser("Erik").get(f"/learners/{key_of(everybody.alba.id)}/try/{key}").status_code == 404
    assert dimitra.get(f"/learners/{UUID(int=3)}/try/{key}").status_code == 404


def test_a_published_version_shows_to_everybody_what_it_changed(everybody: Cast, dimitra: Client, key: UUID):
    change(everybody, key)
    draft = keeping.draft(key, actor=everybody.actor("Dimitra")).draft
    made = keeping.publish(key, keeping.mark(draft), actor=everybody.actor("Dimitra"))
    address = f"/qualifications/{key_of(made.value.id)}"
    assert f"{address}/changes" in Client().get(address).content.decode()
    page = Client().get(f"{address}/changes").content.decode()
    assert "Stylist" in page
    assert Client().get(f"{PUBLISHED}/changes").status_code == 302


def test_rules_that_cannot_be_computed_with_keep_the_comparison_and_say_why(
    everybody: Cast, dimitra: Client, key: UUID
):
    def edit(draft: Any) -> Any:
        item = draft.qualification
        twice = tuple(replace(one, id="same") for one in item.rules.root.children)
        rules = replace(item.rules, root=replace(item.rules.root, children=twice))
        return replace(draft, qualification=replace(item, rules=rules))

    keeping.change(key, keeping.WHOLE, None, edit, actor=everybody.actor("Dimitra"))
    page = dimitra.get(f"/drafts/{key}/changes")
    assert page.status_code == 200
    assert "Whom it concerns" in page.content.decode()


# ------------------------------------------------------------- programs
def test_programs_say_which_version_they_have_seen(everybody: Cast, dimitra: Client, key: UUID):
    address = f"/api/v1/drafts/{key}"
    found = dimitra.get(address)
    tag, body = found.headers["ETag"], found.json()["draft"]
    assert dimitra.get(address, headers={"If-None-Match": tag}).status_code == 304

    def put(**more: Any) -> Any:
        return dimitra.put(address, body, content_type="application/json", **more)

    missing = put()
    assert (missing.status_code, missing.json()["code"]) == (428, MarkMissing.code)
    body["qualification"]["code"] = "STY"
    saved = put(headers={"If-Match": tag})
    assert saved.status_code == 200
    assert saved.headers["ETag"] != tag
    assert put(headers={"If-Match": tag}).status_code == 409
    assert dimitra.delete(address, headers={"If-Match": tag}).status_code == 409
    assert dimitra.delete(address, headers={"If-Match": saved.headers["ETag"]}).status_code == 200


def test_programs_change_one_unit_beside_others(everybody: Cast, dimitra: Client, key: UUID):
    dimitra.post(f"/drafts/{key}/units/{key_of(story.CUTTING)}/step", {"step": "renew"})
    address = f"/api/v1/drafts/{key}"
    found = dimitra.get(address).json()
    (name, mark), (unit,) = *found["marks"].items(), found["draft"]["units"]
    unit["title"] = plain(LangString.of(en="Cutting hair"))
    saved = dimitra.put(f"{address}/units/{name}", unit, content_type="application/json",
                        headers={"If-Match": f'"{mark}"'})  # fmt: skip
    assert saved.status_code == 200
    assert str(keeping.draft(key, actor=everybody.actor("Dimitra")).draft.units[0].title) == "Cutting hair"
    gone = dimitra.put(f"{address}/units/{UUID(int=1)}?seen=gone", unit, content_type="application/json")
    assert gone.status_code == 409


def test_programs_read_findings_try_and_compare(everybody: Cast, dimitra: Client, key: UUID):
    address = f"/api/v1/drafts/{key}"
    assert dimitra.get(f"{address}/findings").json()["publishable"] is True
    tried = dimitra.post(f"{address}/trials", {"units": [{"code": "CUT"}]}, content_type="application/json")
    assert tried.status_code == 200, tried.content
    assert (tried.json()["complete"], tried.json()["counted_points"]) == (False, "40")
    change(everybody, key)
    found = dimitra.get(f"{address}/changes").json()
    assert found["learners"] == 1
    assert {one["level"] for one in found["items"]} == {"about", "unit", "points", "place", "requirement"}
    made = dimitra.post(f"/api/v1/drafts/versions/{key_of(story.QUALIFICATION)}")
    assert made.status_code == 201
