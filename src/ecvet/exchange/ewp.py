"""Read what Erasmus Without Paper says about one stay: learning agreements, and the answers to a proposal.

Documents without a namespace, as they circulate, are read with a remark; `reason` is read as `reason-code`, as it was
called before. What EWP does not know (outcomes, assessment, memorandum) is not invented.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.ewp_agreement import (
    Answer,
    Component,
    EwpAgreement,
    EwpAnswer,
    Listed,
    Partner,
    Signed,
    Step,
    Student,
    Table,
    undone,
)
from ecvet.exchange.markup import child, children, day, local, mojibake, moment, namespace, points, said
from ecvet.exchange.parsing import read_xml
from ecvet.exchange.report import Became, Remark, Report
from ecvet.saying import say
from ecvet.terms import EQFLevel, Period

LA: Final = "https://github.com/erasmus-without-paper/ewp-specs-api-omobility-las/blob/stable-v1/endpoints/"
GET: Final = LA + "get-response.xsd"
UPDATE: Final = LA + "update-request.xsd"
_FAMILY: Final = "https://github.com/erasmus-without-paper/ewp-specs-api-omobility-las/"
_ROOTS: Final = ("omobility-las-get-response", "omobility-las-update-request", "la")
_UNSIGNED: Final = "Its signatures are names and times without cryptography; whether somebody has signed is not known."


@dataclass(frozen=True, slots=True, kw_only=True)
class EwpFile:
    """The agreements and answers of a file, and what became of its parts."""

    agreements: tuple[EwpAgreement, ...]
    answers: tuple[EwpAnswer, ...]
    remarks: tuple[Remark, ...]


def read_ewp(data: bytes, name: str) -> EwpFile:
    """Everything in a file. Raises `NeighbourUnreadable`, `FileDangerous`."""
    root = read_xml(data, name, namespaces=True, unreadable=NeighbourUnreadable)
    space, kind = namespace(root), local(root)
    if kind not in _ROOTS or (space and not space.startswith(_FAMILY)):
        raise NeighbourUnreadable(
            name=name, why=say("it is XML, but “{kind}” is no learning agreement of EWP", kind=kind[:40])
        )
    report = Report()
    if not space:
        report.note(Became.FLAGGED, "namespace", "The document has no namespace, so it follows no schema of EWP.",
                    "Tell the sender; strict programs refuse it.")  # fmt: skip
    found = [root] if kind == "la" else list(children(root, "la"))
    agreements = tuple(_agreement(one, name, report) for one in found)
    answers = tuple(_answer(one, root, report) for kind in Answer for one in children(root, kind.value))
    if not agreements and not answers:
        report.note(Became.FLAGGED, kind, "It is empty: neither an agreement nor an answer stands in it. EWP says with "
                    "that as well that something was deleted, or may not be seen.")  # fmt: skip
    else:
        report.note(Became.FLAGGED, "signatures", _UNSIGNED, "Let everybody sign the agreement here.")
    return EwpFile(agreements=agreements, answers=answers, remarks=report.remarks)


def _agreement(element: Element, name: str, report: Report) -> EwpAgreement:
    mobility = said(element, "omobility-id")
    sending, receiving = child(element, "sending-hei"), child(element, "receiving-hei")
    if sending is None or receiving is None:
        raise NeighbourUnreadable(name=name, why=say("a learning agreement does not name both institutions"))
    lists = {one: child(element, one) for one in ("first-version", "approved-changes", "changes-proposal")}
    if lists["first-version"] is None and lists["changes-proposal"] is None:
        report.note(Became.FLAGGED, mobility, "It has neither a first version nor a proposal.")
    eqf = said(element, "eqf-level-studied-at-departure")
    found = EwpAgreement(
        mobility=mobility, sending=_partner(sending), receiving=_partner(receiving),
        student=_student(child(element, "student"), report), period=_period(element, mobility, report),
        year=said(element, "receiving-academic-year-id"),
        eqf=EQFLevel(int(eqf)) if eqf in {"1", "2", "3", "4", "5", "6", "7", "8"} else None,
        isced=said(element, "isced-f-code"), clarification=said(element, "isced-clarification"),
        language=said(element, "student-language-skill", "language"),
        cefr=said(element, "student-language-skill", "cefr-level"),
        first=_listed(lists["first-version"], report), approved=_listed(lists["approved-changes"], report),
        proposed=_listed(lists["changes-proposal"], report),
        outcomes_url=said(element, "learning-outcomes-url"), provisions_url=said(element, "provisions-url"),
    )  # fmt: skip
    for one in undone(found):
        report.note(
            Became.FLAGGED, one.title, "It was approved, and the proposal does not repeat it. All changes are against "
            "the first version, so the proposal would undo it.", "Ask the sender whether that is meant.",
        )  # fmt: skip
    return found


def _partner(element: Element) -> Partner:
    contact = child(element, "contact-person")
    return Partner(
        schac=said(element, "hei-id"), unit=said(element, "ounit-name"), unit_id=said(element, "ounit-id"),
        given_names=said(contact, "given-names"), family_name=said(contact, "family-name"),
        email=said(contact, "email"),
    )  # fmt: skip


def _student(element: Element | None, report: Report) -> Student:
    found = Student(
        given_names=said(element, "given-names"), family_name=said(element, "family-name"),
        global_id=said(element, "global-id"), born=day(said(element, "birth-date")),
        citizenship=said(element, "citizenship"), gender=said(element, "gender"), email=said(element, "email"),
    )  # fmt: skip
    _suspect(str(found), "student", report)
    return found


def _period(element: Element, mobility: str, report: Report) -> Period | None:
    """The days, or whole months where only those are said (R-LA-11 wants days: a person has to say them)."""
    start, end = day(said(element, "start-date")), day(said(element, "end-date"))
    months = said(element, "start-year-month"), said(element, "end-year-month")
    if any(months):
        report.note(Became.FLAGGED, mobility, "Only months are said, not days; their first and last day were taken.",
                    "Agree on the days.")  # fmt: skip
        start, end = start or _month(months[0], last=False), end or _month(months[1], last=True)
    if start is None or end is None or end < start:
        report.note(Became.SKIPPED, mobility, "It does not say a first and a last day in their order.")
        return None
    return Period(start, end)


def _month(text: str, *, last: bool) -> date | None:
    first = day(f"{text[:7]}-01")
    return first.replace(day=monthrange(first.year, first.month)[1]) if first and last else first


def _listed(element: Element | None, report: Report) -> Listed | None:
    if element is None:
        return None
    changed = child(element, "student")
    return Listed(
        components=tuple(
            _component(one, table, report) for table in Table for part in children(element, table.value)
            for one in children(part, "component")
        ),
        student_signed=_signed(child(element, "student-signature")),
        sending_signed=_signed(child(element, "sending-hei-signature")),
        receiving_signed=_signed(child(element, "receiving-hei-signature")), id=element.get("id", ""),
        student=_student(changed, report) if changed is not None else None,
    )  # fmt: skip


def _component(element: Element, table: Table, report: Report) -> Component:
    title, status = said(element, "title"), element.get("status", "")
    number, of = said(element, "term-id", "term-number"), said(element, "term-id", "total-terms")
    _suspect(title, title, report)
    if status and status not in set(Step):
        report.note(Became.FLAGGED, title, f"Its status “{status[:40]}” is not known; it was read as if it had none.")
    given = (points(said(one, "value"), said(one, "scheme"), title, report) for one in children(element, "credit"))
    return Component(
        table=table, title=title, los_id=said(element, "los-id"), code=said(element, "los-code"),
        loi_id=said(element, "loi-id"), points=tuple(one for one in given if one is not None),
        term=(int(number), int(of)) if _small(number) and _small(of) else None,
        conditions=said(element, "recognition-conditions"), description=said(element, "short-description"),
        step=Step(status) if status in set(Step) else None,
        reason=element.get("reason-code", "") or element.get("reason", ""), reason_text=element.get("reason-text", ""),
    )  # fmt: skip


def _small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 3


def _signed(element: Element | None) -> Signed | None:
    if element is None:
        return None
    return Signed(
        at=moment(said(element, "timestamp")), name=said(element, "signer-name"),
        position=said(element, "signer-position"), email=said(element, "signer-email"),
        program=said(element, "signer-app"),
    )  # fmt: skip


def _answer(element: Element, root: Element, report: Report) -> EwpAnswer:
    report.note(Became.READ, said(element, "omobility-id"), "An answer to a proposal of changes.")
    return EwpAnswer(
        answer=Answer(local(element)), sending=said(root, "sending-hei-id"), mobility=said(element, "omobility-id"),
        proposal=said(element, "changes-proposal-id"), comment=said(element, "comment"),
        signed=_signed(child(element, "signature")),
    )  # fmt: skip


def _suspect(text: str, subject: str, report: Report) -> None:
    if meant := mojibake(text):
        report.note(Became.FLAGGED, subject, f"“{text}” looks as if it was decoded wrongly; “{meant}” could be meant.")
