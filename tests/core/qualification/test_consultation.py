"""A consultation: its places, when it is open, what is counted, whom nobody can single out, what changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.consultation import (
    Count,
    How,
    Opinion,
    Reply,
    Response,
    Round,
    State,
    Verdict,
    View,
    breakdown,
    changes,
    contested,
    count,
    may_be_submitted,
    may_close,
    may_open,
    may_prolong,
    may_reply,
    may_report,
    may_respond,
    places,
    rate,
    replied,
)
from ecvet.qualification.consultation import Group as Stakeholders
from ecvet.qualification.consultation.errors import (
    CommentsUnanswered,
    CommentUnknown,
    ConsultationClosed,
    ConsultationOver,
    ConsultationRunning,
    DeadlineUnusable,
    MinimumTooSmall,
    NothingSaid,
    PlaceUnknown,
)
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import LearningOutcome, OutcomeKind, Unit
from ecvet.terms import Country, Failure, Identifier, LangString, Points

BOARD = Identifier("https://board.example/")
OPENED, DEADLINE, AFTER = date(2026, 3, 2), date(2026, 4, 30), date(2026, 5, 1)


def outcome(name: str, text: str) -> LearningOutcome:
    return LearningOutcome(id=name, text=LangString.of(en=text), kind=OutcomeKind.SKILLS)


DOUGH = Unit(
    id=Identifier("https://board.example/units/DOU/1"), code="DOU", title=LangString.of(en="Making dough"),
    institution=BOARD, outcomes=(outcome("1", "makes yeast dough"), outcome("2", "plans a day")),
)  # fmt: skip
OVEN = replace(DOUGH, id=Identifier("https://board.example/units/OV/1"), code="O/V", title=LangString.of(en="Baking"),
               outcomes=(outcome("1", "bakes bread"),))  # fmt: skip
BAKER = Qualification(
    id=Identifier("https://board.example/qualifications/BAK/1"), code="BAK", title=LangString.of(en="Baker"),
    institution=BOARD, country=Country("FI"),
    rules=Combination(root=Group(id="root", children=(UnitPlace(unit="DOU"), UnitPlace(unit="O/V")))),
    units=(UnitLink(code="DOU", unit=DOUGH.id), UnitLink(code="O/V", unit=OVEN.id)),
)  # fmt: skip
KEYS = ("whole", "rules", "units/DOU", "units/DOU/1", "units/DOU/2", "units/O%2FV", "units/O%2FV/1")


def response(name: str, group: str, country: str, *, anonymous: bool = False, **views: str) -> Response:
    return Response(
        id=name, group=Stakeholders(group), country=Country(country), anonymous=anonymous,
        views=tuple(View(place=place, opinion=Opinion(one)) for place, one in views.items()),
    )  # fmt: skip


# ------------------------------------------------------------- places
def test_the_places_of_a_text_stand_in_its_order_and_points_only_where_there_are_any() -> None:
    assert tuple(one.key for one in places(BAKER, (DOUGH, OVEN))) == KEYS
    with_points = replace(BAKER, points=Points.of(10))
    assert [one.key for one in places(with_points, ())] == ["whole", "points", "rules", "units/DOU", "units/O%2FV"]


def test_a_unit_and_an_outcome_never_share_a_key_whatever_their_codes() -> None:
    link, strange = UnitLink(code="DOU/1", unit=DOUGH.id), replace(BAKER.units[0])
    found = [one.key for one in places(replace(BAKER, units=(strange, link)), (DOUGH,))]
    assert len(found) == len(set(found))


# ------------------------------------------------------------- rounds
@pytest.mark.parametrize(
    ("item", "on", "state"),
    [
        (Round(opened=OPENED, deadline=DEADLINE), DEADLINE, State.OPEN),
        (Round(opened=OPENED, deadline=DEADLINE), AFTER, State.OVER),
        (Round(opened=OPENED, deadline=DEADLINE, closed=OPENED), OPENED, State.CLOSED),
        (Round(opened=OPENED, deadline=DEADLINE, closed=OPENED, reported=AFTER), AFTER, State.REPORTED),
    ],
)
def test_where_a_consultation_stands(item: Round, on: date, state: State) -> None:
    assert item.state(on) is state
    assert bool(may_respond(item, on)) is (state is State.OPEN)
    assert bool(may_close(item, on)) is (state in (State.OPEN, State.OVER))


def test_a_consultation_needs_a_day_to_answer_and_groups_that_single_nobody_out() -> None:
    assert may_open(DEADLINE, 3, on=OPENED)
    assert _refused(may_open(OPENED, 3, on=OPENED), DeadlineUnusable)
    assert _refused(may_open(DEADLINE, 2, on=OPENED), MinimumTooSmall)


def test_it_is_prolonged_until_it_is_closed_or_answered() -> None:
    item = Round(opened=OPENED, deadline=DEADLINE)
    later = date(2026, 6, 1)
    assert may_prolong(item, later, on=AFTER, replies=0)
    assert _refused(may_prolong(item, DEADLINE, on=OPENED, replies=0), DeadlineUnusable)
    assert _refused(may_prolong(item, AFTER, on=AFTER, replies=0), DeadlineUnusable)
    assert _refused(may_prolong(item, later, on=AFTER, replies=1), ConsultationClosed)
    assert _refused(may_prolong(replace(item, closed=AFTER), later, on=AFTER, replies=0), ConsultationClosed)
    assert _refused(may_respond(item, AFTER), ConsultationOver)


def test_the_report_waits_for_the_end_and_for_every_reply() -> None:
    item = Round(opened=OPENED, deadline=DEADLINE)
    assert _refused(may_report(item, DEADLINE, unanswered=0), ConsultationRunning)
    assert _refused(may_report(item, AFTER, unanswered=2), CommentsUnanswered)
    assert may_report(item, AFTER, unanswered=0)
    assert _refused(may_report(replace(item, reported=AFTER), AFTER, unanswered=0), ConsultationClosed)


# ------------------------------------------------------------- answers
def test_an_answer_says_something_and_only_about_places_that_there_are() -> None:
    assert may_be_submitted([View(place="whole", opinion=Opinion.AGREE)], KEYS)
    assert may_be_submitted([View(place="rules", comment=LangString.of(de="Zu streng"))], KEYS)
    assert _refused(may_be_submitted([], KEYS), NothingSaid)
    assert _refused(may_be_submitted([View(place="whole")], KEYS), NothingSaid)
    assert _refused(may_be_submitted([View(place="points", opinion=Opinion.AGREE)], KEYS), PlaceUnknown)


def test_only_comments_that_can_no_longer_change_have_replies_and_the_last_reply_counts() -> None:
    item = Round(opened=OPENED, deadline=DEADLINE)
    views = (View(place="whole", comment=LangString.of(de="Gut")), View(place="rules", opinion=Opinion.DISAGREE))
    said = Response(id="a", group=Stakeholders.SCHOOL, country=Country("AT"), views=views)
    first = Reply(verdict=Verdict.NOT, reason=LangString.of(en="No"), comments=(("a", "whole"),), on=AFTER)
    assert may_reply(item, first, [said], AFTER)
    assert _refused(may_reply(item, first, [said], DEADLINE), ConsultationRunning)
    assert _refused(may_reply(item, replace(first, comments=(("a", "rules"),)), [said], AFTER), CommentUnknown)
    assert _refused(may_reply(item, replace(first, comments=()), [said], AFTER), CommentUnknown)
    second = replace(first, verdict=Verdict.ACCEPTED)
    assert replied([first, second]) == {("a", "whole"): second}


# ------------------------------------------------------------- counting
def test_shares_are_exact_and_of_those_who_have_an_opinion() -> None:
    given_ = [response("a", "school", "AT", whole="agree"), response("b", "school", "AT", whole="disagree"),
              response("c", "school", "DE", whole="agree"), response("d", "school", "DE")]  # fmt: skip
    found = count(given_, "whole")
    assert (found.people, found.said) == (4, 3)
    assert found.share(Opinion.AGREE) == Decimal("66.7")
    assert Count(0, dict.fromkeys(Opinion, 0)).share(Opinion.AGREE) is None
    assert rate(1, 8) == Decimal("12.5")
    assert rate(0, 0) is None


def test_places_with_most_disagreement_come_first() -> None:
    given_ = [response("a", "school", "AT", whole="agree", rules="agree_with_changes"),
              response("b", "school", "DE", whole="agree_with_changes", rules="disagree")]  # fmt: skip
    found = contested(given_, places(BAKER, (DOUGH, OVEN)))
    assert [place.key for place, _count in found][:3] == ["rules", "whole", "units/DOU"]


def test_a_small_group_is_shown_where_nobody_asked_to_be_anonymous() -> None:
    given_ = [response("a", "school", "AT", whole="agree"), *(response(f"b{n}", "employer", "DE") for n in range(3))]
    assert [one.of for one in breakdown(given_, lambda one: one.group, minimum=3)] == [("employer",), ("school",)]


def test_a_hidden_group_takes_another_with_it_so_that_no_subtraction_gives_it_away() -> None:
    given_ = [response("a", "school", "AT", anonymous=True, whole="disagree"),
              *(response(f"b{n}", "employer", "DE", whole="agree") for n in range(4)),
              *(response(f"c{n}", "chamber", "DE", whole="agree") for n in range(3))]  # fmt: skip
    found = breakdown(given_, lambda one: one.group, minimum=3, place="whole")
    assert [(one.of, one.count.people) for one in found] == [(("employer",), 4), (("chamber", "school"), 4)]
    assert breakdown(given_[:1], lambda one: one.group, minimum=3) == ()


@given(
    st.lists(st.tuples(st.sampled_from(Stakeholders), st.booleans(), st.sampled_from(Opinion)), max_size=24),
    st.integers(3, 6),
)
def test_every_line_with_somebody_anonymous_has_enough_people_and_all_are_counted(
    people: list[tuple[Stakeholders, bool, Opinion]], minimum: int
) -> None:
    given_ = [Response(id=str(number), group=group, country=Country("FI"), anonymous=hidden,
                       views=(View(place="whole", opinion=opinion),))
              for number, (group, hidden, opinion) in enumerate(people)]  # fmt: skip
    found = breakdown(given_, lambda one: one.group, minimum=minimum, place="whole")
    for line in found:
        members = [one for one in given_ if one.group in line.of]
        assert len(members) == line.count.people
        assert line.count.people >= minimum or not any(one.anonymous for one in members)
    if found:
        assert _people(found) == len(given_)
    else:
        assert not given_ or len(given_) < minimum


def _people(lines: Iterable[object]) -> int:
    return sum(one.count.people for one in lines)  # type: ignore[attr-defined]


# ------------------------------------------------------------- changes
def test_what_changed_is_told_place_by_place_and_not_for_new_ids_of_records() -> None:
    units = (DOUGH, OVEN)
    again = replace(BAKER, id=Identifier("https://board.example/qualifications/BAK/2"), version="2")
    assert changes((BAKER, units), (again, units)) == ()
    new = replace(DOUGH, outcomes=(outcome("1", "makes every dough"), outcome("3", "cleans up")))
    found = changes((BAKER, units), (replace(BAKER, title=LangString.of(en="Master baker")), (new, OVEN)))
    assert [(one.place, one.how) for one in found] == [
        ("whole", How.CHANGED), ("units/DOU/1", How.CHANGED), ("units/DOU/3", How.ADDED), ("units/DOU/2", How.REMOVED),
    ]  # fmt: skip
    assert (str(found[1].before), str(found[1].after)) == ("makes yeast dough", "makes every dough")
    assert (found[2].before, found[3].after) == (None, None)
    assert found[0].before is None


def test_another_tree_and_other_points_are_changes_of_rules_and_points() -> None:
    tree = replace(BAKER.rules, root=Group(id="root", children=(UnitPlace(unit="DOU"),)))
    found = changes((BAKER, ()), (replace(BAKER, rules=tree, points=Points.of(60)), ()))
    assert [(one.place, one.how) for one in found] == [("points", How.ADDED), ("rules", How.CHANGED)]
    title = changes((BAKER, (DOUGH,)), (BAKER, (replace(DOUGH, title=LangString.of(en="Doughs")),)))
    assert [(one.place, str(one.before), str(one.after)) for one in title] == [("units/DOU", "Making dough", "Doughs")]


def _refused(answer: object, reason: type[Exception]) -> bool:
    assert isinstance(answer, Failure), answer
    assert isinstance(answer.reason, reason)
    return True
