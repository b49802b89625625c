"""What a learner answers to a wallet, and what somebody asks of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.credential.profiles.types import CertificateType
from ecvet_platform.credentials.words import TYPES


class AllowForm(forms.Form):
    """Which credential the wallet may have."""

    decision = forms.ChoiceField(label=_("What the wallet may have"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        first = {"decision": choices[0][0]} if len(choices) == 1 else {}
        super().__init__(*args, **{"initial": first, **kwargs})
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """What kind of credential is asked for, and whether with the name."""

    kind = forms.MultipleChoiceField(
        label=_("What you want to see"), choices=list(TYPES.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("If you choose both, the wallet shows one of them."),
    )  # fmt: skip
    named = forms.BooleanField(
        label=_("With the learner's name and date of birth"), required=False,
        help_text=_("Ask only if you must know who it is. The learner sees what you ask for, and decides."),
    )  # fmt: skip

    @property
    def kinds(self) -> tuple[CertificateType, ...]:
        """The kinds, in their usual order."""
        return tuple(one for one in CertificateType if one.value in self.cleaned_data["kind"])
