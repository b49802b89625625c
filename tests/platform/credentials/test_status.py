"""The status of issued credentials: decided with a reason, published, seen by whoever verifies, told to the learner."""

import json
import re
import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from albas_story import COLOURING, CUTTING, DECIDED, GROUND, Story, agreed, because, text, until
from ecvet.credential.errors import StatusReasonMissing
from ecvet.credential.formats import sdjwt, token_status_list
from ecvet.credential.formats.bitstring_status_list import PURPOSES
from ecvet.credential.status.standing import Standing, Verb
from ecvet.record import StepNotPossible
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import issue, status, status_lists, verify
from ecvet_platform.credentials.errors import CredentialUnknown, NoneNamed
from ecvet_platform.credentials.store import credentials as kept
from ecvet_platform.credentials.store import status as store
from ecvet_platform.credit.actions import appeal, recognise
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.notices.words import TOLD
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.store import Account

WHY = LangString.of(en="Issued for another learner by mistake")


def issued(story: Story) -> tuple[issue.Issued, bytes]:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        return issue.credential(made.id, actor=story.actor("Alba"))


def two(story: Story) -> tuple[issue.Issued, issue.Issued]:
    thread = story.agree(agreed(CUTTING), agreed(COLOURING))
    for one in (CUTTING, COLOURING):
        story.assess(thread, one)
    sent = story.transfer(thread)
    found = []
    for one in (CUTTING, COLOURING):
        decision = story.recognise(story.validate(sent.address, one).address)
        with story.on(DECIDED):
            found.append(issue.issue(decision.address, actor=story.actor("Dimitra")))
    return found[0], found[1]


def reference(data: bytes) -> token_status_list.Reference:
    said = token_status_list.reference(sdjwt.reveal(sdjwt.parse(data)).claims["status"])
    assert said is not None
    return said


def decide(story: Story, verb: Verb, *found: issue.Issued, by: str = "Dimitra") -> None:
    with story.on(DECIDED):
        status.decide(tuple(str(one.id) for one in found), verb, WHY, actor=story.actor(by))


@pytest.mark.rule("R-RECOG-14")
def test_a_revoked_credential_is_refused_by_whoever_verifies_and_stays_so(story: Story, client: Client) -> None:
    made, data = issued(story)
    with story.on(DECIDED):
        assert verify.verify(data).verified
        decide(story, Verb.REVOKE, made)
        report = verify.verify(data)
        assert report.error is not None
        assert report.error.code == "credential.status.revoked"
        assert "was revoked by its issuer" in client.post("/verify", {"text": data.decode()}).content.decode()
        for verb in Verb:
            with pytest.raises(StepNotPossible):
                decide(story, verb, made)


def test_a_suspended_credential_can_be_reinstated(story: Story) -> None:
    made, data = issued(story)
    for verb, code in ((Verb.SUSPEND, "credential.status.suspended"), (Verb.REINSTATE, "")):
        decide(story, verb, made)
        with story.on(DECIDED):
            report = verify.verify(data)
        assert (report.error.code if report.error else "") == code
    assert [one.verb for one in status.history(made.id)] == [Verb.SUSPEND, Verb.REINSTATE]


@pytest.mark.parametrize("name", ["Bruno", "Chloé", "Alba", "Didier", "Erik"])
def test_only_the_institution_that_issued_decides(story: Story, name: str) -> None:
    made, _ = issued(story)
    with pytest.raises((NotYourRole, CredentialUnknown)):
        decide(story, Verb.REVOKE, made, by=name)
    assert status.history(made.id) == ()


def test_without_a_reason_nothing_happens(story: Story) -> None:
    made, _ = issued(story)
    with story.on(DECIDED), pytest.raises(StatusReasonMissing):
        status.decide((str(made.id),), Verb.REVOKE, None, actor=story.actor("Dimitra"))


