"""Write learning agreements in the form of Erasmus Without Paper 1.2, in the order of its schema.

What EWP asks for and nobody knows here is left out and told as a loss: the document then does not follow the schema
until somebody fills it in.
"""

from typing import Final
from xml.etree.ElementTree import Element

from ecvet.exchange.ewp import GET
from ecvet.exchange.ewp_agreement import Component, EwpAgreement, Listed, Partner, Signed, Student, Table
from ecvet.exchange.markup import put, utc, written
from ecvet.exchange.report import Became, Remark, Report
from ecvet.terms import decimal_text

TERM: Final = "https://github.com/erasmus-without-paper/ewp-specs-types-academic-term/tree/stable-v2"
_WITH_TERM: Final = (Table.STUDIED, Table.RECOGNISED)


def write_ewp(agreement: EwpAgreement) -> tuple[bytes, tuple[Remark, ...]]:
    """A response with one learning agreement, and what EWP asks for and is not known."""
    report = Report()
    root = Element("omobility-las-get-response", {"xmlns": GET, "xmlns:trm": TERM})
    element = put(root, "la")
    _all(element, report, ("omobility-id", agreement.mobility))
    _partner(put(element, "sending-hei"), agreement.sending, "sending institution", report)
    _partner(put(element, "receiving-hei"), agreement.receiving, "receiving institution", report)
    _all(element, report, ("receiving-academic-year-id", agreement.year))
    _student(element, agreement.student, report, whole=True)
    if agreement.period is None:
        _missing("start-date", report)
    else:
        put(element, "start-date", agreement.period.start.isoformat())
        _all(element, report, ("end-date", agreement.period.end.isoformat() if agreement.period.end else ""))
    _all(element, report, ("eqf-level-studied-at-departure", str(agreement.eqf.level) if agreement.eqf else ""),
         ("isced-f-code", agreement.isced))  # fmt: skip
    _known(element, ("isced-clarification", agreement.clarification))
    if agreement.language and agreement.cefr:
        _known(put(element, "student-language-skill"), ("language", agreement.language), ("cefr-level", agreement.cefr))
    else:
        _missing("student-language-skill", report)
    for name, listed in (("first-version", agreement.first), ("approved-changes", agreement.approved),
                         ("changes-proposal", agreement.proposed)):  # fmt: skip
        if listed is not None:
            _listed(put(element, name, "", {"id": listed.id} if name == "changes-proposal" else {}), listed, report)
    _known(element, ("learning-outcomes-url", agreement.outcomes_url), ("provisions-url", agreement.provisions_url))
    return written(root), report.remarks


def _partner(element: Element, said: Partner, called: str, report: Report) -> None:
    if not said.schac:
        report.note(Became.LOST, called, "EWP knows institutions by their domain (SCHAC), which is not known here.",
                    "Enter it among the other identifiers of the institution, as urn:schac:school.example.",
                    )  # fmt: skip
    put(element, "hei-id", said.schac)
    _known(element, ("ounit-name", said.unit), ("ounit-id", said.unit_id))
    if said.given_names or said.family_name or said.email:
        contact = put(element, "contact-person")
        for name, text in (("given-names", said.given_names), ("family-name", said.family_name), ("email", said.email)):
            put(contact, name, text)
    else:
        _missing(f"contact-person of the {called}", report)


def _student(parent: Element, said: Student, report: Report, *, whole: bool) -> None:
    element = put(parent, "student")
    asked = (
        ("given-names", said.given_names), ("family-name", said.family_name), ("global-id", said.global_id),
        ("birth-date", said.born.isoformat() if said.born else ""), ("citizenship", said.citizenship),
        ("gender", said.gender), ("email", said.email),
    )  # fmt: skip
    if whole:
        _all(element, report, *asked)
    else:
        _known(element, *asked)


def _listed(element: Element, said: Listed, report: Report) -> None:
    for table in Table:
        inside = [one for one in said.components if one.table is table]
        if inside:
            listed = put(element, table)
            for one in inside:
                _component(listed, one, report)
    for name, signed in (("student-signature", said.student_signed), ("sending-hei-signature", said.sending_signed),
                         ("receiving-hei-signature", said.receiving_signed)):  # fmt: skip
        if signed is not None:
            _signed(put(element, name), signed)
    if said.student is not None:
        _student(element, said.student, report, whole=False)


def _component(parent: Element, said: Component, report: Report) -> None:
    given = (("status", said.step or ""), ("reason-code", said.reason), ("reason-text", said.reason_text))
    element = put(parent, "component", "", {name: text for name, text in given if text})
    _known(element, ("los-id", said.los_id), ("los-code", said.code))
    put(element, "title", said.title)
    _known(element, ("loi-id", said.loi_id))
    if said.term is not None:
        term = put(element, "term-id")
        put(term, "trm:term-number", str(said.term[0]))
        put(term, "trm:total-terms", str(said.term[1]))
    elif said.table in _WITH_TERM:
        _missing("term-id of components", report)
    for points in said.points:
        credit = put(element, "credit")
        put(credit, "scheme", points.system)
        put(credit, "value", decimal_text(points.value))
    _known(element, ("recognition-conditions", said.conditions), ("short-description", said.description))


def _signed(element: Element, said: Signed) -> None:
    _known(element, ("signer-name", said.name), ("signer-position", said.position), ("signer-email", said.email),
           ("timestamp", utc(said.at) if said.at else ""), ("signer-app", said.program))  # fmt: skip


def _all(element: Element, report: Report, *asked: tuple[str, str]) -> None:
    """Elements that the schema asks for; each that is not known is left out and told."""
    _known(element, *asked)
    for name, text in asked:
        if not text and name != "global-id":
            _missing(name, report)


def _known(element: Element, *asked: tuple[str, str]) -> None:
    for name, text in asked:
        if text:
            put(element, name, text)


def _missing(name: str, report: Report) -> None:
    report.note(Became.LOST, name, "EWP asks for it and it is not known here, so it is left out.",
                "Fill it in before a program that checks the schema reads the file.")  # fmt: skip
