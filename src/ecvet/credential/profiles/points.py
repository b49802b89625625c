"""How an amount of points is written in a credential: value as text, credit system, framework (R-DATA-1).

The European Learning Model gives each credit point one framework concept and one value, which is a string. It has
concepts for two systems only; a national system is named by its code and, if its profile has one, by its own concept.
"""

from typing import Final

from ecvet.record import Json
from ecvet.terms import CreditSystem, Points, decimal_text

ELM_FRAMEWORKS: Final = {
    "ecvet": "http://data.europa.eu/snb/education-credit/60b314e826",
    "ects": "http://data.europa.eu/snb/education-credit/6fcec5c5af",
}
"""The concepts of the ELM's controlled list of credit systems, by the code of the system."""


def credit_point(points: Points, system: CreditSystem | None = None) -> dict[str, Json]:
    """One amount of points: `value` (text), `system` (code) and, where there is one, `framework` (IRI)."""
    own = system.elm_framework if system is not None else None
    framework = own or ELM_FRAMEWORKS.get(points.system.lower())
    written: dict[str, Json] = {"value": decimal_text(points.value), "system": points.system}
    return {**written, "framework": framework} if framework else written
