"""What a person may type about requirements across the tree, one in a line, with the codes of units.

`B: A, C` B counts only with A and C; `B: A | C` with one of them; `A, B` together or not at all; `A, B, C` at most one
of them; `2: A, B, C` at most two.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import Combination
from ecvet.qualification.requirements import Barred, Corequisite, Prerequisite
from ecvet_platform.drafts.forms import lines
from ecvet_platform.qualifications.actions import Draft


class AcrossForm(forms.Form):
    """Units that need others, go together, or bar each other."""

    prerequisites = lines(
        _("What a unit needs"),
        help_text=_("“B: A, C” means that B counts only with A and C; “B: A | C” with one of them."),
    )  # fmt: skip
    corequisites = lines(_("What goes together"), help_text=_("“A, B” means both or neither."))
    barred = lines(
        _("What excludes each other"), help_text=_("“A, B, C” means at most one of them; “2: A, B, C” at most two.")
    )

    def clean_prerequisites(self) -> tuple[Prerequisite, ...]:
        """Each line has a unit, a colon, and what it needs."""
        found = []
        for line in _lines(self.cleaned_data["prerequisites"]):
            unit, colon, rest = (part.strip() for part in line.partition(":"))
            needs, any_of = _codes(rest.replace("|", ",")), "|" in rest
            if not (unit and colon and needs) or (any_of and "," in rest):
                raise _unreadable(line, "B: A, C")
            found.append(Prerequisite(unit=unit, needs=needs, any_of=any_of))
        return tuple(found)

    def clean_corequisites(self) -> tuple[Corequisite, ...]:
        """Each line has two units or more."""
        found = [(line, _codes(line)) for line in _lines(self.cleaned_data["corequisites"])]
        for line, codes in found:
            if len(codes) < 2:
                raise _unreadable(line, "A, B")
        return tuple(Corequisite(units=codes) for _line, codes in found)

    def clean_barred(self) -> tuple[Barred, ...]:
        """Each line has more units than may count."""
        found = []
        for line in _lines(self.cleaned_data["barred"]):
            number, colon, rest = (part.strip() for part in line.rpartition(":"))
            codes, most = _codes(rest), int(number) if number.isdecimal() else 1
            if (colon and not number.isdecimal()) or len(codes) <= most:
                raise _unreadable(line, "2: A, B, C")
            found.append(Barred(units=codes, at_most=most))
        return tuple(found)

    def edit(self, draft: Draft) -> Draft:
        """The draft with what was typed; what stays as it was keeps its text."""
        item, data = draft.qualification, self.cleaned_data
        new: dict[str, Any] = {
            name: tuple(_kept(one, getattr(item.rules, name)) for one in data[name]) for name in self.base_fields
        }
        return replace(draft, qualification=replace(item, rules=replace(item.rules, **new)))

    @staticmethod
    def of(rules: Combination) -> dict[str, Any]:
        """What the form shows of the rules."""
        return {
            "prerequisites": "\n".join(
                f"{one.unit}: {(' | ' if one.any_of else ', ').join(one.needs)}" for one in rules.prerequisites
            ),
            "corequisites": "\n".join(", ".join(one.units) for one in rules.corequisites),
            "barred": "\n".join(
                ("" if one.at_most == 1 else f"{one.at_most}: ") + ", ".join(one.units) for one in rules.barred
            ),
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for one in text.split(",") if (code := one.strip())))


def _unreadable(line: str, example: str) -> forms.ValidationError:
    return forms.ValidationError(
        gettext("“%(line)s” cannot be read. Write it like “%(example)s”.") % {"line": line[:80], "example": example}
    )


def _kept(new: Any, before: tuple[Any, ...]) -> Any:
    return next((one for one in before if replace(one, text=None) == new), new)
