"""What the pages of a unit say about what is unusual in its credit: one sentence for the fact, one for what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import Grade, GradingScale
from ecvet.credit.circumstances import CASES, Circumstance, Noted
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier
from ecvet_platform.people.language import day
from ecvet_platform.qualifications.words import amount

SENTENCES: Final[dict[Circumstance, tuple[str | Promise, str | Promise]]] = {
    Circumstance.PART: (
        _("Only a part of the unit was achieved: %(outcomes)s."),
        _("These outcomes are transferred and can be recognised. The points belong to the whole unit: a part carries "
          "none, unless a stated rule of the home institution gives it a share."),
    ),
    Circumstance.HELD_ALREADY: (
        _("Recognised before, on %(day)s: %(outcomes)s."),
        _("The same outcome counts once towards a qualification. This result stays in the record and can be recognised "
          "as far as it goes beyond, or towards another qualification."),
    ),
    Circumstance.POINTS_DIFFER: (
        _("At home the unit has %(home)s, abroad %(hosting)s."),
        _("Recognition gives the points of home; those of the host are shown beside them and never counted."),
    ),
    Circumstance.NO_POINTS: (
        _("The qualification gives this unit no points."),
        _("Nothing is missing: units, outcomes and rules decide, and points are optional."),
    ),
    Circumstance.GRADED_ABROAD: (
        _("The host graded on its own scale: %(grade)s."),
        _("Passed or not is what the host decided by its own pass mark. The original grade stays; a grade at home is a "
          "decision of the home institution by its table, never computed."),
    ),
    Circumstance.FUNCTION_LOST: (
        _("The institution that assessed may no longer assess for this qualification; on %(day)s it still did."),
        _("The day of the assessment counts: the result stands, and a new assessment needs somebody else."),
    ),
    Circumstance.CORRECTED_SINCE: (
        _("The transcript was corrected after the decision of %(day)s."),
        _("The decision stays until the home institution has looked at it again: it validates the new version and "
          "decides anew; what is booked changes only by that decision."),
    ),
    Circumstance.PROMISED: (
        _("The agreement promised recognition, and the decision of %(day)s withholds: %(outcomes)s."),
        _("%(remedy)s"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A circumstance in words: the fact, what follows, and the number of its case on the page “What if …”."""

    kind: str
    fact: str
    follows: str
    case: int


def said(found: Iterable[Noted], unit: Unit, scales: Iterable[GradingScale]) -> tuple[Said, ...]:
    """The circumstances of a unit in the reader's language; `scales` are the grading scales known."""
    known = {one.id: one for one in scales}
    return tuple(_said(one, unit, known) for one in found)


def _said(one: Noted, unit: Unit, scales: Mapping[Identifier, GradingScale]) -> Said:
    language = get_language() or "en"
    outcomes = [each.text.in_(language, "en") for each in unit.outcomes if each.id in one.outcomes]
    facts = {
        "day": day(one.on) if one.on else "", "outcomes": "; ".join(outcomes),
        "home": amount(one.home), "hosting": amount(one.hosting),
        "grade": _grade(one.grade, scales, language), "remedy": _remedy(one),
    }  # fmt: skip
    fact, follows = SENTENCES[one.what]
    return Said(kind=one.what.name.lower(), fact=str(fact) % facts, follows=str(follows) % facts, case=CASES[one.what])


def _grade(grade: Grade | None, scales: Mapping[Identifier, GradingScale], language: str) -> str:
    if grade is None:
        return ""
    scale = scales.get(grade.scale)
    if scale is None:
        return grade.value
    facts = {"grade": grade.value, "scale": scale.name.in_(language, "en"), "passes": scale.passes_from}
    return gettext("%(grade)s (%(scale)s, passes from %(passes)s)") % facts


def _remedy(one: Noted) -> str:
    """What the learner can do about a refusal of what was promised, and until when."""
    if not one.open:
        return gettext("The last day of appeal has passed; the decision is final. The reasons stand in it.")
    if one.until is None:
        return gettext("The learner may appeal at any time: no last day was set. The reasons stand in the decision.")
    return gettext("The learner may appeal until %(until)s; the reasons stand in the decision.") % {
        "until": day(one.until)
    }
