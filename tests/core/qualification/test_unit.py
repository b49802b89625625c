"""Units of learning outcomes: what they must have, what they may have, and what they have no place for."""

from dataclasses import fields, replace
from datetime import date

import pytest

from core.qualification.samples import SCHOOL, outcome, qualification, text, unit
from ecvet.qualification import AssessmentCriterion, LearningOutcome, OutcomeKind, Unit, UnitLink, unit_findings
from ecvet.record import plain, value
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import EQFLevel, Identifier, LangString, NoText, Period, PeriodEndsBeforeItBegins, Severity


def found(one: Unit) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in unit_findings(one)}


@pytest.mark.rule("R-UNIT-1", "R-UNIT-2", "R-UNIT-3")
def test_a_complete_unit_without_qualification_and_without_end_is_fine() -> None:
    assert unit_findings(unit("A")) == ()
    assert "qualification" not in {field.name for field in fields(Unit)}


@pytest.mark.rule("R-UNIT-1")
@pytest.mark.parametrize(
    "lacking",
    [
        {"outcomes": ()},
        {"assessment": None},
        {"outcomes": tuple(outcome(str(kind), kind, criteria=0) for kind in OutcomeKind)},
    ],
)
def test_a_unit_without_outcomes_procedures_or_criteria_is_an_error(lacking: dict[str, object]) -> None:
    assert found(unit("A", **lacking)) == {"R-UNIT-1": Severity.ERROR}


@pytest.mark.rule("R-UNIT-1")
def test_a_unit_needs_a_title() -> None:
    with pytest.raises(NoText):
        LangString.of(en=" ")
    given = plain(unit("A"))
    assert isinstance(given, dict)
    del given["title"]
    with pytest.raises(TermsUnreadable, match="title"):
        value(Unit, given)


def test_two_outcomes_of_one_unit_cannot_share_an_id() -> None:
    twice = (outcome("same", OutcomeKind.SKILLS), outcome("same", OutcomeKind.KNOWLEDGE))
    assert found(unit("A", outcomes=twice))["R-UNIT-1"] is Severity.ERROR


@pytest.mark.rule("R-UNIT-3")
def test_the_validity_of_a_unit_may_not_end_before_it_begins() -> None:
    assert unit("A", valid=Period(date(2024, 1, 1), date(2024, 1, 1))).valid is not None
    with pytest.raises(PeriodEndsBeforeItBegins):
        unit("A", valid=Period(date(2024, 1, 2), date(2024, 1, 1)))


@pytest.mark.rule("R-UNIT-4")
def test_every_outcome_is_knowledge_skills_or_competence_also_when_a_national_word_is_kept() -> None:
    mapped = outcome("x", OutcomeKind.COMPETENCE, national_category="Selbstständigkeit")
    given = plain(mapped)
    assert value(LearningOutcome, given) == mapped
    assert isinstance(given, dict)
    with pytest.raises(TermsUnreadable):
        value(LearningOutcome, {**given, "kind": "Selbstständigkeit"})
    with pytest.raises(TermsUnreadable, match="kind"):
        value(LearningOutcome, {name: one for name, one in given.items() if name != "kind"})


@pytest.mark.rule("R-UNIT-5")
def test_a_unit_without_one_of_knowledge_skills_and_competence_gets_a_warning_only() -> None:
    only_skills = unit("A", outcomes=(outcome("s", OutcomeKind.SKILLS),))
    (finding,) = unit_findings(only_skills)
    assert (finding.rule, finding.severity) == ("R-UNIT-5", Severity.WARNING)
    assert "knowledge, competence" in finding.sentence


@pytest.mark.rule("R-UNIT-6")
def test_a_criterion_that_requires_another_unit_keeps_the_unit_from_being_assessed_on_its_own() -> None:
    own, other = unit("A").id, unit("B").id

    def requiring(needed: Identifier) -> Unit:
        criterion = AssessmentCriterion(id="c", text=text("after B"), requires=(needed,))
        first, *rest = unit("A").outcomes
        return unit("A", outcomes=(replace(first, criteria=(criterion,)), *rest))

    assert found(requiring(other)) == {"R-UNIT-6": Severity.ERROR}
    assert found(requiring(own)) == {}


