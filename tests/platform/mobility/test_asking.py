"""Who must sign until when: handed to a colleague, asked for again, called for by the days that pass."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

import stories_of as story
from ecvet.mobility import Reason, Verb
from ecvet.partnership.errors import AskedToday, DelegateNotAuthorised, NobodyToAsk, ProposalStale, SignatureNotOwed
from ecvet.record import Act, Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import answering, memoranda
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, asking, proposing, signing, stays
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from stories_of import NOW, STAY, TURIN, Cast


def add(everybody: Cast, name: str, *roles: Role) -> Identifier:
    made = people.register(email=f"{name.lower()}@example.org", name=name)
    for role in roles:
        people.give_role(made, TURIN, role)
    everybody.accounts[name] = made
    return made.identifier


def page(browser: Client, thread: Identifier) -> str:
    return browser.get(f"/agreements/{story.key(thread)}").content.decode()


def post(browser: Client, thread: Identifier, verb: str, **data: str) -> HttpResponse:
    return browser.post(f"/agreements/{story.key(thread)}/{verb}", data)


# ------------------------------------------------------------- delegation
def test_a_signature_is_handed_to_a_colleague_who_sees_it_and_signs(everybody: Cast):
    """7.5, case 2: any authorised colleague signs, with both names shown and recorded."""
    bianca = add(everybody, "Bianca", Role.COORDINATOR)
    thread, version = story.proposed(everybody)
    bruno, theirs = everybody.browser("Bruno"), everybody.browser("Bianca")
    assert "handed to you" not in theirs.get("/").content.decode()
    done = post(bruno, thread, "delegate", version=version, to=bianca)
    assert done.status_code == 302
    assert "handed to Bianca by Bruno" in page(bruno, thread)
    assert "handed to you" in theirs.get("/").content.decode()
    assert "handed to a colleague" in bruno.get("/").content.decode()
    post(theirs, thread, "accept", version=version)
    assert "through Bianca (handed on by Bruno)" in page(everybody.browser("Chloé"), thread)
    (entry,) = [one for one in journal.read(subject=thread) if one.verb == "agreement.delegate"]
    assert json.loads(entry.detail) == {"role": "home", "institution": TURIN, "to": bianca}


def test_a_delegation_locks_nobody_out(everybody: Cast):
    """7.5, cases 2 and 3: the colleague is away too, and a third one signs."""
    bianca, carla = add(everybody, "Bianca", Role.COORDINATOR), add(everybody, "Carla", Role.COORDINATOR)
    thread, version = story.proposed(everybody)
    asking.delegate(thread, version, bianca, actor=everybody.actor("Bruno"))
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Carla"))
    (made,) = agreements.agreement(thread, actor=everybody.actor("Bruno")).versions
    (signed,) = [one for one in made.signatures if one.act is Act.ACCEPT]
    assert signed.person == carla
    assert made.on_behalf(signed) is None
    with pytest.raises(SignatureNotOwed):
        asking.delegate(thread, version, bianca, actor=everybody.actor("Bruno"))


def test_only_who_may_sign_is_offered_and_taken(everybody: Cast):
    marta = add(everybody, "Marta", Role.MENTOR)
    thread, version = story.proposed(everybody)
    bruno = everybody.actor("Bruno")
    assert asking.colleagues(bruno) == ()
    with pytest.raises(DelegateNotAuthorised):
        asking.delegate(thread, version, marta, actor=bruno)
    with pytest.raises(DelegateNotAuthorised):
        asking.delegate(thread, version, everybody.accounts["Chloé"].identifier, actor=bruno)
    with pytest.raises(NotYourRole):
        asking.delegate(thread, version, marta, actor=everybody.actor("Marta"))
    browser = everybody.browser("Bruno")
    assert "Hand the signature to a colleague" not in page(browser, thread)
    again = post(browser, thread, "delegate", version=version, to=marta)
    assert again.status_code == 422


# ------------------------------------------------------------- asked again
def test_the_request_goes_out_again_once_a_day_to_whom_it_concerns(everybody: Cast):
    thread, version = story.proposed(everybody)
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Chloé"))
    bruno = everybody.browser("Bruno")
    assert "Send the request again" in page(bruno, thread)
    assert post(bruno, thread, "ask-again", version=version).status_code == 302
    (entry,) = [one for one in journal.read(subject=thread) if one.verb == "agreement.ask-again"]
    assert [one["role"] for one in json.loads(entry.detail)["missing"]] == ["home", "learner"]
    refused = post(bruno, thread, "ask-again", version=version)
    assert refused.status_code == 422
    assert "was asked today already" in refused.content.decode()
    with pytest.raises(AskedToday):
        asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
    with clock.fixed(NOW + timedelta(days=1)):
        asking.ask_again(thread, version, actor=everybody.actor("Bruno"))


def test_nobody_is_asked_for_what_is_signed_or_declined(everybody: Cast):
    thread, version = story.in_force(everybody)
    with pytest.raises(NobodyToAsk):
        asking.ask_again(thread, version, actor=everybody.actor("Bruno"))


# ------------------------------------------------------------- the days
def calls(thread: Identifier) -> list[tuple[str, str, date]]:
    found = []
    for one in journal.read(subject=thread, limit=10_000):
        kind = one.verb.partition(".")[2]
        if kind in ("remind", "warn", "overdue", "escalate"):
            said = json.loads(one.detail)
            found.append((kind, said["role"], one.at.date()))
    return found


def test_days_call_whose_signature_is_missing_and_once(everybody: Cast):
    thread, version = story.proposed(everybody)
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Alba"))
    for days in (1, 7, 7, 8, 22):
        with clock.fixed(NOW + timedelta(days=days)):
            asking.call_day()
    until = STAY.start  # earlier than sixty days
    for on in (until - timedelta(days=2), until, until + timedelta(days=1), until + timedelta(days=9)):
        with clock.fixed(NOW + (on - NOW.date())):
            asking.call_day()
    today = NOW.date()
    assert [(kind, on) for kind, role, on in calls(thread) if role == "home"] == [
        ("remind", today + timedelta(days=7)), ("warn", today + timedelta(days=22)),
        ("warn", until - timedelta(days=2)),
        ("overdue", until + timedelta(days=1)), ("escalate", until + timedelta(days=9)),
    ]  # fmt: skip
    assert {role for _kind, role, _on in calls(thread)} == {"home", "hosting"}, "Alba has signed"


def test_a_day_decides_nothing_and_no_call_follows_an_answer(everybody: Cast):
    thread, version = story.proposed(everybody)
    with clock.fixed(NOW + timedelta(days=200)):
        assert asking.call_day() == 3
        assert agreements.agreement(thread, actor=everybody.actor("Bruno")).proposed == version
        assert "overdue" in page(everybody.browser("Bruno"), thread)
        signing.answer(thread, version, Act.REJECT, actor=everybody.actor("Alba"), reason="Too late for me")
    with clock.fixed(NOW + timedelta(days=300)):
        assert asking.call_day() == 0


def test_the_days_of_calls_are_the_operators(everybody: Cast, settings: Any):
    settings.SIGNING_DAYS = {"remind": (2,), "warn": (), "escalate": ()}
    thread, _version = story.proposed(everybody)
    with clock.fixed(NOW + timedelta(days=3)):
        assert asking.call_day() == 3
    assert {kind for kind, _role, _on in calls(thread)} == {"remind"}


def test_memoranda_are_handed_on_asked_for_and_called_for_too(everybody: Cast):
    bianca = add(everybody, "Bianca", Role.COORDINATOR)
    bruno = everybody.actor("Bruno")
    thread = memoranda.propose(story.MEMORANDUM, actor=bruno)
    version = memoranda.memorandum(thread, actor=bruno).item.address
    browser = everybody.browser("Bruno")
    where = f"/memoranda/{story.key(thread)}"
    assert browser.post(f"{where}/delegate", {"version": version, "to": bianca}).status_code == 302
    assert browser.post(f"{where}/ask-again", {"version": version}).status_code == 302
    seen = browser.get(where).content.decode()
    assert "handed to Bianca by Bruno" in seen
    assert "To be signed by 1 May 2026" in seen
    with clock.fixed(NOW + timedelta(days=7)):
        assert answering.call_day() == 2
        assert answering.call_day() == 0


# ------------------------------------------------------------- declined, and made anew
def test_after_a_decline_the_next_version_is_made_from_the_declined_one(everybody: Cast):
    """7.5, case 4, also where another version is in force: nothing is typed again."""
    thread, version = story.in_force(everybody)
    bruno, browser = everybody.actor("Bruno"), everybody.browser("Bruno")
    longer = story.later(agreements.version(thread, version, actor=bruno), date(2026, 6, 12))
    declined = proposing.change(thread, longer, base=version, actor=bruno)
    signing.answer(thread, declined, Act.REJECT, actor=everybody.actor("Chloé"), reason="The salon is closed in June")
    seen = page(browser, thread)
    assert "The salon is closed in June" in seen
    link = f"/agreements/{story.key(thread)}/change?from={declined}"
    assert link in seen
    form = browser.get(link)
    assert 'value="2026-06-12"' in form.content.decode()
    shown = browser.get(f"/agreements/{story.key(thread)}/change").content.decode()
    assert 'value="2026-06-12"' not in shown, "without naming it, a change begins with what is in force"
    next_ = proposing.change(thread, story.later(longer, date(2026, 6, 5)), base=declined, actor=bruno)
    assert agreements.agreement(thread, actor=bruno).proposed == next_


# ------------------------------------------------------------- answers that come late or in another order
def test_a_rejection_of_the_old_version_that_comes_after_a_signature_of_the_new_one_changes_nothing(everybody: Cast):
    """7.5, cases 8 and 9: what counts is the version that an answer names, not which clock is ahead."""
    thread, first = story.proposed(everybody)
    bruno, alba, chloe = (everybody.actor(name) for name in ("Bruno", "Alba", "Chloé"))
    longer = story.later(agreements.version(thread, first, actor=bruno), date(2026, 6, 12))
    second = proposing.change(thread, longer, base=first, actor=bruno)
    signing.answer(thread, second, Act.ACCEPT, actor=alba)
    for act in (Act.REJECT, Act.ACCEPT):
        with pytest.raises(ProposalStale, match=second):
            signing.answer(thread, first, act, actor=chloe, reason="Too short for us")
    late = post(everybody.browser("Chloé"), thread, "accept", version=first)
    assert late.status_code == 422
    assert f"/versions/{second}" in late.content.decode(), "the page leads to the current version, side by side"
    for who in (chloe, bruno):
        signing.answer(thread, second, Act.ACCEPT, actor=who)
    assert agreements.agreement(thread, actor=bruno).in_force == second


# ------------------------------------------------------------- the same learner, the same time
def test_an_overlap_with_another_host_is_warned_of_and_a_cancelled_stay_is_none(everybody: Cast):
    """7.5, cases 7 and 10."""
    thread, _version = story.proposed(everybody)
    draft = story.draft(everybody.alba, None)
    assert len(proposing.already(draft)) == 1
    assert proposing.already(draft, besides=thread) == ()
    stays.tell(thread, Verb.CANCEL, on=NOW.date(), actor=everybody.actor("Bruno"), reason=Reason.LEARNERS_WISH)
    assert proposing.already(draft) == ()


def test_a_program_hands_on_and_asks_again(everybody: Cast):
    bianca = add(everybody, "Bianca", Role.COORDINATOR)
    thread, version = story.proposed(everybody)
    token = people.make_token(everybody.accounts["Bruno"], institution=TURIN, name="test")
    head = {"authorization": f"Bearer {token}"}
    where = f"/api/v1/agreements/{story.key(thread)}"
    client = Client()
    assert client.get(f"{where}/colleagues", headers=head).json()["items"] == [{"person": bianca, "name": "Bianca"}]
    made = client.post(
        f"{where}/delegations", {"version": version, "to": bianca}, content_type="application/json", headers=head
    )
    assert made.status_code == 201
    assert made.json()["versions"][0]["delegations"][0]["to"] == bianca
    assert made.json()["versions"][0]["until"] == STAY.start.isoformat()
    for status in (201, 409):
        asked = client.post(f"{where}/requests", {"version": version}, content_type="application/json", headers=head)
        assert asked.status_code == status
    assert Address(version) == version
