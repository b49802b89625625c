"""What people type about guests and papers, and what a guest types to come in."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Role, Task
from ecvet.terms import Identifier
from ecvet_platform.guests.actions.inviting_many import Wanted
from ecvet_platform.guests.words import INVITATIONS
from ecvet_platform.mobility.words import ROLES
from ecvet_platform.people.language import own_name
from ecvet_platform.qualifications.naming import thread_of


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


class GroupInvitationForm(forms.Form):
    """Who is invited for each learner of a group; `lines` are the keys of the agreements with the learners' names."""

    language = forms.ChoiceField(label=_("Language of the e-mails and the pages"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def __init__(self, *args: Any, lines: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = tuple(lines)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [(code, own_name(code)) for code, _ in settings.LANGUAGES]
        for key, _called in self.lines:
            self.fields[f"name-{key}"] = forms.CharField(label=_("Name"), max_length=200, required=False)
            self.fields[f"email-{key}"] = forms.EmailField(label=_("E-mail address"), required=False)

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The learner's name with the two fields of the line."""
        return [(called, self[f"name-{key}"], self[f"email-{key}"]) for key, called in self.lines]

    def clean(self) -> dict[str, Any]:
        """An address belongs to a name."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("", *(f"-{key}" for key, _called in self.lines)):
            if found.get(f"email{name}") and not found.get(f"name{name}"):
                self.add_error(f"name{name}", gettext("Say who has this address."))
        return found

    def wanted(self) -> dict[Identifier, Wanted]:
        """Whom to invite, by the thread of the agreement; a line without an address takes the person for all."""
        data, found = self.cleaned_data, {}
        for key, _called in self.lines:
            name, email = data[f"name-{key}"], data[f"email-{key}"]
            if not email:
                name, email = data["name"], data["email"]
            if email:
                found[thread_of(key)] = Wanted(name=name, email=email)
        return found


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
