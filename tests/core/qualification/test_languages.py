"""Texts in their languages: all are found, and a translation never takes the authoritative text away."""

import pytest

from ecvet.qualification.languages import said, texts, translated
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, Unit
from ecvet.terms import Identifier, LangString

UNIT = Unit(
    id=Identifier("urn:u:1"), code="CUT", title=LangString.of(fi="Leikkaus"), institution=Identifier("urn:i:1"),
    assessment=LangString.of(fi="Näyttö", en="Demonstration"),
    outcomes=(
        LearningOutcome(
            id="1", text=LangString.of(fi="leikkaa"), kind=OutcomeKind.SKILLS,
            criteria=(AssessmentCriterion(id="1.1", text=LangString.of(fi="turvallisesti")),),
        ),
    ),
)  # fmt: skip


def test_all_texts_are_found_with_their_places():
    assert [path for path, _text in texts(UNIT)] == [
        "title",
        "outcomes.0.text",
        "outcomes.0.criteria.0.text",
        "assessment",
    ]


@pytest.mark.rule("R-UNIT-11")
def test_a_translation_stands_beside_the_authoritative_text():
    after = translated(UNIT, "en", {"title": "Cutting", "outcomes.0.criteria.0.text": "safely", "assessment": ""})
    assert dict(after.title.texts) == {"fi": "Leikkaus", "en": "Cutting"}
    assert after.title.authoritative == "fi"
    assert after.outcomes[0].criteria[0].text.in_("en") == "safely"
    assert after.assessment == LangString.of(fi="Näyttö")
    assert translated(after, "fi", {"title": ""}).title == after.title


def test_what_is_said_keeps_the_other_languages():
    before = LangString.of({"fi": "Leikkaus", "en": "Cutting"}, authoritative="fi")
    assert said(before, "fi", "Hiustenleikkaus") == LangString.of(
        {"fi": "Hiustenleikkaus", "en": "Cutting"}, authoritative="fi"
    )
    assert said(before, "en", " ") == LangString.of(fi="Leikkaus")
    assert said(before, "fi", "") is None
    assert said(None, "fi", "Leikkaus") == LangString.of(fi="Leikkaus")
    assert said(None, "fi", "") is None
