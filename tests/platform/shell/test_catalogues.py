"""Translations: real catalogues, compiled when they are older than their texts, with every placeholder kept."""

import os
import re
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from ecvet_platform.shell.catalogues import compile_all, extract

LANGUAGES = ("bg", "de", "el", "fi", "fr", "mt")
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")


def read(code: str) -> Catalog:
    with (settings.CATALOGUES / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=code)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A text, or the forms of one that counts something."""
    return (text,) if isinstance(text, str) else tuple(text)


def catalogue(code: str) -> dict[str, tuple[str, ...]]:
    return {forms(one.id)[0]: forms(one.string) for one in read(code) if one.id and any(forms(one.string))}


def counted_by(catalog: Catalog) -> list[set[int]]:
    """For each plural form of a language the numbers up to 200 that take it."""
    which, found = c2py(catalog.plural_expr), [set[int]() for _ in range(catalog.num_plurals)]
    for number in range(201):
        found[which(number)].add(number)
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_every_placeholder(code: str):
    catalog = read(code)
    numbers = counted_by(catalog)
    for one in catalog:
        translated = forms(one.string)
        if not one.id or not any(translated):
            continue
        wanted = set(PLACE.findall(forms(one.id)[-1]))
        if len(forms(one.id)) == 1:
            assert set(PLACE.findall(translated[0])) == wanted, one.id
            continue
        assert len(translated) == len(numbers), one.id
        for form, takes in zip(translated, numbers, strict=True):
            may_drop = {"%(num)s"} if len(takes) == 1 else set()  # “one unit” says the number in a word
            assert wanted - may_drop <= set(PLACE.findall(form)) <= wanted, (one.id, form)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_frame_is_translated_whole(code: str):
    frame = settings.PLATFORM / "shell"
    wanted = {forms(one.id)[0] for one in extract(frame) if one.id and not one.locations[0][0].startswith("ecvet")}
    assert len(wanted) > 40
    assert wanted - catalogue(code).keys() == set()


def test_machine_drafted_catalogues_say_so():
    for code in LANGUAGES:
        text = (settings.CATALOGUES / code / "LC_MESSAGES" / "django.po").read_text()
        assert "# machine-drafted" in text


def test_a_catalogue_is_compiled_only_when_it_is_newer(tmp_path: Path):
    source, target = tmp_path / "po", tmp_path / "mo"
    po = source / "fi" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Unit"\nmsgstr "Yksikkö"\n')
    assert compile_all(source, target) == ("fi",)
    assert compile_all(source, target) == ()
    mo = target / "fi" / "LC_MESSAGES" / "django.mo"
    os.utime(po, (mo.stat().st_mtime + 5,) * 2)
    assert compile_all(source, target) == ("fi",)
    assert [file.name for file in mo.parent.iterdir()] == ["django.mo"]
