"""What a person may type at the people's doors."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet_platform.people.actions.passkeys import LONGEST_NAME

CODE, CREDENTIAL, TO, AGAIN = "ecvet-code", "ecvet-credential", "ecvet-to", "ecvet-again"
"""Fields that go beside those of a page that was held back until a proof came."""


class SignInForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send you a link; you need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows now, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    """The same beside the fields of a page that was held back, under a name that none of them has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[CODE] = deepcopy(CodeForm.base_fields["code"])


class FirstCodeForm(CodeForm):
    """The first code of an app."""

    code = forms.CharField(
        label=_("Code"), help_text=_("The six digits that the app shows now."), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )  # fmt: skip


class NameForm(forms.Form):
    """What a passkey is called."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, for example “my phone” or “key on my key ring”."),
        max_length=LONGEST_NAME,
    )


class TokenForm(forms.Form):
    """For which program a token is."""

    name = forms.CharField(
        label=_("Name of the program"), max_length=100,
        help_text=_("So that you know it again, for example “student information system”."),
    )  # fmt: skip
