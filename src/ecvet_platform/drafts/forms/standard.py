"""What a person may type about an outcome that the standard of a qualification demands."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RequiredForm(forms.Form):
    """One required outcome."""

    text = forms.CharField(
        label=_("The learner …"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the standard demands of everybody who gets the qualification; some unit must contain it."),
    )  # fmt: skip
