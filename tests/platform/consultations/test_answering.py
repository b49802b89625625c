"""Those who are asked answer: behind a link or with an account, part by part, and change it until the last day."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

import stories_of as story
from consultation_of import DEADLINE, GUEST_LINK, LINK, Begun, begin, comes_in, newest
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet.mobility.stay_errors import GuestMayNot
from ecvet.qualification.consultation import Opinion
from ecvet_platform.consultations.actions import analysing, consulting
from ecvet_platform.consultations.actions.analysing import Wanted
from ecvet_platform.guests.actions import acting, inviting
from ecvet_platform.guests.store import guests
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.journal import clock
from stories_of import Cast


@pytest.fixture
def begun(everybody: Cast) -> Begun:
    return begin(everybody)


def test_looking_at_the_link_changes_nothing_and_shows_nothing(begun: Begun) -> None:
    email = begun.ask("Simone")
    address = newest(LINK, email)
    for _ in range(2):
        page = Client().get(address).content.decode()
        assert "asked what you think" in page
        assert "Hairdresser" not in page
    assert Client().get(f"{address}/consultation").status_code == 302
    assert Client().post(f"{address}/consultation/submit").status_code == 403


def test_a_guest_answers_part_by_part_comes_back_and_submits(begun: Begun) -> None:
    client, page = comes_in(begun.ask("Simone"))
    home = client.get(page).content.decode()
    assert "Is the practical task long enough?" in home
    nothing = client.post(f"{page}/submit")
    assert nothing.status_code == 422
    assert "no opinion and no comment yet" in nothing.content.decode()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    first = client.get(f"{page}/0").content.decode()
    assert first.count("opinion_") >= 12
    sent = client.post(f"{page}/0", {"opinion_0": "agree", "opinion_1": "disagree", "comment_1": "Trop peu",
                                     "then": "next"})  # fmt: skip
    assert sent.headers["Location"].endswith("/consultation/1")
    assert "can carry out Cutting" in client.get(f"{page}/1").content.decode()
    client.post(f"{page}/1", {"opinion_1": "agree_with_changes", "then": "next"})
    assert client.post(f"{page}/2", {"opinion_0": "agree", "then": "next"}).headers["Location"].endswith("consultation")
    assert client.get(f"{page}/77").status_code == 302

    assert not analysing.comments(begun.key, actor=begun.office), "what is not submitted is not shown"
    client.post(f"{page}/submit", {})
    (comment,) = analysing.comments(begun.key, actor=begun.office)
    assert (comment.said.place.key, dict(comment.said.comment.texts)) == ("points", {"fr": "Trop peu"})
    assert comment.said.opinion is Opinion.DISAGREE
    assert (comment.said.group, comment.said.country, comment.said.name) == ("school", "FR", "Simone")

    # what is changed after that counts at once, and a comment that did not change keeps its language
    again = client.get(f"{page}/0").content.decode()
    assert "Trop peu" in again
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "el"
    client.post(f"{page}/0", {"opinion_1": "agree", "comment_1": "Trop peu", "comment_0": "Ωραία", "then": "home"})
    found = {one.said.place.key: one.said for one in analysing.comments(begun.key, actor=begun.office)}
    assert found["points"].opinion is Opinion.AGREE
    assert dict(found["points"].comment.texts) == {"fr": "Trop peu"}
    assert dict(found["whole"].comment.texts) == {"el": "Ωραία"}


def test_an_answer_is_never_emptied_once_it_counts(begun: Begun) -> None:
    client, page = comes_in(begun.ask("Simone"))
    client.post(f"{page}/0", {"opinion_0": "agree", "then": "home"})
    client.post(f"{page}/submit", {})
    emptied = client.post(f"{page}/0", {"opinion_0": "no_opinion", "then": "home"})
    assert emptied.status_code == 422
    assert analysing.analysis(begun.key, actor=begun.office).results[0].tally is not None


def test_after_the_last_day_nothing_is_taken(begun: Begun, everybody: Cast) -> None:
    email = begun.ask("Bruno", email=everybody.accounts["Bruno"].email, member=True)
    assert email == "bruno@asked.example"
    bruno = everybody.browser("Bruno")
    with clock.fixed(clock.now().replace(day=DEADLINE.day)):
        bruno = everybody.browser("Bruno")
        assert bruno.post(begun.page("/answer/0"), {"opinion_0": "agree"}).status_code == 302
    with clock.fixed(clock.now().replace(month=4, day=1)):
        bruno = everybody.browser("Bruno")
        assert "The consultation is over." in bruno.get(begun.page("/answer")).content.decode()
        late = bruno.post(begun.page("/answer/0"), {"opinion_0": "disagree"})
        assert late.status_code == 422
        assert "no longer taken" in late.content.decode()
        assert bruno.post(begun.page("/answer/submit"), {}).status_code == 422


def test_who_asks_to_be_anonymous_is_found_neither_by_name_nor_group_nor_country(begun: Begun) -> None:
    for name, country, hidden in (("Ana", "SI", True), ("Pierre", "FR", False), ("Marie", "FR", False)):
        client, page = comes_in(begun.ask(name, country=country))
        client.post(f"{page}/0", {"opinion_0": "disagree", "comment_0": f"Comment of {country}", "then": "home"})
        client.post(f"{page}/submit", {"anonymous": "on"} if hidden else {})
    found = analysing.comments(begun.key, actor=begun.office)
    assert sorted(one.said.name for one in found) == ["", "Marie", "Pierre"]
    assert not analysing.comments(begun.key, actor=begun.office, wanted=Wanted(country="SI"))
    assert len(analysing.comments(begun.key, actor=begun.office, wanted=Wanted(country="FR"))) == 2
    assert len(analysing.comments(begun.key, actor=begun.office, wanted=Wanted(place="units/CUT"))) == 0
    counts = analysing.analysis(begun.key, actor=begun.office)
    assert [one.of for one in counts.by_country] == [("FR", "SI")], "one person of one country is not shown alone"
    assert [one.people for one in counts.by_country] == [3]
    assert counts.results[0].place.key == "whole"


def test_counts_are_hidden_while_too_few_answered_and_one_is_anonymous(begun: Begun) -> None:
    client, page = comes_in(begun.ask("Ana"))
    client.post(f"{page}/0", {"opinion_0": "disagree", "then": "home"})
    client.post(f"{page}/submit", {"anonymous": "on"})
    found = analysing.analysis(begun.key, actor=begun.office)
    assert all(one.tally is None for one in found.results)
    assert found.by_group == ()
    assert (found.answered, found.invited) == (1, 1)


def test_a_link_to_one_thing_opens_no_other(begun: Begun, everybody: Cast) -> None:
    client, page = comes_in(begun.ask("Simone"))
    address = page.removesuffix("/consultation")
    for path in ("/pdf", "/assess/1"):
        assert client.get(f"{address}{path}").status_code == 403
    assert client.get(address).headers["Location"].endswith("/consultation")
    thread, _version = story.proposed(everybody)
    guest = inviting.invite(
        thread, Part.LEARNER, Task.SIGN, name="Alba", email="alba@phone.example", language="en", link=GUEST_LINK,
        actor=everybody.actor("Bruno"),
    )  # fmt: skip
    other, _page = comes_in("alba@phone.example")
    assert other.get(f"{newest(LINK, 'alba@phone.example')}/consultation").status_code == 403
    assert acting.part(guest) == (Part.LEARNER, Task.SIGN)
    with pytest.raises(GuestMayNot):
        acting.part(_guest_of(begun))


def _guest_of(begun: Begun) -> Guest:
    return guests.of_thread(begun.item.thread)[0]


class Program:
    """Somebody's program, which speaks JSON."""

    def __init__(self, everybody: Cast, name: str) -> None:
        self.client = everybody.browser(name)

    def ask(self, method: str, path: str, body: object = None, *, status: int = 0) -> Any:
        """Call the API; any success is fine unless a status is named."""
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = getattr(self.client, method)(f"/api/v1{path}", **more)
        assert answer.status_code == status or (not status and answer.status_code < 300), answer.content.decode()
        return answer.json()


