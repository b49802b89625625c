"""What may be typed about the people of an institution: what it demands of them, and why staff must look."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ecvet_platform.people.actions.staff import MINUTES
from ecvet_platform.people.roles import Role


class DemandForm(forms.Form):
    """The roles for which a second factor is needed."""

    demanded = forms.MultipleChoiceField(
        label=_("A second factor is needed of"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("A passkey, or the code of an authenticator app. Who has none sets one up at the next visit."),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Iterable[tuple[Role, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["demanded"].choices = list(roles)  # type: ignore[attr-defined]

    def chosen(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(Role(one) for one in self.cleaned_data["demanded"])


class StaffForm(forms.Form):
    """Why staff must look, and for how long."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The learners at whom you look read this sentence."),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=_("For how long"), coerce=int, widget=forms.RadioSelect,
        choices=lambda: [(one, ngettext("%(num)s minute", "%(num)s minutes", one) % {"num": one}) for one in MINUTES],
    )  # fmt: skip
