"""The union of the rule languages of real systems: every construct, the tests that prove it, and real examples of it.

`PROOFS` names for each construct its tests, by module below `tests` and function. What has no published example among
the rest has one here, with the figures of the source that is named; learners are made up.
"""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.qualification.combination import Group
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import STRICT
from ecvet.qualification.requirements import Barred, NonUnitRequirement, Overlay, Prerequisite, Which
from ecvet.terms import Identifier, LangString, Period

HERE = "core/credit/accumulation/"
CORPUS = "corpus/credit/accumulation/"
PROOFS = {
    "a unit with its points, from least to most": {
        f"{HERE}test_union_model": ("a_preparatory_training_of_variable_units",),
        f"{HERE}test_constructs": ("a_chosen_size_lies_in_the_units_range",
                                   "the_cheapest_completion_chooses_a_size_in_the_range"),
    },
    "all of, and compulsory": {
        f"{HERE}test_examples": ("a_certification_of_blocs_needs_all_of_them",),
        f"{HERE}test_constructs": ("a_compulsory_unit_is_needed_wherever_its_group_is_used",),
    },
    "a group within windows of points and of parts; surplus capped or forbidden": {
        f"{HERE}test_union_model": ("windows_of_points_on_siblings_under_an_exact_total",
                                    "windows_of_the_number_of_units"),
        f"{HERE}test_constructs": ("surplus_is_capped_or_forbidden",),
        f"{CORPUS}test_learners": ("all_learner_cases_have_the_verdict_expected",),
    },
    "one or some of several groups": {
        f"{HERE}test_examples": ("one_of_several_overlapping_groups_is_completed_and_the_rest_may_be_imported",),
        f"{HERE}test_constructs": ("the_number_of_alternatives_can_be_said_explicitly",),
        f"{CORPUS}test_learners": ("the_australian_package",),
    },
    "a chosen branch with a name, declared or free": {
        f"{HERE}test_constructs": ("a_declared_area_must_be_used_and_the_others_may_not",),
        f"{CORPUS}test_learners": ("a_graduated_record_has_two_verdicts_and_both_are_said",),
    },
    "an open slot with its kinds, points and number of pieces": {
        f"{HERE}test_union_model": ("free_choice_from_open_slots",),
        f"{HERE}test_constructs": ("kinds_of_credit_are_checked_under_the_strict_reading_only",),
    },
    "overlays over the whole selection: level, origin, subject, share, age": {
        f"{HERE}test_examples": ("published_rules",),
        f"{HERE}test_union_model": ("a_degree_of_one_university_needs_its_credits",),
        f"{HERE}test_across": ("origin_and_shares_are_bounded",
                               "credit_that_is_too_old_does_not_count_and_without_a_day_the_verdict_is_undecided"),
    },
    "barred combinations": {
        f"{HERE}test_union_model": ("units_with_one_exclusion_code_count_once",),
        f"{HERE}test_across": ("barred_units_do_not_count_together",),
    },
    "prerequisites and corequisites": {
        f"{HERE}test_union_model": ("a_certification_with_a_prerequisite",),
        f"{HERE}test_across": ("a_prerequisite_must_be_held", "corequisites_count_together_or_not_at_all"),
    },
    "equivalences: directed, dated, m to n, with a ratio": {
        f"{HERE}test_union_model": ("a_superseding_unit_counts_for_the_old_but_not_two_versions_on",),
        f"{HERE}test_across": ("an_equivalence_lets_two_units_stand_for_two_others_once",
                               "an_equivalence_is_directed_dated_and_of_one_hop",
                               "an_equivalence_onto_a_variable_size_carries_the_points_of_its_sources",
                               "units_that_an_equivalence_brings_together_share_the_points_of_the_sources"),
        "corpus/exchange/test_koski": ("a_local_unit_in_the_place_of_a_national_one_needs_an_equivalence",),
    },
    "exemptions": {f"{HERE}test_across": ("an_exemption_stands_for_a_unit_with_or_without_its_points",)},
    "double counting between requirements": {
        f"{HERE}test_doubles": ("a_unit_counts_in_two_groups_only_where_their_rule_says_so",
                                "what_counts_in_two_groups_counts_once_above_them_unless_the_rule_says_from_each"),
        f"{HERE}test_against_brute_force": ("double_counting_is_that_of_brute_force",),
    },
    "requirements that are no units": {
        f"{HERE}test_union_model": ("two_hundred_hours_of_work_beside_the_units",),
    },
    "grades: required, compensated, averaged": {
        f"{HERE}test_union_model": ("compensation_of_sixty_guided_hours_at_u",),
        f"{HERE}test_across": ("a_grade_that_is_too_low_or_unknown_does_not_count",
                               "the_weighted_average_of_the_grades_is_exact",
                               "a_completion_says_which_average_the_added_credit_must_reach"),
    },
    "units held in part": {f"{HERE}test_parts": ("parts_that_make_a_unit_whole_count_as_the_unit",)},
    "versions, transition periods, transfer": {
        f"{HERE}test_migration": ("who_began_before_finishes_under_the_old_version_until_the_transition_ends",),
        f"{CORPUS}test_migration": ("the_reform_of_the_vehicle_qualification",),
    },
    "manual decisions": {
        f"{HERE}test_override": ("a_waived_unit_counts_as_met_with_or_without_its_points_and_is_shown",),
    },
    "points derived from relative weights": {
        "core/qualification/test_allocation": ("the_clay_weights_give_their_points_on_sixty_and_sum_on_any_total",),
    },
    "the text of a rule with its constraint": {
        f"{HERE}test_union_model": ("what_is_missing_is_said_with_the_text_of_the_rule",),
        f"{HERE}test_explain": ("an_overlay_that_is_short_is_named_by_its_title",),
    },
}  # fmt: skip
"""Each construct, with the tests that prove it."""

