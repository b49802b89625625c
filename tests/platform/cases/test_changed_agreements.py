"""What if what was agreed changes: other tasks, other dates, an early end, a late signature, another qualification."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import stories_of as story
from ecvet.mobility import Amendment, ChangeReason, Reason, Remainder, State, Verb, version_at
from ecvet.mobility import Outcome as Recognised
from ecvet.mobility.review import WhyNot
from ecvet.qualification import Combination, UnitLink
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.record import Act, Address
from ecvet.terms import Identifier, Period, Points
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.errors import NotInForce
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing, stays
from ecvet_platform.qualifications import actions as qualifications
from stories_of import Cast

FIRST, LAST = story.STAY.start, story.STAY.end or story.STAY.start


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with clock.fixed(story.NOW):
        yield


def on(day: date) -> object:
    return clock.fixed(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def under_way(people: Cast) -> Identifier:
    thread, _version = story.in_force(people)
    stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=people.actor("Bruno"))
    with on(FIRST):
        stays.tell(thread, Verb.START, on=FIRST, actor=people.actor("Chloé"))
    return thread


def accepted(thread: Identifier, version: Address, people: Cast, *names: str) -> None:
    for name in names:
        signing.answer(thread, version, Act.ACCEPT, actor=people.actor(name))


def page(people: Cast, name: str, address: str) -> str:
    return people.browser(name).get(address).content.decode()


def test_the_host_proposes_other_tasks_on_the_first_day_and_says_why(everybody: Cast):
    """Case 1: the host changes what was agreed, with reasons; what is in force holds until all have signed."""
    thread = under_way(everybody)
    address = f"/agreements/{story.key(thread)}"
    with on(FIRST):
        chloe, bruno = everybody.browser("Chloé"), everybody.actor("Bruno")
        before = agreements.agreement(thread, actor=bruno).item
        form = chloe.get(f"{address}/change")
        assert "Why is it changed?" in form.content.decode()
        typed = {
            "base": before.address, "newest": before.address, "memorandum": before.value.memorandum or "",
            "start": "2026-04-06", "end": "2026-05-29", "unit-0": "on", "unit-1": "on", "recognises": story.TURIN,
            "validator": "Bruno", "recogniser": "Bruno", "assessor": "Chloé", "place": "Lyon",
            "why": [ChangeReason.TASK_NOT_THERE, ChangeReason.TIMETABLE], "why_text": "The salon is being rebuilt",
            "step": "propose", "seen": "1",
        }  # fmt: skip
        answer = chloe.post(f"{address}/change", typed)
        assert answer.status_code == 302, answer.content.decode()
        found = agreements.agreement(thread, actor=bruno)
        assert found.in_force == before.address
        new = found.proposed
        assert new is not None
        for name in ("Alba", "Bruno"):
            shown = page(everybody, name, f"{address}/versions/{new}")
            assert "a task or activity is not available" in shown
            assert "The salon is being rebuilt" in shown
        accepted(thread, new, everybody, "Alba", "Chloé", "Bruno")
        assert agreements.agreement(thread, actor=bruno).in_force == new
        known = agreements.thread(thread)
        assert version_at(known, FIRST).address == new
        assert version_at(known, date(2026, 4, 1)).address == before.address
        assert "This version changes what was agreed: a task or activity is not available" in page(
            everybody, "Alba", address
        )


def test_a_change_without_a_reason_is_remarked_and_blocks_nothing(everybody: Cast):
    """Case 1: the parties should know why they sign again."""
    thread = under_way(everybody)
    bruno = everybody.actor("Bruno")
    now = agreements.agreement(thread, actor=bruno).item.value
    longer = story.later(now, date(2026, 6, 12))
    found = proposing.judge(longer, actor=bruno, thread=thread)
    assert found.may
    assert "The change does not say why it is made." in [one.sentence for one in found.findings]
    why = Amendment(reasons=frozenset({ChangeReason.DATES}))
    told = proposing.judge(replace(longer, amendment=why), actor=bruno, thread=thread)
    assert [one for one in told.findings if one.subject == "amendment"] == []


def test_changed_dates_reach_lists_tables_and_what_waits_once_they_are_in_force(everybody: Cast):
    """Case 5: dates are read from the version in force, and are kept nowhere else."""
    thread = under_way(everybody)
    end, bruno, browser = date(2026, 6, 12), everybody.actor("Bruno"), everybody.browser("Bruno")
    now = agreements.agreement(thread, actor=bruno).item
    new = proposing.change(thread, story.later(now.value, end), base=now.address, actor=bruno)

    def shown() -> tuple[str, str, date | None]:
        line = agreements.line(thread, actor=bruno)
        return (
            browser.get("/agreements/").content.decode(),
            browser.get("/lists/agreements.csv").content.decode(),
            line.ends,
        )

    listed, table, ends = shown()
    assert ("29 May 2026" in listed, "2026-05-29" in table, ends) == (True, True, LAST)
    accepted(thread, new, everybody, "Alba", "Chloé", "Bruno")
    listed, table, ends = shown()
    assert ("12 June 2026" in listed, "2026-06-12" in table, ends) == (True, True, end)
    assert "29 May 2026" not in listed
    assert "First the stay was agreed for 6 April 2026 – 29 May 2026." in page(
        everybody, "Alba", f"/agreements/{story.key(thread)}"
    )
    with on(LAST):  # nobody is called for the end that was agreed first
        assert [verb for verb, _line in stays.waiting(everybody.actor("Chloé"))] == []
    with on(end):
        assert [verb for verb, _line in stays.waiting(everybody.actor("Chloé"))] == [Verb.END]


def test_the_reason_of_an_early_end_is_there_for_everybody_also_when_the_stay_is_closed(everybody: Cast):
    """Case 6: the reason of an early end is never lost."""
    thread, left = under_way(everybody), date(2026, 5, 1)
    with on(left):
        stays.tell(thread, Verb.END_EARLY, on=left, actor=everybody.actor("Chloé"), reason=Reason.ILLNESS,
                   remainder=Remainder.LATER)  # fmt: skip
        stays.close(
            thread, actor=everybody.actor("Bruno"), on=left, recognised=Recognised.PARTIAL,
            evaluation=story.text("as far as it went"), review=story.text("again next spring"),
            why_not=frozenset([WhyNot.ENDED_EARLY]),
        )  # fmt: skip
        for name in ("Alba", "Bruno", "Chloé", "Marc"):
            shown = page(everybody, name, f"/agreements/{story.key(thread)}")
            assert "ended early (hosting institution): illness" in shown
            assert "The stay ended early on 1 May 2026: illness." in shown
        told = everybody.browser("Bruno").get(f"/api/v1/mobilities/{story.key(thread)}").json()
        assert [one.get("reason") for one in told["events"] if one["verb"] == "end early"] == ["illness"]
        stay = stays.told(thread, actor=everybody.actor("Alba")).stay
        assert (stay.state, stay.reason, stay.remainder) == (State.CLOSED, Reason.ILLNESS, Remainder.LATER)
        table = everybody.browser("Bruno").get("/lists/agreements.csv").content.decode()
        assert "illness" in table


def test_who_travelled_before_all_had_signed_is_helped_by_a_retroactive_version(everybody: Cast):
    """Case 23: an arrival is a fact; a version marked as retroactive holds from the first day."""
    thread, version = story.proposed(everybody)
    accepted(thread, version, everybody, "Alba")
    arrived = date(2026, 4, 8)
    with on(arrived):
        stays.tell(thread, Verb.START, on=FIRST, actor=everybody.actor("Chloé"))
        shown = page(everybody, "Bruno", f"/agreements/{story.key(thread)}")
        assert "The learner has travelled, and the agreement is not in force." in shown
        assert 'href="/what-if#case-23"' in shown
        with pytest.raises(NotInForce):
            reading.ground(thread)
        bruno = everybody.actor("Bruno")
        item = agreements.agreement(thread, actor=bruno).item.value
        new = proposing.change(thread, replace(item, retroactive=True), base=version, actor=bruno)
        accepted(thread, new, everybody, "Alba", "Chloé", "Bruno")
        assert version_at(agreements.thread(thread), FIRST).address == new
        assert "has travelled, and the agreement" not in page(everybody, "Bruno", f"/agreements/{story.key(thread)}")


def test_who_follows_another_qualification_is_offered_a_change_to_it(everybody: Cast):
    """Case 31: what was agreed still counts; a change to the new qualification begins with the units of both."""
    thread = under_way(everybody)
    other = replace(
        story.HAIRDRESSER, id=Identifier("https://body.example/q/barber/1"), code="BARB", title=story.text("Barber"),
        points=Points.of(40), units=(UnitLink(code="CUT", unit=story.CUTTING, points=Points.of(40)),),
        rules=Combination(root=Group(children=(UnitPlace(unit="CUT", compulsory=True),))),
    )  # fmt: skip
    qualifications.publish(qualifications.Draft(other, (story.UNITS[0],)), actor=everybody.actor("Dimitra"))
    learners.enrol(everybody.alba.id, other.id, since=clock.today(), actor=everybody.actor("Bruno"))
    address = f"/agreements/{story.key(thread)}"
    for name in ("Alba", "Bruno", "Chloé"):
        assert "The learner now follows another qualification at home: Barber." in page(everybody, name, address)
    assert f'href="{address}/change?qualification=now"' in page(everybody, "Bruno", address)
    assert "?qualification=now" not in page(everybody, "Alba", address)
    form = everybody.browser("Bruno").get(f"{address}/change?qualification=now").content.decode()
    assert "Barber" in form
    assert 'name="unit-0" checked' in form
    assert reading.ground(thread).qualification == story.QUALIFICATION


def test_a_stay_as_agreed_shows_nothing_unusual(everybody: Cast):
    """Case 1: and all the others are told only where they are at hand."""
    thread = under_way(everybody)
    assert "What is unusual here" not in page(everybody, "Bruno", f"/agreements/{story.key(thread)}")
    assert Period(FIRST, LAST) == story.STAY
