"""What the answers say together: exact counts and shares, and never a group so small that it singles somebody out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

from ecvet.qualification.consultation.answers import Opinion, Response
from ecvet.qualification.consultation.places import Place

_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Count:
    """How often each opinion was given; `people` is how many are counted."""

    people: int
    opinions: Mapping[Opinion, int]

    @property
    def said(self) -> int:
        """How many have an opinion."""
        return sum(number for one, number in self.opinions.items() if one is not Opinion.NONE)

    def share(self, opinion: Opinion) -> Decimal | None:
        """Percent of those who have an opinion, to a tenth; None where nobody has one."""
        return percent(self.opinions[opinion], self.said)

    @property
    def contested(self) -> Fraction:
        """How much disagreement there is, 0 to 1: who agrees with changes counts half."""
        against = 2 * self.opinions[Opinion.DISAGREE] + self.opinions[Opinion.CHANGES]
        return Fraction(against, 2 * self.said) if self.said else Fraction(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: the values it stands for (one, or several that were put together) and their count."""

    of: tuple[str, ...]
    count: Count


def percent(part: int, whole: int) -> Decimal | None:
    """A share in percent to a tenth, half to even; None of nothing."""
    return (Decimal(100 * part) / Decimal(whole)).quantize(_TENTH, ROUND_HALF_EVEN) if whole else None


def rate(answered: int, invited: int) -> Decimal | None:
    """The response rate in percent; None where nobody was invited."""
    return percent(answered, invited)


def count(responses: Iterable[Response], place: str) -> Count:
    """The opinions on one place; who says nothing about it has none."""
    given = [next((view.opinion for view in one.views if view.place == place), Opinion.NONE) for one in responses]
    return _count(given)


def tallied(responses: Iterable[Response]) -> Count:
    """The opinions on all places together; `people` is how many opinions these are."""
    return _count([view.opinion for one in responses for view in one.views if view.said])


def contested(responses: Iterable[Response], known: Iterable[Place]) -> tuple[tuple[Place, Count], ...]:
    """The places with the most disagreement first; then those on which more people have an opinion; then in order."""
    given = tuple(responses)
    found = [(place, count(given, place.key)) for place in known]
    return tuple(sorted(found, key=lambda one: (-one[1].contested, -one[1].said)))


def breakdown(
    responses: Iterable[Response], by: Callable[[Response], str], *, minimum: int, place: str | None = None
) -> tuple[Line, ...]:
    """Counts by group or country, at one place or at all.

    A value with fewer than `minimum` people, of whom one asked to be anonymous, is not shown: it is put together with
    others until nobody can be singled out, not even by subtracting what is shown from the total. Where all together are
    too few there is one line of all, and where even that has fewer than `minimum` people, none.
    """
    sorted_in: dict[str, list[Response]] = {}
    for one in responses:
        sorted_in.setdefault(by(one), []).append(one)
    hidden = [name for name, items in sorted_in.items() if _too_few(items, minimum)]
    while hidden and sum(len(sorted_in[name]) for name in hidden) < minimum:
        rest = [name for name in sorted_in if name not in hidden]
        if not rest:
            return ()
        hidden.append(min(rest, key=lambda name: (len(sorted_in[name]), name)))
    lines = [Line((name,), _of(items, place)) for name, items in sorted(sorted_in.items()) if name not in hidden]
    if hidden:
        together = [one for name in sorted(hidden) for one in sorted_in[name]]
        lines.append(Line(tuple(sorted(hidden)), _of(together, place)))
    return tuple(lines)


def _too_few(items: list[Response], minimum: int) -> bool:
    return len(items) < minimum and any(one.anonymous for one in items)


def _of(items: list[Response], place: str | None) -> Count:
    if place is not None:
        return count(items, place)
    return Count(len(items), tallied(items).opinions)


def _count(given: list[Opinion]) -> Count:
    numbers = Counter(given)
    return Count(len(given), {one: numbers[one] for one in Opinion})
