"""The agreement walked by pages and by the API, without JavaScript, by all who have a part in it."""

from typing import Any

from django.test import Client

import stories_of as story
from ecvet.record import plain
from ecvet_platform.mobility.actions import agreements, learners
from stories_of import Cast

FORM = {
    "start": "2026-04-06", "end": "2026-05-29", "unit-0": "on", "assessor": "Chloé", "methods": "practical task",
    "when": "last week", "safeguards": "two assessors", "recorded": "grid", "validator": "Bruno",
    "recogniser": "Bruno", "place": "Lyon",
}  # fmt: skip


def test_from_new_learner_to_agreement_in_force_and_changed_by_pages(everybody: Cast):
    bruno, chloe = everybody.browser("Bruno"), everybody.browser("Chloé")
    memorandum = story.memorandum_in_force(everybody)
    person = {"names": "Ben Maria", "family_name": "Verdi", "birth_date": "2006-01-01", "email": "ben@example.org"}
    entered = bruno.post("/learners/new", {**person, "qualification": story.QUALIFICATION})
    assert entered.status_code == 302
    assert "Ben Maria Verdi" in bruno.get(entered["Location"]).content.decode()
    ben = next(one for one in learners.page(actor=everybody.actor("Bruno"))[0] if one.called.startswith("Ben"))
    everybody.accounts["Ben"] = story.people.register(email="ben@example.org", name="Ben")

    new = f"/agreements/new?learner={ben.id}&hosting={story.LYON}&next=1"
    assert "Hairdressers learn abroad" in bruno.get(new).content.decode()
    filled = {**FORM, "memorandum": memorandum}
    looked = bruno.post(new, {**filled, "step": "look"})
    assert looked.status_code == 200
    assert agreements.page(actor=everybody.actor("Bruno"))[1] == 0
    made = bruno.post(new, {**filled, "step": "propose"})
    assert made.status_code == 302, made.content.decode()
    page = made["Location"]
    (line,), _count = agreements.page(actor=everybody.actor("Bruno"))
    for name in ("Ben", "Chloé", "Bruno"):
        browser = everybody.browser(name)
        assert "Sign this version" in browser.get(page).content.decode()
        assert browser.post(f"{page}/accept", {"version": line.head}).status_code == 302
    assert "in force" in everybody.browser("Ben").get(page).content.decode()

    form = chloe.get(f"{page}/change").content.decode()
    assert 'value="2026-05-29"' in form
    later = {**filled, "end": "2026-06-12", "base": line.head, "unit-0": "", "outcomes-0": ["CUT-S"], "step": "propose"}
    changed = chloe.post(f"{page}/change", later)
    assert changed.status_code == 302, changed.content.decode()
    side_by_side = everybody.browser("Ben").get(changed["Location"]).content.decode()
    for text in (
        "29 May 2026",
        "12 June 2026",
        "Only a part",
        "can carry out Cutting on a model",
        "Sign this version",
    ):
        assert text in side_by_side
    refused = bruno.post(f"{page}/reject", {"version": changed["Location"].split("/")[-1], "reason": ""})
    assert refused.status_code == 422


def test_warnings_are_shown_once_and_the_form_keeps_what_was_typed(everybody: Cast):
    bruno = everybody.browser("Bruno")
    new = f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1"
    shown = bruno.post(new, {**FORM, "memorandum": "", "step": "propose"})
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "outside ECVET" in text
    assert "two assessors" in text
    assert bruno.post(new, {**FORM, "memorandum": "", "step": "propose", "seen": "1"}).status_code == 302
    again = bruno.post(new, {**FORM, "memorandum": "", "step": "propose"}).content.decode()
    assert "already has an agreement with this host" in again


