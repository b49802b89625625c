"""What `ecvet accumulate` says of manual decisions and of units held in part: always, since neither may be hidden."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ecvet.cli.progress_told import headline, points_text, verdict

if TYPE_CHECKING:
    from ecvet.credit.accumulation import Progress
    from ecvet.credit.accumulation.override import Overridden, Override
    from ecvet.credit.accumulation.parts import InPart


def overrides_told(decided: "Overridden") -> tuple[dict[str, object], list[str]]:
    """Each decision with its author, reason, basis, scope and end; and the verdict that stands without them."""
    values = {
        "used": [_plain(one) for one in decided.used],
        "unused": [{**_plain(one), "why": why} for one, why in decided.unused],
        "decisive": decided.decisive,
        "without": verdict(decided.without),
    }
    lines = [f"  manual decision: {one}" for one in decided.used]
    lines += [f"  manual decision not used, since {why}: {one}" for one, why in decided.unused]
    if decided.used:
        lines.append(f"  without manual decisions: {headline(decided.without)}")
    return {"overrides": values}, lines


def _plain(one: "Override") -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "subject": one.subject,
        "accepts": one.accepts or None,
        "with_points": one.with_points,
        "by": one.by,
        "on": one.on.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "reason": dict(one.reason.texts),
        "legal_basis": one.legal_basis,
    }


def parts_told(
    in_part: Sequence["InPart"], progress: "Progress", *, complete: bool
) -> tuple[dict[str, object], list[str]]:
    """The units that are held only in part, and what is left to do of the cheapest completion."""
    from ecvet.credit.accumulation.parts import still_to_do

    values: dict[str, object] = {
        "in_part": [{"unit": one.unit, "has": points_text(one.has), "needs": points_text(one.needs),
                     "missing": list(one.missing)} for one in in_part],
    }  # fmt: skip
    lines = [f"  {one}" for one in in_part]
    if complete and progress.completion is not None:
        left = still_to_do(progress.completion, in_part)
        values["still_to_do"] = points_text(left)
        if left is not None and left != progress.completion.points:
            lines.append(f"  of the cheapest completion {points_text(left)} points are still to be done")
    return values, lines
