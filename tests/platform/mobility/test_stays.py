"""Stays: what happens is told by whom it concerns, in the order of the table, and closed only after looking back."""

from datetime import date

import pytest

import stories_of as story
from ecvet.mobility import Outcome, Reason, Remainder, State, Verb, WhyNot
from ecvet.mobility.errors import NoVersionInForce
from ecvet.mobility.stay_errors import EndsBeforeAgreed, ReasonMissing, ReviewMissing, WhyNotMissing
from ecvet.record import StepNotPossible, StepNotYours
from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import stays
from ecvet_platform.mobility.waiting import waiting
from stories_of import Cast

ARRIVAL, LAST = story.STAY.start, story.STAY.end or story.STAY.start


def under_way(everybody: Cast) -> Identifier:
    thread, _version = story.in_force(everybody)
    stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))
    stays.tell(thread, Verb.START, on=ARRIVAL, actor=everybody.actor("Chloé"))
    return thread


def test_a_stay_from_plan_to_end(everybody: Cast):
    thread = under_way(everybody)
    chloe = everybody.actor("Chloé")
    stays.tell(thread, Verb.INTERRUPT, on=date(2026, 4, 20), actor=chloe, reason=Reason.ILLNESS)
    stays.tell(thread, Verb.RESUME, on=date(2026, 4, 24), actor=chloe)
    stays.tell(thread, Verb.END, on=LAST, actor=chloe)
    told = stays.told(thread, actor=everybody.actor("Alba"))
    assert (told.stay.state, told.stay.arrived, told.stay.left) == (State.ENDED, ARRIVAL, LAST)
    assert str(told.ending) == "as planned"
    assert len(told.stay.interruptions) == 1
    journal.verify()


def test_the_learner_may_cancel_before_the_stay_and_nothing_else(everybody: Cast):
    thread, _version = story.in_force(everybody)
    alba = everybody.actor("Alba")
    with pytest.raises(StepNotYours):
        stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=alba)
    stays.tell(thread, Verb.CANCEL, on=clock.today(), actor=alba, reason=Reason.LEARNERS_WISH)
    assert stays.told(thread, actor=alba).stay.state is State.CANCELLED


def test_a_verb_that_the_table_does_not_know_here_is_refused_with_those_it_knows(everybody: Cast):
    thread, _version = story.in_force(everybody)
    with pytest.raises(StepNotPossible) as caught:
        stays.tell(thread, Verb.END, on=LAST, actor=everybody.actor("Chloé"))
    assert caught.value.status == 409
    assert "confirm" in caught.value.what_to_do


def test_only_an_agreement_in_force_makes_a_stay_ready(everybody: Cast):
    thread, _version = story.proposed(everybody)
    with pytest.raises(NoVersionInForce):
        stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))


def test_an_early_end_keeps_its_reason_and_what_becomes_of_the_rest(everybody: Cast):
    thread, chloe = under_way(everybody), everybody.actor("Chloé")
    with pytest.raises(EndsBeforeAgreed):
        stays.tell(thread, Verb.END, on=date(2026, 5, 1), actor=chloe)
    with pytest.raises(ReasonMissing):
        stays.tell(thread, Verb.END_EARLY, on=date(2026, 5, 1), actor=chloe)
    stays.tell(
        thread, Verb.END_EARLY, on=date(2026, 5, 1), actor=chloe, reason=Reason.FORCE_MAJEURE, remainder=Remainder.LATER
    )
    told = stays.told(thread, actor=chloe)
    assert (told.stay.reason, told.stay.remainder, str(told.ending)) == (Reason.FORCE_MAJEURE, Remainder.LATER, "early")


@pytest.mark.rule("R-LA-7")
def test_an_arrival_without_an_agreement_in_force_is_a_fact_with_a_remark(everybody: Cast):
    thread, _version = story.proposed(everybody)
    stays.tell(thread, Verb.START, on=ARRIVAL, actor=everybody.actor("Chloé"))
    assert [one.rule for one in stays.told(thread, actor=everybody.actor("Bruno")).remarks] == ["R-LA-7"]


@pytest.mark.rule("R-QA-3")
def test_a_stay_is_closed_by_home_with_a_review_that_says_why_recognition_failed(everybody: Cast):
    thread, bruno = under_way(everybody), everybody.actor("Bruno")
    stays.tell(thread, Verb.END, on=LAST, actor=everybody.actor("Chloé"))
    text = story.text("as agreed")
    with pytest.raises(ReviewMissing):
        stays.tell(thread, Verb.CLOSE, on=date(2026, 6, 1), actor=bruno)
    with pytest.raises(WhyNotMissing):
        stays.close(thread, actor=bruno, on=date(2026, 6, 1), recognised=Outcome.PARTIAL, evaluation=text, review=text)
    with pytest.raises(StepNotYours):
        stays.close(
            thread, actor=everybody.actor("Chloé"), on=date(2026, 6, 1), recognised=Outcome.FULL, evaluation=text,
            review=text,
        )  # fmt: skip
    stays.close(
        thread, actor=bruno, on=date(2026, 6, 1), recognised=Outcome.PARTIAL, evaluation=text, review=text,
        why_not=frozenset([WhyNot.NATIONAL_RULE]),
    )  # fmt: skip
    told = stays.told(thread, actor=bruno)
    assert told.stay.state is State.CLOSED
    assert told.review is not None
    assert told.review.why_not == {WhyNot.NATIONAL_RULE}


def test_the_next_step_of_a_stay_waits_for_the_side_whose_step_it_is(everybody: Cast):
    thread, _version = story.in_force(everybody)

    def kinds(name: str) -> list[str]:
        return [one.title.split(": ")[-1] for one in waiting(everybody.actor(name), clock.today())]

    assert kinds("Bruno") == ["Confirm that everything is ready"]
    stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))
    assert kinds("Bruno") == []
    assert kinds("Chloé") == kinds("Marc") == ["The learner has arrived"]


def test_by_page_and_api_a_stay_is_told_and_refused_alike(everybody: Cast):
    thread, _version = story.in_force(everybody)
    page, api = f"/agreements/{story.key(thread)}", f"/api/v1/mobilities/{story.key(thread)}"
    bruno, chloe = everybody.browser("Bruno"), everybody.browser("Chloé")
    assert bruno.post(f"{page}/stay", {"verb": "confirm", "on": "2026-03-02"}).status_code == 302
    refused = bruno.post(f"{page}/stay", {"verb": "cancel", "on": "2026-03-02", "note": "kept"})
    assert refused.status_code == 422
    assert "kept" in refused.content.decode()
    wrong_side = bruno.post(f"{api}/events", {"verb": "start", "on": "2026-04-06"}, content_type="application/json")
    assert wrong_side.status_code == 403
    told = chloe.post(f"{api}/events", {"verb": "start", "on": "2026-04-06"}, content_type="application/json")
    assert (told.status_code, told.json()["state"]) == (201, "started")
    again = chloe.post(f"{api}/events", {"verb": "start", "on": "2026-04-06"}, content_type="application/json")
    assert again.status_code == 409
    assert "Possible now" in again.json()["remedy"]
    odd = chloe.post(f"{api}/events", {"verb": "vanish", "on": "2026-04-06"}, content_type="application/json")
    assert odd.status_code == 422
    erik = everybody.browser("Erik")
    assert erik.get(api).status_code == 404
    assert (
        erik.post(f"{api}/events", {"verb": "start", "on": "2026-04-06"}, content_type="application/json").status_code
        == 404
    )
