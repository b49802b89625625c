"""What transcript and complement say alike: results by outcome, how they were found, and what home decided."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ecvet.credit.assessment import Assessment, OutcomeResult
from ecvet.credit.recognition import Recognition
from ecvet.credit.validation import Validation
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier
from ecvet_platform.credit import words
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.credit.store import facts
from ecvet_platform.documents.values import Cell, Line, said
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import day
from ecvet_platform.qualifications.words import KINDS


def outcome(one: OutcomeResult, unit: Unit | None, language: str) -> dict[str, Cell]:
    """The result of one outcome, with the words of the outcome and its criteria as published."""
    known = next((each for each in unit.outcomes if each.id == one.outcome), None) if unit else None
    criteria = {each.id: said(each.text, language) for each in known.criteria} if known else {}
    return {
        "outcome": said(known.text, language) if known else one.outcome,
        "kind": str(KINDS[known.kind]) if known and known.kind else "", "result": str(words.RESULTS[one.result]),
        "remark": (*_criteria(one, criteria), *(text for text in (one.remark, one.reason) if text)),
    }  # fmt: skip


def _criteria(one: OutcomeResult, known: dict[str, Line]) -> Iterable[str]:
    for each in one.criteria:
        words_ = known.get(each.criterion, each.criterion)
        text = words_ if isinstance(words_, str) else words_.words
        answer = _("met") if each.met else _("not met")
        yield f"{text}: {answer}" + (f" ({each.remark})" if each.remark else "")


def assessment(one: Assessment) -> dict[str, Cell]:
    """How, where, when and by whom something was assessed."""
    return {
        "on": day(one.on), "place": one.place, "methods": one.methods,
        "assessors": tuple(f"{who.name}, {who.position}" if who.position else who.name for who in one.assessors),
        "evidence": tuple(
            f"{words.MEDIA.get(each.media, each.media)} ({each.hash[8:16]}…)" for each in one.evidence
        ),
    }  # fmt: skip


def decisions(thread: Identifier | None, language: str) -> Iterable[dict[str, Cell]]:
    """What home decided about an agreement or portfolio, in the order in which it did."""
    for one in facts.of_basis(thread) if thread else ():
        if one.kind not in ("validation", "recognition"):
            continue
        made: Validation | Recognition
        if one.kind == "validation":
            made = records.recorded(one.address, Validation).value
            what = _("Validation: %(extent)s") % {"extent": words.EXTENTS[made.extent]}
        else:
            made = records.recorded(one.address, Recognition).value
            what = _("Recognition: %(extent)s") % {"extent": words.EXTENTS[made.extent]}
        yield {
            "unit": alike.title(made.unit, language), "decision": what, "body": alike.name(made.by.institution),
            "on": day(made.on),
        }  # fmt: skip
