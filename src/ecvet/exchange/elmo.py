"""Read ELMO, the transcript of EMREX, in all its dialects: schema 1.x, 2.0.0, 2.1, the older one of purl.org, and none.

An EWP response that carries transcripts is read as well. 1.x and 2.0.0 share a namespace and are told apart by what is
in them. In the older dialect the learner stands in the report, one report may name several issuers in turn, and credit
stands on the specification. Attachments are counted and not read; national numbers are not taken over. XML signatures
are seen and not verified: nothing here may be relied upon before a person has asked the issuer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from ecvet.credit.assessment import Result
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
from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.markup import child, children, day, langstring, local, moment, namespace, points, said
from ecvet.exchange.parsing import read_xml
from ecvet.exchange.report import Became, Remark, Report
from ecvet.saying import say
from ecvet.terms import Country, EQFLevel, NQFLevel

V1: Final = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
V2: Final = "https://github.com/emrex-eu/elmo-schemas/tree/v2"
OUTCOMES: Final = "urn:x-ecvet:elmo:outcomes"
"""The namespace of our extension: the outcomes of a unit with their results."""

_NAMESPACES: Final = {V1: Dialect.V1, V2: Dialect.V2_1, "http://purl.org/net/elmo": Dialect.PURL, "": Dialect.NONE}
_ONLY_2: Final = ("alternativeName", "dateOfBirth", "resultOfRecognition", "enrolment")
_UNSIGNED: Final = "An XML signature is in the file. It was not verified, so whether it holds is not known."


@dataclass(frozen=True, slots=True, kw_only=True)
class ElmoFile:
    """The transcripts of a file, and what became of its parts."""

    documents: tuple[ElmoDocument, ...]
    remarks: tuple[Remark, ...]


def read_elmo(data: bytes, name: str) -> ElmoFile:
    """All transcripts of a file. `name` only speaks of it. Raises `NeighbourUnreadable`, `FileDangerous`."""
    root = read_xml(data, name, namespaces=True, unreadable=NeighbourUnreadable)
    found = [one for one in root.iter() if local(one) == "elmo"]
    if not found:
        raise NeighbourUnreadable(
            name=name, why=say("it is XML, but its element “{local}” holds no transcript", local=local(root)[:40])
        )
    report = Report()
    return ElmoFile(documents=tuple(_document(one, name, report) for one in found), remarks=report.remarks)


def _document(root: Element, name: str, report: Report) -> ElmoDocument:
    space = namespace(root)
    if space not in _NAMESPACES:
        raise NeighbourUnreadable(
            name=name, why=say("its namespace “{space}” is of no known version of ELMO", space=space[:80])
        )
    dialect = _NAMESPACES[space]
    if dialect is Dialect.V1 and any(local(one) in _ONLY_2 for one in root.iter()):
        dialect = Dialect.V2_0
    if dialect is Dialect.NONE:
        report.note(Became.FLAGGED, "namespace", "The document has no namespace, so its version is not known.")
    signed = any(local(one) == "Signature" for one in root.iter())
    if signed:
        report.note(Became.FLAGGED, "signature", _UNSIGNED, "Ask the issuer before you rely on it.")
    attached = sum(local(one) == "attachment" for one in root.iter())
    if attached:
        report.note(Became.SKIPPED, "attachment", f"Attached files were not read ({attached}).")
    learner = child(root, "learner")
    if learner is None:
        learner = next((one for one in root.iter() if local(one) == "learner"), None)
    reports = tuple(one for part in children(root, "report") for one in _reports(part, report))
    if not reports:
        raise NeighbourUnreadable(name=name, why=say("it has no report of any institution"))
    return ElmoDocument(
        learner=_learner(learner, report), reports=reports, generated=moment(said(root, "generatedDate")),
        dialect=dialect, signed=signed,
    )  # fmt: skip


def _learner(element: Element | None, report: Report) -> Named:
    if element is None:
        report.note(Became.FLAGGED, "learner", "The document does not say whom it is about.")
    for one in children(element, "identifier"):
        number = f"The learner's number of the kind “{one.get('type', '')[:40]}” was not taken over."
        report.note(Became.SKIPPED, "learner", number)
    return Named(
        given_names=said(element, "givenNames"), family_name=said(element, "familyName"),
        born=day(said(element, "dateOfBirth") or said(element, "bday")),
    )  # fmt: skip


def _reports(element: Element, report: Report) -> Iterator[Reported]:
    """One report; several where issuers follow each other, each with what stands behind it (older dialect)."""
    parts: list[list[Element]] = []
    for one in element:
        if local(one) == "issuer" or not parts:
            parts.append([])
        parts[-1].append(one)
    issuers = [one for one in parts if any(local(part) == "issuer" for part in one)]
    if len(issuers) > 1:
        turns = f"One report names {len(issuers)} issuers in turn; what follows one was read as its report."
        report.note(Became.FLAGGED, "report", turns)
    if not issuers:
        report.note(Became.FLAGGED, "report", "A report does not say who issued it.")
    for part in issuers or parts:
        yield reported(part, moment(said(element, "issueDate")), report)


def reported(parts: list[Element], issued: datetime | None, report: Report) -> Reported:
    """What one institution reports, from the elements of its report."""
    named = {kind: [one for one in parts if local(one) == kind] for kind in {local(one) for one in parts}}
    return Reported(
        issuer=_issuer(next(iter(named.get("issuer", [])), None), report), issued=issued,
        learned=tuple(_learned(one, report) for one in named.get("learningOpportunitySpecification", [])),
        decided=tuple(_decided(one, report) for one in named.get("resultOfRecognition", [])),
        scales=tuple(
            Scale(name=one.get("localId", ""), words=langstring(children(one, "description"), "gradingScheme", report))
            for one in named.get("gradingScheme", [])
        ),
    )  # fmt: skip


def _issuer(element: Element | None, report: Report) -> Issuer:
    country = said(element, "country")
    return Issuer(
        title=langstring(children(element, "title"), "issuer", report), references=_references(element),
        country=Country(country) if len(country) == 2 and country.isascii() and country.isupper() else None,
        url=said(element, "url"),
    )  # fmt: skip


def _references(element: Element | None) -> tuple[Reference, ...]:
    return tuple(
        Reference(kind=one.get("type", ""), value=text)
        for one in children(element, "identifier")
        if (text := said(one))
    )


def _learned(element: Element, report: Report) -> Learned:
    title = langstring(children(element, "title"), "title", report)
    references = _references(element)
    subject = str(title) if title else next((one.value for one in references), "a part without a title")
    instance = child(element, "specifies", "learningOpportunityInstance")
    given = [*children(instance, "credit"), *children(element, "credit")]
    if title is None:
        report.note(Became.FLAGGED, subject, "It has no title.")
    for one in (local(part) for part in instance if local(part) in _PASSED_OVER) if instance is not None else ():
        report.note(Became.SKIPPED, subject, f"Its {_PASSED_OVER[one]} was not read.")
    levels = {said(one, "type"): one for one in reversed(list(children(instance, "level")))}
    return Learned(
        title=title, references=references, kind=said(element, "type"), isced=said(element, "iscedCode"),
        eqf=_eqf(said(levels.get("EQF"), "value"), subject, report), nqf=_nqf(levels.get("NQF")),
        start=day(said(instance, "start")), end=day(said(instance, "date")),
        status=_status(said(instance, "status"), subject, report),
        grade=said(instance, "resultLabel") or said(instance, "result"), scale=said(instance, "gradingSchemeLocalId"),
        points=tuple(
            amount for one in given if (amount := points(said(one, "value"), said(one, "scheme"), subject, report))
        ),
        description=langstring(children(element, "description"), subject, report),
        outcomes=tuple(_outcomes(instance, report)),
        parts=tuple(
            _learned(one, report) for part in children(element, "hasPart")
            for one in children(part, "learningOpportunitySpecification")
        ),
    )  # fmt: skip


_PASSED_OVER: Final = {
    "diplomaSupplement": "diploma supplement", "resultDistribution": "distribution of results",
    "shortenedGrading": "place among the grades of others", "academicTerm": "academic term",
    "enrolment": "enrolment", "engagementHours": "number of hours", "grouping": "group",
}  # fmt: skip


def _status(text: str, subject: str, report: Report) -> Status:
    """Without a status it counts as passed, as the schema asks of readers."""
    if text and text not in set(Status):
        report.note(Became.FLAGGED, subject, f"Its status “{text[:40]}” is not known; it was read as not finished.")
        return Status.IN_PROGRESS
    return Status(text) if text else Status.PASSED


def _eqf(text: str, subject: str, report: Report) -> EQFLevel | None:
    if text in {"1", "2", "3", "4", "5", "6", "7", "8"}:
        return EQFLevel(int(text))
    if text:
        report.note(Became.SKIPPED, subject, f"“{text[:40]}” is no level of the EQF.")
    return None


def _nqf(element: Element | None) -> NQFLevel | None:
    level = said(element, "value")
    return NQFLevel(said(element, "description") or "NQF", level) if level else None


def _outcomes(instance: Element | None, report: Report) -> Iterator[ToldOutcome]:
    for listed in children(child(instance, "extension"), "outcomes"):
        for one in children(listed, "outcome") if namespace(listed) == OUTCOMES else ():
            if one.get("result", "") in set(Result):
                yield ToldOutcome(
                    outcome=one.get("id", ""), result=Result(one.get("result", "")),
                    text=langstring(children(one, "text"), "outcome", report),
                )  # fmt: skip


def _decided(element: Element, report: Report) -> Decided:
    verdict = said(element, "status")
    if verdict not in set(Verdict):
        unknown = f"A decision has the unknown status “{verdict[:40]}”; it was read as negative."
        report.note(Became.FLAGGED, "resultOfRecognition", unknown)
    mappings = [child(one, "mapping") for one in children(element, "recognitionMapping")]
    basis = (child(one, "recognitionReport") for one in children(element, "recognitionBasis"))
    return Decided(
        verdict=Verdict(verdict) if verdict in set(Verdict) else Verdict.NEGATIVE,
        title=langstring(children(element, "title"), "resultOfRecognition", report), references=_references(element),
        description=langstring(children(element, "description"), "resultOfRecognition", report),
        on=day(said(element, "decisionDate")),
        basis=tuple(reported(list(one), moment(said(one, "issueDate")), report) for one in basis if one is not None),
        results=tuple(
            _learned(one, report) for part in children(element, "recognitionResult")
            for one in children(part, "learningOpportunitySpecification")
        ),
        from_=_refs(mappings, "fromMapping"), to=_refs(mappings, "toMapping"),
    )  # fmt: skip


def _refs(mappings: list[Element | None], side: str) -> tuple[str, ...]:
    return tuple(
        text for one in mappings for part in children(one, side) for ref in children(part, "ref") if (text := said(ref))
    )
