"""What differs between two versions of a qualification, as rows that people read: where, what was, what is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ecvet.qualification import LearningOutcome, Qualification, RequiredOutcome, SubArea, Unit, UnitLink
from ecvet.qualification.across import Kind
from ecvet.qualification.combination import Group, Node, OpenSlot, Role, UnitPlace
from ecvet.qualification.differences import Difference, Level, Sized, Standing
from ecvet.terms import EQFLevel, Identifier, LangString, NQFLevel, Period, Points
from ecvet_platform.people.language import day, number
from ecvet_platform.qualifications.words import KINDS, ROLES, SYSTEMS, amount, fields_said
from ecvet_platform.qualifications.words.bounds import pieces_within, points_within, within
from ecvet_platform.qualifications.words.rules import (
    KINDS_ACROSS,
    group_names,
    sentence_of,
    sorts,
    unit_names,
)

LEVELS: Final[dict[Level, str | Promise]] = {
    Level.ABOUT: gettext_lazy("About the qualification"),
    Level.UNIT: gettext_lazy("Units"),
    Level.OUTCOME: gettext_lazy("Learning outcomes"),
    Level.POINTS: gettext_lazy("Points"),
    Level.PLACE: gettext_lazy("Rules of combination"),
    Level.REQUIREMENT: gettext_lazy("Requirements across the rules"),
}

MEMBERS: Final[dict[str, str | Promise]] = {
    "code": gettext_lazy("Code"),
    "title": gettext_lazy("Title"),
    "institution": gettext_lazy("Awarded by"),
    "country": gettext_lazy("Country"),
    "standard": gettext_lazy("Required outcomes"),
    "path": gettext_lazy("Path"),
    "eqf": gettext_lazy("EQF level"),
    "nqf": gettext_lazy("National level"),
    "system": gettext_lazy("Credit system"),
    "points": gettext_lazy("Points"),
    "valid": gettext_lazy("Valid"),
    "transition_end": gettext_lazy("Transition until"),
    "unit_based": gettext_lazy("It is made of units"),
    "award_type": gettext_lazy("Kind of award"),
    "isced_f": gettext_lazy("Fields of education (ISCED-F 2013)"),
    "assessment": gettext_lazy("Assessment"),
    "sub_areas": gettext_lazy("Parts"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in words: where it is, what the version before says, what the new one says."""

    where: str
    before: str
    after: str


def rows(
    found: Iterable[Difference], old: Qualification, new: Qualification, units: Mapping[Identifier, Unit]
) -> dict[Level, list[Row]]:
    """The differences by level, in their order. `units` are the units of both versions."""
    names = [unit_names(one, units) | group_names(one.rules) for one in (old, new)]
    both = names[0] | names[1]
    made: dict[Level, list[Row]] = {}
    for one in found:
        say = _BY_MEMBER.get(one.member, _said) if one.level is Level.ABOUT else _said
        before, after = (say(value, known) for value, known in zip((one.before, one.after), names, strict=True))
        made.setdefault(one.level, []).append(Row(_where(one, both, new), before, after))
    return made


def _where(one: Difference, names: Mapping[str, str], item: Qualification) -> str:
    member = str(MEMBERS.get(one.member, one.member))
    if one.level is Level.ABOUT:
        return member
    if one.level is Level.UNIT and one.member:
        return _("%(unit)s: %(what)s") % {"unit": names.get(one.subject, one.subject), "what": member}
    if one.level is Level.PLACE:
        there = next(value for value in (one.after, one.before) if isinstance(value, Standing))
        return _("The whole") if not there.inside else node_name(there.node, names)
    if one.level is Level.REQUIREMENT:
        return str(KINDS_ACROSS[Kind(one.subject)])
    return names.get(one.subject, one.subject)


def node_name(node: Node, names: Mapping[str, str]) -> str:
    """What a place is called: by its own title, its unit, or its id."""
    if node.title:
        return str(node.title)
    if isinstance(node, UnitPlace):
        return names.get(node.unit, node.unit)
    if isinstance(node, OpenSlot):
        return _("Credit from elsewhere")
    return names.get(node.id, node.id)


def node_said(node: Node) -> str:
    """What a place asks for, in words."""
    found = [_("compulsory")] if node.compulsory else []
    if isinstance(node, Group) and node.role is not Role.DEFINED:
        found.append(str(ROLES[node.role]))
    if node.points:
        found.append(points_within(node.points))
    if isinstance(node, Group | OpenSlot) and node.count:
        found.append(_("parts: %(bounds)s") % {"bounds": within(node.count)} if isinstance(node, Group) else
                     pieces_within(node.count))  # fmt: skip
    if isinstance(node, Group):
        found += [pieces_within(node.units)] if node.units else []
        found += [_("alternatives: %(bounds)s") % {"bounds": within(node.choose)}] if node.choose else []
    if isinstance(node, OpenSlot) and node.accepts:
        found.append(sorts(node.accepts))
    if node.text:
        found.append(str(node.text))
    return "; ".join(found) or _("without a bound")


def _said(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == ():
        return "–"
    for kind, say in _SAYINGS:
        if isinstance(value, kind):
            return say(value, names)
    return sentence_of(value, names)


def _outcome(value: LearningOutcome, names: Mapping[str, str]) -> str:
    count = ngettext("%(num)s criterion", "%(num)s criteria", len(value.criteria)) % {"num": len(value.criteria)}
    criteria = "; ".join(str(one.text) for one in value.criteria)
    optional = "" if value.required else f" ({_('optional')})"
    return f"{KINDS[value.kind]}: {value.text}{optional} – {count}: {criteria}" if criteria else (
        f"{KINDS[value.kind]}: {value.text}{optional}"
    )  # fmt: skip


def _size(value: UnitLink) -> str:
    if value.points is None:
        return "–" if value.weight is None else f"{number(value.weight)} %"
    return amount(value.points) if value.most is None else f"{number(value.points.value)}–{amount(value.most)}"


def _standing(value: Standing, names: Mapping[str, str]) -> str:
    where = {"group": names.get(value.inside, value.inside), "said": node_said(value.node)}
    return _("in “%(group)s”: %(said)s") % where if value.inside in names else node_said(value.node)


def _period(value: Period) -> str:
    return f"{day(value.start)} – {day(value.end)}"


_SAYINGS: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any, Mapping[str, str]], str]], ...]] = (
    (bool, lambda value, names: _("Yes") if value else _("No")),
    (LangString, lambda value, names: str(value)),
    (str, lambda value, names: value),
    (tuple, lambda value, names: ", ".join(_said(one, names) for one in value)),
    (Points, lambda value, names: amount(value)),
    (EQFLevel, lambda value, names: str(value.level)),
    (NQFLevel, lambda value, names: str(value)),
    (date, lambda value, names: day(value)),
    (Period, lambda value, names: _period(value)),
    (RequiredOutcome, lambda value, names: str(value.text)),
    (
        SubArea,
        lambda value, names: f"{value.code} {value.title} {amount(value.points) if value.points else ''}".strip(),
    ),
    (Unit, lambda value, names: f"{value.code} {value.title}"),
    (LearningOutcome, _outcome),
    (Sized, lambda value, names: _size(value.link)),
    (Standing, _standing),
)

_BY_MEMBER: Final[dict[str, Callable[[Any, Mapping[str, str]], str]]] = {
    "isced_f": lambda value, names: fields_said(value),
    "system": lambda value, names: str(SYSTEMS.get(value, value)),
}