def test_many_are_decided_about_at_once_or_not_at_all(story: Story) -> None:
    one, other = two(story)
    decide(story, Verb.REVOKE, one)
    with pytest.raises(StepNotPossible):
        decide(story, Verb.SUSPEND, one, other)
    assert status.history(other.id) == ()
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        planned = status.plan((str(one.id), other.hash), Verb.SUSPEND, WHY, actor=dimitra)
        assert [item.change is None for item in planned] == [True, False]
        assert status.history(other.id) == (), "a preview changes nothing"
        with pytest.raises(NoneNamed):
            status.decide((), Verb.REVOKE, WHY, actor=dimitra)
        status.decide((other.hash,), Verb.SUSPEND, WHY, actor=dimitra)
    assert kept.one(other.id).standing is Standing.SUSPENDED  # type: ignore[union-attr]


def test_the_journal_says_what_was_decided_and_not_why_and_the_learner_is_told(story: Story) -> None:
    made, _ = issued(story)
    decide(story, Verb.REVOKE, made)
    entry = next(one for one in journal.read(limit=5000) if one.verb == "credential.revoke")
    assert (entry.subject, entry.record) == (made.learner, made.decision)
    assert "mistake" not in entry.detail
    assert all(f"credential.{verb.value}" in TOLD for verb in Verb)


@pytest.mark.rule("R-RECOG-14")
def test_a_credential_whose_decision_was_replaced_is_pointed_out(
    story: Story, signed_in: Callable[[Account], Client]
) -> None:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    partial = story.recognise(
        validation.address, outcomes=frozenset({"measures"}), reasons=because(), remedy=until(DECIDED)
    )
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        made = issue.issue(partial.address, actor=dimitra)
        assert issue.outdated(actor=dimitra) == ()
        lodged = appeal.appeal(partial.address, text=text("Both were shown"), actor=story.actor("Alba"))
        recognise.answer_appeal(lodged.address, ground=GROUND, actor=dimitra)
        assert [one.id for one in issue.outdated(actor=dimitra)] == [made.id]
        assert issue.outdated(actor=story.actor("Erik")) == ()
        page = signed_in(story.accounts["Dimitra"]).get("/credentials/").content.decode()
        assert f"/credentials/status?credential={made.id}" in page
    decide(story, Verb.REVOKE, made)
    with story.on(DECIDED):
        assert issue.outdated(actor=dimitra) == ()


