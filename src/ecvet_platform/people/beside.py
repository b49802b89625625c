"""Two people wrote on one thing: both versions side by side, and whatever is taken over into what was typed.

What was typed is never lost: it stays in the form, and only the fields that somebody takes over change (7.5, case 32).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

TAKE: Final = "take"
"""The name under which a page sends the fields that are taken over."""

ALL: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """One field in which the two differ, as people read it."""

    name: str
    label: str
    theirs: str
    mine: str


def side_by_side(mine: forms.BaseForm, theirs: forms.BaseForm) -> tuple[Both, ...]:
    """The fields in which what was typed differs from the other version, in the order of the form."""
    found = []
    for bound in mine:
        if bound.name in theirs.fields:
            typed, saved = _said(bound, bound.value()), _said(bound, theirs[bound.name].value())
            if typed != saved:
                found.append(Both(name=bound.name, label=str(bound.label), theirs=saved, mine=typed))
    return tuple(found)


def taken(typed: QueryDict, theirs: forms.BaseForm, names: Iterable[str]) -> QueryDict:
    """What was typed, with the fields of these names as the other version has them; all of them for `ALL`."""
    wanted = set(names)
    found = typed.copy()
    found.pop(TAKE, None)
    for bound in theirs:
        if bound.name in wanted or ALL in wanted:
            value = _typed(bound.value())
            if value:
                found.setlist(bound.html_name, value)
            else:
                found.pop(bound.html_name, None)
    return found


def _typed(value: Any) -> list[str]:
    """A value as a browser would send it; nothing for what is empty or not ticked."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _said(bound: forms.BoundField, value: Any) -> str:
    choices = {str(one): str(text) for one, text in getattr(bound.field, "choices", ())}
    if isinstance(bound.field, forms.BooleanField):
        return _("yes") if value else "–"
    words = [choices.get(one, one.replace("\r\n", "\n")) for one in _typed(value) or [""]]
    return ", ".join(sorted(one for one in words if one)) or "–"
