"""A learner asks to be forgotten: answered within a month, granted with what goes and stays, or refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.test import Client

from albas_story import DECIDED, STAY, TURIN, Story, because, text, until
from ecvet.credit.erasure import Ground, NothingNeedsThem, Refusal, RefusalUnexplained, StillNeeded
from ecvet.mobility import Reason, Verb
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credentials.errors import CredentialUnknown
from ecvet_platform.credentials.store import credentials
from ecvet_platform.credit.actions import appeal, evidence
from ecvet_platform.credit.store import evidence as files
from ecvet_platform.dossier.actions import erasing, sharing
from ecvet_platform.dossier.errors import (
    DossierUnknown,
    ErasureAnswered,
    ErasureAskedAlready,
    ErasureUnknown,
    ShareUnusable,
)
from ecvet_platform.dossier.store.erasures import Answer
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners, stays
from ecvet_platform.mobility.errors import LearnerStillBound
from ecvet_platform.mobility.store import learners as known
from ecvet_platform.people import actions as accounts
from ecvet_platform.people import store as people
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.shell.dashboard import waiting_for

SignIn = Callable[[Account], Client]
WORDS = "I moved to Lyon and wish to be forgotten"
LATER = Refusal(ground=Ground.STILL_NEEDED, reason="Your appeal runs until August.", remedy="Ask again in September.")
LAW = Refusal(ground=Ground.ARCHIVE_LAW, reason="Archive act, section 3.", remedy="Complain to the Garante.")
AFTER = date(2026, 8, 20)


def asked(story: Story) -> erasing.Erasure:
    with story.on(DECIDED):
        return erasing.ask(story.alba, words=WORDS, actor=story.actor("Alba"))


def finished(story: Story) -> Identifier:
    """Alba's stay is cancelled, so that nothing of it is running; its thread."""
    thread = story.agree()
    with story.on(STAY.start):
        stays.tell(thread, Verb.CANCEL, on=STAY.start, actor=story.actor("Alba"), reason=Reason.LEARNERS_WISH)
    return thread


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_request_waits_for_the_home_coordinator_for_a_month(story: Story, signed_in: SignIn):
    made = asked(story)
    assert made.due == date(2026, 8, 10)
    with story.on(DECIDED):
        waits = [one for one in waiting_for(story.actor("Bruno"), DECIDED) if "erasure" in one.title]
        assert [(one.title, one.until) for one in waits] == [("Answer the request for erasure of Alba Rossi", made.due)]
        for name in ("Chloé", "Dimitra", "Erik", "Alba"):
            assert not [one for one in waiting_for(story.actor(name), DECIDED) if "erasure" in one.title]
        page = text_of(signed_in(story.accounts["Alba"]).get(f"/record/{key_of(story.alba)}"))
        assert "Scuola di Torino must answer by 10 August 2026" in page
        with pytest.raises(ErasureAskedAlready):
            erasing.ask(story.alba, words="", actor=story.actor("Alba"))


@pytest.mark.parametrize("name", ["Chloé", "Dimitra", "Erik", "Alba"])
def test_only_the_home_coordinator_reads_and_answers(story: Story, signed_in: SignIn, name: str):
    made = asked(story)
    with story.on(DECIDED):
        actor = story.actor(name)
        assert erasing.to_answer(actor=actor) == ()
        for act in (
            lambda: erasing.request(made.id, actor=actor), lambda: erasing.grant(made.id, actor=actor),
            lambda: erasing.refuse(made.id, LAW, actor=actor),
        ):  # fmt: skip
            with pytest.raises(ErasureUnknown):
                act()
        answer = signed_in(story.accounts[name]).get(f"/erasures/{made.id}")
        assert answer.status_code in (403, 404)
        assert "Rossi" not in text_of(answer).replace(story.accounts[name].name, "")


def test_nobody_asks_for_another(story: Story):
    for name in ("Bruno", "Dimitra", "Erik"):
        with story.on(DECIDED), pytest.raises(DossierUnknown):
            erasing.ask(story.alba, words="", actor=story.actor(name))


@pytest.mark.rule("R-DATA-2")
def test_granted_erasure_forgets_the_person_everywhere_and_every_proof_still_holds(
    story: Story, django_capture_on_commit_callbacks: Callable[..., object]
):
    thread = finished(story)
    with story.on(DECIDED):
        brought = evidence.bring(thread, b"Alba Rossi did it", name="alba-rossi.txt", actor=story.actor("Alba"))
        secret, _ = sharing.share(
            story.alba, items=[records.history(thread)[0].address], recipient="Salon", purpose="Work", until=AFTER,
            actor=story.actor("Alba"),
        )  # fmt: skip
    made, account = asked(story), story.accounts["Alba"]
    with story.on(DECIDED), django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        erasing.grant(made.id, actor=story.actor("Bruno"))
    gone = known.learner(story.alba)
    assert gone is not None
    assert gone.person is None
    assert known.salt(story.alba) is None
    assert people.account(account.id) is None
    assert people.account_of("alba@example.org") is None
    assert files.of_learner(story.alba) == ()
    assert files.read(brought.hash) is None
    with story.on(DECIDED), pytest.raises(ShareUnusable):
        sharing.look(secret)
    assert journal.verify()[0] > 10
    assert records.history(thread)
    told = mail.outbox[-1]
    assert told.to == ["alba@example.org"]
    assert "Name, date of birth" in told.body
    assert "must be able to prove" in told.body
    everything = str(journal.read(limit=10_000))
    for words in ("Rossi", "moved to Lyon", "alba@example.org", "Salon"):
        assert words not in everything
    entry = next(one for one in journal.read(subject=story.alba) if one.verb == "erasure.grant")
    assert "person" in entry.detail
    assert "records" in entry.detail


