"""What a person may type about units that need, exclude or accompany each other, and about what is no unit."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet_platform.drafts.forms import amount, number
from ecvet_platform.drafts.forms.across.stating import RequirementForm, several


class BarredForm(RequirementForm):
    """Units of which only some count together."""

    units_named = several(_("Units"))
    at_most = number(_("So many of them count at most"), initial=1)
    field_order = ("units_named", "at_most")

    def clean(self) -> dict[str, Any]:
        """More units than may count."""
        found = super().clean()
        self.few("units_named", int(found.get("at_most") or 1) + 1)
        return found

    def values(self) -> dict[str, Any]:
        """The units and their number."""
        most = self.cleaned_data["at_most"]
        return {"units": tuple(self.cleaned_data["units_named"]), "at_most": 1 if most is None else int(most)}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"units_named": item.units, "at_most": item.at_most}


class PrerequisiteForm(RequirementForm):
    """A unit that needs others."""

    unit = forms.ChoiceField(label=_("This unit counts only for who holds"))
    any_of = forms.ChoiceField(label=_("How many of them"), widget=forms.RadioSelect, initial="all",
                               choices=[("all", _("all of these")), ("one", _("one of these"))])  # fmt: skip
    needs = several(_("Units that are needed"))
    field_order = ("unit", "any_of", "needs")

    def clean(self) -> dict[str, Any]:
        """At least one other unit."""
        found = super().clean()
        self.few("needs", 1)
        if found.get("unit") in found.get("needs", ()):
            self.add_error("needs", gettext("A unit cannot need itself."))
        return found

    def values(self) -> dict[str, Any]:
        """The unit and what it needs."""
        data = self.cleaned_data
        return {"unit": data["unit"], "needs": tuple(data["needs"]), "any_of": data["any_of"] == "one"}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"unit": item.unit, "needs": item.needs, "any_of": "one" if item.any_of else "all"}


class CorequisiteForm(RequirementForm):
    """Units that count together or not at all."""

    units_named = several(_("Units"))
    field_order = ("units_named",)

    def clean(self) -> dict[str, Any]:
        """Two units or more."""
        found = super().clean()
        self.few("units_named", 2)
        return found

    def values(self) -> dict[str, Any]:
        """The units."""
        return {"units": tuple(self.cleaned_data["units_named"])}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"units_named": item.units}


class ExemptionForm(RequirementForm):
    """A unit that may stand as met."""

    unit = forms.ChoiceField(label=_("Unit"))
    nominal_points = forms.BooleanField(label=_("Its points count"), required=False)
    field_order = ("unit", "nominal_points")

    def values(self) -> dict[str, Any]:
        """The unit, and whether its points count."""
        return {"unit": self.cleaned_data["unit"], "nominal_points": self.cleaned_data["nominal_points"]}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"unit": item.unit, "nominal_points": item.nominal_points}


class BesideUnitsForm(RequirementForm):
    """Hours of work, a placement, a certificate, a language."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Short, for records: WORK, FIRST-AID."))
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    amount = amount(_("How much of it"), initial=1)
    measure = forms.CharField(label=_("Measured in"), max_length=40, required=False, help_text=_("For example hours."))
    field_order = ("code", "title", "amount", "measure")

    def values(self) -> dict[str, Any]:
        """The code, the amount and its measure."""
        data = self.cleaned_data
        much = data["amount"]
        return {"code": data["code"], "amount": Decimal(1) if much is None else much, "measure": data["measure"]}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"code": item.code, "amount": item.amount, "measure": item.measure}
