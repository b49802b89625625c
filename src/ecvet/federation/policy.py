"""Metadata policy of OpenID Federation 1.0 (6.1): what superiors demand of the metadata of those below them.

Policies merge from the anchor downwards, and what merges may only become stricter; then they are applied to the
metadata of the leaf. Operators that are not known are passed over, unless `metadata_policy_crit` names them
(`statement`). The order of the table is that in which operators are applied.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from ecvet.federation.trust_errors import PolicyContradicts, PolicyNotMet
from ecvet.saying import say

Policy: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By parameter: operators with their values. One policy for each type of entity."""

Metadata: TypeAlias = Mapping[str, Any]

OPERATORS: Final = ("value", "add", "default", "one_of", "subset_of", "superset_of", "essential")

_LISTS: Final = frozenset({"add", "one_of", "subset_of", "superset_of"})
_ABSENT: Final = object()


def merge(above: Policy, below: Policy) -> dict[str, dict[str, Any]]:
    """The policy of a superior together with that of the one below it. Raises `PolicyContradicts`."""
    merged = {parameter: _merged(parameter, one, below.get(parameter, {})) for parameter, one in above.items()}
    merged |= {parameter: _merged(parameter, one, {}) for parameter, one in below.items() if parameter not in above}
    return merged


def apply(policy: Policy, metadata: Metadata) -> dict[str, Any]:
    """The metadata as a policy lets it be. Raises `PolicyContradicts`, `PolicyNotMet`."""
    found = dict(metadata)
    for parameter, operators in policy.items():
        checked = _merged(parameter, operators, {})
        value = _applied(parameter, checked, found.pop(parameter, _ABSENT))
        if value is not _ABSENT:
            found[parameter] = value
    return found


def _merged(parameter: str, above: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for operator in OPERATORS:
        given = [_given(parameter, operator, one[operator]) for one in (above, below) if operator in one]
        if len(given) == 2:
            merged[operator] = _both(parameter, operator, given[0], given[1])
        elif given:
            merged[operator] = given[0]
    _check_together(parameter, merged)
    return merged


def _given(parameter: str, operator: str, value: Any) -> Any:
    if operator in _LISTS and not isinstance(value, list):
        raise PolicyContradicts(
            parameter=parameter, why=say("the value of {operator} is not a list", operator=operator)
        )
    if operator == "essential" and not isinstance(value, bool):
        raise PolicyContradicts(parameter=parameter, why=say("essential is neither true nor false"))
    if operator == "default" and value is None:
        raise PolicyContradicts(parameter=parameter, why=say("the default is null"))
    return value


def _both(parameter: str, operator: str, above: Any, below: Any) -> Any:
    match operator:
        case "value" | "default":
            if not _same(above, below):
                raise PolicyContradicts(
                    parameter=parameter, why=say("two superiors demand another {operator}", operator=operator)
                )
            return above
        case "add" | "superset_of":
            return above + [one for one in below if not _in(one, above)]
        case "one_of" | "subset_of":
            both = [one for one in above if _in(one, below)]
            if operator == "one_of" and not both:
                raise PolicyContradicts(parameter=parameter, why=say("no value is allowed by both superiors (one_of)"))
            return both
        case _:
            return above or below


Fit: TypeAlias = Callable[[Any, Any], bool]

_TOGETHER: Final[Mapping[tuple[str, str], tuple[Fit, str]]] = {
    ("value", "add"): (lambda value, add: _within(add, value), "what is added is not in the value"),
    ("value", "default"): (lambda value, _: value is not None, "the value is null, and there is a default"),
    ("value", "one_of"): (lambda value, one_of: _in(value, one_of), "the value is none of one_of"),
    ("value", "subset_of"): (lambda value, most: _within(value, most), "the value goes beyond subset_of"),
    ("value", "superset_of"): (lambda value, least: _within(least, value), "the value lacks some of superset_of"),
    ("value", "essential"): (lambda value, must: value is not None or not must, "the value is null but essential"),
    ("add", "one_of"): (lambda *_: False, "add and one_of cannot stand together"),
    ("add", "subset_of"): (lambda add, most: _within(add, most), "what is added goes beyond subset_of"),
    ("one_of", "subset_of"): (lambda *_: False, "one_of and subset_of cannot stand together"),
    ("one_of", "superset_of"): (lambda *_: False, "one_of and superset_of cannot stand together"),
    ("subset_of", "superset_of"): (lambda most, least: _within(least, most), "superset_of goes beyond subset_of"),
}
"""Which operators may stand together for one parameter, and when; pairs that are not here always may."""


def _check_together(parameter: str, merged: Mapping[str, Any]) -> None:
    for (left, right), (fits, why) in _TOGETHER.items():
        if left in merged and right in merged and not fits(merged[left], merged[right]):
            raise PolicyContradicts(parameter=parameter, why=why)


def _applied(parameter: str, operators: Mapping[str, Any], value: Any) -> Any:
    for operator, wanted in operators.items():
        match operator:
            case "value":
                value = _ABSENT if wanted is None else wanted
            case "add":
                held = [] if value is _ABSENT else _list(parameter, value)
                value = held + [one for one in wanted if not _in(one, held)]
            case "default":
                value = wanted if value is _ABSENT else value
            case "one_of" if value is not _ABSENT and not _in(value, wanted):
                raise PolicyNotMet(parameter=parameter, why=say("its value is none of those allowed"))
            case "subset_of" if value is not _ABSENT:
                value = [one for one in _list(parameter, value) if _in(one, wanted)]
            case "superset_of" if value is not _ABSENT and not _within(wanted, _list(parameter, value)):
                raise PolicyNotMet(parameter=parameter, why=say("it lacks a value that it must have"))
            case "essential" if wanted and value is _ABSENT:
                raise PolicyNotMet(parameter=parameter, why=say("it must be there"))
    return value


def _list(parameter: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise PolicyNotMet(parameter=parameter, why=say("it is not a list"))
    return value


def _within(inner: Any, outer: Any) -> bool:
    if not isinstance(inner, list) or not isinstance(outer, list):
        return False
    return all(_in(one, outer) for one in inner)


def _in(one: Any, many: list[Any]) -> bool:
    return any(_same(one, other) for other in many)


def _same(left: Any, right: Any) -> bool:
    """Equality of JSON: true is not 1."""
    return type(left) is type(right) and left == right
