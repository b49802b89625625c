"""Memoranda: five confirmations, all parties sign, the owner seals; nobody else sees or does anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

import stories_of as story
from documents_read import words as words_of
from ecvet.partnership import AgreementState
from ecvet.partnership.errors import (
    AcceptancesMissing,
    MemorandumIncomplete,
    NotASignatory,
    NotTheOwner,
    ProposalStale,
    ReasonMissing,
)
from ecvet.record import Act, Address, StepNotPossible, plain
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import document, keys, memoranda
from ecvet_platform.institutions.actions.scales import SCALES
from ecvet_platform.institutions.errors import MemorandumUnknown
from ecvet_platform.institutions.waiting import waiting
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from stories_of import Cast

Step = Callable[[Identifier, Address, Actor], object]

STEPS: dict[str, Step] = {
    "propose": lambda thread, version, actor: memoranda.propose(
        replace(story.MEMORANDUM, least_weeks=3), actor=actor, thread=thread, base=version
    ),
    "accept": lambda thread, version, actor: memoranda.answer(thread, version, Act.ACCEPT, actor=actor),
    "reject": lambda thread, version, actor: memoranda.answer(thread, version, Act.REJECT, actor=actor, reason="no"),
    "withdraw": lambda thread, version, actor: memoranda.answer(
        thread, version, Act.WITHDRAW, actor=actor, reason="no"
    ),
    "seal": lambda thread, version, actor: memoranda.seal(thread, version, actor=actor),
    "terminate": lambda thread, version, actor: memoranda.terminate(
        thread, actor=actor, reason="no", last_day=date(2026, 12, 31)
    ),
}


def begun(everybody: Cast) -> tuple[Identifier, Address]:
    bruno = everybody.actor("Bruno")
    thread = memoranda.propose(story.MEMORANDUM, actor=bruno)
    return thread, memoranda.memorandum(thread, actor=bruno).item.address


def state(everybody: Cast, thread: Identifier) -> AgreementState:
    return memoranda.memorandum(thread, actor=everybody.actor("Bruno")).versions[-1].state


@pytest.mark.rule("R-MOU-6")
def test_only_when_all_have_signed_and_the_owner_seals_it_is_in_force(everybody: Cast):
    thread, version = begun(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    memoranda.answer(thread, version, Act.ACCEPT, actor=bruno)
    with pytest.raises(AcceptancesMissing):
        memoranda.seal(thread, version, actor=bruno)
    memoranda.answer(thread, version, Act.ACCEPT, actor=chloe)
    assert state(everybody, thread) is AgreementState.PROPOSED, "the machine never seals for the owner"
    with pytest.raises(NotTheOwner):
        memoranda.seal(thread, version, actor=chloe)
    memoranda.seal(thread, version, actor=bruno)
    assert state(everybody, thread) is AgreementState.IN_FORCE
    (line,) = memoranda.lines(actor=chloe)
    assert (line.state, line.in_force, line.proposed) == (AgreementState.IN_FORCE, version, None)
    journal.verify()


def test_the_owners_last_acceptance_seals_at_once(everybody: Cast):
    assert story.memorandum_in_force(everybody)
    (line,) = memoranda.lines(actor=everybody.actor("Bruno"))
    assert line.in_force is not None


def test_every_signature_is_made_with_a_published_key_and_names_who_acted(everybody: Cast):
    thread, version = begun(everybody)
    chloe = everybody.actor("Chloé")
    memoranda.answer(thread, version, Act.ACCEPT, actor=chloe)
    seen = memoranda.memorandum(thread, actor=chloe)
    assert all(keys.check(one) for one in seen.versions[0].signatures)
    accepted = next(one for one in seen.versions[0].signatures if one.act is Act.ACCEPT)
    assert (accepted.signer, accepted.person) == (story.LYON, chloe.person)
    assert keys.kid_of(accepted).startswith(story.LYON)
    assert not keys.check(replace(accepted, signer=story.TURIN))


@pytest.mark.rule("R-MOU-2")
def test_a_memorandum_that_does_not_confirm_all_five_points_cannot_be_sealed(everybody: Cast):
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    confirmed = frozenset(list(story.MEMORANDUM.confirmations)[1:])
    thread = memoranda.propose(replace(story.MEMORANDUM, confirmations=confirmed), actor=bruno)
    version = memoranda.memorandum(thread, actor=bruno).item.address
    memoranda.answer(thread, version, Act.ACCEPT, actor=chloe)
    memoranda.answer(thread, version, Act.ACCEPT, actor=bruno)
    with pytest.raises(MemorandumIncomplete):
        memoranda.seal(thread, version, actor=bruno)
    assert state(everybody, thread) is AgreementState.PROPOSED


@pytest.mark.parametrize("verb", ["propose", "accept", "reject", "withdraw", "seal"])
@pytest.mark.parametrize("role", list(Role))
def test_each_step_is_for_the_right_role_and_for_nobody_else(everybody: Cast, verb: str, role: Role):
    thread, version = begun(everybody)
    if verb == "seal":
        STEPS["accept"](thread, version, everybody.actor("Bruno"))
        STEPS["accept"](thread, version, everybody.actor("Chloé"))
    who = Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=story.TURIN, roles=frozenset([role]))
    if role in memoranda.SIGNERS:
        STEPS[verb](thread, version, who)
    else:
        with pytest.raises(NotYourRole):
            STEPS[verb](thread, version, who)


@pytest.mark.parametrize("verb", list(STEPS))
def test_for_a_stranger_there_is_no_memorandum(everybody: Cast, verb: str):
    thread, version = begun(everybody)
    with pytest.raises((MemorandumUnknown, NotASignatory)):
        STEPS[verb](thread, version, everybody.actor("Erik"))
    browser = everybody.browser("Erik")
    assert browser.get(f"/memoranda/{story.key(thread)}").status_code == 404
    assert browser.get(f"/api/v1/memoranda/{story.key(thread)}").status_code == 404
    assert "Lyon" not in browser.get("/memoranda/").content.decode()
    assert state(everybody, thread) is AgreementState.PROPOSED


def test_who_is_not_a_party_cannot_propose(everybody: Cast):
    with pytest.raises(NotASignatory):
        memoranda.propose(story.MEMORANDUM, actor=everybody.actor("Erik"))


@pytest.mark.parametrize("act", [Act.REJECT, Act.WITHDRAW])
def test_a_no_needs_a_reason_and_ends_the_version(everybody: Cast, act: Act):
    thread, version = begun(everybody)
    chloe = everybody.actor("Chloé")
    with pytest.raises(ReasonMissing):
        memoranda.answer(thread, version, act, actor=chloe, reason="  ")
    memoranda.answer(thread, version, act, actor=chloe, reason="the dates are wrong")
    with pytest.raises(StepNotPossible) as caught:
        memoranda.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Bruno"))
    assert caught.value.status == 409


def test_a_change_is_a_version_of_its_own_and_what_is_in_force_stays_until_it_is_sealed(everybody: Cast):
    version = story.memorandum_in_force(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    thread = memoranda.lines(actor=bruno)[0].thread
    STEPS["propose"](thread, version, chloe)
    seen = memoranda.memorandum(thread, actor=bruno)
    assert (seen.in_force, [one.state for one in seen.versions]) == (
        version, [AgreementState.IN_FORCE, AgreementState.PROPOSED]
    )  # fmt: skip
    assert seen.proposed is not None
    STEPS["reject"](thread, seen.proposed, bruno)
    STEPS["propose"](thread, version, bruno)
    again = memoranda.memorandum(thread, actor=bruno)
    assert again.proposed not in (None, seen.proposed)
    assert again.proposed is not None
    STEPS["accept"](thread, again.proposed, chloe)
    STEPS["accept"](thread, again.proposed, bruno)
    assert memoranda.memorandum(thread, actor=bruno).in_force == again.proposed


def test_a_change_made_from_something_old_is_refused_with_the_current_head(everybody: Cast):
    version = story.memorandum_in_force(everybody)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    thread = memoranda.lines(actor=bruno)[0].thread
    STEPS["propose"](thread, version, chloe)
    second = memoranda.memorandum(thread, actor=bruno).proposed
    assert second is not None
    STEPS["accept"](thread, second, chloe)
    STEPS["accept"](thread, second, bruno)
    with pytest.raises(ProposalStale, match=second):
        memoranda.propose(replace(story.MEMORANDUM, most_weeks=9), actor=bruno, thread=thread, base=version)


def test_a_memorandum_ends_after_the_day_of_the_notice(everybody: Cast):
    story.memorandum_in_force(everybody)
    bruno = everybody.actor("Bruno")
    thread = memoranda.lines(actor=bruno)[0].thread
    memoranda.terminate(thread, actor=everybody.actor("Chloé"), reason="merger", last_day=date(2026, 6, 30))
    assert state(everybody, thread) is AgreementState.ENDING
    assert memoranda.between(story.TURIN, story.LYON, date(2026, 6, 30))
    assert not memoranda.between(story.TURIN, story.LYON, date(2026, 7, 1))


def test_what_waits_is_on_the_start_page_of_those_who_must_act(everybody: Cast):
    thread, version = begun(everybody)
    waits = {name: [one.address for one in waiting(everybody.actor(name), clock.today())] for name in story.MEMBERS}
    page = f"/memoranda/{story.key(thread)}"
    assert waits == {"Bruno": [page], "Chloé": [page], "Marc": [], "Dimitra": [], "Erik": []}
    memoranda.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Bruno"))
    memoranda.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Chloé"))
    assert [one.title for one in waiting(everybody.actor("Bruno"), clock.today())] == ["Bring a memorandum into force"]
    assert page in everybody.browser("Bruno").get("/").content.decode()


def test_two_coordinators_conclude_a_memorandum_by_their_pages(everybody: Cast):
    bruno, chloe = everybody.browser("Bruno"), everybody.browser("Chloé")
    chosen = f"party={story.LYON}&qualification={story.QUALIFICATION}"
    assert "Lycée de Lyon" in bruno.get("/memoranda/new").content.decode()
    form = bruno.get(f"/memoranda/new?{chosen}&next=1").content.decode()
    assert "Who is to assess in France" in form
    data = {
        "objectives": "Learn abroad", "start": "2026-01-01", "end": "2027-12-31", "review": "each year",
        "confirmations": [one.value for one in story.MEMORANDUM.confirmations], "assess-fr": story.LYON,
    }  # fmt: skip
    bad = bruno.post(f"/memoranda/new?{chosen}&next=1", {**data, "end": "2025-01-01"})
    assert bad.status_code == 422
    assert "Learn abroad" in bad.content.decode()
    made = bruno.post(f"/memoranda/new?{chosen}&next=1", data)
    assert made.status_code == 302
    page = made["Location"]
    version = memoranda.lines(actor=everybody.actor("Bruno"))[0].head
    assert "Sign this version" in chloe.get(page).content.decode()
    assert chloe.post(f"{page}/reject", {"version": version, "reason": ""}).status_code == 422
    assert chloe.post(f"{page}/seal", {"version": version}).status_code == 422
    assert chloe.post(f"{page}/accept", {"version": version}).status_code == 302
    assert bruno.post(f"{page}/accept", {"version": version}).status_code == 302
    assert "in force" in chloe.get(page).content.decode()


def test_a_table_of_grades_is_typed_shown_printed_and_changed(everybody: Cast):
    """Case 19: grade for grade, with both pass marks; what is wrong is said at its field and keeps what was typed."""
    scales = {one.id.rsplit("/")[-1]: one.id for one in SCALES}
    bruno = everybody.browser("Bruno")
    path = f"/memoranda/new?party={story.LYON}&qualification={story.QUALIFICATION}&next=1"
    data = {
        "objectives": "Learn abroad", "start": "2026-01-01", "end": "2027-12-31", "review": "each year",
        "grades-0-between": f"{story.LYON} {story.TURIN}", "grades-0-scale": scales["fr-20"],
        "grades-0-home": scales["it-100"], "grades-0-from": "2026-01-01", "grades-0-pairs": "10 = 60\n14=82\n\n",
    }  # fmt: skip
    data["confirmations"] = [one.value for one in story.MEMORANDUM.confirmations]
    for wrong, said in (
        ({"grades-0-pairs": "10 = 60\n21 = 99"}, "21"),
        ({"grades-0-pairs": "10 60"}, "Each line needs a grade, an equals sign and another grade."),
        ({"grades-0-pairs": "10 = 60\n10 = 61"}, "names the grade 10 more than once"),
        ({"grades-0-pairs": ""}, "Needed for a table of grades."),
        ({"grades-0-until": "2025-01-01"}, "The last day lies before the first."),
        ({"grades-0-passes": "A"}, "A"),
    ):
        bad = bruno.post(path, data | wrong)
        assert (bad.status_code, said in bad.content.decode()) == (422, True), wrong
    made = bruno.post(path, data)
    assert made.status_code == 302
    page = bruno.get(made["Location"]).content.decode()
    assert "read by Istituto Torino (Italy, hundredths, passes from 60)" in page
    (line,) = memoranda.lines(actor=everybody.actor("Bruno"))
    item = memoranda.memorandum(line.thread, actor=everybody.actor("Bruno")).item.value
    assert [(one.grade, one.read_as) for one in item.grade_tables[0].pairs] == [("10", "60"), ("14", "82")]
    pdf = document.memorandum(line.thread, actor=everybody.actor("Bruno"), check_at="https://x.example/")
    assert "10 = 60 · 14 = 82" in words_of(pdf)
    shown = bruno.get(f"{made['Location']}/change").content.decode()
    assert "14 = 82" in shown


def test_the_same_by_api_with_the_text_of_the_table_where_a_step_is_not_possible(everybody: Cast):
    bruno, chloe = everybody.browser("Bruno"), everybody.browser("Chloé")
    made = post(bruno, "/api/v1/memoranda", plain(story.MEMORANDUM))
    assert made.status_code == 201, made.content
    where, version = f"/api/v1/memoranda/{made.json()['key']}", made.json()["proposed"]
    assert post(chloe, f"{where}/seals", {"version": version}).status_code == 403
    for browser in (chloe, bruno):
        assert post(browser, f"{where}/signatures", {"version": version, "act": "accept"}).status_code == 201
    late = post(chloe, f"{where}/signatures", {"version": version, "act": "reject", "reason": "late"})
    assert late.status_code == 409
    assert "Possible now" in late.json()["remedy"]
    assert chloe.get(where).json()["in_force"] == version
    assert post(bruno, "/api/v1/memoranda", {"parties": 1}).status_code == 422
    assert Client().get(where).status_code == 401


def post(browser: Client, path: str, body: Any) -> Any:
    return browser.post(path, body, content_type="application/json")
