"""`ecvet accumulate QUALIFICATION HELD`: where a learner stands, why, and the cheapest way to finish."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, refuse
from ecvet.errors import EcvetError
from ecvet.terms import decimal_text

if TYPE_CHECKING:
    from ecvet.credit.accumulation import Placement, Progress
    from ecvet.qualification.qualification import Qualification


@click.command("accumulate")
@click.argument("qualification", type=click.Path(path_type=Path))
@click.argument("held", type=click.Path(path_type=Path))
@click.option("--path", help="The path to read where the qualification's file holds several, for example ops.")
@click.option("--declared", multiple=True, metavar="GROUP", help="A competence area, title or group that was chosen.")
@click.option("--reading", default="S1", show_default=True, help="The named reading of what the rules leave open.")
@click.option("--explain", is_flag=True, help="Say of each held unit where it counts or why it does not.")
@click.option("--complete", is_flag=True, help="Name the cheapest way to finish.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(qualification: Path, held: Path, path: str | None, declared: tuple[str, ...], reading: str,
            explain: bool, complete: bool, as_json: bool) -> None:  # fmt: skip
    """Decide whether what a learner holds makes up a qualification.

    HELD is JSON: {"units": {"CODE": "POINTS"}, "other_units_points": ["5"]}; points may be null for those of the
    qualification. A unit that the qualification does not list counts only when its points are given as other credit.
    Exit 0 complete, 1 not complete or undecided, 2 when a file cannot be read.
    """
    from ecvet.credit.accumulation import accumulate
    from ecvet.exchange import read_qualification
    from ecvet.exchange.held_file import read_held
    from ecvet.exchange.parsing import read_json, text_of
    from ecvet.qualification.reading import READINGS

    if reading not in READINGS:
        raise click.BadParameter(f"known readings are {', '.join(READINGS)}", param_hint="--reading")
    try:
        towards, _ = read_qualification(read_bytes(qualification), qualification.name, path)
        credit = read_held(read_json(text_of(read_bytes(held), held.name), held.name), held.name)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    try:
        progress = accumulate(towards, credit, reading=READINGS[reading], declared=declared)
    except EcvetError as error:
        refuse(error, as_json=as_json)
    values = _plain(towards, progress, explain=explain, complete=complete)
    text = _text(towards, progress, explain=explain, complete=complete)
    answer(values, text, as_json=as_json, code=YES if progress.complete else NO)


def _plain(towards: "Qualification", progress: "Progress", *, explain: bool, complete: bool) -> dict[str, object]:
    counted = progress.counted_points
    values: dict[str, object] = {
        "qualification": towards.code,
        "path": towards.path or None,
        "reading": progress.reading,
        "complete": progress.complete,
        "counted_points": None if counted is None else decimal_text(counted),
        "missing": list(progress.missing),
        "undecided": list(progress.undecided),
        "not_counted": [{"code": one.piece.code, "points": _points(one.piece.points), "why": one.why}
                        for one in progress.units if one.place is None],
    }  # fmt: skip
    if explain:
        values["groups"] = {group: decimal_text(points) for group, points in progress.groups.items()}
        values["units"] = [{"code": one.piece.code, "points": _points(one.piece.points), "place": one.place,
                            "why": one.why} for one in progress.units]  # fmt: skip
    if complete:
        found = progress.completion
        values["min_additional_points"] = None if found is None else _points(found.points)
        values["add"] = None if found is None else [_added(one) for one in found.add]
    return values


def _added(placement: "Placement") -> dict[str, object]:
    return {"code": placement.piece.code or None, "points": _points(placement.piece.points), "place": placement.place}


def _points(points: Decimal | None) -> str | None:
    return None if points is None else decimal_text(points)


def _text(towards: "Qualification", progress: "Progress", *, explain: bool, complete: bool) -> str:
    verdict = {True: "complete", False: "not complete", None: "undecided"}[progress.complete]
    counted = "" if progress.counted_points is None else f", {decimal_text(progress.counted_points)} points counted"
    lines = [f"{towards.title}: {verdict}{counted} (reading {progress.reading})"]
    lines += [f"  missing: {sentence}" for sentence in progress.missing]
    lines += [f"  undecided: {sentence}" for sentence in progress.undecided]
    for one in progress.units:
        if explain or one.place is None:
            name = one.piece.code or f"other credit of {_points(one.piece.points)} points"
            lines.append(f"  {name}: {one.why}")
    if complete and progress.completion is not None and not progress.complete:
        points = progress.completion.points
        lines.append(f"  cheapest completion: {'add' if points is None else f'{decimal_text(points)} points'}")
        lines += [
            f"    + {one.piece.code or 'other credit'} {_points(one.piece.points)}" for one in progress.completion.add
        ]
    return "\n".join(lines)
