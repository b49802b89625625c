"""A group: proposed from one text, signed in one step, one deviates, and every step is for all ticked or for nobody."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

import stories_of as story
from ecvet.mobility import Reason, State, Verb
from ecvet.record import Act, Address, Person
from ecvet.terms import Identifier, Period
from ecvet_platform.institutions.actions import threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, group_reminders, groups, learners, proposing, signing
from ecvet_platform.mobility.errors import GroupUnknown, NobodyChosen, NotForAll
from ecvet_platform.mobility.waiting import waiting
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.qualifications.naming import key_of
from effort import Page
from stories_of import Cast

NAMES = ("Ben", "Cia", "Dea")


@pytest.fixture
def text(everybody: Cast) -> Address:
    """Alba and three others with one programme, proposed by Bruno; the address of their common text."""
    bruno = everybody.actor("Bruno")
    memorandum = story.memorandum_in_force(everybody)
    chosen = [everybody.alba.id]
    for name in NAMES:
        email = f"{name.lower()}@example.org" if name != "Dea" else ""
        made = learners.enter(
            Person(names=(name,), family_name="Verdi", birth_date=date(2006, 1, 1)), actor=bruno, email=email,
            qualification=story.QUALIFICATION,
        )  # fmt: skip
        chosen.append(made.id)
        if email:
            everybody.accounts[name] = people.register(email=email, name=name)
    draft = story.draft(everybody.alba, memorandum)
    common = replace(draft, parties=tuple(one for one in draft.parties if one.role != "learner"))
    made = proposing.put_forward_group(common, chosen, actor=bruno)
    found = agreements.line(made[0], actor=bruno).group
    assert found is not None
    return found


def seen(everybody: Cast, text: Address, name: str = "Bruno") -> groups.Seen:
    return groups.group(text, actor=everybody.actor(name))


def of(everybody: Cast, text: Address, called: str) -> Identifier:
    return next(thread for thread, line in seen(everybody, text).lines.items() if line.called.startswith(called))


def all_sign(everybody: Cast, text: Address) -> None:
    """Host and home sign for all in one step each, the learners for themselves, Dea by a guest's or paper's way."""
    for thread, line in seen(everybody, text).lines.items():
        name = line.called.split()[0]
        if name in everybody.accounts:
            signing.answer(thread, seen(everybody, text).versions[thread], Act.ACCEPT, actor=everybody.actor(name))
    for name in ("Chloé", "Bruno"):
        found = seen(everybody, text, name)
        groups.sign(text, {one: found.versions[one] for one in found.steps["sign"]}, actor=everybody.actor(name))


@pytest.mark.rule("R-LA-8")
def test_the_host_signs_for_a_whole_group_in_one_step_and_each_agreement_has_its_own_signature(
    everybody: Cast, text: Address
):
    chloe = everybody.browser("Chloé")
    (line,) = [one for one in waiting(everybody.actor("Chloé"), clock.today()) if "Sign" in one.title]
    assert line.title == "Sign 4 learning agreements of a group as hosting institution"
    page = chloe.get(line.address).content.decode()
    assert "Group of 4 learners" in page
    form = next(one for one in Page(page).forms if "member" in one.values)
    answer = chloe.post(line.address, {**form.values, "step": "sign"}, follow=True)
    assert "You have signed 4 agreements." in answer.content.decode()
    signatures = []
    for thread in seen(everybody, text).lines:
        known = threads.thread(thread)
        assert known is not None
        signatures += [(one.object, one.signer) for one in known.signatures if one.act is Act.ACCEPT]
    assert {who for _version, who in signatures} == {story.LYON}
    assert len({version for version, _who in signatures}) == 4
    assert not [one for one in waiting(everybody.actor("Chloé"), clock.today()) if "Sign" in one.title]
    journal.verify()


def test_the_list_calls_the_qualification_in_the_language_of_its_reader(everybody: Cast, text: Address):
    bruno = everybody.browser("Bruno")
    for path in ("/groups/", "/lists/groups.csv"):
        assert "Κομμωτής" in bruno.get(path, headers={"accept-language": "el"}).content.decode(), path
        assert "Hairdresser" in bruno.get(path, headers={"accept-language": "bg"}).content.decode(), path


def test_a_group_is_sealed_as_far_as_it_is_complete_and_starts_with_one_exception(everybody: Cast, text: Address):
    all_sign(everybody, text)
    bruno = everybody.browser("Bruno")
    page = bruno.get(f"/groups/{text}").content.decode()
    assert "3 agreements are in force." in page  # the last to accept was the owner, which seals
    assert "Learner: 1 signature is missing." in page
    found = seen(everybody, text)
    assert len(found.steps["confirm"]) == 3
    groups.tell(text, found.steps["confirm"], Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))
    ben = of(everybody, text, "Ben")
    with clock.fixed(story.NOW + timedelta(days=35)):
        chloe = everybody.browser("Chloé")
        form = next(one for one in Page(chloe.get(f"/groups/{text}").content.decode()).forms if "member" in one.values)
        assert form.values["verb"] == ["start"]
        others = [one for one in form.values["member"] if one != str(key_of(ben))]
        sent = {**form.values, "member": others, "step": "tell"}
        done = chloe.post(f"/groups/{text}", sent, follow=True).content.decode()
        assert "It is told for 3 stays." in done  # Dea has arrived too, though her agreement is unsigned
        states = {line.called.split()[0]: line.stay for line in seen(everybody, text).lines.values()}
    assert states == {"Alba": State.STARTED, "Ben": State.READY, "Cia": State.STARTED, "Dea": State.STARTED}


def test_what_is_impossible_for_one_is_done_for_nobody_and_said_for_each(everybody: Cast, text: Address):
    all_sign(everybody, text)
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    groups.tell(text, seen(everybody, text).steps["confirm"], Verb.CONFIRM, on=clock.today(), actor=bruno)
    with clock.fixed(story.NOW + timedelta(days=35)):
        started = seen(everybody, text, "Chloé").steps["start"]
        groups.tell(text, started, Verb.START, on=date(2026, 4, 6), actor=chloe)
        with pytest.raises(NotForAll) as caught:
            groups.tell(text, started, Verb.END, on=date(2026, 4, 20), actor=chloe)
        assert (caught.value.facts["count"], caught.value.facts["all"]) == (3, 4)  # of Dea nothing is in force
        assert "Alba Rossi: The stay ended on 2026-04-20" in str(caught.value.facts["reasons"])
        assert {line.stay for line in seen(everybody, text).lines.values()} == {State.STARTED}
        browser = everybody.browser("Chloé")
        form = next(
            one for one in Page(browser.get(f"/groups/{text}").content.decode()).forms if "member" in one.values
        )
        sent = {**form.values, "verb": "end", "on": "2026-04-20", "step": "tell"}
        answer = browser.post(f"/groups/{text}", sent)
        assert answer.status_code == 422
        assert "Cia Verdi: The stay ended on" in answer.content.decode()
        assert "nothing was done for anybody" in answer.content.decode()
        early = {**sent, "verb": "end early"}
        assert "Choose the reason" in browser.post(f"/groups/{text}", early).content.decode()


@pytest.mark.rule("R-LA-8")
def test_one_deviates_stays_in_the_group_and_is_shown_as_deviating(everybody: Cast, text: Address):
    """Edge case 12: hers alone is changed; the others keep the text."""
    all_sign(everybody, text)
    bruno, alba = everybody.actor("Bruno"), of(everybody, text, "Alba")
    found = agreements.agreement(alba, actor=bruno)
    longer = story.later(found.item.value, date(2026, 6, 12))
    version = proposing.change(alba, longer, base=found.item.address, actor=bruno)
    group = seen(everybody, text)
    assert list(group.group.deviating) == [alba]
    (change,) = group.group.deviating[alba]
    assert (change.field, change.new) == ("period", Period(story.STAY.start, date(2026, 6, 12)))
    assert group.versions[alba] == version
    page = everybody.browser("Chloé").get(f"/groups/{text}").content.decode()
    assert "1 learner has a programme that deviates." in page
    assert "12 June 2026" in page
    assert seen(everybody, text, "Chloé").steps["sign"] == (alba,)


def test_what_was_seen_is_what_is_signed(everybody: Cast, text: Address):
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    before = seen(everybody, text, "Chloé")
    alba = of(everybody, text, "Alba")
    found = agreements.agreement(alba, actor=bruno)
    proposing.change(alba, story.later(found.item.value, date(2026, 6, 12)), base=found.item.address, actor=bruno)
    with pytest.raises(NotForAll) as caught:
        groups.sign(text, {one: before.versions[one] for one in before.steps["sign"]}, actor=chloe)
    assert caught.value.facts["count"] == 1
    assert len(seen(everybody, text, "Chloé").steps["sign"]) == 4


def test_why_a_group_cannot_be_proposed_is_said_for_each_learner(everybody: Cast):
    bruno = everybody.actor("Bruno")
    minors = [
        learners.enter(Person(names=(name,), family_name="Neri", birth_date=date(2010, 1, 1)), actor=bruno,
                       qualification=story.QUALIFICATION).id
        for name in ("Elio", "Fia")
    ]  # fmt: skip
    new = "/agreements/new?" + "&".join(
        f"learner={key_of(one)}" for one in (everybody.alba.id, *minors)
    ) + f"&hosting={story.LYON}&next=1"  # fmt: skip
    browser = everybody.browser("Bruno")
    form = next(one for one in Page(browser.get(new).content.decode()).forms if "start" in one.values)
    sent: dict[str, Any] = {**form.values, "start": "2026-04-06", "end": "2026-05-29", "unit-0": "on",
                            "step": "propose", "seen": "1"}  # fmt: skip
    answer = browser.post(new, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It is not possible for 2 of 3; nothing was done for anybody." in page
    assert "Elio Neri: " in page
    assert "Fia Neri: " in page
    assert agreements.page(actor=bruno)[1] == 0


def test_reminders_go_to_each_person_once_a_day_and_name_nobody(everybody: Cast, text: Address, settings: object,
                                                               django_capture_on_commit_callbacks: Any):  # fmt: skip
    bruno = everybody.actor("Bruno")
    found = seen(everybody, text)
    with django_capture_on_commit_callbacks(execute=True):
        made = group_reminders.remind(text, found.steps["remind"], site="https://ecvet.example/", actor=bruno)
    assert made.people == 4  # Alba, Ben, Cia and Chloé
    assert [found.lines[one].called for one in made.unreached] == ["Dea Verdi"]
    bodies = {one.to[0]: str(one.body) for one in mail.outbox}
    assert "4 learning agreements wait for your signature." in bodies["chloe@example.org"]
    assert "1 learning agreement waits" in bodies["ben@example.org"]
    assert not any(name in body for name in ("Rossi", "Verdi", "Hairdresser") for body in bodies.values())
    again = group_reminders.remind(text, found.steps["remind"], site="https://ecvet.example/", actor=bruno)
    assert (again.people, len(again.earlier)) == (0, 4)
    page = everybody.browser("Bruno").post(f"/groups/{text}", {
        "step": "remind", "member": [str(key_of(one)) for one in found.lines],
        **{f"seen-{key_of(one)}": version for one, version in found.versions.items()},
    }, follow=True).content.decode()  # fmt: skip
    assert "0 people were reminded." in page


@pytest.mark.parametrize("name", ["Erik", "Dimitra"])
def test_a_group_is_nobodys_business_who_has_no_part_in_it(everybody: Cast, text: Address, name: str):
    with pytest.raises(GroupUnknown):
        seen(everybody, text, name)
    assert everybody.browser(name).get(f"/groups/{text}").status_code == 404
    assert "Hairdresser" not in everybody.browser(name).get("/groups/").content.decode()


def test_a_learner_does_not_see_the_others_of_her_group(everybody: Cast, text: Address):
    with pytest.raises(NotYourRole):
        seen(everybody, text, "Alba")
    assert everybody.browser("Alba").get(f"/groups/{text}").status_code == 403
    assert everybody.browser("Alba").get("/groups/").status_code == 403


def test_a_mentor_sees_the_group_tells_of_stays_and_signs_nothing(everybody: Cast, text: Address):
    found = seen(everybody, text, "Marc")
    assert set(found.steps) == {"start", "cancel", "miss"}
    with pytest.raises(NotForAll):
        groups.sign(text, dict(found.versions), actor=everybody.actor("Marc"))
    with pytest.raises(NobodyChosen):
        groups.tell(text, (), Verb.START, on=clock.today(), actor=everybody.actor("Marc"))


def test_an_agreement_of_elsewhere_is_no_member(everybody: Cast, text: Address):
    bruno = everybody.actor("Bruno")
    alone = proposing.put_forward(story.draft(everybody.alba, None), actor=bruno)
    with pytest.raises(GroupUnknown):
        groups.tell(text, [alone], Verb.CANCEL, on=clock.today(), actor=bruno, reason=Reason.HOSTS_WISH)


def test_the_groups_of_an_institution_are_listed_and_found_by_a_learner(everybody: Cast, text: Address):
    (line,), count = groups.page(actor=everybody.actor("Chloé"), search="dea")
    assert (line.text, line.learners, line.in_force, count) == (text, 4, 0, 1)
    assert line.starts == story.STAY.start
    assert groups.page(actor=everybody.actor("Chloé"), search="nobody") == ((), 0)
    page = everybody.browser("Bruno").get("/groups/?q=verdi").content.decode()
    assert f"/groups/{text}" in page
    agreement = everybody.browser("Bruno").get(f"/agreements/{key_of(of(everybody, text, 'Alba'))}").content.decode()
    assert f"/groups/{text}" in agreement


def test_programs_do_the_same(everybody: Cast, text: Address):
    chloe = everybody.browser("Chloé")

    def post(what: str, body: dict[str, Any]) -> Any:
        return chloe.post(f"/api/v1/groups/{text}/{what}", body, content_type="application/json")

    found = chloe.get(f"/api/v1/groups/{text}").json()
    assert [one["deviates"] for one in found["members"]] == [[]] * 4
    assert len(found["steps"]["sign"]) == 4
    assert chloe.get("/api/v1/groups").json()["items"][0]["text"] == text
    signed = post("signatures", {"versions": {one["key"]: one["version"] for one in found["members"]}})
    assert signed.status_code == 201
    assert "sign" not in signed.json()["steps"]
    keys = [one["key"] for one in found["members"]]
    assert post("reminders", {"agreements": keys}).json()["people"] == 4
    wrong = post("seals", {"versions": {one["key"]: one["version"] for one in found["members"]}})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "mobility.group.not-for-all")
    assert "Alba Rossi: " in wrong.json()["facts"]["reasons"]
    told = post("events", {"agreements": keys, "verb": "cancel", "on": "2026-03-02", "reason": "host's wish"})
    assert {one["stay"] for one in told.json()["members"]} == {"cancelled"}
    assert everybody.browser("Erik").get(f"/api/v1/groups/{text}").status_code == 404