def test_mistakes_are_shown_at_their_fields_and_in_a_summary(everybody: Cast):
    bruno = everybody.browser("Bruno")
    new = f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1"
    shown = bruno.post(new, {**FORM, "end": "2026-01-01", "unit-0": "", "step": "propose"})
    assert shown.status_code == 422
    text = shown.content.decode()
    assert "There is a problem" in text
    assert 'href="#id_end"' in text
    assert "Choose at least one unit" in text
    assert agreements.page(actor=everybody.actor("Bruno"))[1] == 0


def test_learners_and_host_are_chosen_first(everybody: Cast):
    bruno = everybody.browser("Bruno")
    assert "Alba Rossi" in bruno.get("/agreements/new").content.decode()
    text = bruno.get(f"/agreements/new?learner={everybody.alba.id}&next=1").content.decode()
    assert "Choose at least one learner and the hosting institution" in text
    assert everybody.browser("Alba").get("/agreements/new").status_code == 403
    erik = everybody.browser("Erik")
    strange = erik.get(f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1")
    assert strange.status_code == 404


def test_every_page_can_be_read(everybody: Cast):
    thread, version = story.in_force(everybody)
    bruno, page = everybody.browser("Bruno"), f"/agreements/{story.key(thread)}"
    for path in ("/", "/learners/", "/learners/?q=alba", f"/learners/{everybody.alba.key}", "/agreements/",
                 "/agreements/?q=cutting&stay=planned", page, f"{page}/versions/{version}", f"{page}/change",
                 f"{page}/close"):  # fmt: skip
        assert bruno.get(path).status_code == 200, path
    assert "Alba Rossi" in bruno.get("/agreements/?q=rossi").content.decode()
    assert "Alba Rossi" not in bruno.get("/agreements/?q=verdi").content.decode()
    assert Client().get(page).status_code == 302


def test_the_same_by_api(everybody: Cast):
    bruno = everybody.browser("Bruno")
    body = plain(story.draft(everybody.alba, story.memorandum_in_force(everybody)))
    made = post(bruno, "/api/v1/agreements", body)
    assert made.status_code == 201, made.content
    where, version = f"/api/v1/agreements/{made.json()['key']}", made.json()["proposed"]
    for name in ("Alba", "Chloé"):
        signed = post(everybody.browser(name), f"{where}/signatures", {"version": version, "act": "accept"})
        assert signed.status_code == 201, signed.content
    wrong = post(
        everybody.browser("Chloé"), f"{where}/signatures", {"version": version, "act": "accept", "role": "home"}
    )
    assert wrong.status_code == 403
    assert post(everybody.browser("Chloé"), f"{where}/seals", {"version": version}).status_code == 403
    assert post(bruno, f"{where}/signatures", {"version": version, "act": "accept"}).json()["in_force"] == version
    late = post(bruno, f"{where}/signatures", {"version": version, "act": "withdraw", "reason": "late"})
    assert late.status_code == 409
    assert "Possible now" in late.json()["remedy"]
    longer = plain(story.later(story.draft(everybody.alba, body["memorandum"]), story.date(2026, 6, 12)))
    changed = post(bruno, f"{where}/versions?base={version}", longer)
    assert changed.status_code == 201, changed.content
    assert changed.json()["in_force"] == version
    assert changed.json()["proposed"] != version
    assert (
        post(everybody.browser("Erik"), f"{where}/signatures", {"version": version, "act": "accept"}).status_code == 404
    )
    assert post(bruno, "/api/v1/agreements", {"parties": []}).status_code == 422
    listed = bruno.get("/api/v1/agreements?limit=1").json()
    assert listed["items"][0]["learner"] == everybody.alba.id
    assert everybody.browser("Alba").get("/api/v1/agreements").json()["items"] == listed["items"]
    person = {"names": ["Ben"], "family_name": "Verdi"}
    assert post(bruno, "/api/v1/learners", person).status_code == 201
    assert len(bruno.get("/api/v1/learners").json()["items"]) == 2
    assert post(everybody.browser("Alba"), "/api/v1/learners", person).status_code == 403


def post(browser: Client, path: str, body: Any) -> Any:
    return browser.post(path, body, content_type="application/json")
