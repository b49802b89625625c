"""The complement of a learning agreement: how the stay went, what was assessed and achieved, and what home decided.

Before the transcript is issued the results are those of the assessments made until then, and the status says so.
"""

from collections.abc import Iterable, Mapping
from typing import cast

from django.utils.translation import gettext as _

from ecvet.credit.assessment import Assessment, OutcomeResult, Result
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.mobility import Ending, LearningAgreement, Stay
from ecvet.mobility.agreement import AgreedUnit
from ecvet.record import Recorded
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners, reading
from ecvet_platform.credit.actions import transcript as transcripts
from ecvet_platform.credit.actions.documents import alike, results
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.documents.fields import COMPLEMENT
from ecvet_platform.documents.values import Cell, Document, Line, Row, said
from ecvet_platform.institutions.actions import signed
from ecvet_platform.journal import store as records
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions.document import organisations
from ecvet_platform.people.language import day
from ecvet_platform.qualifications import actions as qualifications

_Fields = dict[str, Cell | tuple[Row, ...]]
_UnitFields = dict[str, Cell | tuple[Mapping[str, Cell], ...]]


def document(ground: Ground, stay: Stay, ending: Ending | None, language: str, check_at: str) -> Document:
    """The document of a stay that has ended, issued by the hosting institution; `ground` is an agreement.

    The record attached is the transcript that stands, or the agreement before there is one.
    """
    agreed = cast(LearningAgreement, ground.basis.value)
    issued, about = reading.transcript(ground), alike.learner(ground.learner)
    item, proof = _results(ground, issued), issued.address if issued else ground.basis.address
    return Document(
        form=COMPLEMENT, language=language, title=f"{COMPLEMENT.title}: {about['learner']}",
        lead=said(agreed.qualification_title, language), status=_status(stay, ending, issued=issued is not None),
        values={
            **about, **signed.institution(ground.home, "home."), **signed.institution(ground.hosting, "hosting."),
            **_about(agreed, language), **_stay(stay, agreed, language),
            "units": tuple(_units(agreed, item, language)),
            "deviations": (tuple(said(one, language) for one in item.deviations) if item else ()) or _("none"),
            "additional": tuple(said(one, language) for one in item.additional) if item else (),
            "clause": signed.yes_or_no(agreed.will_recognise),
            "decisions": tuple(results.decisions(ground.thread, language)),
            "agreement": ground.basis.address, "transcript": issued.address if issued else "",
            "told": learners.told_of_stay(ground.thread), "signatures": alike.signatures(proof),
        },
        **alike.of_record(proof, check_at, ground.hosting),
    )  # fmt: skip


def _results(ground: Ground, issued: Recorded[Transcript] | None) -> Transcript | None:
    """The transcript that stands, else the results so far in its form, else nothing: nothing was assessed."""
    if issued is not None:
        return issued.value
    return transcripts.foreseen(ground) if reading.assessments(ground) else None


def _status(stay: Stay, ending: Ending | None, *, issued: bool) -> str:
    """How the stay ended, and whether the results are handed over already."""
    known = (words.STATES[stay.state] if stay.state else "", words.ENDINGS[ending] if ending else "")
    handed_over = "" if issued else _("the transcript is not issued yet")
    return ", ".join(str(one) for one in (*known, handed_over) if one)


def _about(agreed: LearningAgreement, language: str) -> _Fields:
    names = organisations((one.institution for one in agreed.mentors), agreed.memorandum)
    return {
        "qualification": said(agreed.qualification_title, language), "eqf": signed.level(agreed.eqf),
        "nqf": str(agreed.nqf or ""), "programme": agreed.programme, "project": agreed.project,
        "mode": str(words.MODES.get(agreed.mode, agreed.mode)),
        "place": agreed.hosting_place,
        "mentors": tuple(
            {"name": one.name, "institution": names[one.institution], "position": one.position}
            for one in agreed.mentors
        ),
    }  # fmt: skip


