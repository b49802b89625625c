"""Two versions of a qualification side by side."""

from dataclasses import replace
from decimal import Decimal

from core.qualification.samples import outcome, qualification, text, unit
from ecvet.qualification import OutcomeKind
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.differences import Level, Standing, differences
from ecvet.qualification.requirements import Barred, MaximumAge, Window
from ecvet.terms import EQFLevel, Identifier, Points

OLD = qualification()
UNITS = {link.unit: unit(link.code) for link in OLD.units}


def test_the_same_has_no_difference_whatever_its_version_is_called():
    again = replace(OLD, id=Identifier("urn:q:2"), version="2", replaces=OLD.id)
    assert differences(OLD, again, UNITS, UNITS) == ()


def test_members_units_outcomes_and_points_differ_each_at_its_level():
    first = OLD.units[0]
    linked = replace(first, points=Points(Decimal(7)))
    new = replace(OLD, title=text("Another"), eqf=EQFLevel(6), units=(linked, *OLD.units[1:]))
    more = outcome("sing", OutcomeKind.SKILLS)
    old_unit = UNITS[first.unit]
    changed = UNITS | {first.unit: replace(old_unit, title=text("New name"), outcomes=(*old_unit.outcomes, more))}
    found = differences(OLD, new, UNITS, changed)
    assert [(one.level, one.subject, one.member) for one in found] == [
        (Level.ABOUT, "", "title"), (Level.ABOUT, "", "eqf"), (Level.UNIT, first.code, "title"),
        (Level.OUTCOME, first.code, "sing"), (Level.POINTS, first.code, ""),
    ]  # fmt: skip
    assert (found[3].before, found[3].after) == (None, more)


def test_a_unit_that_is_gone_and_one_that_is_new_stand_alone():
    gone, kept = OLD.units[0], OLD.units[1:]
    found = differences(OLD, replace(OLD, units=kept, rules=OLD.rules), UNITS, UNITS)
    assert [(one.subject, one.before, one.after) for one in found] == [(gone.code, UNITS[gone.unit], None)]


def test_rules_differ_place_by_place_and_requirement_by_requirement():
    root = Group(id="g", children=(UnitPlace(unit="A", id="a"), Group(id="h")))
    old = replace(OLD, rules=Combination(root=root, barred=(Barred(units=("A", "B")), Barred(units=("B", "C")))))
    wider = replace(root, points=Window(Decimal(5)), children=(Group(id="h", children=(UnitPlace(unit="A", id="a"),)),))
    rules = Combination(root=wider, barred=(Barred(units=("B", "C")),), maximum_age=(MaximumAge(months=3),))
    found = differences(old, replace(OLD, rules=rules), UNITS, UNITS)
    assert [(one.level, one.subject) for one in found] == [
        (Level.PLACE, "g"), (Level.PLACE, "a"), (Level.REQUIREMENT, "barred"), (Level.REQUIREMENT, "maximum_age"),
    ]  # fmt: skip
    moved = found[1]
    assert isinstance(moved.before, Standing)
    assert isinstance(moved.after, Standing)
    assert (moved.before.inside, moved.after.inside) == ("g", "h")
