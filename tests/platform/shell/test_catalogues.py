"""The languages' files as they lie here: each text found, each translation checked, drafts marked, terms used."""

from pathlib import Path

import pytest
from django.conf import settings

from ecvet_platform.shell.catalogues import checks, extraction, files, terms
from ecvet_platform.shell.catalogues.__main__ import CODES, PLATFORM

COMPLETE = ("bg", "de", "el", "fi", "fr", "mt")
"""Languages whose frame is translated whole."""


def test_there_is_a_file_for_every_official_language_but_english():
    assert set(CODES) == set(dict(settings.LANGUAGES)) - {"en"}
    assert {po.parts[-3] for po in files.LOCALE.glob("*/LC_MESSAGES/django.po")} == set(CODES)


def test_every_call_of_gettext_in_code_is_extracted():
    assert list(extraction.overlooked(PLATFORM)) == []


def test_a_text_that_the_extraction_cannot_see_is_found(tmp_path: Path):
    room = tmp_path / "room"
    room.mkdir()
    (room / "pages.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        "def additional(_): ...\n"
        "seen = _('Seen'), ngettext('one', 'many', 2)\n"
        "hidden = f\"{_('Hidden')}, {ngettext('%(n)s thing', '%(n)s things', 3)}\"\n"
        "made = _('Put' + 'together'), _(f'{seen} here'), _(seen)\n"
    )
    found = list(extraction.overlooked(tmp_path))
    assert [one.partition(": ")[0] for one in sorted(found)] == ["room/pages.py:4"] * 2 + ["room/pages.py:5"] * 2


@pytest.mark.parametrize("code", CODES)
def test_every_translation_passes_its_checks(code: str):
    catalog = files.read(code)
    assert {one.id: checks.wrong(one, catalog) for one in catalog if one.id and checks.wrong(one, catalog)} == {}


NUMBER_FORMS = {"cs": 3, "ga": 5, "hr": 3, "lt": 3, "lv": 3, "mt": 4, "pl": 3, "ro": 3, "sk": 3, "sl": 4}


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_its_number_forms(code: str):
    catalog = files.read(code)
    assert catalog.num_plurals == NUMBER_FORMS.get(code, 2)
    forms = checks.counted_by(catalog.plural_expr, catalog.num_plurals)
    assert all(forms)
    assert set().union(*forms) == set(range(201))
    counted = [one for one in catalog if one.pluralizable]
    assert counted
    assert all(len(files.forms(one.string)) == catalog.num_plurals for one in counted)


@pytest.mark.parametrize("code", COMPLETE)
def test_the_frame_is_translated_whole(code: str):
    known = {files.forms(one.id)[0] for one in files.read(code) if one.id and any(files.forms(one.string))}
    frame = {"Sign in", "Sign out", "Skip to main content", "Language:", "Error:", "See also", "Save", "Search"}
    assert frame - known == set()


def test_a_catalogue_says_nothing_that_changes_by_itself_and_marks_no_missing_text():
    for code in CODES:
        text = files.path(code).read_text(encoding="utf-8")
        assert "POT-Creation-Date" not in text
        assert "fuzzy" not in text
        assert not [one.id for one in files.read(code) if files.is_draft(one) and not any(files.forms(one.string))]


# ------------------------------------------------------------- the term base
def test_every_term_has_a_wording_in_all_24_languages():
    assert len(terms.terms()) >= 25
    for term in terms.terms():
        assert set(term.wordings) == set(dict(settings.LANGUAGES)), term.name
        assert term.wordings["en"].official
        assert all(word.say.strip() == word.say and word.say for word in term.wordings.values()), term.name


def test_terms_are_found_in_english_but_not_within_placeholders():
    found = [term.name for term in terms.terms_in("Units of learning outcomes: %(credit)s {award}")]
    assert found[0] == "unit of learning outcomes"
    assert {"learning outcome", "unit"} <= set(found)
    assert not {"credit", "award"} & set(found)


def test_a_translation_that_does_not_use_the_term_base_is_told():
    catalog = files.read("de")
    catalog.get("Learning outcomes").string = "Resultate"
    catalog.get("Unit").string = "EINHEIT"
    told = {english: term.name for english, _, term in terms.unused(catalog, "de")}
    assert told["Learning outcomes"] == "learning outcome"
    assert "Unit" not in told
