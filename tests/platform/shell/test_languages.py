"""The status of the languages, and pages in all 24 of them."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.shell.catalogues import status

pytestmark = pytest.mark.django_db()


@pytest.mark.parametrize("code", dict(settings.LANGUAGES))
def test_pages_are_made_in_every_language(code: str, client: Client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    for address in ("/", "/sign-in", "/languages", "/qualifications/", "/institutions/", "/verify"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{code}">' in answer.content.decode()


def test_strangers_see_how_far_each_language_is(client: Client):
    page = client.get("/languages").content.decode()
    count = status.of("mt").count
    row = re.search(r"Maltese</a>.*?</tr>", page, re.DOTALL)
    assert row
    assert re.findall(r'numeric">([\d,]+)<', row[0]) == [
        f"{one:,}" for one in (count.people, count.drafts, count.missing)
    ]
    assert page.count("<tr>") == 25
    assert "original" in page


def test_a_language_is_told_area_by_area(client: Client):
    page = client.get("/languages/ga").content.decode()
    assert "Texts in Irish" in page
    assert "Learners and learning agreements" in page
    for unknown in ("en", "xx", "zh"):
        assert client.get(f"/languages/{unknown}").status_code == 404


def test_a_page_says_that_its_words_are_drafts_and_english_has_none(client: Client):
    said = re.compile(r'<footer.*?/languages".*?</footer>', re.DOTALL)
    english = said.search(client.get("/").content.decode())
    assert english
    assert "drafted" not in english[0]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    german = said.search(client.get("/").content.decode())
    assert german
    assert len(german[0]) > len(english[0])


def test_programs_are_told_the_same(person: Callable[..., Account], signed_in: Callable[[Account], Client]):
    found = signed_in(person("Bruno", Role.COORDINATOR)).get("/api/v1/languages").json()["languages"]
    assert len(found) == 23
    (fi,) = (one for one in found if one["language"] == "fi")
    count = status.of("fi").count
    assert (fi["people"], fi["drafts"], fi["missing"]) == (count.people, count.drafts, count.missing)
    assert fi["areas"]["mobility"].keys() == {"people", "drafts", "missing"}


def test_forms_refuse_in_a_language_that_the_framework_does_not_speak(client: Client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "mt"
    page = client.post("/sign-in", {"email": ""}).content.decode()
    assert "Dan il-kamp huwa meħtieġ." in page
    assert "This field is required" not in page
