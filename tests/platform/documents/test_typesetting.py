"""Values become accessible PDF: words as they are, in any script, never as markup; the record byte for byte."""

import json
import re
from datetime import date
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from documents_read import files, marks, root, streams, words
from ecvet.record import address_of
from ecvet.terms import Identifier, LangString
from ecvet_platform.documents import fields
from ecvet_platform.documents.errors import CharacterMissing
from ecvet_platform.documents.fields import FORMS, Form
from ecvet_platform.documents.typeset import LOOK, told, typeset
from ecvet_platform.documents.values import Document, Text, said

RECORD = '{"name":"Ġanna Ħaż-Żebbuġ","n":1}'.encode()
HOSTILE = (
    '#panic("x")',
    "$ x^2 $",
    "*bold* _it_ `raw`",
    "<label> @ref",
    '\\ #import "/etc/passwd"',
    "= heading",
    "{{ 1 }}",
)
NAMES = ("Ġanna Ħaż-Żebbuġ", "Δήμητρα Παπαδοπούλου", "Йорданка Щърбева", "Łukasz Żółć", "Özgür Şahin", "محمد", "გიორგი")


def document(form: Form = fields.AGREEMENT, language: str = "en", **values: Any) -> Document:
    return Document(
        form=form, language=language, title="Learning agreement", values=values, on=date(2026, 5, 4), record=RECORD,
        address=address_of(RECORD), verification="https://ecvet.example/verify/records/1",
        sealer=Identifier("https://home.example"), sealed_by="Home",
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda one: f"{one.kind}-{len(one.sections)}")
def test_each_form_makes_a_document_even_when_nothing_is_given(form: Form) -> None:
    pdf = typeset(document(form), sealed=False)
    found = marks(pdf)
    assert re.search(r"pdfuaid:part>1<", found)
    assert re.search(r"pdfaid:part>3<", found)
    assert re.search(r"pdfaid:conformance>A<", found)


@pytest.mark.parametrize("form", FORMS, ids=lambda one: f"{one.kind}-{len(one.sections)}")
def test_every_field_of_a_form_is_printed(form: Form) -> None:
    keys: dict[str, Any] = {}
    for section in form.sections:
        into = {} if section.each else keys
        for field in section.fields:
            line = {key: f"{field.key}·{key}" for key, _ in field.columns}
            into[field.key] = (line,) if field.columns else f"v·{field.key}"
        if section.each:
            keys[section.each] = ({"title": f"t·{section.each}", **into},)
    found = words(typeset(document(form, **keys), sealed=False)).replace(" ", "")
    for section in form.sections:
        assert str(section.heading).replace(" ", "") in found or f"t·{section.each}" in found
        for field in section.fields:
            expected = [f"{field.key}·{key}" for key, _ in field.columns] or [f"v·{field.key}"]
            assert all(one in found for one in expected), field.key


def test_the_record_is_attached_byte_for_byte() -> None:
    assert files(typeset(document(), sealed=False)) == {"record.json": RECORD}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_wrote_is_never_markup(text: str) -> None:
    given = {"title": text, "outcomes": (text, text)}
    found = words(typeset(document(learner=text, units=(given,), assessors=({"name": text},)), sealed=False))
    assert found.count(" ".join(text.split())) == 5


@pytest.mark.parametrize("name", NAMES)
def test_names_in_every_script_are_there(name: str) -> None:
    assert set(name) - {" "} <= set(words(typeset(document(learner=name), sealed=False)))


@pytest.mark.parametrize("word", ["Ammattitutkintojärjestelmäselvitys", "anna-maria.o-connor@long-name.example.org"])
def test_a_long_word_is_divided_on_paper_and_copied_whole(word: str) -> None:
    row = dict.fromkeys(("name", "institution", "position"), f"{word} {word}")
    found = words(typeset(document(assessors=(row,)), sealed=False))
    assert found.replace(" ", "").count(word) == 6


def test_a_character_without_a_font_is_refused_rather_than_left_out() -> None:
    with pytest.raises(CharacterMissing) as refused:
        typeset(document(learner="\U0001fae9\U000e0041\U0010ffff"), sealed=False)
    assert refused.value.status == 422


