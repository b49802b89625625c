"""The report of a consultation: who took part, what was said and decided, and whom it does not show."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.qualification.test_consultation import BAKER, BOARD, DOUGH, OPENED, OVEN, outcome
from ecvet.qualification.consultation import Group, How, Opinion, Reply, Response, Round, Verdict, View, changes, places
from ecvet.qualification.consultation.report import Report, report
from ecvet.record import plain, value
from ecvet.terms import Country, LangString

MADE = date(2026, 5, 4)
PRACTICE, LONGER = LangString.of(en="More practice."), LangString.of(en="A day is too short.")
NEXT = replace(DOUGH, outcomes=(outcome("1", "makes yeast dough and sourdough"), outcome("2", "plans a day")))


def answer(name: str, opinion: Opinion, comment: LangString | None = None, *, anonymous: bool = False) -> Response:
    view = View(place="units/DOU/1", opinion=opinion, comment=comment)
    return Response(
        id=name, group=Group.SCHOOL, country=Country("FR"), views=(view,), anonymous=anonymous,
        name="" if anonymous else name,
    )  # fmt: skip


def made(*answers: Response, minimum: int = 1, replies: tuple[Reply, ...] = ()) -> Report:
    invited = (*(("school", "FR", True) for _ in answers), ("chamber", "DE", False))
    return report(
        Round(opened=OPENED, deadline=date(2026, 4, 30), closed=date(2026, 4, 20)), title=BAKER.title,
        qualification=BAKER.id, institution=BOARD, number=2, asked=None, snapshot="sha-256:0", minimum=minimum,
        made=MADE, known=places(BAKER, (DOUGH, OVEN)), responses=answers, invited=invited, replies=replies,
        changes=changes((BAKER, (DOUGH, OVEN)), (BAKER, (NEXT, OVEN))),
    )  # fmt: skip


def test_it_says_how_many_were_invited_and_answered() -> None:
    found = made(answer("Chloé", Opinion.AGREE), answer("Erik", Opinion.DISAGREE))
    assert [(one.of, one.invited, one.answered) for one in found.groups] == [("chamber", 1, 0), ("school", 2, 2)]
    assert [(one.of, one.invited, one.answered) for one in found.countries] == [("DE", 1, 0), ("FR", 2, 2)]
    assert (found.invited, found.answered, found.rate) == (3, 2, Decimal("66.7"))


def test_opinions_are_counted_and_shares_are_of_those_who_have_one() -> None:
    given = (Opinion.AGREE, Opinion.AGREE, Opinion.DISAGREE, Opinion.NONE)
    found = made(*(answer(str(number), one) for number, one in enumerate(given)))
    tally = next(one for one in found.results if one.place.key == "units/DOU/1").tally
    assert tally is not None
    assert (tally.people, tally.agree, tally.disagree, tally.no_opinion) == (4, 2, 1, 1)
    assert tally.share(Opinion.AGREE) == Decimal("66.7")
    assert [one.of for one in found.opinions_by_group] == [("school",)]
    assert found.results[0].place.title == LangString.of(en="makes yeast dough")


def test_where_too_few_answered_to_hide_in_nothing_is_shown_of_what_they_think() -> None:
    found = made(answer("Chloé", Opinion.DISAGREE, anonymous=True), minimum=3)
    shown = {one.place.key: one.tally for one in found.results}
    assert shown["units/DOU/1"] is None
    assert not any(shown.values())
    assert found.opinions_by_group == ()


def test_a_comment_that_was_answered_stands_with_its_answer_and_the_others_without_one() -> None:
    reply = Reply(
        verdict=Verdict.ACCEPTED, reason=LangString.of(en="Sourdough is added."), comments=(("Chloé", "units/DOU/1"),),
        places=("units/DOU/1", "units/GONE"), on=MADE,
    )  # fmt: skip
    unused = replace(reply, comments=(("nobody", "units/DOU/1"),))
    said = (answer("Chloé", Opinion.DISAGREE, PRACTICE), answer("Erik", Opinion.CHANGES, LONGER))
    accepted, open_ = made(*said, replies=(reply, unused)).decisions
    assert (accepted.verdict, [one.comment for one in accepted.comments]) == (Verdict.ACCEPTED, [PRACTICE])
    assert [one.key for one in accepted.places] == ["units/DOU/1"]
    assert (open_.verdict, [one.name for one in open_.comments]) == (None, ["Erik"])
    assert len(made(said[0], replies=(reply,)).decisions) == 1


def test_who_asked_to_be_anonymous_has_neither_name_nor_group_nor_country() -> None:
    (open_,) = made(answer("Chloé", Opinion.DISAGREE, PRACTICE, anonymous=True)).decisions
    (said,) = open_.comments
    assert (said.name, said.group, said.country) == ("", "", "")
    assert said.comment == PRACTICE


def test_what_the_next_version_changed_stands_with_its_words_before_and_after() -> None:
    (found,) = made(answer("Chloé", Opinion.AGREE)).changes
    assert (found.place.key, found.how) == ("units/DOU/1", How.CHANGED)
    assert found.after == LangString.of(en="makes yeast dough and sourdough")


def test_it_is_kept_as_it_was_made() -> None:
    found = made(answer("Chloé", Opinion.DISAGREE, PRACTICE))
    assert value(Report, plain(found)) == found
