"""Translations: real catalogues, compiled when they are older than their texts, with every placeholder kept."""

import os
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from ecvet_platform.shell.catalogues import compile_all, extract

LANGUAGES = ("bg", "de", "el", "fi", "fr", "mt")
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")


def catalogue(code: str) -> dict[str, str]:
    with (settings.CATALOGUES / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file, locale=code) if one.id and one.string}


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_every_placeholder(code: str):
    for text, translated in catalogue(code).items():
        assert set(PLACE.findall(translated)) == set(PLACE.findall(text)), text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_frame_is_translated_whole(code: str):
    frame = settings.PLATFORM / "shell"
    wanted = {str(one.id) for one in extract(frame) if one.id and not one.locations[0][0].startswith("ecvet")}
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
