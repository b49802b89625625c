"""What a person may type about the network."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.partnership import Competence
from ecvet_platform.federation.actions.connecting import written
from ecvet_platform.federation.actions.superior import MARKED
from ecvet_platform.institutions.forms.entering import FunctionForm
from ecvet_platform.institutions.words import FUNCTIONS

LONGEST: Final = 500


class AddressForm(forms.Form):
    """The address of a partner in the network."""

    entity = forms.CharField(
        label=_("Address of the partner in the network"), max_length=LONGEST,
        help_text=_("It begins with https:// and stands on the partner's page Network. Ask for it by e-mail."),
    )  # fmt: skip

    def clean_entity(self) -> str:
        """The address as it names an institution, however it was copied."""
        return written(self.cleaned_data["entity"])


class ProofForm(FunctionForm):
    """What a partner may do, as people here have seen proof of; nothing ticked: nothing is said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["functions"].required = False
        self.fields["functions"].label = _("It may (tick only what you have seen proof of)")
        self.fields["source"].label = _("Proof that you have seen")
        self.fields["source"].help_text = _("For example the decision or the register that says so, and its date.")

    def clean(self) -> dict[str, Any]:
        """Whoever says that a partner may do something says by which proof."""
        found = super().clean()
        if found.get("functions") and not found.get("source"):
            self.add_error("source", _("Say which proof you have seen, so that a colleague can look it up."))
        return found


class ConfirmForm(ProofForm):
    """The code as it was heard, and what the partner may do."""

    heard = forms.CharField(
        label=_("The code as you hear it"), max_length=80,
        help_text=_("Six groups of five digits. Spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    entity = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST)
    field_order = (  # type: ignore[assignment]
        "entity", "heard", "functions", "source", "start", "end", "qualifications",
    )  # fmt: skip

    def clean_entity(self) -> str:
        """The address as it was looked up."""
        return written(self.cleaned_data["entity"])


class CodeForm(forms.Form):
    """The code as it was heard, for an anchor or for a move."""

    entity = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST)
    heard = forms.CharField(
        label=_("The code as you hear it"), max_length=80,
        help_text=_("Six groups of five digits. Spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean_entity(self) -> str:
        """The address as it was looked up."""
        return written(self.cleaned_data["entity"])


class StatementForm(ProofForm):
    """What an institution here states as a superior, with marks that end on a day."""

    entity = forms.ChoiceField(label=_("About"))
    below = forms.BooleanField(
        label=_("It may itself vouch for others"), required=False,
        help_text=_("For a competent institution that vouches for its providers; not for a school."),
    )  # fmt: skip
    field_order = (  # type: ignore[assignment]
        "entity", "functions", "source", "start", "end", "qualifications", "below",
    )  # fmt: skip

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entity"].choices = [("", _("Choose")), *about]  # type: ignore[attr-defined]
        self.fields["functions"].label = _("Marks: it may")
        self.fields["end"].help_text = _("A mark needs a last day; give it anew before that day.")
        self.fields["functions"].choices = [(one.value, FUNCTIONS[one]) for one in MARKED]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A mark ends on a day: one without an end could never be taken back."""
        found = super().clean()
        if found.get("functions") and not found.get("end"):
            self.add_error("end", _("Say until when the marks hold. Give them anew before that day."))
        return found


class MoveForm(AddressForm):
    """Which institution moves, and to which address."""

    institution = forms.ChoiceField(label=_("Institution"))
    field_order = ("institution", "entity")

    def __init__(self, *args: Any, institutions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = institutions  # type: ignore[attr-defined]


def competences(form: FunctionForm) -> tuple[Competence, ...]:
    """What was ticked."""
    return form.competences() if form.cleaned_data["functions"] else ()


def initial_of(held: tuple[Competence, ...]) -> dict[str, Any]:
    """What the form shows of what was said before."""
    if not held:
        return {}
    return {**FunctionForm.of(held[0]), "functions": [one.function.value for one in held]}