@pytest.mark.rule("R-UNIT-7")
def test_one_unit_serves_several_qualifications() -> None:
    shared = UnitLink(code="A", unit=unit("A").id)
    first = qualification(units=(shared,))
    second = qualification(id=Identifier("https://school.example/qualifications/painter/1"), units=(shared,))
    assert first.units[0].unit == second.units[0].unit
    assert first.id != second.id


@pytest.mark.rule("R-UNIT-8")
@pytest.mark.parametrize("member", ["course", "provider", "place", "duration", "hours"])
def test_a_unit_has_no_place_for_a_course_a_provider_a_place_or_a_duration(member: str) -> None:
    given = plain(unit("A"))
    assert isinstance(given, dict)
    with pytest.raises(TermsUnreadable, match=f"unknown member “{member}”"):
        value(Unit, {**given, member: "evening school"})


@pytest.mark.rule("R-UNIT-9")
def test_an_outcome_without_a_criterion_gets_a_warning() -> None:
    first, *rest = unit("A").outcomes
    assert found(unit("A", outcomes=(replace(first, criteria=()), *rest))) == {"R-UNIT-9": Severity.WARNING}


@pytest.mark.rule("R-UNIT-10")
def test_a_unit_may_be_described_at_several_levels_each_with_its_own_outcomes_and_criteria() -> None:
    grid = tuple(outcome(f"{kind}-{level}", kind, level=EQFLevel(level)) for level in (3, 2) for kind in OutcomeKind)
    described = unit("A", outcomes=grid)
    assert described.levels == (EQFLevel(2), EQFLevel(3))
    assert {one.id for one in described.at_level(EQFLevel(2))} == {"knowledge-2", "skills-2", "competence-2"}
    assert unit_findings(described) == ()
    assert unit("A").levels == ()


@pytest.mark.rule("R-UNIT-10")
def test_a_level_without_criteria_and_an_outcome_without_level_get_warnings() -> None:
    kinds = tuple(OutcomeKind)
    bare = tuple(outcome(f"{kind}-3", kind, criteria=0, level=EQFLevel(3)) for kind in kinds)
    full = tuple(outcome(f"{kind}-2", kind, level=EQFLevel(2)) for kind in kinds)
    assert "no criteria at EQF 3" in unit_findings(unit("A", outcomes=bare + full))[1].sentence
    mixed = unit("A", outcomes=(*full, outcome("loose", OutcomeKind.SKILLS)))
    assert found(mixed) == {"R-UNIT-10": Severity.WARNING}


@pytest.mark.rule("R-UNIT-11")
def test_texts_stand_in_several_languages_one_of_them_authoritative() -> None:
    title = LangString.of(fi="Hiusten leikkaaminen", en="Hair cutting", authoritative="fi")
    assert (title.in_("sv", "en"), title.in_("sv")) == ("Hair cutting", "Hiusten leikkaaminen")
    with pytest.raises(NoText):
        LangString.of(fi="Hiusten leikkaaminen", authoritative="sv")
    assert found(unit("A", title=title)) == {"R-UNIT-11": Severity.WARNING}


@pytest.mark.rule("R-UNIT-12")
def test_a_unit_version_cannot_replace_itself() -> None:
    assert found(unit("A", replaces=unit("A").id)) == {"R-UNIT-12": Severity.ERROR}
    assert found(unit("A", replaces=Identifier("https://school.example/units/A/0"))) == {}


def test_a_unit_knows_its_outcomes_and_those_it_requires() -> None:
    optional = outcome("extra", OutcomeKind.SKILLS, required=False)
    one = unit("A", outcomes=(*unit("A").outcomes, optional))
    assert one.outcome_ids - one.required_outcomes == {"extra"}
    assert one.institution == SCHOOL
