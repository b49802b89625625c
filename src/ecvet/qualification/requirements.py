"""Requirements that lie across the tree of a qualification: levels, origins, exclusions, order, grades, work, age.

Each is one small value with the institution's own text, so that whoever is refused can read why. Which of them the
engine decides, and how, is told in `ecvet.credit.accumulation`; what it cannot decide makes the verdict undecided.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ecvet.qualification.tree_errors import WindowContradictory
from ecvet.terms import LangString, decimal


@dataclass(frozen=True, slots=True)
class Window:
    """From `minimum` to `maximum`, both included, exact; None: no bound (R-COMP-2).

    Raises `WindowContradictory`, `NotPoints`.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("minimum", "maximum"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, decimal(getattr(self, name)))
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise WindowContradictory(minimum=self.minimum, maximum=self.maximum)

    def __contains__(self, amount: Decimal) -> bool:
        return (self.minimum is None or self.minimum <= amount) and (self.maximum is None or amount <= self.maximum)

    def __str__(self) -> str:
        if self.minimum == self.maximum and self.minimum is not None:
            return f"exactly {self.minimum}"
        lower, upper = f"at least {self.minimum}", f"at most {self.maximum}"
        return lower if self.maximum is None else upper if self.minimum is None else f"{self.minimum} to {self.maximum}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of the used credit a requirement looks at; every member that is given must hold.

    `level_from` means this level or above (level of the framework the qualification is in); `origins` are issuers or
    classes of issuers; `recognised` is True for credit recognised or transferred from elsewhere, False for own credit.
    """

    level_from: int | None = None
    level_to: int | None = None
    origins: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    recognised: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A bound over the whole selection: points, number of pieces, or share of all used points (0 to 1).

    46 points at level 3 or above; 84 points from one university; at most half recognised; at most 60 points with the
    grade U (compensation). Looks at the points of the used credit, also at those a group's maximum cuts off.
    """

    which: Which
    points: Window | None = None
    count: Window | None = None
    share: Window | None = None
    id: str = ""
    title: LangString | None = None
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """At most `at_most` of these units count together (barred combinations, exclusion codes)."""

    units: tuple[str, ...]
    at_most: int = 1
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """The unit counts only for a learner who holds all (or, with `any_of`, one) of the others (R-COMP-13)."""

    unit: str
    needs: tuple[str, ...]
    any_of: bool = False
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corequisite:
    """These units count together or not at all."""

    units: tuple[str, ...]
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A unit from which a learner may be exempted: it stands as met, with its nominal points or with none."""

    unit: str
    nominal_points: bool = False
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonUnitRequirement:
    """Something that is no unit: hours of work, a placement, a certificate, a language. `amount` in `measure`."""

    code: str
    amount: Decimal = Decimal(1)
    measure: str = ""
    title: LangString | None = None
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumGrade:
    """The units (all, when none is named) count only with one of these grades."""

    grades: tuple[str, ...]
    units: tuple[str, ...] = ()
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedAverage:
    """The average of the numeric grades of the used units, weighted by their points, is at least this.

    `best` is the highest grade of the scale: a completion assumes no more of what is still to be assessed. Without it
    any grade is thought possible.
    """

    at_least: Decimal
    best: Decimal | None = None
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumAge:
    """Credit older than this many months at the day of the verdict does not count (units: all, when none is named)."""

    months: int
    units: tuple[str, ...] = ()
    text: LangString | None = None


class Common(StrEnum):
    """What a unit that counts in two groups gives to the groups over both: its points once, or from each of the two."""

    ONCE = "once"
    EACH = "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleCount:
    """A unit may count in any two of these groups (by id), as a relation between requirements and not of the unit.

    It has one place from which its points go up to the whole; in the other group it counts towards that group's own
    bounds and, with `Common.ONCE`, no further. `units` and `points` bound how much is shared so. More than two groups
    share one unit only where one rule names them all.
    """

    groups: tuple[str, ...]
    units: Window | None = None
    points: Window | None = None
    common: Common = Common.ONCE
    text: LangString | None = None
