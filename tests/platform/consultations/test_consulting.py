"""The office freezes a draft, asks people, prolongs, closes, answers comments, and makes the report."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.test import Client

import stories_of as story
from consultation_of import AFTER, DEADLINE, GUEST_LINK, LINK, PAGE, Begun, begin, comes_in, newest
from documents_read import files, words
from ecvet.qualification.consultation import Opinion, Verdict, View
from ecvet.qualification.consultation.errors import (
    CommentsUnanswered,
    CommentUnknown,
    ConsultationClosed,
    ConsultationOver,
    ConsultationRunning,
)
from ecvet.record import address_of
from ecvet.terms import LangString
from ecvet_platform.consultations.actions import (
    analysing,
    answering,
    consulting,
    replying,
    reporting,
    stakeholders,
)
from ecvet_platform.consultations.actions.stakeholders import Invitation
from ecvet_platform.consultations.errors import (
    AskedAlready,
    ConsultationUnknown,
    HasAnswered,
    NoReport,
    NoSuchAccount,
    RoundRunning,
    StakeholderLineUnreadable,
)
from ecvet_platform.consultations.store import consultations as store
from ecvet_platform.drafts.actions import keeping
from ecvet_platform.drafts.errors import ChangedMeanwhile, DraftUnknown
from ecvet_platform.guests.store import guests
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast


@pytest.fixture
def begun(everybody: Cast) -> Begun:
    return begin(everybody)


def member(begun: Begun, everybody: Cast, name: str, *, comment: str = "", **more: object) -> None:
    """Somebody with an account is asked and answers."""
    account = everybody.accounts[name]
    if not any(item.id == begun.key for item, _one in answering.mine(actor=everybody.actor(name))):
        begun.ask(name, email=account.email, member=True, **more)  # type: ignore[arg-type]
    asked = answering.by_member(begun.key, actor=everybody.actor(name))
    said = LangString.of(fr=comment) if comment else None
    answering.save(asked, [View(place="whole", opinion=Opinion.CHANGES, comment=said)])
    answering.submit(answering.by_member(begun.key, actor=everybody.actor(name)), anonymous=False)


# ------------------------------------------------------------- opening
def test_a_round_freezes_the_text_under_its_hash_and_the_draft_goes_on(begun: Begun) -> None:
    draft, units, places = consulting.text(begun.item)
    first = next(iter(units.values()))
    keeping.change(begun.draft, keeping.WHOLE, None, retitled, actor=begun.office)
    assert consulting.text(begun.item)[0] == draft
    assert str(keeping.draft(begun.draft, actor=begun.office).draft.qualification.title) == "Hair artist"
    assert [one.place for one in analysing.changed(begun.item)] == ["whole"]
    assert f"units/{first.code}" in {one.key for one in places}


def retitled(draft: Draft) -> Draft:
    return replace(draft, qualification=replace(draft.qualification, title=LangString.of(en="Hair artist")))


def test_the_text_is_the_one_that_was_seen_and_only_one_round_is_open(begun: Begun, everybody: Cast) -> None:
    with pytest.raises(RoundRunning):
        consulting.begin(begun.draft, keeping.mark(keeping.draft(begun.draft, actor=begun.office).draft),
                         deadline=DEADLINE, minimum=3, asked=None, actor=begun.office)  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        consulting.begin(begun.draft, "another", deadline=DEADLINE, minimum=3, asked=None, actor=begun.office)
    with pytest.raises(NotYourRole):
        consulting.of_draft(begun.draft, actor=everybody.actor("Bruno"))


def test_nobody_else_sees_a_consultation(begun: Begun, everybody: Cast) -> None:
    for name, error, status in (("Bruno", NotYourRole, 403), ("Erik", ConsultationUnknown, 404)):
        with pytest.raises(error):
            consulting.office(begun.key, actor=everybody.actor(name))
        browser = everybody.browser(name)
        for page in ("", "/analysis", "/comments", "/changes"):
            assert browser.get(begun.page(page)).status_code == status
        assert browser.get(begun.page("/answer")).status_code == 404
        assert browser.get(f"/api/v1{begun.page('/text')}").status_code == status
    assert Client().get(begun.page()).status_code == 302
    assert Client().get(begun.page("/report")).status_code == 404
    with pytest.raises(ConsultationUnknown):
        consulting.office(begun.draft, actor=begun.office)
    with pytest.raises(DraftUnknown):
        consulting.of_draft(begun.key, actor=begun.office)


# ------------------------------------------------------------- asking
def test_people_are_asked_by_link_or_with_their_account_and_nobody_twice(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone")
    assert "draft qualification" in str(mail.outbox[-1].body)
    assert newest(LINK, email)
    with pytest.raises(AskedAlready):
        begun.ask("Simone")
    begun.ask("Bruno", email=everybody.accounts["Bruno"].email, member=True)
    assert PAGE in str(mail.outbox[-1].body)
    with pytest.raises(AskedAlready):
        begun.ask("Bruno", email=everybody.accounts["Bruno"].email, member=True)
    with pytest.raises(NoSuchAccount):
        begun.ask("Nobody", member=True)
    assert [one.name for one in stakeholders.asked(begun.key, actor=begun.office)] == ["Bruno", "Simone"]


def test_a_list_is_taken_as_a_whole_or_not_at_all(begun: Begun) -> None:
    good = "Ana Novak; ana@chamber.example; chamber; SI; sl\n\nJo; jo@union.example; trade_union; IE; en\n"
    for bad, why in (
        ("Ana; ana@chamber.example; chamber; SI", "five parts"), ("A; a@b.example; kings; SI; sl", "kings"),
        ("A; a@b.example; school; XX; sl", "XX"), ("A; a@b.example; school; SI; tlh", "tlh"),
        ("A; nowhere; school; SI; sl", "nowhere"),
    ):  # fmt: skip
        with pytest.raises(StakeholderLineUnreadable, match=why):
            stakeholders.invite_all(begun.key, good + bad, link=GUEST_LINK, page=PAGE, actor=begun.office)
    assert not stakeholders.asked(begun.key, actor=begun.office)
    stakeholders.invite_all(begun.key, good, link=GUEST_LINK, page=PAGE, actor=begun.office)
    found = stakeholders.asked(begun.key, actor=begun.office)
    assert [(one.name, one.group, one.country) for one in found] == [
        ("Jo", "trade_union", "IE"), ("Ana Novak", "chamber", "SI")]  # fmt: skip


def test_who_has_not_answered_is_reminded_and_the_link_before_dies(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone")
    begun.ask("Bruno", email=everybody.accounts["Bruno"].email, member=True)
    member(begun, everybody, "Chloé")
    old = newest(LINK, email)
    assert stakeholders.remind(begun.key, link=GUEST_LINK, page=PAGE, actor=begun.office) == 2
    assert Client().get(old).status_code == 410
    assert Client().get(newest(LINK, email)).status_code == 200
    assert sum(one.reminded is not None for one in stakeholders.asked(begun.key, actor=begun.office)) == 2


def test_an_invitation_is_taken_back_unless_there_is_an_answer(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone")
    member(begun, everybody, "Chloé")
    one, two = sorted(stakeholders.asked(begun.key, actor=begun.office), key=lambda who: who.name)
    with pytest.raises(HasAnswered):
        stakeholders.withdraw(begun.key, one.id, actor=begun.office)
    stakeholders.withdraw(begun.key, two.id, actor=begun.office)
    assert Client().get(newest(LINK, email)).status_code == 410
    assert [who.name for who in stakeholders.asked(begun.key, actor=begun.office)] == ["Chloé"]


# ------------------------------------------------------------- ending
def test_a_round_is_prolonged_until_it_is_closed(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone")
    with clock.fixed(clock.now().replace(month=4, day=1)):
        assert Client().get(newest(LINK, email)).status_code == 410
        with pytest.raises(ConsultationOver):
            begun.ask("Late")
        consulting.prolong(begun.key, date(2026, 5, 1), actor=begun.office)
        begun.ask("Late")
    consulting.close(begun.key, actor=begun.office)
    with pytest.raises(ConsultationClosed):
        consulting.prolong(begun.key, date(2026, 6, 1), actor=begun.office)
    with pytest.raises(ConsultationClosed):
        consulting.close(begun.key, actor=begun.office)


def test_the_next_round_is_on_the_new_text_and_asks_the_same_people(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone", organisation="Salon Lumière")
    consulting.close(begun.key, actor=begun.office)
    mark = keeping.mark(keeping.draft(begun.draft, actor=begun.office).draft)
    second = consulting.begin(begun.draft, mark, deadline=DEADLINE, minimum=3, asked=None, actor=begun.office)
    assert second.number == 2
    assert second.snapshot == begun.item.snapshot, "the same text has the same address"
    assert stakeholders.invite_again(second.id, link=GUEST_LINK, page=PAGE, actor=begun.office) == 1
    assert stakeholders.invite_again(second.id, link=GUEST_LINK, page=PAGE, actor=begun.office) == 0
    assert Client().get(newest(LINK, email)).status_code == 200


# ------------------------------------------------------------- replies and report
def test_comments_are_answered_when_they_can_no_longer_change(begun: Begun, everybody: Cast) -> None:
    member(begun, everybody, "Chloé", comment="Trop court")
    (one,) = analysing.comments(begun.key, actor=begun.office)
    yes = (Verdict.ACCEPTED, LangString.of(en="It is longer now."), (one.name,))
    with pytest.raises(ConsultationRunning):
        replying.reply(begun.key, *yes, actor=begun.office)
    with pytest.raises(ConsultationRunning):
        reporting.make(begun.key, address=PAGE, actor=begun.office)
    consulting.close(begun.key, actor=begun.office)
    with pytest.raises(CommentsUnanswered):
        reporting.make(begun.key, address=PAGE, actor=begun.office)
    with pytest.raises(CommentUnknown):
        replying.reply(begun.key, *yes[:2], ("nobody/whole",), actor=begun.office)
    replying.reply(begun.key, *yes, places=("whole",), actor=begun.office)
    assert analysing.comments(begun.key, actor=begun.office)[0].reply is not None
    assert analysing.unanswered(begun.key) == 0


def test_the_report_is_frozen_read_by_everybody_and_forgets_addresses(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Simone")
    client, page = comes_in(email)
    client.post(f"{page}/0", {"opinion_0": "disagree", "comment_0": "Zu kurz", "then": "home"})
    client.post(f"{page}/submit", {"anonymous": "on"})
    member(begun, everybody, "Chloé", comment="Trop court", organisation="Lycée de Lyon")
    member(begun, everybody, "Bruno", country="IT", group="employer")
    consulting.close(begun.key, actor=begun.office)
    names = tuple(one.name for one in analysing.comments(begun.key, actor=begun.office))
    replying.reply(begun.key, Verdict.PARTLY, LangString.of(en="A day more"), names, actor=begun.office)
    made = reporting.make(begun.key, address="https://here.example/report", actor=begun.office)
    assert (made.invited, made.answered) == (3, 3)
    assert {one.to[0] for one in mail.outbox[-3:]} == {email, "chloe@example.org", "bruno@example.org"}
    assert all(one.email == "" for one in guests.of_thread(begun.item.thread))
    with pytest.raises(ConsultationClosed):
        reporting.make(begun.key, address=PAGE, actor=begun.office)

    shown = Client().get(begun.page("/report")).content.decode()
    for said in ("Zu kurz", "Trop court", "Lycée de Lyon", "anonymous", "A day more", "Accepted in part"):
        assert said in shown, said
    assert "Simone" not in shown
    pdf = Client().get(begun.page("/report.pdf")).content
    found = words(pdf)
    for said in (
        "Report of a consultation",
        "3 of 3 answered (100 %)",
        "Zu kurz",
        "Hairdresser",
        begun.item.snapshot,
    ):
        assert said in found, said
    assert "Simone" not in found
    record = files(pdf)["record.json"]
    assert record == store.report(begun.key).encode()
    entry = journal.read(subject=begun.item.thread)[-1]
    assert json.loads(entry.detail)["report"] == address_of(record)
    assert "Lyon" not in "".join(one.detail for one in journal.read(subject=begun.item.thread))


def test_the_published_qualification_leads_to_the_report(begun: Begun, everybody: Cast) -> None:
    member(begun, everybody, "Chloé")
    consulting.close(begun.key, actor=begun.office)
    with pytest.raises(NoReport):
        reporting.made(begun.key)
    reporting.make(begun.key, address=PAGE, actor=begun.office)
    kept = keeping.draft(begun.draft, actor=begun.office)
    published = keeping.publish(begun.draft, keeping.mark(kept.draft), actor=begun.office)
    key = key_of(published.value.id)
    for client in (Client(), everybody.browser("Bruno")):
        assert f"/qualifications/{key}/consultations" in client.get(f"/qualifications/{key}").content.decode()
    page = Client().get(f"/qualifications/{key}/consultations").content.decode()
    assert begun.page("/report") in page
    before = key_of(story.QUALIFICATION)
    assert "/consultations" not in Client().get(f"/qualifications/{before}").content.decode()
    assert analysing.changed(begun.item) == ()


def test_after_the_last_day_the_office_is_told_what_waits(begun: Begun, everybody: Cast) -> None:
    begun.ask("Bruno", email=everybody.accounts["Bruno"].email, member=True)
    assert "Give your opinion" in everybody.browser("Bruno").get("/").content.decode()
    assert "make the report" not in everybody.browser("Dimitra").get("/").content.decode()
    with clock.fixed(clock.now().replace(month=AFTER.month, day=AFTER.day)):
        assert "make the report" in everybody.browser("Dimitra").get("/").content.decode()
        assert "Give your opinion" not in everybody.browser("Bruno").get("/").content.decode()


def test_an_invitation_says_in_which_language(begun: Begun) -> None:
    email = begun.ask("Katerina", country="GR", language="el")
    body = str(next(one for one in mail.outbox if one.to == [email]).body)
    assert "Katerina" in body
    item = Invitation(name="A", email="a@b.example", group="school", country="GR", language="xx")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="xx"):
        stakeholders.invite(begun.key, item, link=GUEST_LINK, page=PAGE, actor=begun.office)
