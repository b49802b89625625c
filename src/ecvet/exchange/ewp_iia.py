"""Read inter-institutional agreements of Erasmus Without Paper (versions 6 and 7), and begin a memorandum from one.

They say who sends how many people of which field and level in which years, not what is recognised: a memorandum of ours
can take its parties and its period from them, and nothing it confirms. The hash that each declares is checked where
that can be done honestly: version 6 hashes the exclusive canonical form of the conditions without contacts; version 7
flattens the agreement by a style sheet in XSLT 2.0, which is not run here, so that its hash stays unknown.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.markup import child, children, local, namespace, said
from ecvet.exchange.parsing import read_xml
from ecvet.exchange.report import Became, Remark, Report
from ecvet.exchange.schac import identifier_of
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.saying import say
from ecvet.terms import EQFLevel, LangString, Period

VERSIONS: Final = {
    f"https://github.com/erasmus-without-paper/ewp-specs-api-iias/blob/stable-v{n}/endpoints/get-response.xsd": n
    for n in (6, 7)
}
_CONDITIONS: Final = "cooperation-conditions"
_CONTACTS: Final = ("sending-contact", "receiving-contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two institutions, with its own name for the agreement."""

    schac: str
    id: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Who sends whom where, how many in a year, in which academic years, fields (ISCED-F) and levels."""

    kind: str
    sending: str
    receiving: str
    years: tuple[str, ...] = ()
    per_year: str = ""
    fields: tuple[str, ...] = ()
    levels: tuple[EQFLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterInstitutional:
    """One agreement; `hash_holds` None: whether the declared hash is right is not known."""

    version: int
    sides: tuple[Side, ...]
    in_effect: bool
    conditions: tuple[Condition, ...]
    declared_hash: str = ""
    hash_holds: bool | None = None

    @property
    def valid(self) -> Period | None:
        """From 1 September of the first academic year to 31 August of the last; None where no year is said."""
        years = sorted(
            int(part) for one in self.conditions for year in one.years for part in year.split("/")
            if len(part) == 4 and part.isascii() and part.isdecimal() and "1987" <= part <= "2187"
        )  # fmt: skip
        return Period(date(years[0], 9, 1), date(max(years[-1], years[0] + 1), 8, 31)) if years else None


def read_iia(data: bytes, name: str) -> tuple[tuple[InterInstitutional, ...], tuple[Remark, ...]]:
    """The agreements of a file. Raises `NeighbourUnreadable`, `FileDangerous`."""
    root = read_xml(data, name, namespaces=True, unreadable=NeighbourUnreadable)
    version = VERSIONS.get(namespace(root))
    if local(root) != "iias-get-response" or version is None:
        raise NeighbourUnreadable(
            name=name, why=say("it is XML, but no inter-institutional agreement of EWP version 6 or 7")
        )
    report, found = Report(), []
    hashes = list(_hashes(data, namespace(root))) if version == 6 else []
    for number, element in enumerate(children(root, "iia")):
        declared = said(element, "conditions-hash" if version == 6 else "iia-hash")
        computed = hashes[number] if number < len(hashes) else None
        holds = computed == declared.lower() if declared and computed else None
        one = InterInstitutional(
            version=version, sides=tuple(map(_side, children(element, "partner"))),
            in_effect=said(element, "in-effect") == "true",
            conditions=tuple(map(_condition, child(element, _CONDITIONS) or ())), declared_hash=declared,
            hash_holds=holds,
        )  # fmt: skip
        _remark(one, report)
        found.append(one)
    return tuple(found), report.remarks


def memorandum_of(agreement: InterInstitutional) -> tuple[MemorandumOfUnderstanding, tuple[Remark, ...]]:
    """A memorandum to be drafted on: parties by their domain and period. Raises `NotAnIdentifier` without a domain."""
    report = Report()
    for subject, sentence in (
        ("conditions", "How many people of which field and level are sent is kept in words only."),
        ("confirmations", "Nothing that a memorandum confirms (R-MOU-2) stands in it; both have to agree on that."),
        ("qualifications", "It names fields of education, no qualification; choose those that it is to cover."),
        ("contacts", "Contacts are not taken over."),
    ):
        report.note(Became.SKIPPED, subject, sentence)
    return MemorandumOfUnderstanding(
        parties=tuple(identifier_of("schac", one.schac) for one in agreement.sides), valid=agreement.valid,
        additional=LangString.of(en="; ".join(map(_in_words, agreement.conditions))) if agreement.conditions else None,
    ), report.remarks  # fmt: skip


# ------------------------------------------------------------- inside
def _side(element: Element) -> Side:
    return Side(schac=said(element, "hei-id"), id=said(element, "iia-id"), code=said(element, "iia-code"))


def _condition(element: Element) -> Condition:
    years = [said(one) for one in children(element, "receiving-academic-year-id")]
    years += [said(element, f"receiving-{end}-academic-year-id") for end in ("first", "last")]
    levels = (said(one) for one in children(element, "eqf-level"))
    return Condition(
        kind=local(element).removesuffix("-mobility-spec"), sending=said(element, "sending-hei-id"),
        receiving=said(element, "receiving-hei-id"), years=tuple(filter(None, years)),
        per_year=said(element, "mobilities-per-year"),
        fields=tuple(filter(None, (said(one, "isced-f-code") for one in children(element, "subject-area")))),
        levels=tuple(EQFLevel(int(one)) for one in levels if one in {"1", "2", "3", "4", "5", "6", "7", "8"}),
    )  # fmt: skip


def _in_words(one: Condition) -> str:
    parts = (
        one.kind, f"{one.sending} → {one.receiving}", f"{one.per_year} a year" if one.per_year else "",
        ", ".join(one.years), f"ISCED-F {', '.join(one.fields)}" if one.fields else "", ", ".join(map(str, one.levels)),
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def _remark(one: InterInstitutional, report: Report) -> None:
    subject = " – ".join(side.schac for side in one.sides)
    if one.hash_holds is False:
        report.note(Became.FLAGGED, subject, "The declared hash is not that of the conditions: what was approved may "
                    "be something else.", "Do not rely on it; ask both institutions.")  # fmt: skip
    elif one.hash_holds is None:
        why = "version 7 needs XSLT 2.0" if one.version == 7 else "the conditions could not be cut out, or none is told"
        report.note(Became.FLAGGED, subject, f"Whether the declared hash is right is not known: {why}.")
    if not one.in_effect:
        report.note(Became.FLAGGED, subject, "The agreement is not in effect.")


def _hashes(data: bytes, space: str) -> Iterator[str | None]:
    """The SHA-256 of the conditions of each agreement in exclusive canonical form, without contacts (version 6)."""
    for fragment, names in _fragments(data, space):
        around = "".join(
            f" {'xmlns:' + prefix if prefix else 'xmlns'}={quoteattr(uri)}" for prefix, uri in names.items()
        )
        try:
            text = fragment.decode("utf-8")
            # The element around it is in a namespace of its own, so that nothing it declares counts as used.
            whole: str = ElementTree.canonicalize(
                f'<x-around:x xmlns:x-around="urn:x-around"{around}>{text}</x-around:x>',
                exclude_tags=[f"{{{space}}}{one}" for one in _CONTACTS],
            )  # fmt: skip
        except (UnicodeDecodeError, ElementTree.ParseError):
            yield None
        else:
            inside = whole[whole.index(">") + 1 : whole.rindex("</")]
            yield hashlib.sha256(inside.encode()).hexdigest()


def _fragments(data: bytes, space: str) -> Iterator[tuple[bytes, dict[str, str]]]:
    """The bytes of each conditions element, with the namespaces declared where it stands."""
    parser, found, names, begun = expat.ParserCreate(namespace_separator="}"), [], [dict[str, str]()], [0]
    pending: dict[str, str] = {}
    wanted = f"{space}}}{_CONDITIONS}"

    def declared(prefix: str | None, uri: str | None) -> None:
        pending[prefix or ""] = uri or ""

    def start(tag: str, _attributes: object) -> None:
        names.append({**names[-1], **pending})
        pending.clear()
        if tag == wanted:
            begun[0] = parser.CurrentByteIndex

    def end(tag: str) -> None:
        inside = names.pop()
        if tag == wanted:
            stop = parser.CurrentByteIndex  # behind an empty element, before the closing tag of another
            if data.startswith(b"</", stop):
                stop = data.index(b">", stop) + 1
            found.append((data[begun[0] : stop], inside))

    parser.StartNamespaceDeclHandler, parser.StartElementHandler, parser.EndElementHandler = declared, start, end
    parser.Parse(data, True)
    return iter(found)
