"""The language made by code: every page of every role is walked in it, and whatever stays plain English is a fault."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import babel
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.conf.locale import LANG_INFO
from django.test import Client

from albas_story import DECIDED, Story, story  # noqa: F401
from albas_story import begun_story as begun_story
from ecvet_platform.people import actions as people
from ecvet_platform.people.language import own_name
from ecvet_platform.shell import pseudo
from walking import walk
from whole_story import ROLES, everything

pytestmark = pytest.mark.django_db()

BRACKETED = re.compile(f"{pseudo.OPEN}[^{pseudo.CLOSE}]*{pseudo.CLOSE}")
KEY = r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
WORD = re.compile(r"[^\W\d_]*[A-Za-z]{3,}[^\W\d_]*")
SAME_EVERYWHERE = frozenset(
    {
        "ecvet",
        "ECVET",
        "UTC",
        "PDF",
        "ZIP",
        "CSV",
        "XLSX",
        "EQF",
        "ESCO",
        "ISCED",
        "DOCX",
        "JWT",
        "JSON",
        "SHA",
        "trust",
        "UTF",
        "Windows",
    }
    | {"FILE", "verify"}
)
"""Names, signs and what is typed into a terminal: the same in every language."""
OF_THE_STORY = frozenset({"law", "safely", "and", "well", "skills", "demonstration"})
"""What people of the story wrote in small letters."""
SCALES = frozenset({"Passed", "failed", "grades", "hundredths"})
"""Names of scales of grades, which the core knows in English only."""


@pytest.fixture
def spoken(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pseudo language, offered for the time of a test."""
    folder = tmp_path / "locale"
    pseudo.write(django_settings.PLATFORM, folder)
    monkeypatch.setitem(
        LANG_INFO, pseudo.CODE, {"bidi": False, "code": pseudo.CODE, "name": "Pseudo", "name_local": pseudo.NAME}
    )
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES = [*django_settings.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return pseudo.CODE


def test_placeholders_and_tags_stay_and_everything_grows():
    said = pseudo.pseudo("%(who)s must answer by {day}, <b>always</b> 100 %%")
    assert {"%(who)s", "{day}", "<b>", "</b>", "%%"} <= set(re.findall(r"%\(who\)s|\{day\}|</?b>|%%", said))
    assert said.startswith(pseudo.OPEN)
    assert said.endswith(pseudo.CLOSE)
    assert len(said) >= 1.4 * len("%(who)s must answer by {day}, <b>always</b> 100 %%")
    assert not WORD.search(re.sub(r"%\(who\)s|\{day\}|</?b>", "", said))


def test_it_is_not_offered_to_people():
    assert pseudo.CODE not in dict(django_settings.LANGUAGES)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def written_by_people() -> set[str]:
    """Every word of what people wrote or are called: all columns of all tables, and the values of all records.

    A single word in small letters is none of these: the names of states and verbs in the code look like that.
    """
    found: set[str] = set()
    for model in apps.get_models():
        for row in model.objects.values_list():
            for cell in row:
                text = bytes(cell).decode(errors="ignore") if isinstance(cell, (bytes, memoryview)) else cell
                if isinstance(text, str) and text[:1] in "{[":
                    with suppress(ValueError):
                        text = json.loads(text, parse_float=Decimal)
                for one in texts(text):
                    if not re.fullmatch(r"[a-z][a-z -]{0,25}", one) or len(one) > 25:
                        found.update(WORD.findall(one))
    locale = babel.Locale.parse("en_GB")
    own = (own_name(code) for code, _ in django_settings.LANGUAGES)
    for names in (
        locale.months["format"]["wide"].values(),
        locale.territories.values(),
        locale.languages.values(),
        own,
    ):
        found.update(word for name in names for word in WORD.findall(str(name)))
    return found


@pytest.mark.parametrize("who", ROLES)
def test_no_page_says_anything_that_is_not_translated(story: Story, spoken: str, who: str) -> None:  # noqa: F811
    everything(story)
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = spoken
    plain: dict[str, set[str]] = {}
    with story.on(DECIDED):
        client.post(f"/sign-in/{people.new_link(story.accounts[who])}")
        known = written_by_people() | SAME_EVERYWHERE | OF_THE_STORY | SCALES
        opened = 0
        for path, _, page, text in walk(client, of_each_kind=1):
            opened += 1
            assert f'lang="{spoken}"' in text
            for words in page.words:
                rest = BRACKETED.sub(" ", words)
                if (
                    left := set(
                        WORD.findall(
                            re.sub(
                                rf"https?://\S+|urn:\S+|\S+@\S+|sha-256:\S+|(\b[A-Z0-9]{{4}}\b ?){{4,}}|{KEY}",
                                " ",
                                rest,
                            )
                        )
                    )
                    - known
                ):
                    plain.setdefault(path, set()).add(f"{sorted(left)} in “{words[:120]}”")
    assert opened >= 10
    assert not plain, "\n".join(f"{path}: {one}" for path, found in plain.items() for one in sorted(found))
