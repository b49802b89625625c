"""Our transcript and decisions as an ELMO document, with everything listed that ELMO has no place for; and back.

A unit becomes a Module with its points in the scheme of its credit system (`ecvet`), a decision of recognition becomes
`resultOfRecognition`. Outcomes stand in words in the description and, with their results, in an extension that only
this programme reads. What was achieved in part is told as not finished: ELMO knows nothing between passed and failed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ecvet.credit.assessment import Grade, OutcomeResult
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Recognition
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.exchange.elmo_document import (
    Decided,
    Dialect,
    ElmoDocument,
    Issuer,
    Learned,
    Named,
    Reference,
    Reported,
    Scale,
    Status,
    ToldOutcome,
    Verdict,
)
from ecvet.exchange.report import Became, Remark, Report
from ecvet.exchange.schac import kind_of
from ecvet.partnership.institution import CompetentInstitution
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.terms import Identifier, LangString, NotAnIdentifier, identifier

_VERDICTS: Final = {Extent.FULL: Verdict.POSITIVE, Extent.PARTIAL: Verdict.PARTLY, Extent.NONE: Verdict.NEGATIVE}
_ALWAYS_LOST: Final = (
    ("assessment", "Who assessed, how, where and with what evidence is not told; ELMO has no place for it."),
    ("signature", "The signatures of the record are not told; ELMO signs the whole file or nothing."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around records, by identifier; what is missing is told by its identifier, and remarked.

    `from_` names for a home unit the assessed units that speak for it.
    """

    learner: Named
    institutions: Mapping[Identifier, CompetentInstitution]
    units: Mapping[Identifier, Unit]
    qualification: Qualification | None = None
    from_: Mapping[Identifier, tuple[Identifier, ...]] | None = None
    scales: Mapping[Identifier, LangString] | None = None


def told(
    transcript: Recorded[Transcript], decisions: Iterable[Recorded[Recognition]], around: Around, *, issued: datetime,
    at: datetime,
) -> tuple[ElmoDocument, tuple[Remark, ...]]:  # fmt: skip
    """The document of a transcript issued at a moment and of the decisions on it, and what it does not tell."""
    report, item = Report(), transcript.value
    for subject, sentence in _ALWAYS_LOST:
        report.note(Became.LOST, subject, sentence, "Send the signed record or the PDF beside it.")
    _losses(item, report)
    host = _host(item, around, issued, report)
    by: dict[Identifier, list[Decided]] = {}
    for decision in _standing(tuple(decisions), report):
        by.setdefault(decision.value.by.institution, []).append(_decided(decision, item, host, around, report))
    homes = (
        Reported(issuer=_issuer(body, around, report), issued=at, decided=tuple(made)) for body, made in by.items()
    )
    return ElmoDocument(
        learner=around.learner, reports=(host, *homes), generated=at, dialect=Dialect.V2_1
    ), report.remarks  # fmt: skip


def entries(document: ElmoDocument) -> tuple[TranscriptEntry, ...]:
    """The entries of a transcript that this programme told; without assessments, which stay where they are signed.

    For comparing with what is held, never as credit: an ELMO file proves nothing.
    """
    return tuple(
        found for reported in document.reports for top in reported.learned for one in top.walk()
        if (found := _entry(one)) is not None
    )  # fmt: skip


# ------------------------------------------------------------- inside
def _standing(decisions: tuple[Recorded[Recognition], ...], report: Report) -> tuple[Recorded[Recognition], ...]:
    """The decisions whose place no other has taken, refusals among them."""
    replaced = {one.value.reverses for one in decisions}
    if any(one.address in replaced for one in decisions):
        report.note(Became.LOST, "decisions", "Decisions whose place another has taken are not told.")
    return tuple(one for one in decisions if one.address not in replaced)


def _host(item: Transcript, around: Around, issued: datetime, report: Report) -> Reported:
    modules = tuple(_module(one, item, around) for one in item.entries)
    named = around.qualification
    whole = (
        Learned(
            title=named.title, references=(Reference(kind="local", value=named.id),), kind="Degree Programme",
            isced=next(iter(named.isced_f), ""), eqf=item.eqf, nqf=item.nqf, status=Status.IN_PROGRESS, parts=modules,
        ),
    ) if named else modules  # fmt: skip
    if named is None:
        report.note(Became.LOST, "qualification", "Towards which qualification it was learned is not told.")
    scales = dict.fromkeys(one.grade.scale for one in item.entries if one.grade)
    return Reported(
        issuer=_issuer(item.issuer, around, report), issued=issued, learned=whole,
        scales=tuple(Scale(name=one, words=(around.scales or {}).get(one)) for one in scales),
    )  # fmt: skip


