"""The ground a question is built on: the programme, what each of its columns means, and the scale of its amounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import gcd

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.solve import Programme
from ecvet.credit.accumulation.supply import ZERO, Supply

Terms = dict[int, int]
"""A sum of columns, each times a whole number."""


def plus(*sums: tuple[Terms, int]) -> Terms:
    """The sum of terms, each times its factor."""
    result: Terms = {}
    for terms, factor in sums:
        for column, amount in terms.items():
            result[column] = result.get(column, 0) + amount * factor
    return result


def total(sums: Iterable[Terms]) -> Terms:
    """The sum of terms."""
    return plus(*((terms, 1) for terms in sums))


@dataclass(slots=True)
class Option:
    """One column that puts a piece at a place: held, brought by equivalence `bridge`, or `added`.

    `size` is, for added credit of variable size, the column of its steps of one point above the points of the piece.
    `also` is the number of the rule by which it stands there beside its place (`doubles`), 0 for the place itself.
    """

    column: int
    place: int
    piece: Piece
    bridge: int | None = None
    added: bool = False
    size: int | None = None
    also: int = 0


@dataclass(slots=True)
class Ground:
    """One question. `used`, `points` and `pieces` are the terms of each node; `by_code` those of each unit.

    `options` are the places of pieces, `also` the further ones of double counting; `rising` and `risen` are the points
    and pieces that count beyond the sharing group in which a node lies.
    """

    tree: Compiled
    supply: Supply
    held: Held
    scale: Decimal
    programme: Programme = field(default_factory=Programme)
    options: list[Option] = field(default_factory=list)
    at: dict[int, list[Option]] = field(default_factory=dict)
    also: list[Option] = field(default_factory=list)
    by_code: dict[str, Terms] = field(default_factory=dict)
    bridges: list[int] = field(default_factory=list)
    used: dict[int, Terms] = field(default_factory=dict)
    points: dict[int, Terms] = field(default_factory=dict)
    pieces: dict[int, Terms] = field(default_factory=dict)
    rising: dict[int, Terms] = field(default_factory=dict)
    risen: dict[int, Terms] = field(default_factory=dict)

    def stand(self, option: Option) -> None:
        """Take note of an option, for its place and for its unit."""
        (self.also if option.also else self.options).append(option)
        self.at.setdefault(option.place, []).append(option)
        if option.piece.code and not option.also:
            self.by_code.setdefault(option.piece.code, {})[option.column] = 1

    def whole(self, amount: Decimal) -> int:
        """An amount of points in the programme's steps."""
        return int(amount * self.scale)

    def weigh(self, options: Sequence[Option]) -> Terms:
        """The points of options, uncapped."""
        terms = {option.column: self.whole(option.piece.points or ZERO) for option in options}
        terms.update({option.size: self.whole(Decimal(1)) for option in options if option.size is not None})
        return terms

    def most(self, terms: Terms) -> int:
        """The largest value that terms without negative factors can have."""
        return int(sum(factor * self.programme.upper[column] for column, factor in terms.items()))


def scale_of(tree: Compiled, offers: Supply) -> Decimal:
    """The factor that makes every amount of points in sight a whole number, as small as it can be."""
    windows = [*tree.sizes.values(), *(node.points for node in tree.nodes if node.points)]
    windows += [one.points for one in tree.rules.overlays if one.points]
    windows += [one.points for one in tree.rules.double_counts if one.points]
    bounds = [bound for window in windows for bound in (window.minimum, window.maximum) if bound is not None]
    amounts = [Decimal(1), *bounds, *(offer.piece.points or ZERO for offer in offers.offers)]
    places = max(-int(amount.normalize().as_tuple().exponent) for amount in amounts)
    factor = 10 ** max(0, places)
    return Decimal(factor) / gcd(*(int(amount * factor) for amount in amounts))