ON = date(2025, 6, 1)


@pytest.mark.parametrize("construct", PROOFS)
def test_each_construct_has_its_tests(construct: str) -> None:
    tests = Path(__file__).parents[3]
    for module, names in PROOFS[construct].items():
        tree = ast.parse((tests / f"{module}.py").read_text())
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert {f"test_{name}" for name in names} <= there


def complete(towards: Qualification, held: Held) -> bool | None:
    return accumulate(towards, held, on=ON).complete


@pytest.mark.rule("R-COMP-9")
def test_a_preparatory_training_of_variable_units() -> None:
    """OPH-2659-2017 (Finland, TELMA): three units of 0 to 25, 15 and 20 points, an open slot of 0 to 20, exactly 60."""
    towards = qualification(group(*map(unit, "ABC"), slot(0, 20), points=exactly(60)),
                            {"A": (0, 25), "B": (0, 15), "C": (0, 20)})  # fmt: skip
    assert complete(towards, Held.of({"A": 25, "B": 15, "C": 20}))
    assert complete(towards, Held.of({"A": 20, "B": 15, "C": 20})) is False
    assert complete(towards, Held.of({"A": 20, "B": 15, "C": 20}, [5]))
    assert complete(towards, Held.of({"A": 26, "B": 15, "C": 20})) is False


def optional_units() -> Group:
    """OPH-2455-2017 (Finland, wood industry): 40 to 80 points of one group and 20 to 60 of another, 100 exactly."""
    one = group(unit("A"), unit("B"), name="one", points=window(40, 80))
    return group(one, group(unit("B"), unit("C"), name="two", points=window(20, 60)), points=exactly(100))


@pytest.mark.parametrize(
    ("sizes", "capped", "forbidden"),
    [
        ({"A": 80, "C": 20}, True, True),
        ({"A": 85, "C": 20}, True, False),  # what is above 80 does not count, or may not be there
        ({"A": 85, "C": 15}, False, False),
        ({"A": 40, "B": 20, "C": 40}, True, True),
        ({"A": 35, "B": 25, "C": 40}, True, True),
        ({"A": 35, "C": 65}, False, False),
    ],
)
def test_windows_of_points_on_siblings_under_an_exact_total(
    sizes: dict[str, int], capped: bool, forbidden: bool
) -> None:
    towards = qualification(optional_units(), dict.fromkeys("ABC", None))
    held = Held.of(sizes)
    assert accumulate(towards, held).complete is capped
    assert accumulate(towards, held, reading=STRICT).complete is forbidden


def test_windows_of_the_number_of_units() -> None:
    """39/011/2014 by demonstration (Finland, vehicles): two compulsory units and three optional ones."""
    compulsory = group(unit("A"), unit("B"), name="compulsory", count=exactly(2))
    optional = group(*map(unit, "CDEF"), name="optional", count=exactly(3))
    towards = qualification(group(compulsory, optional), dict.fromkeys("ABCDEF"))
    assert complete(towards, Held.of(dict.fromkeys("ABCDE")))
    assert complete(towards, Held.of(dict.fromkeys("ABCDEF"))), "one too many stays unused"
    assert complete(towards, Held.of(dict.fromkeys("ABCD"))) is False
    assert complete(towards, Held.of(dict.fromkeys("ACDEF"))) is False


@pytest.mark.rule("R-COMP-8")
def test_free_choice_from_open_slots() -> None:
    """62/011/2014 (Finland): ten points of free choice, from slots of 5 to 15 and of 1 to 25 points."""
    slots = (slot(5, 15, accepts=("local-unit",)), slot(5, 15, accepts=("higher-education",)),
             slot(5, 15, accepts=("other-qualification",)), slot(1, 25, accepts=("sub-units",)))  # fmt: skip
    towards = qualification(group(unit("A", must=True), group(*slots, points=exactly(10))))
    assert complete(towards, Held.of({"A": 10}, [5, 5]))
    assert complete(towards, Held.of({"A": 10}, [9, 1]))
    assert complete(towards, Held.of({"A": 10}, [4])) is False
    degree = Held(units=(Piece(code="A"),), other=(Piece(points=Decimal(4), sort="higher-education"),) * 3)
    assert accumulate(towards, degree, reading=STRICT).complete is False, "twelve points are too many, eight too few"


