"""How an amount of points is written in a credential: value as text, credit system, framework (R-DATA-1).

The European Learning Model gives each credit point one framework concept and one value, which is a string. It has
concepts for ECVET and ECTS only; the points of another system are named by the system's code.
"""

from datetime import date

from ecvet.qualification.credit_systems import find_credit_system
from ecvet.record import Json
from ecvet.terms import Points, decimal_text


def credit_point(points: Points, on: date) -> dict[str, Json]:
    """One amount: `value` (text), `system` (code) and, if the system has one on that day, `framework` (IRI)."""
    system = find_credit_system(points.system, on)
    written: dict[str, Json] = {"value": decimal_text(points.value), "system": points.system}
    if system is not None and system.elm_framework is not None:
        written["framework"] = system.elm_framework
    return written
