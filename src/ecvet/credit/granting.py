"""How many points a recognition carries: those of home, unless a stated method or policy says otherwise."""

from collections.abc import Iterable

from ecvet.credit.decision_errors import PartWithoutPolicy, PointsOutOfRange, PointsWithoutMethod
from ecvet.credit.recognition import Recognition, Reconsideration
from ecvet.credit.shares import SharePolicy
from ecvet.credit.status import PassRule, is_complete, points_due
from ecvet.qualification.qualification import UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.terms import Points, total


def granted_points(
    link: UnitLink, unit: Unit, granted: frozenset[str], standing: Iterable[Recorded[Recognition]], *,
    asked: Points | None, reconsideration: Reconsideration | None, share: SharePolicy | None, rule: PassRule,
) -> Points | None:  # fmt: skip
    """The points of this decision: those due for everything recognised by now, less those granted before.

    They are the points of the unit in the home qualification (R-RECOG-3) and follow achievement only: no time taken, no
    place and no host enters here (R-RECOG-4, R-NFIL-2). Others need a transparent method (R-RECOG-6). None where the
    qualification has no points (R-POINTS-1). Raises `PointsWithoutMethod`, `PointsOutOfRange`, `PartWithoutPolicy`,
    `PointsNotComparable`.
    """
    standing = tuple(standing)
    if not granted:
        return None
    outcomes = granted | frozenset(outcome for one in standing for outcome in one.value.outcomes)
    size = _size(link, asked) if reconsideration is None or asked is None else asked
    if size is not None and link.points is not None:
        total((size,), link.points.system)  # a method may change the amount, never the credit system (R-POINTS-20)
    whole = is_complete(unit, outcomes, rule)
    if asked is not None and not whole and share is None and asked.value:
        raise PartWithoutPolicy(points=asked)
    due = points_due(unit, outcomes, size, share=share, rule=rule)
    if due is None:
        return None
    before = total((one.value.points for one in standing if one.value.points), due.system)
    return Points(max(due.value - before.value, due.value * 0), due.system)


def _size(link: UnitLink, asked: Points | None) -> Points | None:
    """The size of the unit for this learner: fixed by the link, or chosen within its range (R-COMP-9)."""
    if asked is None or asked == link.points:
        return link.points
    if link.points is None or link.most is None:
        raise PointsWithoutMethod(due=link.points or "no", points=asked)
    if not link.points <= asked <= link.most:
        raise PointsOutOfRange(points=asked, least=link.points, most=link.most)
    return asked
