"""Coordinators invite, renew and withdraw, by pages and by the API; nobody else does."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import stories_of as story
from callers import Caller, everybody_leaves_lyon, invite
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet.mobility.stay_errors import NotInvitable, PartyActsItself
from ecvet_platform.credit.errors import NotInForce
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.errors import (
    GuestTaskOver,
    GuestUnknown,
    InvitedAlready,
    LearnersAddress,
    NothingToInviteFor,
)
from ecvet_platform.guests.models import GuestRow
from ecvet_platform.mobility.errors import AgreementUnknown
from ecvet_platform.people.errors import AddressUnreadable, LanguageUnknown, NotYourRole
from stories_of import Cast


def test_inviting_renewing_and_withdrawing_by_pages(everybody: Cast):
    thread, _version = story.proposed(everybody)
    page = f"/agreements/{story.key(thread)}/guests"
    bruno = everybody.browser("Bruno")
    assert page in bruno.get(f"/agreements/{story.key(thread)}").content.decode()
    form = bruno.get(f"{page}/new").content.decode()
    assert "sign as the learner" in form
    assert "sign for the hosting institution" not in form, "Lyon has people of its own here"
    typed = {"part": "learner-sign", "name": "Alba Rossi", "email": "alba@phone.example", "language": "it"}
    wrong = bruno.post(f"{page}/new", {**typed, "email": "alba"})
    assert wrong.status_code == 422
    assert 'value="Alba Rossi"' in wrong.content.decode()
    assert bruno.post(f"{page}/new", typed).status_code == 302
    assert bruno.post(f"{page}/new", typed).status_code == 422, "invited already"
    guest = Caller("alba@phone.example")
    assert "waits for the guest" in bruno.get(page).content.decode()
    row = GuestRow.objects.get()
    first = guest.link
    assert bruno.post(f"{page}/{row.id}/renew").status_code == 302
    assert guest.link != first
    assert guest.client.get(first).status_code == 410
    assert bruno.post(f"{page}/{row.id}/withdraw").status_code == 302
    assert "alba@phone.example" not in bruno.get(page).content.decode(), "the address is forgotten"
    assert bruno.post(f"{page}/{row.id}/renew").status_code == 410


def api(client: Client, path: str, body: Any = None) -> Any:
    return client.post(f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")


def test_inviting_renewing_withdrawing_and_papers_by_the_api(everybody: Cast):
    thread, version = story.proposed(everybody)
    key = story.key(thread)
    bruno, chloe = everybody.browser("Bruno"), everybody.browser("Chloé")
    new = {"role": "learner", "task": "sign", "name": "Alba", "email": "alba@phone.example", "language": "fi"}
    made = api(bruno, f"/agreements/{key}/guests", new)
    assert made.status_code == 201
    assert made.json()["state"] == "open"
    assert "secret" not in made.content.decode()
    assert api(bruno, f"/agreements/{key}/guests", new).status_code == 409
    assert api(bruno, f"/agreements/{key}/guests", {**new, "role": "home"}).json()["type"].endswith("not-invitable")
    listed = chloe.get(f"/api/v1/agreements/{key}/guests").json()["items"]
    assert [one.get("email") for one in listed] == [None], "the address is for the institution that invited"
    one = made.json()["id"]
    assert api(bruno, f"/guests/{one}/renewals").status_code == 201
    assert api(chloe, f"/guests/{one}/withdrawals").status_code == 404
    assert api(bruno, f"/guests/{one}/withdrawals").status_code == 201
    sent = bruno.post(
        f"/api/v1/agreements/{key}/papers", {"role": "learner", "file": SimpleUploadedFile("a.pdf", b"%PDF-1")}
    )
    assert (sent.status_code, sent.json()["state"], sent.json()["version"]) == (201, "waiting", version)
    paper = sent.json()["id"]
    assert api(bruno, f"/papers/{paper}/confirmations").status_code == 403
    assert api(bruno, f"/papers/{paper}/refusals", {"reason": "Unreadable"}).json()["state"] == "refused"
    assert len(bruno.get(f"/api/v1/agreements/{key}/papers").json()["items"]) == 1


@pytest.mark.parametrize("name", ["Marc", "Alba", "Erik", "Dimitra"])
def test_only_coordinators_of_the_agreement_invite(everybody: Cast, name: str):
    thread, _version = story.proposed(everybody)
    made = GuestRow.objects
    with pytest.raises((NotYourRole, AgreementUnknown)):
        invite(everybody, thread, by=name)
    assert not made.exists()
    invite(everybody, thread)
    one = made.get().id
    for step in (lambda: inviting.renew(one, link="{secret}", actor=everybody.actor(name)),
                 lambda: inviting.withdraw(one, actor=everybody.actor(name))):  # fmt: skip
        with pytest.raises(GuestUnknown):
            step()
    answer = everybody.browser(name).get(f"/agreements/{story.key(thread)}/guests")
    assert answer.status_code in (403, 404)
    assert "Greta" not in answer.content.decode()


def test_each_side_invites_only_for_what_is_its_own(everybody: Cast):
    thread, _version = story.in_force(everybody)
    with pytest.raises(PartyActsItself):
        invite(everybody, thread, Part.HOSTING, Task.ASSESS, by="Bruno")
    with pytest.raises(NotInvitable):
        invite(everybody, thread, Part.HOSTING, Task.HOST, by="Chloé")
    invite(everybody, thread, Part.HOSTING, Task.ASSESS, by="Chloé")
    everybody_leaves_lyon(everybody)
    invite(everybody, thread, Part.HOSTING, Task.HOST, by="Bruno", email="lyon@example.org")


def test_nobody_is_invited_where_nothing_is_to_be_done(everybody: Cast):
    thread, _version = story.in_force(everybody)
    with pytest.raises(NothingToInviteFor):
        invite(everybody, thread)
    waiting, _version = story.proposed(everybody)
    with pytest.raises((NothingToInviteFor, NotInForce)):
        invite(everybody, waiting, Part.HOSTING, Task.ASSESS, by="Chloé")


@pytest.mark.rule("R-ASSESS-9")
@pytest.mark.parametrize("task", [Task.ASSESS, Task.TELL])
def test_the_learner_is_not_invited_as_the_workplace(everybody: Cast, task: Task):
    thread, _version = story.in_force(everybody)
    with pytest.raises(LearnersAddress):
        invite(everybody, thread, Part.HOSTING, task, by="Chloé", email=" Alba@Example.org")


def test_mistakes_of_who_invites(everybody: Cast):
    thread, _version = story.proposed(everybody)
    with pytest.raises(AddressUnreadable):
        invite(everybody, thread, email="nobody")
    with pytest.raises(LanguageUnknown):
        invite(everybody, thread, language="tlh")
    invite(everybody, thread)
    with pytest.raises(InvitedAlready):
        invite(everybody, thread, email="GUEST@example.org")
    inviting.withdraw(GuestRow.objects.get().id, actor=everybody.actor("Bruno"))
    with pytest.raises(GuestTaskOver):
        inviting.withdraw(GuestRow.objects.get().id, actor=everybody.actor("Bruno"))
    invite(everybody, thread)
