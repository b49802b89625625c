"""The language made by code, offered for the time of a test, and the words of a page that stay plain in it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import babel
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.conf.locale import LANG_INFO

from ecvet_platform.people.language import own_name
from ecvet_platform.shell import pseudo

BRACKETED: Final = re.compile(f"{pseudo.OPEN}[^{pseudo.CLOSE}]*{pseudo.CLOSE}")
WORD: Final = re.compile(r"[^\W\d_]*[A-Za-z]{3,}[^\W\d_]*")
_KEY: Final = r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
_NO_WORDS: Final = re.compile(
    rf"https?://\S+|urn:\S+|\S+@\S+|sha-256:\S+|\bR-[A-Z]+-\d+|(\b[A-Z0-9]{{4}}\b ?){{4,}}|{_KEY}"
)
SAME_EVERYWHERE: Final = frozenset(
    {"ecvet", "ECVET", "UTC", "PDF", "ZIP", "CSV", "XLSX", "EQF", "ESCO", "ISCED", "DOCX", "JWT", "JSON", "SHA",
     "trust", "UTF", "Windows", "FILE", "verify", "chamber", "school", "employer", "teacher", "other"}
)  # fmt: skip
"""Names, signs, and what is typed into a terminal or a list: the same in every language."""
OF_THE_STORY: Final = frozenset({"law", "safely", "and", "well", "skills", "demonstration"})
"""What people of Alba's story wrote in small letters."""
_OF_THE_CORE: Final = re.compile(
    r"Check that the set of outcomes is coherent\.|“.+” names no knowledge and no competence\."
)
"""What the core finds in a draft, which it says in English only."""
SCALES: Final = frozenset({"Passed", "failed", "grades", "hundredths"})
"""Names of scales of grades, which the core knows in English only."""


@pytest.fixture(scope="session")
def pseudo_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its compiled texts, made once for a whole run."""
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo.write(django_settings.PLATFORM, folder)
    return folder


@pytest.fixture
def spoken(pseudo_catalogue: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The pseudo language, offered beside the others for the time of a test."""
    known = {"bidi": False, "code": pseudo.CODE, "name": "Pseudo", "name_local": pseudo.NAME}
    monkeypatch.setitem(LANG_INFO, pseudo.CODE, known)
    settings.LOCALE_PATHS = [pseudo_catalogue, *django_settings.LOCALE_PATHS]
    settings.LANGUAGES = [*django_settings.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return pseudo.CODE


def plain(words: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    """What of the words of a page is neither translated nor known: each with the text in which it stands."""
    for one in words:
        if _OF_THE_CORE.fullmatch(one):
            continue
        left = set(WORD.findall(_NO_WORDS.sub(" ", BRACKETED.sub(" ", one)))) - known
        if left:
            yield f"{sorted(left)} in “{one[:120]}”"


def written_by_people() -> frozenset[str]:
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
                for one in _texts(text):
                    if not re.fullmatch(r"[a-z][a-z -]{0,25}", one) or len(one) > 25:
                        found.update(WORD.findall(one))
    return _names_of_things() | SAME_EVERYWHERE | SCALES | found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


@cache
def _names_of_things() -> frozenset[str]:
    """Months, countries and languages, which are CLDR's and not ours."""
    locale = babel.Locale.parse("en_GB")
    own = [own_name(code) for code, _ in django_settings.LANGUAGES]
    names = [*locale.months["format"]["wide"].values(), *locale.territories.values(), *locale.languages.values(), *own]
    return frozenset(word for name in names for word in WORD.findall(str(name)))
