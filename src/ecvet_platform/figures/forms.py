"""What a person may choose: the days, or the year, that are counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet_platform.figures.actions import FIRST_YEAR


class DateInput(forms.DateInput):
    """A day, in the way browsers understand."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Two days, for who counts the own."""

    since = forms.CharField(label=_("First day"), required=False, max_length=10, widget=DateInput())
    until = forms.CharField(label=_("Last day"), required=False, max_length=10, widget=DateInput())


class YearForm(forms.Form):
    """A year, for who counts everything."""

    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(one), str(one)) for one in range(this_year, FIRST_YEAR - 1, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
