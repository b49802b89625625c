"""The answer of accumulation: a verdict with its reasons."""

from dataclasses import dataclass, field
from decimal import Decimal

from ecvet.credit.accumulation.held import Piece
from ecvet.saying import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A piece of credit at a place of the tree, by the id of the place. `by` lists the held codes it stands for, where
    an equivalence put it there; `added` marks what the learner does not hold yet. `also` is the number of the rule of
    double counting, from 1, by which it stands here beside its place; 0 at its place itself."""

    place: str
    piece: Piece
    by: tuple[str, ...] = ()
    added: bool = False
    also: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One constraint that is not met: which node or requirement, what it is about, how much there is and is needed."""

    subject: str
    what: str
    has: Decimal = Decimal(0)
    needs: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `broken` lists what is not met, `counted` the points of each group and slot after its cap."""

    broken: list[Broken] = field(default_factory=list)
    counted: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Why one held piece counts or not: the place and the reason, as a sentence."""

    piece: Piece
    place: str | None
    why: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The cheapest way to finish: units of the qualification and open credit to add. `points` None without points.

    `average` is what the grades of the added credit must at least reach, weighted by points; None where any will do.
    """

    points: Decimal | None
    add: tuple[Placement, ...]
    placements: tuple[Placement, ...]
    average: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Complete, not complete or (None) undecided, with what proves it: a selection for a yes, the reason for a no.

    `counted_points` and `groups` belong to a yes, and are the most that can be counted; `counted_points` is None for
    rules without points and for a no. `why` are sentences.
    """

    complete: bool | None
    reading: str
    counted_points: Decimal | None = None
    placements: tuple[Placement, ...] = ()
    groups: dict[str, Decimal] = field(default_factory=dict)
    why: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a learner stands towards a qualification, under a named reading (R-COMP-6, R-COMP-14).

    `complete` is None when it is undecided; `undecided` says what could not be decided. `counted_points` is None where
    the rules know no points. `missing` are sentences, empty when complete. `groups` are counted points by group id.
    """

    complete: bool | None
    reading: str
    counted_points: Decimal | None
    placements: tuple[Placement, ...] = ()
    groups: dict[str, Decimal] = field(default_factory=dict)
    units: tuple[Counted, ...] = ()
    missing: tuple[Said, ...] = ()
    undecided: tuple[Said, ...] = ()
    completion: Completion | None = None
