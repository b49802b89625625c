"""Changing the language: for a stranger by cookie, for a person for good; the page stays."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from ecvet_platform.people.store import Account

pytestmark = pytest.mark.django_db()

SIGN_IN = {
    "fi": "Kirjaudu sisään",
    "fr": "Se connecter",
    "el": "Σύνδεση",
    "bg": "Вход",
    "mt": "Idħol",
    "de": "Anmelden",
}


@pytest.mark.parametrize("code", SIGN_IN)
def test_the_frame_speaks_the_language_that_was_chosen(client: Client, code: str):
    answer = client.post("/language", {"language": code, "next": "/sign-in"})
    assert answer["Location"] == "/sign-in"
    page = client.get("/sign-in").content.decode()
    assert f'<html lang="{code}">' in page
    assert SIGN_IN[code] in page


def test_the_browsers_language_is_spoken_first(client: Client):
    page = client.get("/", headers={"Accept-Language": "mt,en;q=0.5"})
    assert page["Content-Language"] == "mt"
    assert '<html lang="mt">' in page.content.decode()


def test_a_persons_language_stays_with_her(
    person: Callable[..., Account], signed_in: Callable[[Account], Client], django_capture_on_commit_callbacks
):
    bruno = person("Bruno")
    signed_in(bruno).post("/language", {"language": "fi", "next": "/"})
    elsewhere = signed_in(bruno).get("/", headers={"Accept-Language": "de"})
    assert '<html lang="fi">' in elsewhere.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/sign-in", {"email": "bruno@example.org"}, headers={"Accept-Language": "de"})
    assert mail.outbox[-1].subject == "Linkki ecvetiin kirjautumiseen"


def test_all_official_languages_are_offered_by_their_own_names(client: Client):
    page = client.get("/").content.decode()
    for code, name in {"mt": "Malti", "ga": "Gaeilge", "el": "Ελληνικά", "bg": "Български", "sv": "Svenska"}.items():
        assert f'value="{code}" lang="{code}"' in page
        assert name in page
    assert page.count('<button name="language"') == 24


@pytest.mark.parametrize("code", ["xx", "", "en-GB-oed"])
def test_an_unknown_language_is_refused(client: Client, code: str):
    answer = client.post("/language", {"language": code})
    assert answer.status_code == 422
    assert b"people.language.unknown" in answer.content


def test_changing_the_language_never_leads_to_another_site(client: Client):
    assert client.post("/language", {"language": "fi", "next": "//evil.example"})["Location"] == "/"
