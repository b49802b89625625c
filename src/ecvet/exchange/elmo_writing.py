"""Write ELMO 1.7 or 2.1: the elements in the order of their schema, and what the version has no place for as losses.

1.7 knows no decisions of recognition, so they are lost in it. 2.1 asks for a name in letters other than Latin, which is
the whole name where there is no other, and for an identifier of every part.
"""

from typing import Final
from xml.etree.ElementTree import Element

from ecvet.exchange.elmo import OUTCOMES, V1, V2
from ecvet.exchange.elmo_document import Decided, Dialect, ElmoDocument, Issuer, Learned, Named, Reference, Reported
from ecvet.exchange.markup import put, put_words, utc, written
from ecvet.exchange.report import Became, Remark, Report
from ecvet.terms import decimal_text

MEDIA: Final = "application/xml"
WRITTEN: Final = {"1.7": Dialect.V1, "2.1": Dialect.V2_1}
"""The versions that are written."""

_NAMESPACE: Final = {Dialect.V1: V1, Dialect.V2_1: V2}


def write_elmo(document: ElmoDocument, dialect: Dialect) -> tuple[bytes, tuple[Remark, ...]]:
    """The document in one of the versions written, and what is lost in it. Raises `KeyError` for another version."""
    report = Report()
    root = Element("elmo", {"xmlns": _NAMESPACE[dialect]})
    if document.generated is not None:
        put(root, "generatedDate", utc(document.generated))
    _learner(root, document.learner, dialect)
    for one in document.reports:
        _report(put(root, "report"), one, dialect, report)
    if document.signed:
        report.note(Became.LOST, "signature", "The XML signature of the file that was read is not written again.")
    return written(root), report.remarks


def _learner(root: Element, learner: Named, dialect: Dialect) -> None:
    element = put(root, "learner")
    put(element, "givenNames", learner.given_names)
    put(element, "familyName", learner.family_name)
    if dialect is Dialect.V2_1:
        put(element, "alternativeName", str(learner))
    if learner.born is not None:
        if dialect is Dialect.V2_1:
            put(element, "dateOfBirth", learner.born.isoformat())
        put(element, "bday", learner.born.isoformat())


def _report(element: Element, said: Reported, dialect: Dialect, report: Report) -> None:
    _issuer(element, said.issuer, dialect)
    for one in said.learned:
        _learned(element, one)
    for decided in said.decided:
        if dialect is Dialect.V2_1:
            _decided(element, decided, dialect, report)
        else:
            report.note(Became.LOST, str(decided.title or "decision"), "ELMO 1.7 has no place for a decision of "
                        "recognition.", "Write ELMO 2.1 for who can read it.")  # fmt: skip
    if said.issued is not None:
        put(element, "issueDate", utc(said.issued))
    for scale in said.scales:
        put_words(put(element, "gradingScheme", "", {"localId": scale.name}), "description", scale.words)


def _issuer(parent: Element, issuer: Issuer, dialect: Dialect) -> None:
    element = put(parent, "issuer")
    if issuer.country is not None:
        put(element, "country", issuer.country, {"type": "ISO"} if dialect is Dialect.V2_1 else {})
    _references(element, issuer.references)
    _title(element, issuer)
    put(element, "url", issuer.url)


def _references(element: Element, references: tuple[Reference, ...]) -> None:
    for one in references:
        put(element, "identifier", one.value, {"type": one.kind})


def _title(element: Element, titled: Issuer | Learned) -> None:
    put_words(element, "title", titled.title)
    if titled.title is None:
        put(element, "title")


def _learned(parent: Element, said: Learned) -> None:
    element = put(parent, "learningOpportunitySpecification")
    _references(element, said.references)
    _title(element, said)
    for name, text in (("type", said.kind), ("iscedCode", said.isced)):
        if text:
            put(element, name, text)
    put_words(element, "description", said.description)
    instance = put(put(element, "specifies"), "learningOpportunityInstance")
    for name, day in (("start", said.start), ("date", said.end)):
        if day is not None:
            put(instance, name, day.isoformat())
    put(instance, "status", said.status)
    for name, text in (("gradingSchemeLocalId", said.scale), ("resultLabel", said.grade)):
        if text:
            put(instance, name, text)
    for points in said.points:
        credit = put(instance, "credit")
        put(credit, "scheme", points.system)
        put(credit, "value", decimal_text(points.value))
    _levels(instance, said)
    if said.outcomes:
        listed = put(put(instance, "extension"), "outcomes", "", {"xmlns": OUTCOMES})
        for one in said.outcomes:
            put_words(put(listed, "outcome", "", {"id": one.outcome, "result": one.result}), "text", one.text)
    for part in said.parts:
        _learned(put(element, "hasPart"), part)


def _levels(instance: Element, said: Learned) -> None:
    if said.eqf is not None:
        level = put(instance, "level")
        put(level, "type", "EQF")
        put(level, "value", str(said.eqf.level))
    if said.nqf is not None:
        level = put(instance, "level")
        put(level, "type", "NQF")
        put(level, "description", said.nqf.framework)
        put(level, "value", said.nqf.level)


def _decided(parent: Element, said: Decided, dialect: Dialect, report: Report) -> None:
    element = put(parent, "resultOfRecognition")
    _references(element, said.references)
    put_words(element, "title", said.title)
    put_words(element, "description", said.description)
    put(element, "status", said.verdict)
    if said.on is not None:
        put(element, "decisionDate", said.on.isoformat())
    for basis in said.basis:
        _report(put(put(element, "recognitionBasis"), "recognitionReport"), basis, dialect, report)
    for result in said.results:
        _learned(put(element, "recognitionResult"), result)
    if said.from_ or said.to:
        mapping = put(put(element, "recognitionMapping"), "mapping")
        for side, names in (("fromMapping", said.from_), ("toMapping", said.to)):
            if names:
                listed = put(mapping, side)
                for name in names:
                    put(listed, "ref", name)
