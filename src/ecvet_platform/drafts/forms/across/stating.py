"""What a person may type about any requirement across the tree, and the fields that several kinds have."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import across
from ecvet.qualification.across import Kind, Requirement
from ecvet.qualification.languages import said
from ecvet_platform.drafts.forms import lines, ordered
from ecvet_platform.qualifications.actions import Draft

Choices = Iterable[tuple[str, str]]
_WINDOWS: Final = ("points", "count", "share", "units")


def several(label: Any, **more: Any) -> forms.MultipleChoiceField:
    """Some of what the draft has: units, groups."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, **more)


def words(text: str) -> tuple[str, ...]:
    """Words of an institution's own, one in a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class RequirementForm(forms.Form):
    """What all requirements have: the rule in words, which is shown to whoever is refused by it."""

    text = lines(_("The rule in words"), help_text=_("As it stands in the law or the standard."))

    def __init__(self, *args: Any, units: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "text"])
        for name, choices in (("units_named", units), ("unit", units), ("needs", units), ("groups", groups)):
            if name in self.fields:
                known, initial = dict(choices), self.initial.get(name) or ()
                gone = [initial] if isinstance(initial, str) and initial else list(initial)
                self.fields[name].choices = list((known | {c: c for c in gone if c not in known}).items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Bounds in their order."""
        found: dict[str, Any] = super().clean() or {}
        for name in _WINDOWS:
            if f"least_{name}" in self.fields:
                ordered(self, f"least_{name}", f"most_{name}")
        return found

    def few(self, name: str, least: int) -> None:
        """Say at a field that too few are chosen."""
        if name not in self.errors and len(self.cleaned_data.get(name, ())) < least:
            self.add_error(name, gettext("Choose at least %(num)s.") % {"num": least})

    def values(self) -> dict[str, Any]:
        """The members of the requirement, as typed."""
        raise NotImplementedError

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """What the form shows of a requirement beside its words."""
        raise NotImplementedError

    def put(self, draft: Draft, kind: Kind, number_: int) -> Draft:
        """The draft with the requirement as typed. Raises `RequirementUnknown`."""
        item = draft.qualification
        language = item.title.authoritative
        before = across.requirement(item.rules, kind, number_) if number_ else None
        given = self.values()
        if "title" in self.fields:
            given["title"] = said(getattr(before, "title", None), language, self.cleaned_data["title"])
        given["text"] = said(before.text if before else None, language, self.cleaned_data["text"])
        made: Requirement = replace(before, **given) if before else across.TYPES[kind](**given)
        return replace(draft, qualification=replace(item, rules=across.stated(item.rules, made, number_)))
