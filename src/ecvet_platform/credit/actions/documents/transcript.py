"""The personal transcript: each unit with its results, how they were found, and what home has decided so far."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ecvet.credit.assessment import Assessment, OutcomeResult
from ecvet.credit.portfolio import Portfolio
from ecvet.credit.recognition import Recognition
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.validation import Validation
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet_platform.credit import words
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.actions.documents import alike
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.documents.fields import TRANSCRIPT
from ecvet_platform.documents.values import Cell, Document, Line, Row, said
from ecvet_platform.institutions.actions import signed
from ecvet_platform.journal import store as records
from ecvet_platform.people.language import day
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.words import KINDS


def document(fact: Fact, transcript: Recorded[Transcript], language: str, check_at: str) -> Document:
    """The document of one version of a transcript, issued by the institution that assessed."""
    item = transcript.value
    about = alike.learner(item.learner)
    levels = {"eqf": signed.level(item.eqf), "nqf": str(item.nqf or "")}
    qualification = alike.qualification(reading.qualification(item.qualification), language)
    return Document(
        form=TRANSCRIPT, language=language, title=f"{TRANSCRIPT.title}: {about['learner']}",
        lead=qualification["qualification"], status=_status(fact, transcript),
        values={
            **about, **qualification, **{key: one for key, one in levels.items() if one},
            "home": alike.name(item.home), "hosting": alike.name(item.issuer), "basis": (_basis(item), item.basis),
            "period": alike.period(item.period), "corrects": item.corrects or "", "reason": said(item.reason, language),
            "units": tuple(_unit(one, language) for one in item.entries),
            "deviations": tuple(said(one, language) for one in item.deviations),
            "additional": tuple(said(one, language) for one in item.additional),
            "decisions": tuple(_decisions(fact, language)), "signatures": alike.signatures(transcript.address),
        },
        **alike.of_record(transcript.address, check_at, item.issuer),
    )  # fmt: skip


def _status(fact: Fact, transcript: Recorded[Transcript]) -> str:
    """Whether a later version has taken its place (R-TRANS-4)."""
    known = facts.of_basis(fact.basis, "transcript") if fact.basis else []
    return _("issued") if not known or known[-1].address == transcript.address else _("replaced by a later version")


def _basis(item: Transcript) -> str:
    of_portfolio = records.record(item.basis).type is Portfolio.record_type
    return _("Portfolio of non-formal and informal learning") if of_portfolio else _("Learning agreement")


def _unit(entry: TranscriptEntry, language: str) -> Row:
    found = qualifications.find_unit(entry.unit)
    unit = found.value if found else None
    assessments = [records.recorded(one, Assessment).value for one in entry.assessments]
    return {
        "title": said(entry.title, language), "points": alike.points(entry.points),
        "extent": _("the whole unit") if entry.complete else _("only a part of the unit"),
        "results": tuple(_result(one, unit, language) for one in entry.outcomes),
        **alike.grade(entry.grade, language),
        "assessments": tuple(_assessment(one) for one in assessments),
        "remarks": tuple(said(one.remarks, language) for one in assessments if one.remarks),
    }  # fmt: skip


def _result(one: OutcomeResult, unit: Unit | None, language: str) -> dict[str, Cell]:
    outcome = next((known for known in unit.outcomes if known.id == one.outcome), None) if unit else None
    criteria = {each.id: said(each.text, language) for each in outcome.criteria} if outcome else {}
    return {
        "outcome": said(outcome.text, language) if outcome else one.outcome,
        "kind": str(KINDS[outcome.kind]) if outcome and outcome.kind else "", "result": str(words.RESULTS[one.result]),
        "remark": (*_criteria(one, criteria), *(text for text in (one.remark, one.reason) if text)),
    }  # fmt: skip


def _criteria(one: OutcomeResult, known: dict[str, Line]) -> Iterable[str]:
    for each in one.criteria:
        words_ = known.get(each.criterion, each.criterion)
        text = words_ if isinstance(words_, str) else words_.words
        answer = _("met") if each.met else _("not met")
        yield f"{text}: {answer}" + (f" ({each.remark})" if each.remark else "")


def _assessment(one: Assessment) -> dict[str, Cell]:
    return {
        "on": day(one.on), "place": one.place, "methods": one.methods,
        "assessors": tuple(f"{who.name}, {who.position}" if who.position else who.name for who in one.assessors),
        "evidence": tuple(f"{each.media}, {each.hash[8:20]}…" for each in one.evidence),
    }  # fmt: skip


def _decisions(fact: Fact, language: str) -> Iterable[dict[str, Cell]]:
    """What home decided, in the order in which it did."""
    for one in facts.of_basis(fact.basis) if fact.basis else ():
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
