"""What lies across the tree of a qualification's rules, as sentences in the reader's language.

The same sentences stand in the editor, on the published page and in comparisons of versions. `names` says what a unit
or a group is called, by its code or id; what has no name there is called by its code.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ecvet.qualification import Combination, Qualification, Unit
from ecvet.qualification.across import Kind, Requirement, across, kind_of
from ecvet.qualification.combination import Group, walk
from ecvet.qualification.requirements import (
    Barred,
    Common,
    Corequisite,
    DoubleCount,
    Exemption,
    MaximumAge,
    MinimumGrade,
    NonUnitRequirement,
    Overlay,
    Prerequisite,
    WeightedAverage,
    Which,
)
from ecvet.terms import Identifier, LangString
from ecvet_platform.people.language import number
from ecvet_platform.qualifications.words.bounds import pieces_within, points_within, share_within

Names = Mapping[str, str]

KINDS_ACROSS: Final[dict[Kind, str | Promise]] = {
    Kind.OVERLAY: gettext_lazy("A bound over everything that counts"),
    Kind.BARRED: gettext_lazy("Units that exclude each other"),
    Kind.PREREQUISITE: gettext_lazy("A unit that needs others first"),
    Kind.COREQUISITE: gettext_lazy("Units that count only together"),
    Kind.EXEMPTION: gettext_lazy("A unit from which learners may be exempted"),
    Kind.BESIDE_UNITS: gettext_lazy("Something that is no unit"),
    Kind.MINIMUM_GRADE: gettext_lazy("A grade that is needed"),
    Kind.AVERAGE: gettext_lazy("An average of grades"),
    Kind.AGE: gettext_lazy("How old credit may be"),
    Kind.DOUBLE_COUNT: gettext_lazy("Units that count in two groups"),
}

ABOUT_ACROSS: Final[dict[Kind, str | Promise]] = {
    Kind.OVERLAY: gettext_lazy(
        "Points at a level or above, points from one institution, a share of recognised credit, compensation."
    ),
    Kind.BARRED: gettext_lazy("Of several units only one counts, or only so many."),
    Kind.PREREQUISITE: gettext_lazy("A unit counts only for who holds another one, or one of several."),
    Kind.COREQUISITE: gettext_lazy("All of them count, or none."),
    Kind.EXEMPTION: gettext_lazy("The unit stands as met, with its points or without."),
    Kind.BESIDE_UNITS: gettext_lazy("Hours of work, a placement, a certificate, a language."),
    Kind.MINIMUM_GRADE: gettext_lazy("Units count only with one of certain grades."),
    Kind.AVERAGE: gettext_lazy("The grades of what counts, weighted by points, reach an average."),
    Kind.AGE: gettext_lazy("Credit older than so many months does not count."),
    Kind.DOUBLE_COUNT: gettext_lazy("A unit counts in its own group and in another one too."),
}

SORTS: Final[dict[str, str | Promise]] = {
    "local-unit": gettext_lazy("a local unit"),
    "other-qualification": gettext_lazy("a unit of another qualification"),
    "higher-education": gettext_lazy("higher education"),
    "sub-units": gettext_lazy("parts of units"),
    "work-experience": gettext_lazy("work experience"),
    "non-formal": gettext_lazy("non-formal or informal learning"),
}
"""Kinds of credit from elsewhere that have a name; an institution may use words of its own beside them."""


def sorts(codes: Iterable[str]) -> str:
    """What kinds of credit from elsewhere are called, in one line."""
    return ", ".join(str(SORTS.get(code, code)) for code in codes)


def unit_names(item: Qualification, units: Mapping[Identifier, Unit]) -> dict[str, str]:
    """The units of a qualification by code, each with its code and its title."""
    return {one.code: f"{one.code} {units[one.unit].title}" if one.unit in units else one.code for one in item.units}


def group_names(rules: Combination) -> dict[str, str]:
    """The groups of a tree by id, without the whole."""
    return {
        one.id: str(one.node.title) if one.node.title else _("Group %(name)s") % {"name": one.id}
        for one in walk(rules.root)
        if isinstance(one.node, Group) and one.parent is not None
    }


def said_across(item: Qualification, units: Mapping[Identifier, Unit]) -> list[tuple[str, LangString | None]]:
    """What lies across the tree: each requirement as a sentence, with the institution's own words for it."""
    names = unit_names(item, units) | group_names(item.rules)
    return [(sentence_of(one.value, names), one.value.text) for one in across(item.rules)]


def sentence_of(item: Requirement, names: Names) -> str:
    """A requirement across the tree as a sentence."""
    return _SENTENCES[kind_of(item)](item, names)


def _named(codes: Iterable[str], names: Names) -> str:
    return ", ".join(names.get(code, code) for code in codes)


def _any(codes: Iterable[str], names: Names) -> str:
    return _(" or ").join(names.get(code, code) for code in codes)


