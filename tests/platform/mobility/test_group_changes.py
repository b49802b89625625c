"""One text changed for a whole group, and the group as a document."""

from dataclasses import replace
from datetime import date

import pytest

import stories_of as story
from documents_read import files, words
from ecvet.mobility.errors import NothingChanges
from ecvet.record import Address, Person, plain
from ecvet.terms import Identifier
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import agreements, group_changes, group_document, groups, learners, proposing
from ecvet_platform.mobility.errors import GroupUnknown, NotForAll
from ecvet_platform.people.errors import NotYourRole
from effort import Page
from stories_of import Cast

CHECK = "https://ecvet.example/verify/records/"
LATER = date(2026, 6, 12)


@pytest.fixture
def text(everybody: Cast) -> Address:
    """Alba and Ben with one programme; Ben's place deviates."""
    bruno = everybody.actor("Bruno")
    memorandum = story.memorandum_in_force(everybody)
    ben = learners.enter(Person(names=("Ben",), family_name="Verdi", birth_date=date(2006, 1, 1)), actor=bruno,
                         qualification=story.QUALIFICATION)  # fmt: skip
    draft = story.draft(everybody.alba, memorandum)
    common = replace(draft, parties=tuple(one for one in draft.parties if one.role != "learner"))
    made = proposing.put_forward_group(common, [everybody.alba.id, ben.id], actor=bruno)
    found = agreements.agreement(made[1], actor=bruno)
    proposing.change(made[1], replace(found.item.value, hosting_place="Villeurbanne"), base=found.item.address,
                     actor=bruno)  # fmt: skip
    group = agreements.line(made[0], actor=bruno).group
    assert group is not None
    return group


def heads(everybody: Cast, text: Address) -> dict[Identifier, Address]:
    return dict(group_changes.followers(groups.group(text, actor=everybody.actor("Bruno"))))


@pytest.mark.rule("R-LA-8", "R-LA-12")
def test_a_new_text_goes_to_all_and_what_deviates_stays(everybody: Cast, text: Address) -> None:
    bruno = everybody.browser("Bruno")
    page = bruno.get(f"/groups/{text}").content.decode()
    assert f'href="/groups/{text}/change"' in page
    shown = bruno.get(f"/groups/{text}/change").content.decode()
    assert "What deviates stays" in shown
    assert "Ben Verdi: Place" in shown
    form = next(one for one in Page(shown).forms if "start" in one.values)
    sent = {**form.values, "end": LATER.isoformat(), "step": "propose", "why": ["stay longer or shorter"], "seen": "1"}
    answer = bruno.post(f"/groups/{text}/change", sent)
    assert answer.status_code == 302, answer.content.decode()
    new = Address(answer["Location"].rpartition("/")[2])
    seen = groups.group(new, actor=everybody.actor("Bruno"))
    assert {one.agreement.period.end for one in seen.group.members} == {LATER}
    places = {seen.lines[one.thread].called: one.agreement.hosting_place for one in seen.group.members}
    assert places["Ben Verdi"] == "Villeurbanne"
    assert places["Alba Rossi"] == seen.common.hosting_place != "Villeurbanne"
    assert [seen.lines[one].called for one in seen.group.deviating] == ["Ben Verdi"]
    assert records.record(new).prev == text
    old = bruno.get(f"/groups/{text}")
    assert old["Location"] == f"/groups/{new}", "the name before leads on"


def test_nothing_is_proposed_when_one_cannot_follow_or_nothing_changes(everybody: Cast, text: Address) -> None:
    bruno = everybody.actor("Bruno")
    common = groups.group(text, actor=bruno).common
    with pytest.raises(NothingChanges):
        group_changes.change(text, common, heads(everybody, text), actor=bruno)
    stale = heads(everybody, text)
    alba = next(one for one, line in groups.group(text, actor=bruno).lines.items() if line.called == "Alba Rossi")
    found = agreements.agreement(alba, actor=bruno)
    proposing.change(alba, story.later(found.item.value, date(2026, 6, 1)), base=found.item.address, actor=bruno)
    with pytest.raises(NotForAll):
        group_changes.change(text, story.later(common, LATER), stale, actor=bruno)
    assert len(groups.group(text, actor=bruno).group.members) == 2


def test_only_who_signs_changes_and_only_whose_group_it_is(everybody: Cast, text: Address) -> None:
    common = groups.group(text, actor=everybody.actor("Bruno")).common
    changed = story.later(common, LATER)
    for name, refused in (("Alba", NotYourRole), ("Erik", (NotYourRole, GroupUnknown))):
        with pytest.raises(refused):
            group_changes.change(text, changed, heads(everybody, text), actor=everybody.actor(name))
    assert everybody.browser("Erik").get(f"/groups/{text}/change").status_code in (403, 404)


def test_programs_change_a_group_and_fetch_its_document(everybody: Cast, text: Address) -> None:
    bruno = everybody.browser("Bruno")
    found = bruno.get(f"/api/v1/groups/{text}").json()
    common = groups.group(text, actor=everybody.actor("Bruno")).common
    body = {
        "agreement": plain(story.later(common, LATER)),
        "versions": {one["key"]: one["head"] for one in found["members"]},
    }
    answer = bruno.post(f"/api/v1/groups/{text}/versions", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    new = answer.json()["group"]
    assert new != text
    pdf = bruno.get(f"/api/v1/groups/{new}/document")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert bruno.get(f"/groups/{new}/docx").status_code == 200


def test_the_document_has_the_common_text_and_every_learner(everybody: Cast, text: Address) -> None:
    pdf = group_document.group(text, actor=everybody.actor("Chloé"), check_at=CHECK, language="en")
    found = words(pdf)
    for said in ("Learning programme of a group", "Istituto Torino", "Lycée de Lyon", "6 April 2026", "Cutting",
                 "40 ECVET points", "Alba Rossi", "1 July 2006", "Ben Verdi", "proposed", "Place",
                 "2 learners, 0 agreements in force"):  # fmt: skip
        assert said in found, said
    assert files(pdf)["record.json"] == records.record_bytes(text)
    with pytest.raises(NotYourRole):
        group_document.group(text, actor=everybody.actor("Alba"), check_at=CHECK, language="en")
