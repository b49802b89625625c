"""The personal transcript: each unit with its results, how they were found, and what home has decided so far."""

from django.utils.translation import gettext as _

from ecvet.credit.assessment import Assessment
from ecvet.credit.portfolio import Portfolio
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.record import Recorded
from ecvet_platform.credit.actions import reading
from ecvet_platform.credit.actions.documents import alike, results
from ecvet_platform.credit.store import facts
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.documents.fields import TRANSCRIPT
from ecvet_platform.documents.values import Document, Row, said
from ecvet_platform.institutions.actions import signed
from ecvet_platform.journal import store as records
from ecvet_platform.qualifications import actions as qualifications


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
            "deviations": tuple(said(one, language) for one in item.deviations) or _("none"),
            "additional": tuple(said(one, language) for one in item.additional),
            "decisions": tuple(results.decisions(fact.basis, language)),
            "signatures": alike.signatures(transcript.address),
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
        "title": said(entry.title, language), "version": unit.version if unit else "",
        "points": alike.points(entry.points),
        "extent": _("the whole unit") if entry.complete else _("only a part of the unit"),
        "results": tuple(results.outcome(one, unit, language) for one in entry.outcomes),
        **alike.grade(entry.grade, language),
        "assessments": tuple(results.assessment(one) for one in assessments),
        "remarks": tuple(said(one.remarks, language) for one in assessments if one.remarks),
    }  # fmt: skip
