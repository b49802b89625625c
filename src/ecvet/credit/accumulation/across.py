"""The rows of a question that lie across the tree: overlays, barred sets, pre- and corequisites, averages."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from math import inf

from ecvet.credit.accumulation.ground import Ground, Option, Terms, plus, total
from ecvet.credit.accumulation.held import Piece
from ecvet.credit.accumulation.progress import Placement
from ecvet.credit.accumulation.supply import ZERO
from ecvet.qualification.combination import Combination
from ecvet.qualification.requirements import Overlay, WeightedAverage, Which, Window


def stand_across(ground: Ground) -> None:
    """All requirements over the whole selection."""
    rules, rows = ground.tree.rules, ground.programme
    for overlay in rules.overlays:
        _overlay(ground, overlay, low=True)
        _overlay(ground, overlay, low=False)
    for barred in rules.barred:
        rows.row(total(ground.by_code.get(unit, {}) for unit in barred.units), upper=barred.at_most)
    for rule in rules.prerequisites:
        _prerequisite(ground, rule.unit, rule.needs, rule.any_of)
    for together in rules.corequisites:
        first, *others = (ground.by_code.get(unit, {}) for unit in together.units)
        for other in others:
            rows.row(plus((first, 1), (other, -1)), lower=0, upper=0)
    for n, double in enumerate(rules.double_counts, 1):
        shared = [option for option in ground.also if option.also == n]
        for low in (True, False):
            _limit(ground, {option.column: 1 for option in shared}, double.units, Decimal(1), low)
            _limit(ground, ground.weigh(shared), double.points, ground.scale, low)
    for average in rules.averages:
        _average(ground, average)


def looks_at(which: Which, piece: Piece) -> bool | None:
    """Whether a requirement concerns this piece: None where it does not tell, False where it cannot."""
    known = True
    if which.level_from is not None or which.level_to is not None:
        if piece.level is None:
            known = False
        elif piece.level < (which.level_from or 0) or (which.level_to is not None and piece.level > which.level_to):
            return False
    for wanted, has in ((which.origins, piece.origin), (which.subjects, piece.subject), (which.grades, piece.grade)):
        if wanted and has and has not in wanted:
            return False
        known = known and not (wanted and not has)
    if (which.units and piece.code not in which.units) or which.recognised not in (None, piece.recognised):
        return False
    return True if known else None


def _overlay(ground: Ground, overlay: Overlay, *, low: bool) -> None:
    """The minima over what surely belongs (`low`), the maxima over what possibly does."""
    options = _concerned(ground, overlay.which, sure=low)
    points = ground.weigh(options)
    _limit(ground, points, overlay.points, ground.scale, low)
    _limit(ground, {option.column: 1 for option in options}, overlay.count, Decimal(1), low)
    bound = (overlay.share.minimum if low else overlay.share.maximum) if overlay.share else None
    if bound is not None:
        top, bottom = bound.as_integer_ratio()
        gap = plus((points, bottom), (ground.weigh(ground.options), -top))
        ground.programme.row(gap, lower=0 if low else -inf, upper=inf if low else 0)


def _concerned(ground: Ground, which: Which, *, sure: bool) -> list[Option]:
    """The options concerned. Added credit can be chosen so as to fit, where nothing excludes it."""
    found = []
    for option in ground.options:
        answer = looks_at(which, option.piece)
        if answer or (answer is None and (option.added if sure else not option.added)):
            found.append(option)
    return found


def _limit(ground: Ground, terms: Terms, window: Window | None, scale: Decimal, low: bool) -> None:
    if window and low and window.minimum is not None:
        ground.programme.row(terms, lower=int(window.minimum * scale))
    if window and not low and window.maximum is not None:
        ground.programme.row(terms, upper=int(window.maximum * scale))


def _prerequisite(ground: Ground, unit: str, needs: Sequence[str], any_of: bool) -> None:
    """What is not held must be added, for the unit to count."""
    has = {piece.code for piece in ground.held.units} | set(ground.held.exempt)
    target, absent = ground.by_code.get(unit, {}), [need for need in needs if need not in has]
    if not target or not absent or (any_of and len(absent) < len(needs)):
        return
    found = [ground.by_code.get(need, {}) for need in absent]
    for enough in [total(found)] if any_of else found:
        ground.programme.row(plus((target, 1), (enough, -1)), upper=0)


def _average(ground: Ground, average: WeightedAverage) -> None:
    """Points times what the grade lies above the average sum to zero or more.

    Added credit has no grade yet: it may get the best grade of the scale or, where no scale is named, one as high as it
    takes (`needed_average` tells how high).
    """
    graded = [option for option in ground.options if is_number(option.piece.grade)]
    added = [option for option in ground.options if option.added]
    amounts = [average.at_least, average.best or ZERO, *(Decimal(option.piece.grade) for option in graded)]
    fine = 10 ** max(0, *(-int(amount.normalize().as_tuple().exponent) for amount in amounts))
    sums = [(ground.weigh([one]), int((Decimal(one.piece.grade) - average.at_least) * fine)) for one in graded]
    if average.best is not None:
        sums.append((ground.weigh(added), int((average.best - average.at_least) * fine)))
    elif added:
        some, lack = ground.programme.column(0, 1), sum(-min(0, above) * ground.most(terms) for terms, above in sums)
        ground.programme.row(plus((ground.weigh(added), 1), ({some: 1}, -1)), lower=0)
        sums.append(({some: 1}, lack))
    ground.programme.row(plus(*sums), lower=0)
    ground.programme.row({option.column: 1 for option in (*graded, *added)}, lower=1)


def needed_average(rules: Combination, placements: Iterable[Placement]) -> Decimal | None:
    """The least average, weighted by points and rounded up to hundredths, that what is added must reach.

    None where no rule asks for an average, nothing with points is added, or any grade would do.
    """
    mains = [one for one in placements if not one.also]
    room = sum((one.piece.points or ZERO for one in mains if one.added), ZERO)
    graded = [(one.piece.points or ZERO, Decimal(one.piece.grade)) for one in mains if is_number(one.piece.grade)]
    if not rules.averages or not room:
        return None
    least = max(average.at_least for average in rules.averages)
    short = least * room + sum((points * (least - grade) for points, grade in graded), ZERO)
    return (short / room).quantize(Decimal("0.01"), ROUND_CEILING) if short > 0 else None


def is_number(grade: str) -> bool:
    """Whether a grade can be averaged: 3 or 4.5, not P."""
    return grade.replace(".", "", 1).isdecimal()
