"""What people type about guests and papers, and what a guest types to come in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Role, Task
from ecvet_platform.guests.words import INVITATIONS
from ecvet_platform.mobility.words import ROLES
from ecvet_platform.people.language import own_name


class InvitationForm(forms.Form):
    """Who is invited, for what, and in which language."""

    part = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For an assessor, as in the agreement."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link and the code go to this address only."))
    language = forms.ChoiceField(label=_("Language of the e-mails and the pages"))

    def __init__(self, *args: Any, parts: Iterable[tuple[Role, Task]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part, language = self.fields["part"], self.fields["language"]
        assert isinstance(part, forms.ChoiceField)
        assert isinstance(language, forms.ChoiceField)
        allowed = set(parts)
        part.choices = [(_key(*one), text) for one, text in INVITATIONS.items() if one in allowed]
        language.choices = [(code, own_name(code)) for code, _ in settings.LANGUAGES]

    @property
    def invited_for(self) -> tuple[Role, Task]:
        """Role and task that were chosen."""
        role, task = self.cleaned_data["part"].split("-")
        return Role(role), Task(task)


class PaperForm(forms.Form):
    """A scan of the version that waits for signatures."""

    role = forms.TypedChoiceField(label=_("Signed by hand as"), coerce=Role, widget=forms.RadioSelect)
    file = forms.FileField(label=_("Scan"), help_text=_("PDF, JPEG, PNG or WebP picture; at most 10 MB."))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, ROLES[role]) for role in roles]


class RefusalForm(forms.Form):
    """Why a scan is not accepted."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CodeForm(forms.Form):
    """The code of the second e-mail."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Six digits, from the newest e-mail."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


def _key(role: Role, task: Task) -> str:
    return f"{role.value}-{task.value}"
