"""What a person may type at the people's doors."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send you a link; you need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
