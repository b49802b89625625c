"""What a person may type about institutions and memoranda; here what several forms share."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.errors import EcvetError
from ecvet_platform.people.telling import tell_all

T = TypeVar("T")


def parsed(parse: Callable[[str], T], text: str) -> T:
    """What was typed, read by the core; its refusal is shown at the field. Raises `ValidationError`."""
    try:
        return parse(text)
    except EcvetError as error:
        raise forms.ValidationError(tell_all(error)) from error


class DateInput(forms.DateInput):
    """A day, in the way browsers understand."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why a version is rejected or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DelegateForm(forms.Form):
    """The colleague to whom a signature is handed; `colleagues` are value and name of those who may sign."""

    to = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]


class TerminationForm(ReasonForm):
    """Why and when an agreement ends."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput())
