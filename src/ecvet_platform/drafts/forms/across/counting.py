"""What a person may type about credit that counts: bounds over everything, grades, averages, ages, counting twice."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification.requirements import Common, Which, Window
from ecvet_platform.drafts.forms import amount, lines, number, ordered, window, windowed
from ecvet_platform.drafts.forms.across.stating import RequirementForm, several, words

_BOUNDED: Final = ("points", "count", "share")


class OverlayForm(RequirementForm):
    """A bound over the whole selection."""

    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("For example “46 points at level 3 or above”, “Residency”.")
    )
    level_from = number(_("Only credit at this level or above"), max_value=12)
    level_to = number(_("Only credit at this level or below"), max_value=12)
    origins = lines(
        _("Only credit from"), 2,
        help_text=_("Institutions by their identifier, or classes of institutions, one in a line."),
    )  # fmt: skip
    subjects = lines(_("Only credit on these subjects"), 2, help_text=_("One in a line."))
    units_named = several(_("Only these units"))
    grades = lines(_("Only credit with these grades"), 2, help_text=_("One in a line; for compensation."))
    recognised = forms.ChoiceField(
        label=_("Only credit that is"), required=False,
        choices=[("", _("recognised or achieved here")), ("yes", _("recognised from elsewhere")),
                 ("no", _("achieved here"))],
    )  # fmt: skip
    least_points = amount(_("At least so many points"))
    most_points = amount(_("At most so many points"))
    least_count = number(_("At least so many units"))
    most_count = number(_("At most so many units"))
    least_share = amount(_("At least this share of all points, in percent"), max_value=Decimal(100))
    most_share = amount(_("At most this share of all points, in percent"), max_value=Decimal(100))
    field_order = ("title",)

    def clean(self) -> dict[str, Any]:
        """A bound is needed; levels in their order."""
        found = super().clean()
        ordered(self, "level_from", "level_to")
        if not self.errors and all(found.get(f"{end}_{of}") is None for end in ("least", "most") for of in _BOUNDED):
            self.add_error("least_points", gettext("Say how much of it is needed, or how much may be there."))
        return found

    def values(self) -> dict[str, Any]:
        """What it looks at, and the bounds."""
        data = self.cleaned_data
        level = {name: None if data[name] is None else int(data[name]) for name in ("level_from", "level_to")}
        which = Which(
            **level, origins=words(data["origins"]), subjects=words(data["subjects"]),
            units=tuple(data["units_named"]), grades=words(data["grades"]),
            recognised={"yes": True, "no": False}.get(data["recognised"]),
        )  # fmt: skip
        share = window(data, "share")
        if share:
            share = Window(*(None if one is None else one / 100 for one in (share.minimum, share.maximum)))
        return {"which": which, "points": window(data, "points"), "count": window(data, "count"), "share": share}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        which = item.which
        share = item.share and Window(*(None if one is None else one * 100
                                        for one in (item.share.minimum, item.share.maximum)))  # fmt: skip
        return {
            "level_from": which.level_from, "level_to": which.level_to, "origins": "\n".join(which.origins),
            "subjects": "\n".join(which.subjects), "units_named": which.units, "grades": "\n".join(which.grades),
            "recognised": {True: "yes", False: "no"}.get(which.recognised, ""),
            **windowed("points", item.points), **windowed("count", item.count), **windowed("share", share or None),
        }  # fmt: skip


class MinimumGradeForm(RequirementForm):
    """Grades without which units do not count."""

    grades = lines(_("Grades that are enough"), help_text=_("One in a line."))
    units_named = several(_("For these units"), help_text=_("Choose none for all units."))
    field_order = ("grades", "units_named")

    def clean(self) -> dict[str, Any]:
        """At least one grade."""
        found = super().clean()
        if not words(found.get("grades", "")):
            self.add_error("grades", gettext("Name at least one grade."))
        return found

    def values(self) -> dict[str, Any]:
        """The grades and the units."""
        return {"grades": words(self.cleaned_data["grades"]), "units": tuple(self.cleaned_data["units_named"])}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"grades": "\n".join(item.grades), "units_named": item.units}


class AverageForm(RequirementForm):
    """An average of numeric grades."""

    at_least = forms.DecimalField(label=_("The average is at least"), max_digits=8, decimal_places=3)
    best = forms.DecimalField(label=_("The best grade of the scale"), max_digits=8, decimal_places=3, required=False)
    field_order = ("at_least", "best")

    def clean(self) -> dict[str, Any]:
        """The average lies within the scale."""
        found = super().clean()
        ordered(self, "at_least", "best")
        return found

    def values(self) -> dict[str, Any]:
        """The average and the best grade."""
        return {"at_least": self.cleaned_data["at_least"], "best": self.cleaned_data["best"]}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"at_least": item.at_least, "best": item.best}


class AgeForm(RequirementForm):
    """How long credit counts."""

    months = forms.IntegerField(label=_("Credit counts for so many months"), min_value=1, max_value=1200)
    units_named = several(_("For these units"), help_text=_("Choose none for all units."))
    field_order = ("months", "units_named")

    def values(self) -> dict[str, Any]:
        """The months and the units."""
        return {"months": self.cleaned_data["months"], "units": tuple(self.cleaned_data["units_named"])}

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"months": item.months, "units_named": item.units}


class DoubleCountForm(RequirementForm):
    """Groups between which units may count twice."""

    groups = several(_("Groups"))
    common = forms.ChoiceField(
        label=_("Its points in what lies over both"), widget=forms.RadioSelect, initial=Common.ONCE,
        choices=[(Common.ONCE.value, _("count once")), (Common.EACH.value, _("count from each of the two"))],
    )  # fmt: skip
    least_units = number(_("At least so many units in two groups"))
    most_units = number(_("At most so many units in two groups"))
    least_points = amount(_("At least so many points in two groups"))
    most_points = amount(_("At most so many points in two groups"))
    field_order = ("groups", "common")

    def clean(self) -> dict[str, Any]:
        """Two groups or more."""
        found = super().clean()
        self.few("groups", 2)
        return found

    def values(self) -> dict[str, Any]:
        """The groups and how much is shared."""
        data = self.cleaned_data
        return {"groups": tuple(data["groups"]), "common": Common(data["common"]), "units": window(data, "units"),
                "points": window(data, "points")}  # fmt: skip

    @staticmethod
    def shown(item: Any) -> dict[str, Any]:
        """All of it."""
        return {"groups": item.groups, "common": item.common.value, **windowed("units", item.units),
                **windowed("points", item.points)}  # fmt: skip
