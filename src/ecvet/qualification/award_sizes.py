"""How many points an award has in a national or European profile: dated data and the flags that follow from it.

Nothing here blocks: published data contradict themselves (121 points in one year), and a flag lets a person look.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.qualification.credit_systems import find_credit_system
from ecvet.qualification.points import ReferenceContext
from ecvet.saying import Said, say
from ecvet.terms import Finding, Period, Points, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardSize:
    """A kind of award in a credit system at a level of its national framework, from `least` to `most` points.

    `most` None is open above; `whole` demands whole points; `level` empty holds for all levels.
    """

    rule: str
    system: str
    award_type: str
    level: str
    least: Decimal
    most: Decimal | None = None
    whole: bool = False
    valid: Period | None = None
    source: str = ""


_MFHEA: Final = "Malta Further and Higher Education Authority, Malta Qualifications Framework"
_HKHK: Final = "Haapsalu Vocational Education and Training Centre, types of training after the Act of 2013"
_ESTONIA: Final = Period(date(2013, 9, 1))

QUALIFICATION: Final = "qualification"
AWARD: Final = "award"


def _malta(level: str, least: int, most: int | None = None) -> AwardSize:
    top = None if most is None else Decimal(most)
    return AwardSize(rule="R-POINTS-16", system="mt-ecvet", award_type=QUALIFICATION, level=level,
                     least=Decimal(least), most=top, source=_MFHEA)  # fmt: skip


def _estonia(award_type: str, least: int, most: int) -> AwardSize:
    return AwardSize(rule="R-POINTS-17", system="ee-ekap", award_type=award_type, level="4", least=Decimal(least),
                     most=Decimal(most), valid=_ESTONIA, source=_HKHK)  # fmt: skip


AWARD_SIZES: Final[tuple[AwardSize, ...]] = (
    _malta("Intro A", 30),
    _malta("Intro B", 30),
    _malta("1", 40),
    _malta("2", 60),
    _malta("3", 60),
    _malta("4", 120),
    _malta("5", 60, 120),
    _estonia("initial", 15, 150),
    _estonia("continuing", 15, 60),
    _estonia("secondary", 180, 180),
    AwardSize(
        rule="R-POINTS-18",
        system="ecvet",
        award_type="ebsi-vet-micro-credential",
        level="",
        least=Decimal(1),
        most=Decimal(15),
        whole=True,
        source="European Blockchain Services Infrastructure, VET micro-credential profile",
    ),
)


def malta_class(points: Points, level: str, on: date) -> str | None:
    """“qualification” where the points reach the threshold of the Maltese level, else “award”; None if not Maltese.

    60 points at level 3 are a qualification, 6 an award (R-POINTS-16).
    """
    sizes = [one for one in _sizes(points.system, level, on) if one.rule == "R-POINTS-16"]
    if not sizes:
        return None
    return QUALIFICATION if points.value >= sizes[0].least else AWARD


def size_findings(
    points: Points, *, on: date, level: str = "", award_type: str = "", subject: str = ""
) -> tuple[Finding, ...]:
    """Flags where the points do not fit the kinds of award that the profile of their system knows at that level.

    With an `award_type` only that kind is looked at; without one, it is enough that some kind fits. Malta's awards are
    no fault: the flag says what the award is (R-POINTS-16). European profiles apply only when named (R-POINTS-18).
    """
    if award_type == AWARD:
        return ()
    sizes = [one for one in _sizes(points.system, level, on) if award_type in ("", one.award_type)]
    sizes = [one for one in sizes if one.level or award_type == one.award_type]
    if not sizes or any(_fits(points, one) for one in sizes):
        return ()
    if malta_class(points, level, on) == AWARD:
        sentence = say(
            "With {points} at level {level} this is an award, not a qualification.", points=points, level=level
        )
    else:
        sentence = say(
            "{points} fit no kind of award known there: {kinds}.", points=points, kinds=tuple(map(_kind, sizes))
        )
    return (
        Finding(sizes[0].rule, Severity.FLAG, subject, sentence, say("Compare with {source}.", source=sizes[0].source)),
    )


def duration_findings(
    points: Points, reference: ReferenceContext | None, *, on: date, subject: str = ""
) -> tuple[Finding, ...]:
    """A flag where the total contradicts the years of its reference pathway: 121 points in one year (R-POINTS-19)."""
    system = find_credit_system(points.system, on)
    if system is None or system.points_per_year is None or reference is None or reference.years is None:
        return ()
    expected = reference.years * system.points_per_year
    if points.value == expected:
        return ()
    sentence = say(
        "{points} are published; by convention {years} × {per_year} points a year give {expected}.",
        points=points,
        years=reference.years,
        per_year=system.points_per_year,
        expected=expected,
    )
    remedy = say("Check the total and the duration; a well-founded difference may stand.")
    return (Finding("R-POINTS-19", Severity.FLAG, subject, sentence, remedy),)


def _sizes(system: str, level: str, on: date) -> list[AwardSize]:
    return [
        one
        for one in AWARD_SIZES
        if one.system == system and one.level in ("", level) and (one.valid is None or on in one.valid)
    ]


def _fits(points: Points, size: AwardSize) -> bool:
    within = size.least <= points.value and (size.most is None or points.value <= size.most)
    return within and (not size.whole or points.value == int(points.value))


def _kind(size: AwardSize) -> Said:
    kind, least, most = size.award_type, size.least, size.most
    if size.whole:
        return say("{kind} ({least}–{most}, whole points)", kind=kind, least=least, most=most)
    if most is None:
        return say("{kind} (at least {least})", kind=kind, least=least)
    return say("{kind} ({least}–{most})", kind=kind, least=least, most=most)
