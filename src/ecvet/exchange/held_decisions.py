"""Manual decisions and sub-areas beside held credit, as the members “overrides” and “parts” of its JSON.

`{"overrides": [{"kind": "waive", "subject": "100114", "by": "https://school.example/", "on": "2025-01-31",
"reason": "illness", "legal_basis": "Act 531/2017, § 66", "until": "2025-12-31"}],
"parts": [{"unit": "400012", "sub_area": "AI", "points": "4"}]}`; a decision of kind “accept” names in “accepts” the
held unit that stands for the subject.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from ecvet.credit.accumulation.override import Kind, Override
from ecvet.credit.accumulation.parts import PartHeld
from ecvet.errors import EcvetError
from ecvet.exchange.errors import OverrideUnreadable, PartUnreadable
from ecvet.terms import LangString, decimal, decimal_text, identifier

DECISIONS: Final = frozenset({"overrides", "parts"})
Read = TypeVar("Read")


def read_overrides(tree: Any, name: str) -> tuple[Override, ...]:
    """Manual decisions from parsed JSON. Raises `OverrideUnreadable`, and `OverrideWithoutBasis`."""
    known = {"kind", "subject", "by", "on", "reason", "legal_basis", "accepts", "with_points", "until"}
    return _each(tree, name, known, _override, OverrideUnreadable)


def read_parts(tree: Any, name: str) -> tuple[PartHeld, ...]:
    """Sub-areas of units from parsed JSON. Raises `PartUnreadable`."""
    return _each(tree, name, {"unit", "sub_area", "points"}, _part, PartUnreadable)


def _each(
    tree: Any, name: str, known: set[str], read: Callable[[Any], Read], refused: type[EcvetError]
) -> tuple[Read, ...]:
    if not isinstance(tree, list):
        raise refused(file=name, number=1, why="they are no list")
    found = []
    for number, one in enumerate(tree, 1):
        if not isinstance(one, dict):
            raise refused(file=name, number=number, why="it is no object")
        if strange := sorted(one.keys() - known):
            raise refused(file=name, number=number, why=f"it has an unknown member “{strange[0][:40]}”")
        try:
            found.append(read(one))
        except KeyError as error:
            raise refused(file=name, number=number, why=f"“{error.args[0]}” is missing") from error
        except (TypeError, ValueError) as error:
            if isinstance(error, EcvetError):
                raise
            raise refused(file=name, number=number, why=f"a member is odd ({error})") from error
    return tuple(found)


def _override(one: dict[str, Any]) -> Override:
    reason, accepts, until, points = one["reason"], one.get("accepts"), one.get("until"), one.get("with_points", False)
    if not isinstance(points, bool):
        raise ValueError("“with_points” is neither true nor false")
    return Override(
        kind=Kind(_text(one["kind"], "kind")),
        subject=_text(one["subject"], "subject"),
        by=identifier(_text(one["by"], "by")),
        on=date.fromisoformat(_text(one["on"], "on")),
        reason=LangString.of(reason if isinstance(reason, dict) else {"en": _text(reason, "reason")}),
        legal_basis=_text(one["legal_basis"], "legal_basis"),
        accepts="" if accepts is None else _text(accepts, "accepts"),
        with_points=points,
        until=None if until is None else date.fromisoformat(_text(until, "until")),
    )


def _part(one: dict[str, Any]) -> PartHeld:
    points = decimal(decimal_text(decimal(_text(one["points"], "points"))))
    return PartHeld(unit=_text(one["unit"], "unit"), sub_area=_text(one["sub_area"], "sub_area"), points=points)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{name}” is no text")
    return value
