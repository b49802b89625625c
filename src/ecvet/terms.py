"""The words that every room uses: amounts with their unit, names with their language, times with their period.

Nothing here decides anything about learning. Values are frozen, refuse what cannot be true when they are built, and are
exact: points are decimals (R-POINTS-10), a name is never a bare string, a period may not end before it begins.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, NewType, Self

from ecvet.errors import EcvetError
from ecvet.saying import Said, say

Identifier = NewType("Identifier", str)
"""A URI that names a thing for ever: an institution, a unit version, a qualification version, a learner's pseudonym."""

Country = NewType("Country", str)
"""ISO 3166-1 alpha-2 code in capitals, or EU for something that belongs to the Union."""

_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DECIMAL: Final = re.compile(r"(0|[1-9]\d{0,11})(\.\d{1,9})?")


class NotAnIdentifier(EcvetError):
    """A text that should be a URI is not."""

    code = "terms.identifier.not-a-uri"
    sentence = "“{text}” is not an identifier."
    remedy = "Write a URI with its scheme, for example https://school.example/units/1 or urn:uuid:…"
    status = 422


class NotACountry(EcvetError):
    """A text that should be a country code is not."""

    code = "terms.country.unknown"
    sentence = "“{text}” is not a country code."
    remedy = "Write two capital letters of ISO 3166-1, for example FI, or EU for the Union."
    status = 422


class NotPoints(EcvetError):
    """A text that should be an amount of points is not."""

    code = "terms.points.not-an-amount"
    sentence = "“{text}” is not an amount of points."
    remedy = "Write a decimal number of zero or more with a full stop, at most nine decimals, for example 35 or 7.5."
    status = 422


class PointsNotComparable(EcvetError):
    """Points of two credit systems met without a stated conversion (R-POINTS-20)."""

    code = "terms.points.different-systems"
    sentence = "Points of {left} and points of {right} cannot be added or compared."
    remedy = "Convert one of them with the competent institution's dated conversion table first."
    status = 422


class LevelOutOfRange(EcvetError):
    """A level that the European Qualifications Framework does not have (R-QUAL-2)."""

    code = "terms.level.out-of-range"
    sentence = "There is no EQF level {level}."
    remedy = "Give a whole number from 1 to 8; a national level goes into the NQF level with the name of its framework."
    status = 422


class NoText(EcvetError):
    """A name or description without any text, or in a language tag that is none (R-UNIT-11)."""

    code = "terms.text.unusable"
    sentence = "A text is missing or unusable: {why}."
    remedy = "Give the text in at least one language, by its tag (en, fi, el …), and mark one of them authoritative."
    status = 422


class PeriodEndsBeforeItBegins(EcvetError):
    """A period whose end lies before its start (R-UNIT-3, R-LA-11)."""

    code = "terms.period.reversed"
    sentence = "The period ends on {end}, before it begins on {start}."
    remedy = "Correct one of the two dates."
    status = 422


def identifier(text: str) -> Identifier:
    """Read a URI. Raises `NotAnIdentifier`."""
    if len(text) > 2000 or not _URI.fullmatch(text):
        raise NotAnIdentifier(text=text[:80])
    return Identifier(text)


def identifier_in(namespace: str, code: str) -> Identifier:
    """A URI for a code that has none of its own: `urn:x-unit:` and the code, unusual characters percent-encoded."""
    plain = (letter if letter.isascii() and letter.isalnum() else letter.encode().hex("%") for letter in code)
    return Identifier(namespace + "".join(one if len(one) == 1 else f"%{one}" for one in plain))


def country(text: str) -> Country:
    """Read a country code. Raises `NotACountry`."""
    if not re.fullmatch("[A-Z]{2}", text):
        raise NotACountry(text=text[:80])
    return Country(text)


def decimal(text: str | int | Decimal) -> Decimal:
    """Read an exact, non-negative decimal of at most twelve digits before and nine after the point (R-POINTS-10).

    Raises `NotPoints`, also for floats, which are never exact, for signs, exponents and thousands separators.
    """
    if isinstance(text, bool | float):
        raise NotPoints(text=str(text)[:80])
    written = str(text)
    if isinstance(text, Decimal) and "E" in written:
        written = format(text, "f")
    return _read_decimal(written)


@lru_cache(maxsize=4096)
def _read_decimal(text: str) -> Decimal:
    """The same amounts of points come again and again: a country's records hold few different ones."""
    if not _DECIMAL.fullmatch(text):
        raise NotPoints(text=text[:80])
    return Decimal(text)