def _overlay(item: Overlay, names: Names) -> str:
    pairs = ((item.points, points_within), (item.count, pieces_within), (item.share, share_within))
    bounds = ", ".join(say(window) for window, say in pairs if window is not None) or _("no bound")
    conditions = "; ".join(_conditions(item.which, names))
    said = {"title": item.title or item.id, "conditions": conditions, "bounds": bounds}
    if not conditions:
        return _("%(title)s: everything that counts has %(bounds)s.") % said
    return _("%(title)s: of what counts, that which is %(conditions)s has %(bounds)s.") % said


def _conditions(which: Which, names: Names) -> Iterable[str]:
    if which.level_from is not None and which.level_from == which.level_to:
        yield _("at level %(level)s") % {"level": which.level_from}
    elif which.level_from is not None and which.level_to is not None:
        yield _("at levels %(low)s to %(high)s") % {"low": which.level_from, "high": which.level_to}
    elif which.level_from is not None:
        yield _("at level %(level)s or above") % {"level": which.level_from}
    elif which.level_to is not None:
        yield _("at level %(level)s or below") % {"level": which.level_to}
    if which.origins:
        yield _("from %(origins)s") % {"origins": _any(which.origins, names)}
    if which.subjects:
        yield _("on %(subjects)s") % {"subjects": _any(which.subjects, {})}
    if which.units:
        yield _("one of the units %(units)s") % {"units": _named(which.units, names)}
    if which.grades:
        yield _("graded %(grades)s") % {"grades": _any(which.grades, {})}
    if which.recognised is not None:
        yield _("recognised from elsewhere") if which.recognised else _("achieved here")


def _barred(item: Barred, names: Names) -> str:
    return ngettext(
        "At most %(num)s of these counts: %(units)s.", "At most %(num)s of these count: %(units)s.", item.at_most
    ) % {"num": item.at_most, "units": _named(item.units, names)}


def _prerequisite(item: Prerequisite, names: Names) -> str:
    needs = (_any if item.any_of else _named)(item.needs, names)
    return _("%(unit)s counts only with %(needs)s.") % {"unit": names.get(item.unit, item.unit), "needs": needs}


def _corequisite(item: Corequisite, names: Names) -> str:
    return _("These count together or not at all: %(units)s.") % {"units": _named(item.units, names)}


def _exemption(item: Exemption, names: Names) -> str:
    unit = {"unit": names.get(item.unit, item.unit)}
    if item.nominal_points:
        return _("A learner may be exempted from %(unit)s; its points count.") % unit
    return _("A learner may be exempted from %(unit)s; its points do not count.") % unit


def _beside_units(item: NonUnitRequirement, names: Names) -> str:
    named = {"what": str(item.title or item.code), "amount": number(item.amount), "measure": item.measure}
    return _("Also needed: %(what)s, %(amount)s %(measure)s.") % named if item.measure else (
        _("Also needed: %(what)s.") % named
    )  # fmt: skip


def _minimum_grade(item: MinimumGrade, names: Names) -> str:
    said = {"units": _named(item.units, names), "grades": _any(item.grades, {})}
    if item.units:
        return _("These count only with the grade %(grades)s: %(units)s.") % said
    return _("Every unit counts only with the grade %(grades)s.") % said


def _average(item: WeightedAverage, names: Names) -> str:
    said = {"least": number(item.at_least), "best": number(item.best or Decimal(0))}
    if item.best is None:
        return _("The grades of what counts, weighted by points, are %(least)s or more on average.") % said
    return _("The grades of what counts, weighted by points, are %(least)s or more on average; %(best)s is the best.") \
        % said  # fmt: skip


def _age(item: MaximumAge, names: Names) -> str:
    said = {"num": item.months, "units": _named(item.units, names)}
    if item.units:
        return ngettext("These count only for %(num)s month after they were gained: %(units)s.",
                        "These count only for %(num)s months after they were gained: %(units)s.",
                        item.months) % said  # fmt: skip
    return ngettext("Credit counts only for %(num)s month after it was gained.",
                    "Credit counts only for %(num)s months after it was gained.", item.months) % said  # fmt: skip


def _double_count(item: DoubleCount, names: Names) -> str:
    said = {"groups": _named(item.groups, names),
            "bounds": ", ".join(say(one) for one, say in ((item.units, pieces_within), (item.points, points_within))
                                if one is not None) or _("no bound")}  # fmt: skip
    if item.common is Common.ONCE:
        return _("A unit may count in two of these groups, and adds its points to the whole once: %(groups)s "
                 "(%(bounds)s).") % said  # fmt: skip
    return _("A unit may count in two of these groups, and adds its points from each: %(groups)s (%(bounds)s).") % said


_SENTENCES: Final[dict[Kind, Callable[[Any, Names], str]]] = {
    Kind.OVERLAY: _overlay,
    Kind.BARRED: _barred,
    Kind.PREREQUISITE: _prerequisite,
    Kind.COREQUISITE: _corequisite,
    Kind.EXEMPTION: _exemption,
    Kind.BESIDE_UNITS: _beside_units,
    Kind.MINIMUM_GRADE: _minimum_grade,
    Kind.AVERAGE: _average,
    Kind.AGE: _age,
    Kind.DOUBLE_COUNT: _double_count,
}
