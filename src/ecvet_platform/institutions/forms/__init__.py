"""What a person may type about institutions and memoranda; here what several forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """A day, in the way browsers understand."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why a version is rejected or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class TerminationForm(ReasonForm):
    """Why and when an agreement ends."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput())