def test_the_whole_by_the_api(begun: Begun, everybody: Cast) -> None:
    office, bruno = Program(everybody, "Dimitra"), Program(everybody, "Bruno")
    one = f"/consultations/{begun.key}"
    bruno_ = {"name": "Bruno", "email": "bruno@example.org", "group": "employer", "country": "IT", "member": True}
    made = office.ask("post", f"{one}/stakeholders", bruno_)
    assert made["way"] == "member"
    text = bruno.ask("get", f"{one}/text")
    assert text["address"] == begun.item.snapshot
    bruno.ask("put", f"{one}/answer", {"views": [
        {"place": "rules", "opinion": "disagree", "comment": {"it": "Troppo rigide"}}]})  # fmt: skip
    assert bruno.ask("put", f"{one}/answer", {"views": [{"place": "nowhere"}]}, status=422)["code"].endswith(
        "place-unknown"
    )
    assert bruno.ask("post", f"{one}/answer/submissions", {})["submitted"]
    assert office.ask("get", f"{one}/analysis?place=rules")["by_group"][0]["disagree"] == 1
    (comment,) = office.ask("get", f"{one}/comments?replied=none")["items"]
    assert comment["comment"]["it"] == "Troppo rigide"
    assert office.ask("post", f"{one}/reminders", {})["sent"] == 0
    assert office.ask("post", f"{one}/prolongations", {"deadline": "2026-04-30"})["deadline"] == "2026-04-30"
    assert office.ask("post", f"{one}/closings", {})["state"] == "closed"
    replied = {"verdict": "accepted", "reason": {"en": "Loosened"}, "comments": [comment["id"]], "places": ["rules"]}
    office.ask("post", f"{one}/replies", replied)
    assert office.ask("post", f"{one}/reports", {})["decisions"][0]["verdict"] == "accepted"
    assert Client().get(f"/api/v1{one}/report").json()["snapshot"] == begun.item.snapshot
    assert Client().get(f"/api/v1{one}/report/document").content.startswith(b"%PDF")
    assert office.ask("get", "/consultations")["items"][0]["answered"] == 1
    assert bruno.ask("get", "/consultations")["asked"][0]["state"] == "reported"
    lines = office.client.get(f"/lists/comments.csv?key={begun.key}").content.decode()
    assert "Troppo rigide" in lines
    assert "Accepted" in lines
    assert consulting.state(consulting.office(begun.key, actor=begun.office)) == "reported"
