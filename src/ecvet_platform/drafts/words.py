"""Words of writing a qualification, in the reader's language: help for authors, and names of what has a fixed one."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import OutcomeKind
from ecvet.qualification.combination import Role, Surplus
from ecvet.qualification.editing import Way
from ecvet.qualification.reading import S1, STRICT

Words = dict[str, str | Promise]

WRITING_HELP: Final[dict[OutcomeKind, tuple[str | Promise, str | Promise]]] = {
    OutcomeKind.KNOWLEDGE: (
        _("Known and understood: facts, principles, theories. Verbs: name, describe, explain, compare."),
        _("explains how water, temperature and time change the quality of a dough"),
    ),
    OutcomeKind.SKILLS: (
        _("Done with methods, tools and materials. Verbs: measure, repair, prepare, install."),
        _("prepares yeast dough by hand and by machine from a recipe for 20 people"),
    ),
    OutcomeKind.COMPETENCE: (
        _("With which responsibility and autonomy it is done. Verbs: plan, decide, take responsibility, supervise."),
        _("plans the baking of a working day alone and answers for hygiene at the workplace"),
    ),
}
"""For each kind what belongs there and an example."""

VERBS: Final[dict[OutcomeKind, tuple[tuple[str, str | Promise], ...]]] = {
    OutcomeKind.KNOWLEDGE: (
        ("1–2", _("name, list, recognise, match, point out")),
        ("3–4", _("describe, explain, compare, give reasons for, classify")),
        ("5–6", _("analyse, interpret, distinguish, judge the limits of")),
        ("7–8", _("evaluate critically, develop, integrate knowledge from several fields")),
    ),
    OutcomeKind.SKILLS: (
        ("1–2", _("carry out, use, measure, sort, follow instructions")),
        ("3–4", _("choose and apply methods, repair, prepare, install, solve")),
        ("5–6", _("plan, design, adapt, find solutions to unforeseen problems")),
        ("7–8", _("research, synthesise, develop new procedures, innovate")),
    ),
    OutcomeKind.COMPETENCE: (
        ("1–2", _("work under supervision, keep to rules, report")),
        ("3–4", _("take responsibility for tasks, supervise routine work of others, improve")),
        ("5–6", _("manage, review performance, decide in changing situations, lead a team")),
        ("7–8", _("transform, take responsibility for strategy, create new ways of working")),
    ),
}
"""Verbs that can be seen or heard, by kind and by EQF level: a help for authors, after the descriptors of the EQF."""

ROLES: Final[Words] = {
    Role.DEFINED: _("An ordinary group"),
    Role.BRANCH: _("One of several alternatives"),
    Role.AREA: _("A competence area to choose"),
    Role.TITLE: _("A title to choose"),
    Role.FOREIGN: _("Taken over from another document"),
}

SURPLUSES: Final[Words] = {
    "": _("Nothing is said"),
    Surplus.CAP: _("They do not count"),
    Surplus.FORBID: _("They may not be there"),
}

READ: Final[Words] = {
    S1.name: _("The usual reading"),
    STRICT.name: _("The strict reading"),
}
"""What the named readings of rules mean."""

WAYS: Final[Words] = {
    Way.UP: _("Up"),
    Way.DOWN: _("Down"),
    Way.IN: _("Into the group before"),
    Way.OUT: _("Out of its group"),
}