def _stay(stay: Stay, agreed: LearningAgreement, language: str) -> _Fields:
    """The actual days beside those agreed, and what happened with its reasons."""
    return {
        "start": day(stay.arrived), "end": day(stay.left), "agreed": alike.period(agreed.period),
        "events": tuple(
            {
                "on": day(one.on), "what": str(words.HAPPENED[one.verb]), "by": str(words.ROLES[one.by]),
                "reason": str(words.REASONS[one.reason]) if one.reason else "", "remark": said(one.note, language),
            }
            for one in stay.events
        ),
        "remainder": str(words.REMAINDERS[stay.remainder]) if stay.remainder else "",
    }  # fmt: skip


def _units(agreed: LearningAgreement, item: Transcript | None, language: str) -> Iterable[Row]:
    """Each agreed unit with what was achieved of it; then what was assessed and is not agreed any more."""
    known = {one.hosting_unit or one.unit for one in agreed.units}
    for one in agreed.units:
        yield _unit(one, item.entry(one.hosting_unit or one.unit) if item else None, language)
    for entry in item.entries if item else ():
        if entry.unit not in known:
            yield {"title": said(entry.title, language), **_entry(entry, (), language)}


def _unit(agreed: AgreedUnit, entry: TranscriptEntry | None, language: str) -> Row:
    theirs = qualifications.find_unit(agreed.hosting_unit) if agreed.hosting_unit else None
    return {
        "title": said(agreed.title, language), "activities": said(agreed.activities, language),
        "agreed": _("only a part of the unit") if agreed.part else _("the whole unit"),
        "hosting_unit": said(theirs.value.title, language) if theirs else agreed.hosting_unit or "",
        **(_entry(entry, _missing(agreed, entry), language) if entry else _nothing(agreed, language)),
    }  # fmt: skip


def _entry(entry: TranscriptEntry, missing: Iterable[OutcomeResult], language: str) -> _UnitFields:
    found = qualifications.find_unit(entry.unit)
    unit = found.value if found else None
    made = [records.recorded(one, Assessment).value for one in entry.assessments]
    return {
        "extent": _extent(entry), "points": alike.points(entry.points),
        "results": tuple(results.outcome(one, unit, language) for one in (*entry.outcomes, *missing)),
        **alike.grade(entry.grade, language), "assessments": tuple(results.assessment(one) for one in made),
        "remarks": tuple(said(one.remarks, language) for one in made if one.remarks),
    }  # fmt: skip


def _extent(entry: TranscriptEntry) -> Line:
    if not entry.achieved:
        return _("nothing")
    return _("the whole unit") if entry.complete else _("only a part of the unit")


def _missing(agreed: AgreedUnit, entry: TranscriptEntry) -> tuple[OutcomeResult, ...]:
    """What was agreed of the unit and is not among what was assessed; another unit's outcomes cannot be compared."""
    if agreed.hosting_unit not in (None, agreed.unit):
        return ()
    return _unassessed(agreed.unit, agreed.outcomes - {one.outcome for one in entry.outcomes})


def _nothing(agreed: AgreedUnit, language: str) -> _UnitFields:
    """A unit of which nothing was assessed: every outcome agreed, as not assessed."""
    found = qualifications.find_unit(agreed.unit)
    unit, missing = found.value if found else None, _unassessed(agreed.unit, agreed.outcomes)
    return {
        "extent": _("nothing"), "results": tuple(results.outcome(one, unit, language) for one in missing)
    }  # fmt: skip


def _unassessed(unit: Identifier, names: frozenset[str]) -> tuple[OutcomeResult, ...]:
    """Outcomes as not assessed, in the order of their unit; those that it does not have come last."""
    found = qualifications.find_unit(unit)
    known = [one.id for one in found.value.outcomes if one.id in names] if found else []
    ordered = (*known, *sorted(names - set(known)))
    return tuple(OutcomeResult(outcome=one, result=Result.NOT_ASSESSED) for one in ordered)