def test_lists_are_public_signed_and_kept_by_caches(story: Story, client: Client) -> None:
    made, data = issued(story)
    where = reference(data)
    path = where.uri.removeprefix(settings.SITE)
    with story.on(DECIDED):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/statuslist+jwt"
        assert answer["Cache-Control"] == "public, max-age=900"
        assert answer["Access-Control-Allow-Origin"] == "*"
        token = token_status_list.parse(answer.content)
        assert token.header["x5c"]
        assert token_status_list.read(token.payload, where.uri).bits.at(where.index) == 0
        assert client.get(path).content == answer.content
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        for purpose in PURPOSES:
            bits = client.get(f"{path}/{purpose}")
            assert bits["Content-Type"] == "application/vc"
            assert json.loads(bits.content)["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
        assert client.get(f"{path}/gossip").status_code == 404
        assert client.get("/status/00000000-0000-4000-8000-000000000000").status_code == 404
        decide(story, Verb.SUSPEND, made)
        later = client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert later.status_code == 200
        assert (
            token_status_list.read(token_status_list.parse(later.content).payload, where.uri).bits.at(where.index) == 2
        )


def test_an_edition_ends_and_the_next_begins_by_itself(story: Story, client: Client) -> None:
    _, data = issued(story)
    path = reference(data).uri.removeprefix(settings.SITE)
    with story.on(DECIDED):
        first = client.get(path).content
        with clock.fixed(clock.now() + timedelta(hours=11)):
            assert client.get(path).content == first
        with clock.fixed(clock.now() + timedelta(days=30)):
            assert client.get(path).content != first
            assert verify.verify(data).verified


def test_11_a_list_of_somebody_else_is_not_fetched_but_unknown(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform asks nobody for what a credential names, so it cannot be made to call inward either."""
    _, data = issued(story)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("somebody called"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("somebody looked up a name"))
    for elsewhere in ("http://169.254.169.254", "https://other.example", "file:///etc"):
        monkeypatch.setattr(settings, "SITE", elsewhere + "/x")
        with story.on(DECIDED):
            report = verify.verify(data)
        assert report.error is not None
        assert report.error.code == "credential.status.unknown"


def test_19_places_are_drawn_by_chance_given_once_and_their_order_says_nothing(story: Story) -> None:
    one, other = two(story)
    places = [reference(kept.file(made.id)).index for made in (one, other)]
    listed = store.of_issuers((one.issuer,))
    assert len(listed) == 1
    with story.on(DECIDED):
        for _ in range(40):
            place = status_lists.draw(one.issuer)
            places.append(place.reference.index)
            place.give(one.id)
    assert len(set(places)) == len(places)
    assert places != sorted(places)
    assert not set(places) & set(listed[0].decoys)
    assert len(listed[0].decoys) == 1024
    before = dict(store.of_issuers((one.issuer,))[0].decoys)
    decide(story, Verb.REVOKE, other)
    after = store.of_issuers((one.issuer,))[0].decoys
    assert before != after, "decoys change with every edition"


def test_a_full_list_is_followed_by_another(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = issued(story)
    first = store.of_issuers((made.issuer,))[0]
    monkeypatch.setattr("ecvet.credential.status.allocation.FILLED", 0.0)
    with story.on(DECIDED):
        monkeypatch.setattr(status_lists, "open_list", lambda uri, chance: status_lists.OpenList(uri))
        with pytest.raises(Exception, match="no place left"):  # the new one is full too, as full is defined here
            status_lists.draw(made.issuer)
    assert len(store.of_issuers((made.issuer,))) == 2
    assert store.open_of(made.issuer).id != first.id  # type: ignore[union-attr]


def test_the_page_looks_through_before_it_is_done(story: Story, signed_in: Callable[[Account], Client]) -> None:
    made, data = issued(story)
    with story.on(DECIDED):
        dimitra = signed_in(story.accounts["Dimitra"])
        page = dimitra.get("/credentials/").content.decode()
        assert f'value="{made.id}"' in page
        assert str(made.id) in dimitra.get(f"/credentials/status?credential={made.id}").content.decode()
        said = {"credentials": f"{made.id}\n", "verb_of": "revoke", "why": "A mistake of ours"}
        page = dimitra.post("/credentials/status", said).content.decode()
        assert "Nothing has been changed yet" in page
        assert verify.verify(data).verified
        answer = dimitra.post("/credentials/status", {**said, "do": "yes"})
        assert answer.status_code == 302
        assert not verify.verify(data).verified
        assert "A mistake of ours" in signed_in(story.accounts["Alba"]).get(f"/credentials/{made.id}").content.decode()
        empty = dimitra.post("/credentials/status", {"credentials": "x", "verb_of": "revoke", "why": "y"})
        assert empty.status_code == 422
        assert "No credential is named." in empty.content.decode()


def test_programs_revoke_one_or_many(story: Story, signed_in: Callable[[Account], Client]) -> None:
    one, other = two(story)
    with story.on(DECIDED):
        dimitra = signed_in(story.accounts["Dimitra"])
        said = {"credentials": [str(one.id), other.hash], "verb": "suspend", "reason": {"en": "Inquiry"}}

        def ask(path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
            answer = dimitra.post(f"/api/v1{path}", body, content_type="application/json")
            return answer.status_code, answer.json()

        code, found = ask("/credentials/status", {**said, "preview": True})
        assert code == 200
        assert [item["to"] for item in found["items"]] == ["suspended"] * 2  # type: ignore[index, attr-defined]
        code, found = ask("/credentials/status", said)
        assert [item["standing"] for item in found["items"]] == ["suspended"] * 2  # type: ignore[index, attr-defined]
        assert ask(f"/credentials/{one.id}/status", {"verb": "suspend", "reason": {"en": "x"}})[0] == 409
        assert ask(f"/credentials/{one.id}/status", {"verb": "revoke", "reason": {}})[0] == 422
        code, found = ask(f"/credentials/{one.id}/status", {"verb": "revoke", "reason": {"en": "x"}})
        assert (code, found["standing"]) == (200, "revoked")
        shown = json.loads(dimitra.get(f"/api/v1/credentials/{one.id}/status").content)
        assert [item["verb"] for item in shown["changes"]] == ["suspend", "revoke"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", shown["changes"][0]["on"])