def test_control_characters_print_nothing() -> None:
    assert "AlbaRossi" in words(typeset(document(learner="Alba\x00\x1bRossi\x7f"), sealed=False))


def test_the_labels_are_in_the_language_of_the_document() -> None:
    pdf = typeset(document(language="el"), sealed=False)
    assert root(pdf)["/Lang"].startswith("el")
    assert "Φορέας προέλευσης" in words(pdf)


@pytest.mark.parametrize("code", ["bg", "de", "el", "fi", "fr", "mt"])
def test_every_label_is_translated_where_there_is_a_catalogue(code: str) -> None:
    with (settings.CATALOGUES / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        awaited = {one.id for one in read_po(file, locale=code) if not one.string}
    labels = {*fields.FRAME.values(), *(form.title for form in FORMS)}
    for section in (section for form in FORMS for section in form.sections):
        labels |= {section.heading, section.text} - {""}
        for field in section.fields:
            labels |= {field.label, *(label for _, label in field.columns)}
    with translation.override(None):
        assert {str(one) for one in labels} & awaited == set()


def test_words_in_another_language_are_marked() -> None:
    assert said(LangString.of(fi="Hius", sv="Hår"), "el") == Text("Hius", "fi")
    assert said(LangString.of(fi="Hius", el="Μαλλί"), "el") == Text("Μαλλί")
    assert said(None, "el") == ""
    pdf = typeset(document(units=({"title": Text("Leikkaaminen", "fi")},)), sealed=False)
    assert any(b"/Lang(fi)" in one for one in streams(pdf))


@pytest.mark.parametrize(
    ("tag", "marked"), [("de-AT", b"/Lang(de-AT)"), ("sr-Latn", b"/Lang(sr)"), ("fr-1990", b"/Lang(fr)")]
)
def test_a_language_with_a_region_or_a_script_is_printed(tag: str, marked: bytes) -> None:
    pdf = typeset(document(units=({"title": Text("Haarschnitt", tag)},)), sealed=False)
    assert any(marked in one for one in streams(pdf))
    assert root(typeset(document(language="en-xa"), sealed=False))["/Lang"] == "en-XA"


def test_title_pages_and_the_qr_code_speak() -> None:
    pdf = typeset(document(), sealed=False)
    found = words(pdf)
    assert "Page 1 of 2" in found
    assert "https://ecvet.example/verify/records/1" in found
    assert address_of(RECORD) in found.replace(" ", "")
    assert root(pdf)["/ViewerPreferences"]["/DisplayDocTitle"]
    spoken = alternatives(root(pdf)["/StructTreeRoot"])
    assert any("https://ecvet.example/verify/records/1" in one for one in spoken)


def test_a_copy_says_whether_it_is_sealed() -> None:
    assert "Sealed electronically by Home." in words(typeset(document(), sealed=True))
    assert "no electronic seal" in words(typeset(document(), sealed=False))


def test_the_same_document_is_the_same_file() -> None:
    assert typeset(document(), sealed=False) == typeset(document(), sealed=False)


def test_each_form_has_its_template_and_names_no_key_twice() -> None:
    for form in FORMS:
        assert (LOOK / f"{form.kind}.typ").exists()
        names = [field.key for section in form.sections if not section.each for field in section.fields]
        assert len(names) == len(set(names)), form.kind
        assert {section.mark for section in form.sections} <= {"S", "K", "D"}


def test_a_field_that_is_shown_only_if_given_is_left_out() -> None:
    asked = json.dumps(told(document(), sealed=False))
    assert "legal guardian" not in asked
    assert "legal guardian" in json.dumps(told(document(guardian="Gaia"), sealed=False))


def alternatives(element: Any) -> list[str]:
    return [str(one["/Alt"]) for one in elements(element) if "/Alt" in one]


def elements(element: Any) -> list[Any]:
    """All structure elements below one."""
    found, left = [], [element]
    while left:
        one = left.pop().get_object()
        if not isinstance(one, dict):
            continue
        found.append(one)
        kids = one.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        left += [kid for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    return found