def _module(entry: TranscriptEntry, item: Transcript, around: Around) -> Learned:
    unit = around.units.get(entry.unit)
    words = {one.id: one.text for one in unit.outcomes} if unit else {}
    status = Status.PASSED if entry.complete else Status.IN_PROGRESS if entry.achieved else Status.FAILED
    return Learned(
        title=entry.title, references=(Reference(kind="local", value=entry.unit),), kind="Module",
        eqf=unit.eqf if unit else None, start=item.period.start if item.period else None,
        end=item.period.end if item.period else None, status=status,
        grade=entry.grade.value if entry.grade else "", scale=entry.grade.scale if entry.grade else "",
        points=(entry.points,) if entry.points is not None else (),
        description=_in_words(entry, words),
        outcomes=tuple(
            ToldOutcome(outcome=one.outcome, result=one.result, text=words.get(one.outcome)) for one in entry.outcomes
        ),
    )  # fmt: skip


def _in_words(entry: TranscriptEntry, words: Mapping[str, LangString]) -> LangString | None:
    """What was achieved, for who does not read the extension: in the languages in which every outcome is written."""
    achieved = [words[one.outcome] for one in entry.outcomes if one.result.is_positive and one.outcome in words]
    if not achieved:
        return None
    tags = [tag for tag, _ in achieved[0].texts if all(tag in dict(one.texts) for one in achieved)]
    made = {tag: "; ".join(dict(one.texts)[tag] for one in achieved) for tag in tags}
    return LangString.of(made or {"und": "; ".join(map(str, achieved))})


def _decided(
    decision: Recorded[Recognition], item: Transcript, host: Reported, around: Around, report: Report
) -> Decided:
    said, unit = decision.value, around.units.get(decision.value.unit)
    title = unit.title if unit else LangString.of(und=said.unit)
    report.note(Became.LOST, str(title), "Who decided in person, the way to the rest and the remedy of the learner are "
                "not told.", "Send the decision as PDF beside it.")  # fmt: skip
    granted = said.extent is not Extent.NONE
    from_ = (around.from_ or {}).get(said.unit) or tuple(one.unit for one in item.entries if one.unit == said.unit)
    local = (Reference(kind="local", value=said.unit),)
    result = Learned(
        title=title, references=local, kind="Module", eqf=unit.eqf if unit else None,
        status=Status.PASSED if said.extent is Extent.FULL else Status.IN_PROGRESS,
        grade=said.grade.value if said.grade else "", points=(said.points,) if said.points is not None else (),
    )  # fmt: skip
    listed = [one for top in host.learned for one in top.walk() if one.code in from_]
    return Decided(
        verdict=_VERDICTS[said.extent], title=title, references=(Reference(kind="local", value=decision.address),),
        description=said.ground, on=said.on,
        basis=(Reported(issuer=host.issuer, issued=host.issued, learned=tuple(listed), scales=host.scales),)
        if listed else (),
        results=(result,) if granted else (), from_=tuple(from_) if granted else (),
        to=(said.unit,) if granted else (),
    )  # fmt: skip


def _issuer(body: Identifier, around: Around, report: Report) -> Issuer:
    known = around.institutions.get(body)
    if known is None:
        report.note(
            Became.FLAGGED, body, "The name of the institution is not known here; its identifier stands for it."
        )
    names = (body, *(known.other_ids if known else ()))
    return Issuer(
        title=known.name if known else LangString.of(und=body),
        references=tuple(Reference(kind=kind, value=value) for kind, value in map(kind_of, names)),
        country=known.country if known and known.country != "EU" else None,  # the Union is no country of ISO 3166-1
        url=body if body.startswith(("https:", "http:")) else "",
    )  # fmt: skip


def _losses(item: Transcript, report: Report) -> None:
    if item.deviations or item.additional:
        report.note(Became.LOST, "remarks", "Deviations from what was agreed and additional outcomes are not told.")
    if item.corrects:
        report.note(Became.LOST, "correction", "That this transcript corrects an earlier one, and why, is not told.")
    for one in item.entries:
        title = str(one.title)
        if any(result.criteria or result.remark or result.reason for result in one.outcomes):
            report.note(Became.LOST, title, "Criteria, remarks and reasons of single outcomes are not told.")
        if one.achieved and not one.complete:
            report.note(Became.FLAGGED, title, "It was achieved in part and is told as “in-progress”, since ELMO knows "
                        "nothing between passed and failed.")  # fmt: skip
        if one.outcomes:
            report.note(Became.FLAGGED, title, "Its outcomes stand in words in the description; their results only in "
                        "an extension that others need not read.")  # fmt: skip


def _entry(one: Learned) -> TranscriptEntry | None:
    try:
        unit = identifier(one.code)
        scale = identifier(one.scale) if one.scale else None
    except NotAnIdentifier:
        return None
    if one.kind != "Module" or not one.outcomes or one.title is None:
        return None
    return TranscriptEntry(
        unit=unit, title=one.title, assessments=(), complete=one.status is Status.PASSED,
        outcomes=tuple(OutcomeResult(outcome=told.outcome, result=told.result) for told in one.outcomes),
        points=next(iter(one.points), None), grade=Grade(scale=scale, value=one.grade) if scale else None,
    )  # fmt: skip
