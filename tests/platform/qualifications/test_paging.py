"""Pages of lists: as many lines as asked, how many there are on all pages, every word of a search found."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications import paging

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7) SELECT i\nFROM n ORDER BY i"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("skip", "found"), [(0, [1, 2, 3]), (3, [4, 5, 6]), (6, [7]), (9, [])], ids=["first", "middle", "last", "behind"]
)
def test_every_page_knows_how_many_lines_there_are(skip: int, found: list[int]):
    assert paging.page(NUMBERS, [], skip=skip, limit=3) == ([(one,) for one in found], 7)


@pytest.mark.django_db
def test_a_search_takes_signs_of_patterns_as_letters():
    for text, search, there in (("100% cotton", "0% c", True), ("1000 cotton", "0% c", False), ("a_b", "a_b", True),
                                ("axb", "a_b", False), ("a\\b", "a\\b", True), ("ab", "", True)):  # fmt: skip
        also, wanted = paging.words(search, "text")
        sql = f"SELECT text\nFROM (SELECT CAST(%s AS TEXT) AS text) AS one WHERE 1 = 1{also} ORDER BY text"
        assert bool(paging.page(sql, [text, *wanted], skip=0, limit=1)[0]) is there, (text, search)


def test_days_and_keys_read_alike_from_either_database():
    assert paging.day("2026-04-06") == paging.day(date(2026, 4, 6)) == date(2026, 4, 6)
    assert paging.day(None) is None
    assert paging.key("0" * 32) == paging.key(UUID(int=0)) == UUID(int=0)


@pytest.mark.django_db
def test_one_of_nothing_is_nothing():
    assert paging.page(f"SELECT 1\nFROM (SELECT 1 AS i) AS one WHERE i {paging.one_of(())} ORDER BY i", [], skip=0,
                       limit=1) == ([], 0)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/learners/", "/agreements/", "/qualifications/", "/credit/"])
def test_a_list_is_asked_in_a_handful_of_queries(
    path: str, person: Any, signed_in: Any, django_assert_max_num_queries: Any
):
    browser: Client = signed_in(person("Bruno", Role.COORDINATOR))
    with django_assert_max_num_queries(9):
        assert browser.get(path).status_code == 200


@pytest.mark.django_db
def test_a_role_taken_away_is_gone_at_the_next_page(person: Any, signed_in: Any):
    bruno: Account = person("Bruno", Role.COORDINATOR)
    office = person("Dimitra", Role.REGISTER_OFFICE)
    browser: Client = signed_in(bruno)
    assert browser.get("/learners/").status_code == 200
    actor = people.actor(office.id)
    assert actor.institution is not None
    people.take_role(bruno, actor.institution, Role.COORDINATOR, by=actor)
    assert browser.get("/learners/").status_code == 403
