"""What an ELMO document of EMREX says, as values: a learner, and what institutions report of learning and decisions.

ELMO knows no learning outcomes, no assessment and no assessor. What it says is therefore no transcript of ours and no
credit: it is what somebody else's file claims, for a person to decide upon. Credit on a part excludes the credit of the
same scheme on what it is a part of, so that nothing counts twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.assessment import Result
from ecvet.credit.portfolio import Experience
from ecvet.exchange.report import Became, Remark, Report
from ecvet.terms import Country, EQFLevel, LangString, NQFLevel, Period, Points, decimal_text, identifier_in


class Dialect(StrEnum):
    """In which form a document is written: the versions of the schema, an older one, or without any namespace."""

    V1 = "1.x"
    V2_0 = "2.0.0"
    V2_1 = "2.1"
    PURL = "purl"
    NONE = "no namespace"


class Status(StrEnum):
    """How learning ended (`status`); only what is passed can be credit."""

    PASSED = "passed"
    FAILED = "failed"
    IN_PROGRESS = "in-progress"


class Verdict(StrEnum):
    """The status of a decision of recognition in ELMO 2."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"
    PARTLY = "Partially Positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A name of something in a system: `local`, `erasmus`, `schac`, `pic` …"""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOutcome:
    """An outcome with its result: only in documents that this programme wrote, in their extension."""

    outcome: str
    result: Result
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A degree programme, module, course or class, and what one learner did of it.

    `title` None: it has none. `start` and `end` are the days of this learner. `scale` is the local name of the scale of
    `grade`. `points` stand on this very part, never those of its `parts`.
    """

    title: LangString | None
    references: tuple[Reference, ...] = ()
    kind: str = ""
    isced: str = ""
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    start: date | None = None
    end: date | None = None
    status: Status = Status.PASSED
    grade: str = ""
    scale: str = ""
    points: tuple[Points, ...] = ()
    description: LangString | None = None
    outcomes: tuple[ToldOutcome, ...] = ()
    parts: tuple["Learned", ...] = ()

    @property
    def code(self) -> str:
        """The name people use for it: the local one, else any other; empty where there is none."""
        named = {one.kind: one.value for one in reversed(self.references)}
        return named.get("local") or next(iter(one.value for one in self.references), "")

    def walk(self) -> Iterator["Learned"]:
        """This and everything below it."""
        yield self
        for one in self.parts:
            yield from one.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The institution that reports."""

    title: LangString | None
    references: tuple[Reference, ...] = ()
    country: Country | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A grading scale of a report, by its local name."""

    name: str
    words: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision of recognition: on the basis of what others report, as what at home, and which stands for which."""

    verdict: Verdict
    title: LangString | None = None
    references: tuple[Reference, ...] = ()
    description: LangString | None = None
    on: date | None = None
    basis: tuple["Reported", ...] = ()
    results: tuple[Learned, ...] = ()
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What one institution reports."""

    issuer: Issuer
    issued: datetime | None = None
    learned: tuple[Learned, ...] = ()
    decided: tuple[Decided, ...] = ()
    scales: tuple[Scale, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom a document is about, as far as it is read: a national number is never taken over."""

    given_names: str
    family_name: str
    born: date | None = None

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElmoDocument:
    """One transcript of EMREX. `signed` says that an XML signature is in it; whether it holds is not known."""

    learner: Named
    reports: tuple[Reported, ...]
    generated: datetime | None = None
    dialect: Dialect = Dialect.V2_1
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A part whose credit can be put to somebody who decides, with the institution that reports it."""

    learned: Learned
    issuer: Issuer
    points: Points


NOT_PASSED: Final = {Status.FAILED: "it was not passed", Status.IN_PROGRESS: "it is not finished"}


def countable(document: ElmoDocument) -> tuple[tuple[Counted, ...], tuple[Remark, ...]]:
    """Every part that was passed and has credit of its own, and why other credit is not among them.

    Where a part has credit, the same scheme on what it is a part of is left out: both speak of the same learning.
    """
    report, found = Report(), []
    for reported in document.reports:
        for top in reported.learned:
            found += [Counted(learned=one, issuer=reported.issuer, points=points) for one, points in _own(top, report)]
    return tuple(found), report.remarks


def held(document: ElmoDocument, system: str) -> Held:
    """What counts in one scheme as credit from elsewhere, for `accumulate` and `plan`; equivalences decide about it."""
    pieces = [
        Piece(code=one.learned.code, points=one.points.value, sort="elsewhere", grade=one.learned.grade,
              gained=one.learned.end, level=one.learned.eqf.level if one.learned.eqf else None,
              unit=identifier_in("urn:x-unit:", one.learned.code) if one.learned.code else None,
              origin=name_of(one.issuer))
        for one in countable(document)[0] if one.points.system == system
    ]  # fmt: skip
    return Held(units=tuple(one for one in pieces if one.code), other=tuple(one for one in pieces if not one.code))


def experiences(document: ElmoDocument) -> tuple[Experience, ...]:
    """What counts as lines of a portfolio: where something was learned; context for who decides (R-NFIL-3)."""
    return tuple(
        Experience(
            description=_described(one), organisation=name_of(one.issuer),
            period=Period(one.learned.start or one.learned.end, one.learned.end)
            if one.learned.end and (one.learned.start or one.learned.end) <= one.learned.end else None,
        )
        for one in countable(document)[0]
    )  # fmt: skip


def name_of(issuer: Issuer) -> str:
    """What an institution is called, else any of its names in systems."""
    return str(issuer.title) if issuer.title else next((one.value for one in issuer.references), "")


def _own(one: Learned, report: Report) -> list[tuple[Learned, Points]]:
    below = [pair for part in one.parts for pair in _own(part, report)]
    schemes = {points.system for _, points in below}
    subject = str(one.title or one.code or "a part without a title")
    own = [points for points in one.points if points.value]
    if own and one.status in NOT_PASSED:
        report.note(Became.SKIPPED, subject, f"Its credit is not taken up, because {NOT_PASSED[one.status]}.")
        own = []
    for points in own:
        if points.system in schemes:
            report.note(
                Became.SKIPPED, subject, f"Its {points} are not taken up: parts of it have credit of their own.",
                "Decide on the parts; ask the issuer where the whole is meant.",
            )  # fmt: skip
    return [*((one, points) for points in own if points.system not in schemes), *below]


def _described(one: Counted) -> LangString:
    """The title in its languages, with amount, grade and who reports it."""
    amount = f"{decimal_text(one.points.value)} {one.points.system.upper()}"
    end = ", ".join(part for part in (amount, one.learned.grade) if part)
    title = one.learned.title or LangString.of(und=one.learned.code or "—")
    return LangString.of(
        {tag: f"{text} ({end}) – {name_of(one.issuer) or '?'}" for tag, text in title.texts},
        authoritative=title.authoritative,
    )