def decimal_text(value: Decimal) -> str:
    """The one way to write a decimal in a record: no exponent, no trailing zeros (spec/network.md 5)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True, order=False)
class Points:
    """An exact amount of points together with the credit system it belongs to (Recommendation 2009, Annex I(i)).

    Points are the weight of a unit within its qualification, never a property of a learner (R-CREDIT-1) and never a
    currency (R-POINTS-20). `system` is the code of a `CreditSystem`; "ecvet" is plain ECVET. Raises `NotPoints`.
    """

    value: Decimal
    system: str = "ecvet"

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", Decimal(decimal_text(decimal(self.value))))

    @classmethod
    def of(cls, value: str | int | Decimal, system: str = "ecvet") -> Self:
        """Points from a text or a whole number. Raises `NotPoints`."""
        return cls(decimal(value), system)

    def __str__(self) -> str:
        return f"{decimal_text(self.value)} {self.system}"

    def __add__(self, other: "Points") -> "Points":
        return Points(self.value + self._same(other), self.system)

    def __lt__(self, other: "Points") -> bool:
        return self.value < self._same(other)

    def __le__(self, other: "Points") -> bool:
        return self.value <= self._same(other)

    def _same(self, other: "Points") -> Decimal:
        if other.system != self.system:
            raise PointsNotComparable(left=self.system, right=other.system)
        return other.value


def total(points: Iterable[Points], system: str) -> Points:
    """The sum of points of one system; zero of it when there are none. Raises `PointsNotComparable` (R-POINTS-20)."""
    result = Points(Decimal(0), system)
    for item in points:
        result = result + item
    return result


@dataclass(frozen=True, slots=True)
class EQFLevel:
    """A level of the European Qualifications Framework, 1 to 8 (R-QUAL-2). Raises `LevelOutOfRange`."""

    level: int

    def __post_init__(self) -> None:
        if isinstance(self.level, bool) or not 1 <= self.level <= 8:
            raise LevelOutOfRange(level=self.level)

    def __str__(self) -> str:
        return f"EQF {self.level}"


@dataclass(frozen=True, slots=True)
class NQFLevel:
    """A level of a national framework, a value of its own beside the EQF level (R-QUAL-2): NQFLevel("SQF", "5")."""

    framework: str
    level: str

    def __str__(self) -> str:
        return f"{self.framework} {self.level}"


@dataclass(frozen=True, slots=True)
class LangString:
    """One text in one or several languages, one of them authoritative (R-UNIT-11). Raises `NoText`.

    `texts` are pairs of language tag (BCP 47) and text, kept in the order of the tags, in NFC and trimmed.
    """

    texts: tuple[tuple[str, str], ...]
    authoritative: str

    def __post_init__(self) -> None:
        clean = tuple(sorted((tag, unicodedata.normalize("NFC", text).strip()) for tag, text in self.texts))
        tags = [tag for tag, _ in clean]
        if not clean or any(not text for _, text in clean):
            raise NoText(why=say("no text was given"))
        if len(set(tags)) < len(tags) or not all(map(_TAG.fullmatch, tags)):
            raise NoText(why="the language tags are " + ", ".join(tags))
        if self.authoritative not in tags:
            raise NoText(
                why=say(
                    "there is no text in the authoritative language “{authoritative}”", authoritative=self.authoritative
                )
            )
        object.__setattr__(self, "texts", clean)

    @classmethod
    def of(cls, texts: Mapping[str, str] | None = None, /, authoritative: str = "", **more: str) -> Self:
        """`LangString.of(fi="Hiusala", en="Hairdressing")`: the first language given is authoritative unless named."""
        both = {**(texts or {}), **more}
        return cls(tuple(both.items()), authoritative or next(iter(both), ""))

    def in_(self, *languages: str) -> str:
        """The text in the first of the languages that there is, else the authoritative one."""
        known = dict(self.texts)
        return next((known[tag] for tag in languages if tag in known), known[self.authoritative])

    def __str__(self) -> str:
        return self.in_("en")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; open when there is no end. Raises `PeriodEndsBeforeItBegins`."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PeriodEndsBeforeItBegins(start=self.start, end=self.end)

    def __contains__(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)

    def __str__(self) -> str:
        return f"{self.start} – {self.end or '…'}"

    @property
    def weeks(self) -> int | None:
        """The length in weeks begun, computed and never typed (R-LA-11); None while the period is open."""
        return None if self.end is None else ((self.end - self.start).days + 7) // 7


@dataclass(frozen=True, slots=True)
class CreditSystem:
    """A national or European way of counting points, as dated profile data; nothing in it is a rule of the core.

    `hours_per_point` and `min_contact_hours` are absent in plain ECVET (R-POINTS-15); `grain` is the smallest step of
    an amount; `elm_framework` is the IRI of the European Learning Model's concept, where there is one (R-DATA-1).
    """

    code: str
    name: LangString
    country: Country
    grain: Decimal
    points_per_year: Decimal | None = None
    hours_per_point: Decimal | None = None
    min_contact_hours: Decimal | None = None
    elm_framework: Identifier | None = None
    valid: Period | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Success:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Failure:
    """No, with the fact that stands in the way. False in an `if`; `raise failure.reason` where a no is not enough."""

    reason: EcvetError

    def __bool__(self) -> bool:
        return False


def require(answer: Success | Failure) -> None:
    """Raise the reason of a no; let a yes pass."""
    if isinstance(answer, Failure):
        raise answer.reason


NOTHING: Final = Said("")
"""No remedy: the finding only informs."""


class Severity(StrEnum):
    """How much a finding weighs: an error blocks, a warning wants a person's look, a flag only informs."""

    ERROR = "error"
    WARNING = "warning"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: which rule of the domain (R-…), about what, how much it weighs, in one sentence.

    G and C rules, and D rules that only flag, speak through findings; N and D rules that block raise errors.
    """

    rule: str
    severity: Severity
    subject: str
    sentence: Said
    remedy: Said = NOTHING
