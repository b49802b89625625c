"""What a person may type about one place of the rules of combination."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.qualification.combination import Group, Node, OpenSlot, Role, Surplus, UnitPlace
from ecvet.qualification.editing import changed, place
from ecvet.qualification.languages import said
from ecvet.qualification.requirements import Window
from ecvet_platform.drafts.forms import amount, lines, number, ordered, window, windowed
from ecvet_platform.drafts.words import ROLES, SURPLUSES
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words.rules import SORTS

_BOUNDS: Final = ("points", "count", "units", "choose")


class PlaceForm(forms.Form):
    """What all places have: a text, bounds of points, and whether they are compulsory."""

    compulsory = forms.BooleanField(label=_("Compulsory"), required=False)
    least_points = amount(_("At least so many points"))
    most_points = amount(_("At most so many points"))
    text = lines(_("The rule in words"))

    def clean(self) -> dict[str, Any]:
        """Bounds in their order."""
        found: dict[str, Any] = super().clean() or {}
        for name in _BOUNDS:
            if f"least_{name}" in self.fields:
                ordered(self, f"least_{name}", f"most_{name}")
        return found

    def node(self, before: Node, language: str) -> Node:
        """The place as typed."""
        data = self.cleaned_data
        given: dict[str, Any] = {name: window(data, name) for name in _BOUNDS if f"least_{name}" in self.fields}
        given |= {name: data[name] for name in ("unit", "compulsory", "code") if name in data}
        given["text"] = said(before.text, language, data["text"])
        if "title" in data:
            given["title"] = said(before.title, language, data["title"])
        if "role" in data:
            given |= {"role": Role(data["role"]), "surplus": Surplus(data["surplus"]) if data["surplus"] else None}
        if "accepts" in data:
            given["accepts"] = tuple(dict.fromkeys((*data["accepts"], *data["accepts_more"].split())))
        return replace(before, **given)

    def edit(self, draft: Draft, name: str) -> Draft:
        """The draft with the place as typed."""
        item = draft.qualification
        root = item.rules.root
        new = self.node(place(root, name).node, item.title.authoritative)
        return replace(draft, qualification=replace(item, rules=replace(item.rules, root=changed(root, name, new))))


class UnitPlaceForm(PlaceForm):
    """A place for a unit."""

    unit = forms.ChoiceField(label=_("Unit"))
    title = forms.CharField(
        label=_("Title"), required=False, max_length=300, help_text=_("Only where it is called otherwise here.")
    )
    field_order = ("unit", "title", "compulsory")


class OpenSlotForm(PlaceForm):
    """A place for credit from outside the qualification."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    least_count = number(_("At least so many pieces"))
    most_count = number(_("At most so many pieces"))
    accepts = forms.MultipleChoiceField(
        label=_("Meant for"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(SORTS.items()),
        help_text=_("Choose none for anything."),
    )  # fmt: skip
    accepts_more = lines(_("Meant also for"), 2, help_text=_("Kinds of credit by words of your own, one in a line."))
    field_order = ("title", "accepts", "accepts_more", "compulsory")


class GroupForm(PlaceForm):
    """A group of places."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    role = forms.ChoiceField(label=_("What the group is"), choices=list(ROLES.items()))
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=_("Of the competence area or title that it stands for."),
    )
    least_count = number(_("At least so many of its parts"))
    most_count = number(_("At most so many of its parts"))
    least_units = number(_("At least so many units in it"))
    most_units = number(_("At most so many units in it"))
    least_choose = number(_("Choose at least so many of its alternatives"))
    most_choose = number(_("Choose at most so many of its alternatives"))
    surplus = forms.ChoiceField(label=_("Points above the most"), required=False, choices=list(SURPLUSES.items()))
    field_order = ("title", "role", "code", "compulsory", "least_points", "most_points", "surplus")


_FORMS: Final[dict[type, type[PlaceForm]]] = {UnitPlace: UnitPlaceForm, OpenSlot: OpenSlotForm, Group: GroupForm}


def place_form(data: Any, node: Node, language: str, units: Iterable[tuple[str, str]]) -> PlaceForm:
    """The form of a place, by its kind."""
    form = _FORMS[type(node)](data, initial=_of(node, language))
    if isinstance(node, UnitPlace):
        form.fields["unit"].choices = list(dict([*units, (node.unit, dict(units).get(node.unit, node.unit))]).items())  # type: ignore[attr-defined]
    return form


def _of(node: Node, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"compulsory": node.compulsory, "text": node.text.in_(language) if node.text else ""}
    found["title"] = node.title.in_(language) if node.title else ""
    for name in _BOUNDS:
        bounds = getattr(node, name, None)
        if isinstance(bounds, Window):
            found |= windowed(name, bounds)
    if isinstance(node, UnitPlace):
        found["unit"] = node.unit
    if isinstance(node, OpenSlot):
        found["accepts"] = [one for one in node.accepts if one in SORTS]
        found["accepts_more"] = "\n".join(one for one in node.accepts if one not in SORTS)
    if isinstance(node, Group):
        found |= {"role": node.role.value, "code": node.code, "surplus": node.surplus.value if node.surplus else ""}
    return found
