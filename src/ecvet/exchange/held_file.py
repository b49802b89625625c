"""Held credit as JSON: `{"units": {"CODE": "POINTS"}, "other_units_points": ["5"]}`, points null for those of
the qualification. Amounts are texts or exact JSON numbers, and 35.0 is 35.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from ecvet.credit.accumulation.held import Held
from ecvet.exchange.errors import HeldUnreadable
from ecvet.saying import say
from ecvet.terms import decimal, decimal_text

MEMBERS = frozenset({"units", "other_units_points"})


def read_held(tree: Any, name: str) -> Held:
    """Held credit from parsed JSON, with numbers as texts. `name` speaks of the file or line.

    Raises `HeldUnreadable`, `NotPoints`.
    """
    if not isinstance(tree, dict) or not isinstance(tree.get("units", {}), dict):
        raise HeldUnreadable(file=name, why=say("it has no object “units”"))
    strange = sorted(tree.keys() - MEMBERS)
    if strange:
        raise HeldUnreadable(file=name, why=say("it has an unknown member “{strange}”", strange=strange[0][:40]))
    units, other = tree.get("units", {}), tree.get("other_units_points", [])
    amounts = [*units.values(), *(other if isinstance(other, list) else [other])]
    if not isinstance(other, list) or not all(one is None or isinstance(one, str) for one in amounts) or None in other:
        raise HeldUnreadable(file=name, why=say("an amount of points is neither a number nor a text"))
    return Held.of(
        {code: None if points is None else _amount(points) for code, points in units.items()}, map(_amount, other)
    )


@lru_cache(maxsize=4096)
def _amount(text: str) -> Decimal:
    return decimal(decimal_text(decimal(text)))
