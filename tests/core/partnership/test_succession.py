"""Another institution continues one that merges or moves: who stands in its place, and what may still be agreed."""

from dataclasses import replace
from datetime import date

import pytest

from core.partnership import samples
from ecvet.partnership import CompetentInstitution, Continuation, may_agree, may_be_continued, successor
from ecvet.partnership.errors import InstitutionContinued, SuccessionCircular
from ecvet.record import canonical, plain, value
from ecvet.record.canonical import parse_canonical
from ecvet.terms import Failure, Identifier, country

OLD, NEWER, NEWEST = samples.LYON, samples.SALON, samples.TURIN
BEFORE, DAY, LATER = date(2024, 4, 30), date(2024, 5, 1), date(2024, 9, 1)


def institution(name: Identifier) -> CompetentInstitution:
    return CompetentInstitution(id=name, name=samples.text(name), country=country("FR"))


def continued(name: Identifier, by: Identifier, since: date = DAY) -> CompetentInstitution:
    return replace(institution(name), continued=Continuation(by=by, since=since, source="decree"))


KNOWN = {OLD: continued(OLD, NEWER), NEWER: continued(NEWER, NEWEST, LATER), NEWEST: institution(NEWEST)}


@pytest.mark.parametrize(("on", "who"), [(BEFORE, OLD), (DAY, NEWER), (LATER, NEWEST)])
def test_who_stands_in_its_place_follows_the_days(on: date, who: Identifier) -> None:
    """Edge case 25."""
    assert successor(OLD, KNOWN, on) == who


def test_an_unknown_institution_stands_for_itself() -> None:
    assert successor(samples.STRANGER, KNOWN, LATER) == samples.STRANGER


def test_nothing_new_is_agreed_from_the_day_on() -> None:
    assert may_agree(KNOWN[OLD], BEFORE)
    assert may_agree(KNOWN[NEWEST], LATER)
    answer = may_agree(KNOWN[OLD], DAY)
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, InstitutionContinued)
    assert NEWER in str(answer.reason)


def test_a_succession_never_goes_in_a_circle() -> None:
    assert may_be_continued(OLD, NEWEST, KNOWN)
    for one, by in ((OLD, OLD), (NEWEST, OLD), (NEWEST, NEWER)):
        answer = may_be_continued(one, by, KNOWN)
        assert isinstance(answer, Failure)
        assert isinstance(answer.reason, SuccessionCircular)


def test_a_circle_that_came_in_otherwise_ends_somewhere() -> None:
    known = {OLD: continued(OLD, NEWER), NEWER: continued(NEWER, OLD)}
    assert successor(OLD, known, LATER) in (OLD, NEWER)


def test_it_is_read_back_as_it_was_written() -> None:
    item = KNOWN[OLD]
    assert value(CompetentInstitution, parse_canonical(canonical(plain(item)))) == item