def test_a_request_is_answered_by_an_erasure_through_the_learner_s_page(story: Story):
    finished(story)
    made = asked(story)
    with story.on(DECIDED):
        learners.erase(story.alba, actor=story.actor("Bruno"))
        assert erasing.to_answer(actor=story.actor("Bruno"), only_open=True) == ()
        found, name, _needed = erasing.request(made.id, actor=story.actor("Bruno"))
    assert (found.answer, found.words) == (Answer.GRANTED, "")
    assert name == story.alba, "the pseudonym is all that is left"


def test_a_credential_that_carries_the_name_goes_with_it(story: Story):
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        credentials.erase(story.alba)
        with pytest.raises(CredentialUnknown):
            issue.credential(made.id, actor=story.actor("Dimitra"))
        assert issue.of_decision(decision.address) is not None, "that it was issued stays known"


def test_while_an_appeal_runs_erasure_cannot_be_granted_by_any_door(story: Story, signed_in: SignIn):
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    refusal = story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(AFTER))
    with story.on(DECIDED):
        appeal.appeal(refusal.address, text=text("No"), actor=story.actor("Alba"))
    made = asked(story)
    with story.on(DECIDED):
        bruno = signed_in(story.accounts["Bruno"])
        page = text_of(bruno.get(f"/erasures/{made.id}"))
        assert "An appeal is running." in page
        assert "Erase for ever" not in page
        with pytest.raises((StillNeeded, LearnerStillBound)):
            erasing.grant(made.id, actor=story.actor("Bruno"))
        assert erasing.request(made.id, actor=story.actor("Bruno"))[0].answer is Answer.OPEN
        assert bruno.post(f"/erasures/{made.id}/grant").status_code == 422
        with pytest.raises((StillNeeded, LearnerStillBound)):
            learners.erase(story.alba, actor=story.actor("Bruno"))
        found = known.learner(story.alba)
        assert found is not None
        assert found.person is not None
        assert erasing.refuse(made.id, LATER, actor=story.actor("Bruno")).answer is Answer.REFUSED


def test_an_open_result_stops_the_erasure_even_when_the_stay_is_over(story: Story):
    thread = story.agree()
    with story.on(STAY.start):
        stays.tell(thread, Verb.CANCEL, on=STAY.start, actor=story.actor("Alba"), reason=Reason.LEARNERS_WISH)
    story.assess(thread)
    with story.on(DECIDED), pytest.raises(StillNeeded, match="handed over"):
        learners.erase(story.alba, actor=story.actor("Bruno"))


def test_a_refusal_is_told_with_reason_and_remedy_and_its_words_stay_out_of_the_journal(
    story: Story, signed_in: SignIn, django_capture_on_commit_callbacks: Callable[..., object]
):
    finished(story)
    made = asked(story)
    with story.on(DECIDED), django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        bruno = signed_in(story.accounts["Bruno"])
        bad = bruno.post(f"/erasures/{made.id}", {"ground": "law on archives", "reason": "Law", "remedy": ""})
        assert bad.status_code == 422
        assert ">\nLaw</textarea>" in text_of(bad)
        with pytest.raises(RefusalUnexplained):
            erasing.refuse(made.id, replace(LAW, remedy=" "), actor=story.actor("Bruno"))
        with pytest.raises(NothingNeedsThem):
            erasing.refuse(made.id, LATER, actor=story.actor("Bruno"))
        good = {"ground": LAW.ground.value, "reason": LAW.reason, "remedy": LAW.remedy}
        assert bruno.post(f"/erasures/{made.id}", good).status_code == 302
    with story.on(DECIDED):
        page = text_of(signed_in(story.accounts["Alba"]).get(f"/record/{key_of(story.alba)}"))
        for words in ("Refused", LAW.reason, LAW.remedy, "Ask for erasure"):
            assert words in page
        assert "Garante" not in str(journal.read(limit=10_000))
        assert mail.outbox[-1].to == ["alba@example.org"]
        assert "Garante" not in mail.outbox[-1].body
        with pytest.raises(ErasureAnswered):
            erasing.grant(made.id, actor=story.actor("Bruno"))
        again = erasing.ask(story.alba, words="", actor=story.actor("Alba"))
        assert again.answer is Answer.OPEN


def test_an_account_that_also_works_here_is_kept(story: Story):
    finished(story)
    account = story.accounts["Alba"]
    accounts.give_role(account, TURIN, Role.MENTOR)
    with story.on(DECIDED):
        learners.erase(story.alba, actor=story.actor("Bruno"))
    assert people.account(account.id) is not None


def test_a_program_asks_and_answers(story: Story, signed_in: SignIn):
    finished(story)
    with story.on(DECIDED):
        alba, bruno = signed_in(story.accounts["Alba"]), signed_in(story.accounts["Bruno"])
        door = f"/api/v1/records-of-mine/{key_of(story.alba)}/erasures"
        made = alba.post(door, {"words": ""}, content_type="application/json")
        assert made.status_code == 201
        key = made.json()["id"]
        assert [one["id"] for one in bruno.get("/api/v1/erasures").json()["items"]] == [key]
        assert alba.get("/api/v1/erasures").json()["items"] == []
        assert alba.post(f"/api/v1/erasures/{key}/grants").status_code == 404
        refused = bruno.post(
            f"/api/v1/erasures/{key}/refusals", {"ground": "legal claim", "reason": " ", "remedy": "x"},
            content_type="application/json",
        )  # fmt: skip
        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:ecvet:credit.erasure.refusal-unexplained"
        assert bruno.post(f"/api/v1/erasures/{key}/grants").json()["answer"] == "granted"
