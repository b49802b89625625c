"""Words of the register in the reader's language, for what has a fixed name in the code."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import OutcomeKind
from ecvet.qualification.combination import Role
from ecvet.qualification.fields_of_education import field_titled
from ecvet.terms import Points, Severity
from ecvet_platform.people.language import number

KINDS: Final[dict[OutcomeKind, str | Promise]] = {
    OutcomeKind.KNOWLEDGE: _("Knowledge"),
    OutcomeKind.SKILLS: _("Skills"),
    OutcomeKind.COMPETENCE: _("Competence"),
}

ROLES: Final[dict[Role, str | Promise]] = {
    Role.DEFINED: "",
    Role.FOREIGN: _("from another document"),
    Role.AREA: _("competence area"),
    Role.TITLE: _("title"),
    Role.BRANCH: _("alternative"),
}

SEVERITIES: Final[dict[Severity, str | Promise]] = {
    Severity.ERROR: _("To mend"),
    Severity.WARNING: _("Please look"),
    Severity.FLAG: _("For information"),
}

SYSTEMS: Final[dict[str, str | Promise]] = {
    "ecvet": _("ECVET points"),
    "ects": _("ECTS credits"),
    "fi-ov": _("Finnish study weeks"),
    "fi-osp": _("Finnish competence points"),
    "ee-ekap": _("Estonian VET credit points"),
    "mt-ecvet": _("Maltese ECVET credits"),
}
"""What the points of a credit system are called, by its code."""


def fields_said(codes: Iterable[str]) -> str:
    """Fields of education by code and title, in one line; an en dash where there are none."""
    found = [f"{code} {field.title}" if (field := field_titled(code)) else code for code in codes]
    return "; ".join(found) or "–"


def amount(points: Points | None, language: str | None = None) -> str:
    """Points with the name of their system; a system that has no name here is called by its code."""
    return "–" if points is None else _amount(str(points.value), points.system, language or get_language())


@lru_cache(maxsize=4096)
def _amount(value: str, system: str, _language: str | None) -> str:  # as text: 1.0 and 1 are equal, not written alike
    return f"{number(Decimal(value))} {SYSTEMS.get(system, system)}"