def test_a_degree_of_one_university_needs_its_credits() -> None:
    """Academic Credit Bank System (Korea): a degree in a university's name needs 84 credits of that university."""
    own = Overlay(which=Which(origins=("K",)), points=window(84), title=LangString.of(en="credits of the university"))
    towards = qualification(group(*map(unit, "AB"), points=window(140)), overlays=(own,))

    def earned(here: int) -> Held:
        return Held(units=(Piece(code="A", points=Decimal(here), origin="K"),
                           Piece(code="B", points=Decimal(140 - here), origin="exam")))  # fmt: skip

    assert complete(towards, earned(84))
    assert complete(towards, earned(83)) is False


def test_units_with_one_exclusion_code_count_once() -> None:
    """Qualifications and Credit Framework (United Kingdom): units with the same code of exclusion are barred."""
    towards = qualification(group(*map(unit, "ABC"), points=window(13)), dict.fromkeys("ABC", 7),
                            barred=(Barred(units=("A", "B")),))  # fmt: skip
    assert complete(towards, Held.of({"A": 7, "B": 7})) is False
    assert complete(towards, Held.of({"A": 7, "C": 7}))


@pytest.mark.rule("R-COMP-13")
def test_a_certification_with_a_prerequisite() -> None:
    """A certification of two blocs (France): the second is assessed for who holds the first."""
    towards = qualification(group(unit("B1"), unit("B2"), count=window(1)), {"B1": None, "B2": None},
                            prerequisites=(Prerequisite(unit="B2", needs=("B1",)),))  # fmt: skip
    assert complete(towards, Held.of({"B2": None})) is False
    assert complete(towards, Held.of({"B1": None, "B2": None}))


def test_a_superseding_unit_counts_for_the_old_but_not_two_versions_on() -> None:
    """RIIMPO320 (Australia): version E is equivalent to F; D to F needs a mapping of its own."""
    towards = qualification(group(unit("RIIMPO320F", must=True)), {"RIIMPO320F": None})
    register = Identifier("https://register.example/")
    named = {version: Identifier(f"{register}RIIMPO320{version}") for version in "DE"}
    named["F"] = towards.units[0].unit

    def same(old: str, new: str) -> Equivalence:
        return Equivalence(from_=frozenset({named[old]}), to=frozenset({named[new]}), by=register, on=ON,
                           valid=Period(ON), ground=Ground.SUCCESSOR,
                           reason=LangString.of(en="supersedes and is equivalent"))  # fmt: skip

    def counts(version: str, *decisions: Equivalence) -> bool | None:
        held = Held(units=(Piece(code=f"RIIMPO320{version}", unit=named[version]),))
        return accumulate(towards, held, equivalences=decisions, on=ON).complete

    chain = (same("D", "E"), same("E", "F"))
    assert counts("E", *chain)
    assert counts("D", *chain) is False
    assert counts("D", *chain, same("D", "F"))


def test_two_hundred_hours_of_work_beside_the_units() -> None:
    """A training package (Australia) that asks for 200 hours of work beside its units."""
    hours = NonUnitRequirement(code="work", amount=Decimal(200), measure="hours")
    towards = qualification(group(unit("A", must=True)), {"A": None}, non_unit=(hours,))
    assert complete(towards, Held(units=(Piece(code="A"),), fulfilled=(("work", Decimal(200)),)))
    assert complete(towards, Held(units=(Piece(code="A"),), fulfilled=(("work", Decimal(199)),))) is False


def test_compensation_of_sixty_guided_hours_at_u() -> None:
    """BTEC (United Kingdom): of the optional units 60 guided learning hours may be graded U."""
    failed = Overlay(which=Which(grades=("U",), units=("O1", "O2")), points=window(None, 60))
    no_core = Overlay(which=Which(grades=("U",), units=("M",)), points=window(None, 0))
    towards = qualification(group(unit("M", must=True), unit("O1"), unit("O2"), points=window(240)),
                            {"M": 120, "O1": 60, "O2": 60}, overlays=(failed, no_core))  # fmt: skip

    def graded(core: str, one: str, other: str) -> Held:
        return Held(units=tuple(Piece(code=c, grade=g) for c, g in (("M", core), ("O1", one), ("O2", other))))

    assert complete(towards, graded("P", "U", "P"))
    assert complete(towards, graded("P", "U", "U")) is False
    assert complete(towards, graded("U", "P", "P")) is False


def test_what_is_missing_is_said_with_the_text_of_the_rule() -> None:
    text = LangString.of(en="At least ten points of this group.")
    towards = qualification(group(group(unit("A"), unit("B"), name="Options", points=window(10), text=text)))
    progress = accumulate(towards, Held.of({"A": 4}))
    assert progress.missing == ("Options: 4 of 10 points. (At least ten points of this group.)",)
