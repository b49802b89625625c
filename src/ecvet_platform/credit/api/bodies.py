"""What programs send, and how it becomes values of the core; texts are objects of language and text."""

from datetime import date
from typing import Any, TypeVar

from django.http import HttpResponse
from ninja import Schema

from ecvet.credit.recognition import Use
from ecvet.credit.shares import Rounding
from ecvet.record import Recorded, plain, value
from ecvet.record.record import Recordable
from ecvet_platform.people.doors import reply

V = TypeVar("V", bound=Recordable)
T = TypeVar("T")
Terms = dict[str, Any]
"""The plain form of a value."""


class NewAssessment(Schema):
    """An assessment; `outcomes` are results in their plain form. Texts are objects of language and text."""

    unit: str
    outcomes: tuple[Terms, ...]
    methods: list[str]
    place: str
    on: date
    position: str = ""
    beside: tuple[Terms, ...] = ()
    grade: Terms | None = None
    evidence: tuple[Terms, ...] = ()
    additional: tuple[Terms, ...] = ()
    deviations: Terms | None = None
    outside_period: Terms | None = None
    repeats: str | None = None
    remarks: Terms | None = None


class NewTranscript(Schema):
    """Nothing for the first version; a reason, and the assessments made in error, for a corrected one."""

    reason: Terms | None = None
    without: tuple[str, ...] = ()


class NewValidation(Schema):
    """The comparison of one home unit, outcome by outcome, with its ground and reasons."""

    unit: str
    comparison: tuple[Terms, ...]
    ground: Terms
    reasons: tuple[Terms, ...] = ()
    position: str = ""


class NewRecognition(Schema):
    """A decision: `outcomes` absent for everything validated, empty to refuse.

    `share_rule` names the rule that gives a part its share of the points. Its `weights` are objects of outcome and
    weight; absent, those of the unit, else the same for each required outcome; empty, the same for each. The result is
    rounded to a step of points, `grain`, `down` or to the `nearest`. `by_table` takes the grade that the table of the
    memorandum proposes, where no `grade` is given.
    """

    ground: Terms
    outcomes: list[str] | None = None
    reasons: tuple[Terms, ...] = ()
    remedy: Terms | None = None
    explanation: Terms | None = None
    use: Use = Use.PART
    points: Terms | None = None
    reconsideration: Terms | None = None
    share_rule: Terms | None = None
    weights: tuple[Terms, ...] | None = None
    grain: str = "0.1"
    rounding: Rounding = Rounding.DOWN
    grade: Terms | None = None
    by_table: bool = False
    position: str = ""


class Words(Schema):
    """A text by language."""

    text: Terms


class NewRequest(Schema):
    """What evidence is missing for a unit, and until when it is hoped for."""

    unit: str
    what: Terms
    due: date | None = None


class NewAward(Schema):
    """The qualification to award, with the ground."""

    qualification: str
    ground: Terms
    position: str = ""


class NewAchievement(Schema):
    """A unit passed at home in the ordinary way."""

    unit: str
    qualification: str
    confirmed: bool = True
    code: str = ""
    points: Terms | None = None
    grade: Terms | None = None
    sort: str = ""


class NewPortfolio(Schema):
    """What an interview of identification found, by which procedure."""

    learner: str
    qualification: str
    claims: tuple[Terms, ...]
    procedure: Terms
    experience: tuple[Terms, ...] = ()
    interview: tuple[Terms, ...] = ()


class NewClaims(Schema):
    """Claims with their evidence: a new version of a portfolio. Without `experience` what was said of it stays."""

    claims: tuple[Terms, ...]
    experience: tuple[Terms, ...] | None = None


def made(item: Recorded[V]) -> HttpResponse:
    """The reply to a step: the address of its record, and what it says."""
    return reply({"address": item.address, "terms": plain(item.value)}, 201)


def one(cls: type[T], item: Terms | None) -> T | None:
    """A value, where one was sent. Raises `TermsUnreadable`."""
    return None if item is None else value(cls, item)


def many(cls: type[T], items: tuple[Terms, ...]) -> tuple[T, ...]:
    """The values of a list. Raises `TermsUnreadable` with the place in it."""
    return tuple(value(cls, one, path=f"[{number}]") for number, one in enumerate(items))
