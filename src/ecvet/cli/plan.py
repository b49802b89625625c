"""`ecvet plan QUALIFICATION HELD OFFER --weeks N`: which units of a host fill which gap, and the best set."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecvet.cli.held_credit import day, equivalences_of, read_credit
from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, refuse
from ecvet.cli.progress_told import points_text
from ecvet.errors import EcvetError
from ecvet.terms import decimal, decimal_text

if TYPE_CHECKING:
    from ecvet.credit.planning import Offered, Plan


class OfferUnreadable(EcvetError):
    """A file that is no offer of units."""

    code = "cli.plan.offer-unreadable"
    sentence = "{file} is not an offer of units: {why}."
    remedy = (
        "Give the host's qualification in a format that `ecvet lint` reads, or JSON such as "
        '{{"system": "ecvet", "units": {{"H1": "10"}}, "equivalences": []}}.'
    )
    status = 422


class WeekUnknown(EcvetError):
    """A credit system that does not say how many points a week stands for."""

    code = "cli.plan.week-unknown"
    sentence = "Nothing says how many points of {system} a week stands for."
    remedy = "Give them with --points-per-week."
    status = 422


@click.command("plan")
@click.argument("qualification", type=click.Path(path_type=Path))
@click.argument("held", type=click.Path(path_type=Path))
@click.argument("offer", type=click.Path(path_type=Path))
@click.option("--weeks", required=True, metavar="N", help="The length of the stay.")
@click.option("--points-per-week", "per_week", metavar="P", help="Points of the host for a week; else from its system.")
@click.option("--hours-per-week", "hours", metavar="H", help="Hours of learning in a week, where the system has hours.")
@click.option("--path", help="The path to read where the qualification's file holds several.")
@click.option("--offer-path", help="The path to read where the offer's file holds several.")
@click.option("--declared", multiple=True, metavar="GROUP", help="A competence area, title or group that was chosen.")
@click.option("--on", "on_text", metavar="DATE", help="The day on which equivalences must hold, instead of today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(qualification: Path, held: Path, offer: Path, weeks: str, per_week: str | None, hours: str | None,
            path: str | None, offer_path: str | None, declared: tuple[str, ...], on_text: str | None,
            as_json: bool) -> None:  # fmt: skip
    """Plan a stay: which units that a host offers fill which gap at home, and the best set for N weeks.

    HELD is as for `ecvet accumulate`. OFFER is the host's qualification, or JSON: {"system": "ecvet",
    "units": {"CODE": "POINTS"}, "equivalences": [{"from": ["CODE"], "to": ["HOME CODE"], "by": "https://…",
    "valid_from": "2025-01-01"}]}.
    Exit 0 when some unit fills a gap, 1 when none does, 2 when a file cannot be read.
    """
    from ecvet.credit.planning import plan
    from ecvet.exchange import read_qualification

    on = day(on_text) or datetime.now(UTC).date()
    try:
        length = decimal(weeks)
        credit = read_credit(read_bytes(held), held.name)
        record = credit.record()
        towards, _ = read_qualification(read_bytes(qualification), qualification.name,
                                        path or (record.path if record else "") or None)  # fmt: skip
        units, system, equal = _offer(read_bytes(offer), offer.name, offer_path)
        mine = credit.towards(towards)
        decisions = equivalences_of(equal, offer.name, towards, mine)
        pace = decimal(per_week) if per_week else _pace(system, decimal(hours) if hours else None)
        found = plan(towards, mine, units, weeks=length, per_week=pace, on=on, equivalences=decisions,
                     declared=declared or (record.areas if record else ()))  # fmt: skip
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    answer(_plain(found), _text(str(towards.title), found), as_json=as_json, code=YES if found.chosen else NO)


def _offer(data: bytes, file: str, path: str | None) -> "tuple[list[Offered], str, Any]":
    """The offered units, the credit system of their points, and equivalences still as JSON."""
    from ecvet.cli.held_credit import unit_named
    from ecvet.credit.planning import Offered
    from ecvet.exchange import read_qualification
    from ecvet.exchange.parsing import read_json, text_of

    tree: Any = read_json(text_of(data, file), file) if data.lstrip()[:1] == b"{" else {}
    if "units" not in tree or "format" in tree:
        host, described = read_qualification(data, file, path)
        titles = {unit.code: str(unit.title) for unit in described}
        units = [Offered(code=link.code, points=link.points.value, title=titles.get(link.code, ""), unit=link.unit)
                 for link in host.units if link.points]  # fmt: skip
        return units, host.system, []
    try:
        units = [Offered(code=code, points=decimal(decimal_text(decimal(points))), unit=unit_named(code))
                 for code, points in tree["units"].items()]  # fmt: skip
    except (TypeError, AttributeError) as error:
        raise OfferUnreadable(file=file, why="“units” is not an object of codes and points") from error
    return units, str(tree.get("system") or "ecvet"), tree.get("equivalences") or []


def _pace(system: str, hours: Decimal | None) -> Decimal:
    from ecvet.credit.planning import points_per_week
    from ecvet.qualification.credit_systems import CREDIT_SYSTEMS

    known = [one for one in CREDIT_SYSTEMS if one.code == system]
    found = points_per_week(known[-1], hours) if known else None
    if found is None:
        raise WeekUnknown(system=system)
    return found


def _plain(found: "Plan") -> dict[str, object]:
    return {
        "decided": found.decided,
        "room": decimal_text(found.room),
        "before": points_text(found.before),
        "after": points_text(found.after),
        "chosen": [{"code": one.unit.code, "points": decimal_text(one.unit.points), "fills": list(one.fills)}
                   for one in found.chosen],
        "left_out": [{"code": one.code, "points": decimal_text(one.points), "why": why} for one, why in found.left_out],
        "gaps": {code: list(places) for code, places in found.gaps.items()},
    }  # fmt: skip


def _text(title: str, found: "Plan") -> str:
    if found.decided is None:
        return f"{title}: no plan was found in time."
    if not found.decided:
        return f"{title}: no stay completes this, because nothing does by its rules."
    left = (
        "" if found.before is None else f" and leaves {points_text(found.after)} of {points_text(found.before)} to do"
    )
    lines = [f"{title}: the stay has room for {decimal_text(found.room)} points{left}"]
    lines += [
        f"  + {one.unit.code} {one.unit.title} {decimal_text(one.unit.points)} points fills {', '.join(one.fills)}"
        for one in found.chosen
    ]
    return "\n".join(lines + [f"  - {one.code}: {why}" for one, why in found.left_out])
