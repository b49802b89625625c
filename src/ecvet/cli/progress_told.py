"""An answer of accumulation for machines (stable names) and for people."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ecvet.terms import decimal_text

if TYPE_CHECKING:
    from ecvet.credit.accumulation import Completion, Placement, Progress
    from ecvet.qualification.qualification import Qualification
    from ecvet.qualification.unit import Unit

MOST_LINES = 100
"""So many pieces that do not count are named without --explain."""

VERDICT = {True: "complete", False: "not complete", None: "undecided"}


def points_text(points: Decimal | None) -> str | None:
    """Points as a text; None where there are none."""
    return None if points is None else decimal_text(points)


def plain(towards: "Qualification", progress: "Progress", *, explain: bool, complete: bool) -> dict[str, object]:
    """The answer as one JSON object."""
    values: dict[str, object] = {
        "qualification": towards.code,
        "path": towards.path or None,
        **verdict(progress),
        "undecided": list(progress.undecided),
        "not_counted": [{"code": one.piece.code, "points": points_text(one.piece.points), "why": one.why}
                        for one in progress.units if one.place is None],
    }  # fmt: skip
    if explain:
        values["groups"] = {group: decimal_text(points) for group, points in progress.groups.items()}
        values["units"] = [{"code": one.piece.code, "points": points_text(one.piece.points), "place": one.place,
                            "why": one.why} for one in progress.units]  # fmt: skip
    if complete:
        found = progress.completion
        values["min_additional_points"] = None if found is None else points_text(found.points)
        values["add"] = None if found is None else [_added(one) for one in found.add]
        values["least_average"] = None if found is None else points_text(found.average)
    return values


def verdict(progress: "Progress") -> dict[str, object]:
    """The heart of an answer, as it also stands beside another."""
    return {
        "reading": progress.reading,
        "complete": progress.complete,
        "counted_points": points_text(progress.counted_points),
        "missing": list(progress.missing),
    }


def way(completion: "Completion") -> dict[str, object]:
    """One way to finish."""
    return {"min_additional_points": points_text(completion.points), "add": [_added(one) for one in completion.add],
            "least_average": points_text(completion.average)}  # fmt: skip


def _added(placement: "Placement") -> dict[str, object]:
    return {
        "code": placement.piece.code or None,
        "points": points_text(placement.piece.points),
        "place": placement.place,
    }


def titles(towards: "Qualification", units: "Iterable[Unit]") -> Mapping[str, str]:
    """What the units of a qualification are called, by code."""
    codes = {link.unit: link.code for link in towards.units}
    return {codes[unit.id]: str(unit.title) for unit in units if unit.id in codes}


def text(towards: "Qualification", progress: "Progress", *, names: Mapping[str, str] | None = None, explain: bool,
         complete: bool) -> list[str]:  # fmt: skip
    """The answer in lines."""
    lines = [f"{towards.title}: {headline(progress)} (reading {progress.reading})"]
    lines += [f"  missing: {sentence}" for sentence in progress.missing]
    lines += [f"  undecided: {sentence}" for sentence in progress.undecided]
    told = [one for one in progress.units if explain or one.place is None]
    for one in told if explain else told[:MOST_LINES]:
        name = _named(one.piece.code, names or {}) or f"other credit of {points_text(one.piece.points)} points"
        lines.append(f"  {name}: {one.why}")
    if not explain and len(told) > MOST_LINES:
        lines.append(f"  … and {len(told) - MOST_LINES} more that do not count (all with --explain)")
    if complete and progress.completion is not None and not progress.complete:
        lines += way_lines("cheapest completion", progress.completion, names or {})
    return lines


def headline(progress: "Progress") -> str:
    """The verdict and the points counted."""
    counted = "" if progress.counted_points is None else f", {decimal_text(progress.counted_points)} points counted"
    return VERDICT[progress.complete] + counted


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names.get(code, '')}".strip()


def way_lines(name: str, completion: "Completion", names: Mapping[str, str]) -> list[str]:
    """One way to finish, in lines."""
    points = completion.points
    grades = "" if completion.average is None else f", with grades of {decimal_text(completion.average)} on average"
    lines = [f"  {name}: {'add' if points is None else f'{decimal_text(points)} points'}{grades}"]
    return lines + [
        f"    + {_named(one.piece.code, names) or 'other credit'} {points_text(one.piece.points) or ''}".rstrip()
        for one in completion.add
    ]
