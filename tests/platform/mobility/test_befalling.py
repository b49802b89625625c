"""Force majeure in a region by page and API: found, decided for each, looked at, and told for all or for nobody."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import stories_of as story
from ecvet.mobility import Fate, MobilityEvent, Reason, Remainder, State, Verb
from ecvet.record import Act, Person
from ecvet.terms import Failure, Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, befalling, learners, proposing, signing, stays
from ecvet_platform.mobility.actions.befalling import Choice
from ecvet_platform.mobility.errors import AgreementUnknown, NobodyChosen, NotForAll
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.qualifications.naming import key_of
from effort import Page
from stories_of import Cast

MAY = date(2026, 5, 4)


@pytest.fixture
def region(everybody: Cast) -> dict[str, Identifier]:
    """Three under way in Lyon and one who has not begun; in May."""
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    memorandum = story.memorandum_in_force(everybody)
    found: dict[str, Identifier] = {}
    for name in ("Alba", "Ben", "Cia", "Dea"):
        if name != "Alba":
            made = learners.enter(
                Person(names=(name,), family_name="Verdi", birth_date=date(2006, 1, 1)), actor=bruno,
                email=f"{name.lower()}@example.org", qualification=story.QUALIFICATION,
            )  # fmt: skip
            everybody.accounts[name] = people.register(email=f"{name.lower()}@example.org", name=name)
        else:
            made = everybody.alba
        draft = replace(story.draft(made, memorandum), hosting_place="Villeurbanne" if name == "Cia" else "Lyon")
        found[name] = proposing.put_forward(draft, actor=bruno)
        version = agreements.agreement(found[name], actor=bruno).item.address
        for signer in (name, "Chloé", "Bruno"):
            signing.answer(found[name], version, Act.ACCEPT, actor=everybody.actor(signer))
        stays.tell(found[name], Verb.CONFIRM, on=clock.today(), actor=bruno)
        if name != "Dea":
            stays.tell(found[name], Verb.START, on=story.STAY.start, actor=chloe)
    return found


def states(everybody: Cast) -> dict[str, str | None]:
    return {one.called.split()[0]: one.stay for one in agreements.page(actor=everybody.actor("Bruno"))[0]}


def test_an_event_over_a_region_has_an_outcome_for_each_learner(everybody: Cast, region: dict[str, Identifier]):
    """Edge case 30, by its page: nothing is told before it was looked at."""
    bruno, where = everybody.browser("Bruno"), "/stays/event?country=FR&find=1"
    form = next(one for one in Page(bruno.get(where).content.decode()).forms if "on" in one.values)
    fates = {name: f"fate-{key_of(thread)}" for name, thread in region.items()}
    assert {name: form.values[field] for name, field in fates.items()} == {
        "Alba": ["interrupt"], "Ben": ["interrupt"], "Cia": ["interrupt"], "Dea": ["cancel"],
    }  # fmt: skip
    assert form.values["reason"] == ["force majeure"]
    sent = {**form.values, "on": MAY.isoformat(), fates["Ben"]: "end early", fates["Cia"]: "continue",
            f"remainder-{key_of(region['Ben'])}": "virtual", "step": "look"}  # fmt: skip
    page = bruno.post(where, sent).content.decode()
    assert "Tell it for 3 stays" in page
    assert "nothing: the stay goes on" in page
    assert states(everybody)["Alba"] == State.STARTED
    unseen = bruno.post(where, {**sent, "step": "tell"})
    assert unseen.status_code == 200
    assert states(everybody)["Alba"] == State.STARTED, "what was not looked at is not told"
    looked = next(one for one in Page(page).forms if "looked" in one.values).values["looked"]
    other = bruno.post(where, {**sent, "on": "2026-05-05", "looked": looked, "step": "tell"})
    assert other.status_code == 200
    assert states(everybody)["Alba"] == State.STARTED, "something else was looked at"
    assert bruno.post(where, {**sent, "looked": looked, "step": "tell"}).status_code == 302
    assert states(everybody) == {
        "Alba": State.INTERRUPTED, "Ben": State.ENDED, "Cia": State.STARTED, "Dea": State.CANCELLED,
    }  # fmt: skip
    ben = stays.told(region["Ben"], actor=everybody.actor("Bruno")).stay
    assert (ben.reason, ben.remainder, ben.left) == (Reason.FORCE_MAJEURE, Remainder.VIRTUAL, MAY)
    outcomes = [one.detail for one in journal.read(subject=region["Cia"]) if one.verb == "stay.befall"]
    assert len(outcomes) == 1
    assert '"outcome":"continue"' in outcomes[0]
    journal.verify()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Alba", "Ben", "Cia", "Dea"}),
        ({"country": "FR"}, {"Alba", "Ben", "Cia", "Dea"}),
        ({"country": "IT"}, set()),
        ({"place": "villeurb"}, {"Cia"}),
        ({"hosting": story.LYON}, {"Alba", "Ben", "Cia", "Dea"}),
        ({"hosting": story.TURIN}, set()),
        ({"start": date(2026, 5, 29)}, {"Alba", "Ben", "Cia", "Dea"}),
        ({"start": date(2026, 5, 30)}, set()),
        ({"end": date(2026, 4, 5)}, set()),
        ({"start": MAY, "end": MAY, "place": "lyon"}, {"Alba", "Ben", "Dea"}),
    ],
)
def test_stays_are_found_by_country_place_host_and_period(
    everybody: Cast, region: dict[str, Identifier], asked: dict[str, Any], found: set[str]
):
    for name in ("Bruno", "Chloé"):
        lines = befalling.concerned(actor=everybody.actor(name), **asked)
        assert {one.line.called.split()[0] for one in lines} == found, name
    assert befalling.concerned(actor=everybody.actor("Erik"), **asked) == ()


def test_what_cannot_be_told_of_one_is_told_of_nobody(everybody: Cast, region: dict[str, Identifier]):
    chloe = everybody.actor("Chloé")
    choices = {region["Alba"]: Choice(fate=Fate.END_EARLY), region["Dea"]: Choice(fate=Fate.INTERRUPT)}
    answers = befalling.look(choices, on=MAY, reason=Reason.FORCE_MAJEURE, actor=chloe)
    assert isinstance(answers[region["Alba"]], MobilityEvent)
    assert isinstance(answers[region["Dea"]], Failure)
    with pytest.raises(NotForAll) as caught:
        befalling.tell(choices, on=MAY, reason=Reason.FORCE_MAJEURE, actor=chloe)
    assert "Dea Verdi: " in str(caught.value.facts["reasons"])
    assert states(everybody)["Alba"] == State.STARTED
    with pytest.raises(NobodyChosen):
        befalling.tell({region["Alba"]: Choice(fate=Fate.CONTINUE)}, on=MAY, reason=Reason.FORCE_MAJEURE, actor=chloe)
    with pytest.raises(AgreementUnknown):
        befalling.tell(choices, on=MAY, reason=Reason.FORCE_MAJEURE, actor=everybody.actor("Erik"))
    for name in ("Alba", "Marc", "Dimitra"):
        with pytest.raises(NotYourRole):
            befalling.concerned(actor=everybody.actor(name))
        assert everybody.browser(name).get("/stays/event").status_code == 403


def test_programs_look_and_tell(everybody: Cast, region: dict[str, Identifier]):
    bruno = everybody.browser("Bruno")
    items = bruno.get("/api/v1/mobilities/events?country=FR&place=Lyon").json()["items"]
    assert {tuple(one["outcomes"]) for one in items} == {("continue", "interrupt", "end early"), ("continue", "cancel")}
    body = {"on": "2026-05-04", "stays": [{"key": one["key"], "outcome": one["usual"]} for one in items]}

    def post(**more: Any) -> Any:
        return bruno.post("/api/v1/mobilities/events", body | more, content_type="application/json")

    dry = post(dry_run=True)
    assert (dry.status_code, dry.json()["told"]) == (200, False)
    assert states(everybody)["Ben"] == State.STARTED
    assert [one["event"]["reason"] for one in dry.json()["items"]] == ["force majeure"] * 3
    assert post().status_code == 201
    assert states(everybody) == {
        "Alba": State.INTERRUPTED, "Ben": State.INTERRUPTED, "Cia": State.STARTED, "Dea": State.CANCELLED,
    }  # fmt: skip
    again = post()
    assert (again.status_code, again.json()["code"]) == (404, "mobility.agreement.unknown-here")  # Dea's is over
