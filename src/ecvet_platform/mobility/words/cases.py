"""What the page of an agreement says about what is unusual in it: one sentence for the fact, one for who acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import CASES, ChangeReason, Circumstance, Noted
from ecvet.terms import Identifier
from ecvet_platform.mobility.words import REASONS
from ecvet_platform.people.language import day, listed

CHANGE_REASONS: Final[dict[str, str | Promise]] = {
    ChangeReason.TASK_NOT_THERE: _("a task or activity is not available"),
    ChangeReason.UNIT_NOT_OFFERED: _("a unit cannot be learned there"),
    ChangeReason.LANGUAGE: _("the language of work is another"),
    ChangeReason.TIMETABLE: _("days or hours do not fit"),
    ChangeReason.PLACE: _("another place, company or mentor"),
    ChangeReason.DATES: _("the stay is longer or shorter"),
    ChangeReason.QUALIFICATION: _("the learner follows another qualification at home"),
    ChangeReason.WISH: _("the learner's wish"),
    ChangeReason.OTHER: _("another reason"),
}

SENTENCES: Final[dict[Circumstance, tuple[str | Promise, str | Promise]]] = {
    Circumstance.CHANGED: (
        _("This version changes what was agreed: %(why)s."),
        _("What is in force stays in force until all have signed it; an assessment follows what held on its day."),
    ),
    Circumstance.OTHER_DATES: (
        _("First the stay was agreed for %(before)s."),
        _("Lists, tables, calendars and figures show the dates in force; the first ones stay in the first version."),
    ),
    Circumstance.ENDED_EARLY: (
        _("The stay ended early on %(day)s: %(why)s."),
        _("The reason stays with the stay; what was learned until then can be assessed and recognised."),
    ),
    Circumstance.COMES_OF_AGE: (
        _("The learner comes of age on %(day)s, during the stay."),
        _("Until then a guardian signs too. Whatever is proposed from that day on the learner signs alone."),
    ),
    Circumstance.OF_AGE: (
        _("The learner came of age on %(day)s. This version was made with a guardian."),
        _("It keeps its signatures. A new version is signed by the learner alone; the guardian sees nothing new."),
    ),
    Circumstance.INTERMEDIARY: (
        _("%(who)s organises the stay and signs."),
        _("It does not assess: the hosting institution does, or a body that the memorandum names for it."),
    ),
    Circumstance.ASSESSED_ELSEWHERE: (
        _("%(who)s assesses, not the hosting institution."),
        _("Its assessors find the stay under “Credit”; it also issues the transcript. The host tells of the stay."),
    ),
    Circumstance.UNSIGNED: (
        _("The learner has travelled, and the agreement is not in force."),
        _("Let all sign now. A version that is made anew is marked as retroactive: it holds from the first day."),
    ),
    Circumstance.FRAME_ENDED: (
        _("The memorandum ended on %(day)s."),
        _("This agreement keeps its terms until its own end. New agreements need a memorandum in force."),
    ),
    Circumstance.CONTINUED: (
        _("%(who)s is continued by another institution since %(day)s."),
        _("What was signed goes on unchanged; the successor's people act for it, and its page names the successor."),
    ),
    Circumstance.FOLLOWS_ANOTHER: (
        _("The learner now follows another qualification at home: %(who)s."),
        _("What was agreed still counts towards the one agreed. To count towards the new one, propose a change to it."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A circumstance in words: the fact, what follows, and the number of its case on the page “What if …”."""

    kind: str
    fact: str
    follows: str
    case: int


def said(found: Iterable[Noted], names: Mapping[Identifier, str]) -> tuple[Said, ...]:
    """The circumstances in the reader's language; `names` are those of institutions and qualifications."""
    return tuple(_said(one, names) for one in found)


def _said(one: Noted, names: Mapping[Identifier, str]) -> Said:
    fact, follows = SENTENCES[one.what]
    before = f"{day(one.before.start)} – {day(one.before.end)}" if one.before else ""
    who = names.get(one.who, one.who) if one.who else ""
    why = listed(str(text) for name, text in {**CHANGE_REASONS, **REASONS}.items() if name in one.why)
    facts = {"day": day(one.on) if one.on else "", "who": who, "before": before, "why": why}
    return Said(kind=one.what.name.lower(), fact=str(fact) % facts, follows=str(follows), case=CASES[one.what])
