"""The linter: each defect is found by a general rule, and clean rules give no finding."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import prove as proofs
from ecvet.credit.accumulation.prove import prove
from ecvet.credit.accumulation.solve import Outcome
from ecvet.qualification.combination import Group
from ecvet.qualification.lint import Reach, lint
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import Barred, Corequisite, Exemption, MinimumGrade, Prerequisite
from ecvet.qualification.unit import SubArea, Unit
from ecvet.terms import Finding, Identifier, LangString, NQFLevel, Period, Points, Severity

CLEAN = qualification(
    group(
        group(unit("A", must=True), unit("B", must=True), name="Core", points=exactly(20)),
        group(area("1", unit("C", must=True)), area("2", unit("D", must=True)), name="Area", choose=exactly(1)),
        group(slot(1, 10, id="local"), name="Free choice", points=exactly(5)),
        points=exactly(35),
        text=LangString.of(en="35 credits: 20 of the core, 10 of an area, 5 of free choice."),
    ),
    total=35,
    barred=(Barred(units=("C", "D")),),
    prerequisites=(Prerequisite(unit="B", needs=("A",)), Prerequisite(unit="C", needs=("B", "A"))),
)


def findings(towards: Qualification, *units: Unit) -> set[tuple[str, Severity, str]]:
    return {(one.rule, one.severity, one.subject) for one in lint(towards, units, prover=prove)}


def only(towards: Qualification, *units: Unit) -> Finding:
    found = lint(towards, units, prover=prove)
    assert len(found) == 1, found
    return found[0]


def test_clean_rules_give_no_finding() -> None:
    assert lint(CLEAN, prover=prove) == ()


@pytest.mark.rule("R-COMP-7")
def test_rules_that_no_selection_satisfies_are_infeasible() -> None:
    sizes = {"A": 4, "B": 4, "C": 4}
    towards = qualification(group(unit("A"), unit("B"), unit("C"), points=window(6), units=exactly(1)), sizes)
    found = only(towards)
    assert (found.rule, found.severity) == ("R-COMP-7", Severity.ERROR)
    assert "infeasible" in found.sentence
    assert (
        lint(replace(towards, rules=replace(towards.rules, root=replace(towards.rules.root, units=None))), prover=prove)
        == ()
    )


@pytest.mark.rule("R-COMP-7")
def test_what_was_not_proved_in_time_is_not_taken_as_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "solve", lambda programme, seconds, presolve=True: (Outcome.UNKNOWN, []))
    found = only(CLEAN)
    assert (found.rule, found.severity) == ("R-COMP-7", Severity.ERROR)
    assert "not proved" in found.sentence


@pytest.mark.rule("R-COMP-7")
def test_a_group_whose_parts_cannot_reach_its_minimum_is_named() -> None:
    towards = qualification(group(group(unit("A"), name="Core", points=window(20)), slot(), points=window(20)))
    assert ("R-COMP-7", Severity.ERROR, "Core") in findings(towards)
    assert ("R-COMP-7", Severity.ERROR, "Q") in findings(towards)


@pytest.mark.rule("R-POINTS-3")
def test_a_compulsory_unit_without_points_in_a_group_that_needs_points() -> None:
    towards = qualification(group(unit("A", must=True), unit("B"), points=window(5)), {"A": None, "B": 5})
    found = only(towards)
    assert (found.rule, found.severity, found.subject) == ("R-POINTS-3", Severity.ERROR, "A")
    assert "has no points" in found.sentence


@pytest.mark.rule("R-POINTS-3")
def test_every_complete_selection_has_the_total() -> None:
    wrong = replace(CLEAN, points=Points.of(40))
    assert findings(wrong) == {("R-POINTS-3", Severity.ERROR, "Q")}
    loose = qualification(group(unit("A"), unit("B"), count=window(1), points=window(10)), total=10)
    found = only(loose)
    assert (found.rule, found.severity) == ("R-POINTS-3", Severity.WARNING)
    assert "a selection of 10 or of 20 also completes it" in found.sentence


@pytest.mark.rule("R-COMP-2")
def test_optional_parts_without_any_bound_are_underspecified() -> None:
    root = group(group(unit("A", must=True)), group(unit("B"), slot(id="s"), name="Optional"))
    found = only(qualification(root))
    assert (found.rule, found.severity, found.subject) == ("R-COMP-2", Severity.ERROR, "Optional")
    assert "underspecified" in found.sentence
    assert "nothing says how much" in found.sentence
    assert lint(qualification(replace(root, count=exactly(2))), prover=prove) == ()


@pytest.mark.rule("R-COMP-2")
def test_rules_that_stand_only_in_prose_are_underspecified_and_their_total_is_missed() -> None:
    root = group(unit("A", must=True), unit("B"), text=LangString.of(en="10 credits compulsory, 20 credits in all"))
    found = lint(qualification(root), prover=prove)
    assert [one.rule for one in found] == ["R-COMP-2", "R-POINTS-3"]
    assert "only in prose" in found[0].sentence
    assert "The text speaks of 20 points" in found[1].sentence


@pytest.mark.rule("R-POINTS-3")
def test_a_total_that_the_text_does_not_name_is_pointed_out() -> None:
    root = replace(CLEAN.rules.root, text=LangString.of(en="40 credits"))
    assert findings(replace(CLEAN, rules=replace(CLEAN.rules, root=root))) == {("R-POINTS-3", Severity.WARNING, "Q")}


@pytest.mark.rule("R-POINTS-3")
def test_a_group_whose_text_names_other_figures_than_its_bounds_is_pointed_out() -> None:
    def free(text: str) -> Qualification:
        inner = group(unit("A"), name="Free", points=exactly(10), text=LangString.of(en=text))
        return qualification(group(inner, points=exactly(10)), total=10)

    found = only(free("choose 15 credits"))
    assert (found.rule, found.severity, found.subject) == ("R-POINTS-3", Severity.WARNING, "Free")
    assert "speaks of 15" in found.sentence
    assert lint(free("choose 10 credits, of which 5 credits are local"), prover=prove) == ()


@pytest.mark.rule("R-COMP-4")
def test_groups_that_may_be_alternatives_are_ambiguous() -> None:
    root = group(group(unit("A", must=True), name="one"), group(unit("B", must=True), name="two"), name="both")
    found = only(qualification(root))
    assert (found.rule, found.severity, found.subject) == ("R-COMP-4", Severity.ERROR, "both")
    assert "ambiguous" in found.sentence


@pytest.mark.rule("R-COMP-4")
def test_a_choice_that_arithmetic_does_not_enforce_is_pointed_out() -> None:
    areas = group(
        area("1", unit("A", must=True)), area("2", unit("B", must=True)), unit("C"), name="areas", points=window(10)
    )
    found = only(qualification(group(areas)))
    assert (found.rule, found.severity, found.subject) == ("R-COMP-4", Severity.WARNING, "areas")
    assert lint(qualification(group(replace(areas, points=window(20)))), prover=prove) == ()
    assert lint(qualification(group(replace(areas, choose=exactly(1)))), prover=prove) == ()


@pytest.mark.rule("R-COMP-5")
def test_a_unit_twice_in_one_group_is_a_duplicate_place() -> None:
    found = only(qualification(group(unit("A"), unit("A"), unit("B"), count=exactly(1), name="g")))
    assert (found.rule, found.severity, found.subject) == ("R-COMP-5", Severity.ERROR, "g")
    assert "Duplicate" in found.sentence


@pytest.mark.rule("R-COMP-6")
def test_rules_that_ask_for_nothing_are_vacuous() -> None:
    found = lint(qualification(group(unit("A"), unit("B"), count=window(None, 2))), prover=prove)
    assert [(one.rule, one.severity) for one in found] == [("R-COMP-6", Severity.ERROR)]
    assert "vacuous: it is complete with any one of its parts" in found[0].sentence


@pytest.mark.rule("R-COMP-6")
def test_rules_that_the_empty_record_completes_are_vacuous() -> None:
    found = lint(CLEAN, prover=lambda towards, reading=None, /: Reach(satisfiable=True, empty_completes=True))
    assert "complete without any unit" in found[0].sentence


@pytest.mark.rule("R-COMP-6")
def test_unresolved_references_are_found_everywhere() -> None:
    towards = qualification(
        group(unit("A"), unit("X"), count=window(1)), {"A": 5, "Y": 5},
        barred=(Barred(units=("A", "N1")),), corequisites=(Corequisite(units=("A", "N2")),),
        exemptions=(Exemption(unit="N3"),), minimum_grades=(MinimumGrade(grades=("5",), units=("N4",)),),
        prerequisites=(Prerequisite(unit="A", needs=("N5",)),),
    )  # fmt: skip
    found = findings(towards)
    assert {subject for rule, _, subject in found if rule == "R-COMP-6"} == {"X", "N1", "N2", "N3", "N4", "N5"}
    assert ("R-QUAL-4", Severity.WARNING, "Y") in found


@pytest.mark.rule("R-COMP-13")
def test_prerequisites_that_go_round_in_a_circle_are_found() -> None:
    def needing(*pairs: tuple[str, str]) -> Qualification:
        rules = tuple(Prerequisite(unit=one, needs=(other,)) for one, other in pairs)
        return qualification(group(unit("A"), unit("B"), unit("C"), unit("D"), count=window(1)), prerequisites=rules)

    circle = [one for one in lint(needing(("A", "B"), ("B", "C"), ("C", "A"), ("D", "A"))) if one.rule == "R-COMP-13"]
    assert [one.sentence for one in circle] == ["Prerequisites go round in a circle: A → B → C → A."]
    assert not [one for one in lint(needing(("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"))) if one.rule == "R-COMP-13"]


@pytest.mark.rule("R-COMP-13")
def test_a_unit_that_needs_one_of_several_is_held_up_only_when_all_of_them_are() -> None:
    def circle(*rules: Prerequisite) -> list[str]:
        towards = qualification(group(unit("A"), unit("B"), unit("C"), count=window(1)), prerequisites=rules)
        return [one.sentence for one in lint(towards) if one.rule == "R-COMP-13"]

    def one_of(code: str, *needs: str) -> Prerequisite:
        return Prerequisite(unit=code, needs=needs, any_of=True)

    back = Prerequisite(unit="B", needs=("A",))
    assert circle(one_of("A", "B", "C"), back) == []
    assert circle(one_of("A", "B", "C"), back, Prerequisite(unit="C", needs=("A", "A"))) != []
    assert circle(Prerequisite(unit="A", needs=("A",))) == ["Prerequisites go round in a circle: A → A."]
    assert circle(one_of("A", "C"), Prerequisite(unit="A", needs=("B",)), back) != []


@pytest.mark.rule("R-COMP-9")
def test_a_range_of_points_that_is_none_stops_everything_else() -> None:
    towards = qualification(group(unit("A"), unit("B", must=True), count=window(2)), {"A": (10, 5), "B": 5})
    found = only(towards)
    assert (found.rule, found.severity) == ("R-COMP-9", Severity.ERROR)


@pytest.mark.rule("R-COMP-2")
def test_two_nodes_with_one_id_and_empty_groups_are_found() -> None:
    towards = qualification(group(unit("A", id="x"), unit("B", id="x"), count=window(1)))
    assert findings(towards) == {("R-COMP-2", Severity.ERROR, "tree")}
    empty = qualification(group(unit("A"), Group(id="hollow"), count=window(1)))
    assert ("R-COMP-2", Severity.ERROR, "hollow") in findings(empty)


def described(*sizes: str | None) -> Unit:
    areas = tuple(SubArea(code=str(n), title=LangString.of(en=str(n)), points=None if size is None else Points.of(size))
                  for n, size in enumerate(sizes))  # fmt: skip
    return Unit(id=Identifier("https://board.example/units/A"), code="A", title=LangString.of(en="A"),
                institution=Identifier("https://board.example/"), sub_areas=areas)  # fmt: skip


@pytest.mark.rule("R-COMP-10")
def test_sub_areas_sum_to_the_points_of_the_unit_within_the_tolerance() -> None:
    assert findings(CLEAN, described("7", "4")) == {("R-COMP-10", Severity.ERROR, "A")}
    assert lint(CLEAN, [described("7", "3.001")]) == ()
    assert lint(CLEAN, [described("7", "3.0011")]) != ()
    assert lint(CLEAN, [described("7", None)]) == (), "not all sizes are known"


@pytest.mark.rule("R-COMP-10")
def test_with_optional_sub_areas_a_unit_lies_between_the_compulsory_ones_and_all_of_them() -> None:
    def sized(*sizes: tuple[str, bool]) -> Unit:
        unit = described(*(size for size, _ in sizes))
        areas = zip(unit.sub_areas, sizes, strict=True)
        return replace(unit, sub_areas=tuple(replace(area, compulsory=must) for area, (_, must) in areas))

    assert lint(CLEAN, [sized(("6", True), ("3", False), ("3", False))]) == ()
    assert lint(CLEAN, [sized(("4", False), ("4", False), ("4", False))]) == ()
    assert findings(CLEAN, sized(("11", True), ("3", False))) == {("R-COMP-10", Severity.ERROR, "A")}
    assert findings(CLEAN, sized(("6", True), ("3", False))) == {("R-COMP-10", Severity.ERROR, "A")}


@pytest.mark.rule("R-COMP-12")
def test_a_finnish_upper_secondary_qualification_needs_compulsory_and_optional_units() -> None:
    def finnish(root: Group, start: date = date(2018, 8, 1)) -> list[str]:
        towards = replace(qualification(root, total=180), nqf=NQFLevel("FiNQF", "4"), valid=Period(start))
        return [one.sentence for one in lint(towards) if one.rule == "R-COMP-12"]

    both = group(unit("A", must=True), unit("B"), points=exactly(180))
    assert finnish(both) == []
    assert "too few optional units: 0" in finnish(group(unit("A", must=True), points=exactly(180)))[0]
    assert "too few compulsory units: 0" in finnish(group(unit("A"), points=exactly(180)))[0]
    assert finnish(group(unit("A"), points=exactly(180)), date(2014, 8, 1)) == [], "before the profile"


def test_the_reach_of_rules_is_proved() -> None:
    loose = qualification(group(unit("A", must=True), unit("B"), slot(None, 5), points=window(10)))
    reach = prove(loose)
    assert (reach.satisfiable, reach.least, reach.most) == (True, Decimal(10), Decimal(25))
