"""Help for authors: remarks on the wording of outcomes, and the fields of education."""

import pytest

from core.qualification.samples import outcome, unit
from ecvet.qualification import LearningOutcome, OutcomeKind
from ecvet.qualification.fields_of_education import Field, field_titled, fields_of_education, find_fields
from ecvet.qualification.wording import remarks, unit_remarks
from ecvet.terms import LangString, Severity


def said(text: str, language: str = "en") -> LearningOutcome:
    return LearningOutcome(id="1", text=LangString.of({language: text}), kind=OutcomeKind.SKILLS)


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("knows the rules of hygiene", "en", "knows"),
        ("Is familiar with ovens", "en", "is familiar with"),
        ("kennt die Arten von Öfen", "de", "kennt"),
        ("Connaît les règles d’hygiène", "fr", "connait"),
        ("ymmärtää leivontaa", "fi", "ymmartaa"),
        ("explains what was taught in the course", "en", "course"),
    ],
)
def test_what_cannot_be_seen_or_heard_is_remarked_on_in_its_language(text: str, language: str, word: str):
    (found,) = remarks(said(text, language))
    assert found.severity is Severity.FLAG
    assert f"“{word}”" in found.sentence


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("acknowledges a customer's wish", "en"),
        ("explains how time changes a dough", "en"),
        ("knows", "mt"),
        ("misst, wiegt und mischt", "de"),
    ],
)
def test_what_is_well_said_gets_no_remark(text: str, language: str):
    assert remarks(said(text, language)) == ()


def test_several_sentences_and_the_same_twice_are_remarked_on():
    assert [one.rule for one in remarks(said("Bakes bread. Sells it."))] == ["R-UNIT-9"]
    assert [one.rule for one in remarks(said("bakes " * 60))] == ["R-UNIT-9"]
    one = unit("A", outcomes=(outcome("bake", OutcomeKind.SKILLS), said("can bake")))
    assert [those[0].rule for those in unit_remarks(one).values()] == ["R-UNIT-5"]


def test_fields_of_education_are_whole_and_each_lies_in_a_broader_one():
    codes = {one.code for one in fields_of_education()}
    assert [len([one for one in codes if len(one) == length]) for length in (2, 3, 4)] == [12, 30, 81]
    assert all(code[:-1] in codes for code in codes if len(code) > 2)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("1012", "Hair and beauty services"),
        ("0720", "Manufacturing and processing not further defined"),
        (
            "0788",
            "Inter-disciplinary programmes and qualifications involving Engineering, manufacturing and construction",
        ),
        ("0499", "Business, administration and law not elsewhere classified"),
        ("0717", None),
        ("12", None),
        ("0789", None),
        ("", None),
    ],
)
def test_a_code_has_its_title_or_there_is_no_such_field(code: str, title: str | None):
    assert field_titled(code) == (None if title is None else Field(code, title))


def test_fields_are_found_by_words_and_by_code():
    assert [one.code for one in find_fields("HAIR")] == ["1012"]
    assert [one.code for one in find_fields("101")][:5] == ["1011", "1012", "1013", "1014", "1015"]
    assert find_fields(" ") == ()
    assert find_fields("hair")[0].address == "http://data.europa.eu/snb/isced-f/1012"
