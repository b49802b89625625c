"""Requirements across the tree as a list: written one at a time, each with what is wrong with it by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.qualification.samples import qualification
from ecvet.qualification.across import (
    TYPES,
    Kind,
    Stated,
    across,
    findings_across,
    kind_of,
    lifted,
    requirement,
    stated,
    withdrawn,
)
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.requirements import Barred, MaximumAge, Overlay, Which, Window
from ecvet.qualification.tree_errors import RequirementUnknown

RULES = Combination(root=Group(id="g", children=(UnitPlace(unit="A", id="a"), UnitPlace(unit="B", id="b"))))


def test_every_kind_of_requirement_has_its_member_of_the_rules():
    assert {kind.value for kind in Kind} == set(Combination.__dataclass_fields__) - {"root"}
    assert set(TYPES) == set(Kind)


def test_requirements_are_stated_one_after_the_other_and_replaced_by_their_number():
    rules = stated(stated(RULES, MaximumAge(months=12)), MaximumAge(months=24))
    rules = stated(rules, MaximumAge(months=6), 1)
    assert [one.months for one in rules.maximum_age] == [6, 24]
    assert next(iter(across(rules))) == Stated(kind=Kind.AGE, number=1, value=MaximumAge(months=6))
    assert [one.months for one in lifted(rules, Kind.AGE, 2).maximum_age] == [24, 6]
    assert lifted(rules, Kind.AGE, 1) == rules
    assert withdrawn(rules, Kind.AGE, 1).maximum_age == (MaximumAge(months=24),)


def test_an_overlay_gets_an_id_by_which_refusals_name_it():
    bound = Overlay(which=Which(level_from=3), points=Window(Decimal(46)))
    rules = stated(stated(RULES, bound), bound)
    assert [one.id for one in rules.overlays] == ["o1", "o2"]
    assert stated(rules, replace(bound, id="mine"), 1).overlays[0].id == "mine"


@pytest.mark.parametrize("number", [1, 2, -1])
def test_what_is_not_there_is_neither_replaced_nor_withdrawn(number: int):
    assert requirement(RULES, Kind.AGE, number) is None
    with pytest.raises(RequirementUnknown):
        withdrawn(RULES, Kind.AGE, number)
    with pytest.raises(RequirementUnknown):
        stated(RULES, MaximumAge(months=1), number)


def test_findings_belong_to_the_requirement_that_is_wrong():
    rules = stated(stated(RULES, Barred(units=("A", "B"))), Barred(units=("A", "X")))
    found = findings_across(replace(qualification(), rules=rules))
    assert list(found) == [(Kind.BARRED, 2)]
    assert "names unit X" in found[Kind.BARRED, 2][0].sentence
    assert kind_of(rules.barred[0]) is Kind.BARRED
