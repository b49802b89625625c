"""What if credit does not come as expected: in part, twice, with other points or grades, corrected, or refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from albas_story import COLOURING, CUT, CUTTING, DECIDED, LYON, TESTED, Story, agreed, because, text, until
from documents_read import words as printed
from ecvet.credit.assessment import Grade
from ecvet.credit.decision_errors import AlreadyRecognised, RemedyMissing
from ecvet.credit.errors import GradeNotOnScale
from ecvet.credit.lifecycle import RecognitionState
from ecvet.partnership import Function
from ecvet.partnership.errors import FunctionNotHeld
from ecvet.terms import Identifier, Period, Points
from ecvet_platform.credit.actions import appeal, looking, reading, surroundings, transcript
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.store import cases
from ecvet_platform.credit.words.cases import said
from ecvet_platform.institutions.actions import entering, register
from ecvet_platform.people import actions as people
from ecvet_platform.people.store import Account

SignIn = Callable[[Account], Client]
LAST_DAY = date(2026, 8, 9)


def shown(story: Story, signed_in: SignIn, thread: Identifier, name: str = "Bruno", *, step: str = "") -> str:
    """The page of the unit Cutting on the day of the decision."""
    case = cases.find(thread, CUT)
    assert case is not None
    with story.on(DECIDED):
        answer = signed_in(story.accounts[name]).get(f"/credit/cases/{case.id}{step}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_of_a_part_the_outcomes_are_transferred_and_the_points_are_not(story: Story, signed_in: SignIn):
    """Case 15: what was achieved of a unit is credit; points belong to the whole unit."""
    thread = story.agree()
    story.assess(thread, failed=("cuts",))
    issued = story.transfer(thread)
    (entry,) = issued.value.entries
    assert (entry.achieved, entry.complete, entry.points) == ({"measures"}, False, Points(Decimal(0)))
    page = shown(story, signed_in, thread)
    assert "Only a part of the unit was achieved: The learner measures hair." in page
    assert 'href="/what-if#case-15"' in page
    validated = story.validate(issued.address, reasons=because())
    decided = story.recognise(validated.address)
    assert (decided.value.extent, decided.value.points) == ("partial", Points(Decimal(0)))
    assert "a part carries none" in shown(story, signed_in, thread, "Alba")


def test_a_part_has_its_share_of_the_points_only_by_a_rule_that_is_named(story: Story, signed_in: SignIn):
    """Case 15: the page and programs take the rule; it stays in the decision and is read by everybody."""
    thread = story.agree()
    story.assess(thread, failed=("cuts",))
    validated = story.validate(story.transfer(thread).address, reasons=because())
    case = cases.find(thread, CUT)
    assert case is not None
    typed = {"outcomes": "measures", "use": "part of the qualification", "ground": "Training act",
             "share_rule": "Decree 7: pro rata"}  # fmt: skip
    with story.on(DECIDED):
        answer = signed_in(story.accounts["Dimitra"]).post(f"/credit/cases/{case.id}/recognise", typed)
        assert answer.status_code == 302, answer.content.decode()
        decided = reading.recognitions(story.alba)[-1].value
    assert (decided.extent, decided.points, decided.validation) == ("partial", Points.of(5), validated.address)
    assert decided.reconsideration is not None
    assert "Decree 7: pro rata" in shown(story, signed_in, thread, "Alba")


def test_the_share_of_a_part_is_by_the_weights_that_the_body_states(story: Story, signed_in: SignIn):
    """Case 15: weights and rounding are typed, kept in the decision, and read on the page and in the document."""
    thread = story.agree()
    story.assess(thread, failed=("cuts",))
    story.validate(story.transfer(thread).address, reasons=because())
    case = cases.find(thread, CUT)
    assert case is not None
    browser, path = signed_in(story.accounts["Dimitra"]), f"/credit/cases/{case.id}/recognise"
    typed = {
        "outcomes": "measures", "use": "part of the qualification", "ground": "Training act",
        "weight_0": "1", "weight_1": "2", "step": "0.5", "rounding": "nearest",
    }  # fmt: skip
    with story.on(DECIDED):
        unnamed = browser.post(path, typed)
        assert "Name the rule in which these weights stand" in unnamed.content.decode()
        half = browser.post(path, typed | {"share_rule": "Decree 9", "weight_1": ""})
        assert (half.status_code, "Give a weight here too" in half.content.decode()) == (422, True)
        nothing = browser.post(path, typed | {"share_rule": "Decree 9", "weight_0": "0", "weight_1": "0"})
        assert "At least one weight is more than 0." in nothing.content.decode()
        assert browser.post(path, typed | {"share_rule": "Decree 9"}).status_code == 302
        decided = reading.recognitions(story.alba)[-1]
        alba = story.actor("Alba")
        pdf = printing.of_record(decided.address, actor=alba, check_at="https://x.example/", language="en")
    assert decided.value.points == Points(Decimal("3.5")), "a third of 10, to the nearest half"
    method = decided.value.reconsideration
    assert method is not None
    assert [(one.outcome, one.weight) for one in method.weights] == [("measures", 1), ("cuts", 2)]
    for found in (shown(story, signed_in, thread, "Alba"), printed(pdf)):
        assert "The learner measures hair: weight 1 of 3" in found
        assert "Rounded to the nearest step of 0.5, from the middle to the one above." in found


def test_programs_state_weights_too_and_a_bad_one_is_refused(story: Story):
    """Case 15, by the API: what was not stated for every required outcome is refused by its code."""
    thread = story.agree()
    story.assess(thread, failed=("cuts",))
    validated = story.validate(story.transfer(thread).address, reasons=because())
    body = {
        "ground": {"en": "Act"}, "outcomes": ["measures"], "share_rule": {"en": "Decree 9"}, "grain": "1",
        "weights": [{"outcome": "measures", "weight": "3"}, {"outcome": "cuts", "weight": "2"}],
    }  # fmt: skip
    with story.on(DECIDED):
        secret = people.make_token(story.accounts["Dimitra"], institution=story.at_home["Dimitra"], name="test")
        program = Client(headers={"Authorization": f"Bearer {secret}"})
        path = f"/api/v1/validations/{validated.address}/recognitions"
        for wrong, code in (
            ({"weights": body["weights"][:1]}, "credit.share.weights-incomplete"),
            ({"grain": "0"}, "credit.share.step-not-positive"),
            ({"weights": [{"outcome": "measures", "weight": 0.5}]}, "record.terms.unreadable"),
        ):
            refused = program.post(path, body | wrong, content_type="application/json")
            assert (refused.status_code, refused.json()["code"]) == (422, code), refused.content
        made = program.post(path, body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["terms"]["points"]["value"] == "6"


def test_a_grade_at_home_stands_on_a_known_scale_beside_that_of_the_host(story: Story, signed_in: SignIn):
    """Case 19: the officer gives it, by the table of home; a value outside the scale is refused."""
    scales = {one.id.rsplit("/")[-1]: one.id for one in SCALES}
    thread = story.agree()
    story.assess(thread, grade=Grade(scale=scales["fr-20"], value="14"))
    validated = story.validate(story.transfer(thread).address)
    with pytest.raises(GradeNotOnScale):
        story.recognise(validated.address, grade=Grade(scale=scales["it-100"], value="104"))
    decided = story.recognise(validated.address, grade=Grade(scale=scales["it-100"], value="82"))
    assert decided.value.grade == Grade(scale=scales["it-100"], value="82")
    page = shown(story, signed_in, thread, "Alba")
    assert "Grade at home:" in page
    assert "14 (France 0 to 20, passes from 10)" in page


def test_a_unit_earned_in_two_countries_counts_once_and_it_is_said_why(story: Story, signed_in: SignIn):
    """Case 16: the second result stays in the record; the second recognition is refused and names the first."""
    first = story.agree()
    story.through(first)
    second = story.agree(replace(agreed(CUTTING)))
    story.assess(second)
    issued = story.transfer(second)
    page = shown(story, signed_in, second)
    assert "Recognised before, on 10 July 2026: The learner measures hair; The learner cuts hair." in page
    assert "counts once towards a qualification" in shown(story, signed_in, second, "Alba")
    with pytest.raises(AlreadyRecognised):
        story.recognise(story.validate(issued.address).address)
    assert "Recognised before" not in shown(story, signed_in, first)


def test_points_of_home_count_and_those_of_the_host_are_shown_beside_them(story: Story, signed_in: SignIn):
    """Case 17: home gives 10 points and the host 7; recognition gives those of home."""
    thread = story.agree(replace(agreed(CUTTING), hosting_points=Points.of(7)))
    decided = story.through(thread)
    assert decided.value.points == Points.of(10)
    for name in ("Bruno", "Alba", "Chloé"):
        page = shown(story, signed_in, thread, name)
        assert "At home the unit has 10 ECVET points, abroad 7 ECVET points." in page


def test_a_grade_is_shown_on_the_scale_of_the_host_with_its_pass_mark(story: Story, signed_in: SignIn):
    """Case 19: the original grade stays, named with its scale; nothing is computed."""
    french = next(one for one in SCALES if one.id.endswith("fr-20"))
    thread = story.agree()
    story.assess(thread, grade=Grade(scale=french.id, value="14"))
    issued = story.transfer(thread)
    decided = story.recognise(story.validate(issued.address).address)
    assert issued.value.entries[0].grade == Grade(scale=french.id, value="14")
    assert decided.value.grade is None
    assert "The host graded on its own scale: 14 (France 0 to 20, passes from 10)." in shown(story, signed_in, thread)


def test_a_function_lost_after_the_assessment_takes_nothing_away(story: Story, signed_in: SignIn):
    """Case 20: the day of the assessment counts; without the function on that day it is refused."""
    thread = story.agree()
    story.assess(thread)
    with story.on(TESTED):
        fiona, lyon = story.actor("Fiona"), register.institution(LYON)
        (held,) = (one for one in lyon.competences if one.function is Function.ASSESS)
        ended = replace(held, valid=Period(held.valid.start, TESTED))
        entering.regrant(LYON, entering.mark(held), ended, actor=fiona)
    issued = story.transfer(thread)
    assert story.recognise(story.validate(issued.address).address).value.extent == "full"
    assert "may no longer assess for this qualification; on 20 June 2026 it still did" in shown(
        story, signed_in, thread
    )
    other = story.agree(agreed(COLOURING))
    with pytest.raises(FunctionNotHeld) as refused:
        story.assess(other, COLOURING, day=date(2026, 6, 22))
    assert "2026-06-22" in str(refused.value)


def test_a_corrected_transcript_puts_the_decision_up_for_review(story: Story, signed_in: SignIn):
    """Case 21: nothing booked changes before home has looked at it again."""
    thread = story.agree()
    assessed = story.assess(thread)
    decided = story.recognise(story.validate(story.transfer(thread).address).address)
    with story.on(DECIDED):
        story.assess(thread, failed=("cuts",), day=date(2026, 6, 25))
        transcript.correct(
            thread, reason=text("The second demonstration counts"), without=frozenset({assessed.address}),
            actor=story.actor("Chloé"),
        )  # fmt: skip
    case = cases.find(thread, CUT)
    assert case is not None
    assert case.recognition == RecognitionState.REVIEW
    assert decided.address in {one.address for one in reading.recognitions(story.alba)}
    for name in ("Bruno", "Dimitra", "Alba"):
        page = shown(story, signed_in, thread, name)
        assert "The transcript was corrected after the decision of 10 July 2026." in page
        assert 'href="/what-if#case-21"' in page


def test_a_refusal_of_what_was_promised_names_the_remedy_and_its_last_day(story: Story, signed_in: SignIn):
    """Case 22: the agreement promised recognition; the learner reads what was withheld and until when to appeal."""
    thread = story.agree()
    story.assess(thread)
    validated = story.validate(story.transfer(thread).address)
    with pytest.raises(RemedyMissing):
        story.recognise(validated.address, outcomes=frozenset(), reasons=because())
    assert 'href="/what-if#case-22"' not in shown(story, signed_in, thread)
    refused = story.recognise(
        validated.address, outcomes=frozenset(), reasons=because("Our unit is wider"), remedy=until(LAST_DAY)
    )
    for name in ("Alba", "Chloé", "Bruno"):
        page = shown(story, signed_in, thread, name)
        assert "The agreement promised recognition, and the decision of 10 July 2026 withholds: The learner" in page
        assert "The learner may appeal until 9 August 2026" in page
    with story.on(LAST_DAY):
        lodged = appeal.appeal(refused.address, text=text("It is the same unit"), actor=story.actor("Alba"))
    assert lodged.value.decision == refused.address


def test_after_the_last_day_of_appeal_it_is_said_that_the_refusal_is_final(story: Story):
    """Case 22: no remedy is promised that there is not."""
    thread = story.agree()
    story.assess(thread)
    validated = story.validate(story.transfer(thread).address)
    story.recognise(validated.address, outcomes=frozenset(), reasons=because(), remedy=until(LAST_DAY))
    case = cases.find(thread, CUT)
    assert case is not None
    with story.on(date(2026, 8, 10)):
        view = looking.case(case.id, actor=story.actor("Alba"))
        (one,) = said(surroundings.noted(view), view.unit, SCALES)
    assert one.follows.startswith("The last day of appeal has passed")


def test_a_unit_as_expected_shows_nothing_unusual(story: Story, signed_in: SignIn):
    """Case 15: and all the others are told only where they are at hand."""
    thread = story.agree()
    story.through(thread)
    assert "What is unusual here" not in shown(story, signed_in, thread)
