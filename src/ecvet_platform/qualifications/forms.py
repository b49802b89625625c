"""What a person may hand in to the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A qualification file, uploaded or pasted."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(),
        help_text=_("YAML or JSON in the format ecvet/1, ePerusteet JSON, or openECVET XML."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or the text of the file"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    path = forms.CharField(
        label=_("Way of completing"), required=False, max_length=60,
        help_text=_("Only where a file describes several, for example ops or reformi."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("file") and not (found.get("text") or "").strip():
            raise forms.ValidationError(gettext("Choose a file, or paste its text."))
        return found

    def data_and_name(self) -> tuple[bytes, str]:
        """The bytes given, and what to call them."""
        given = self.cleaned_data.get("file")
        return (given.read(), given.name) if given else (self.cleaned_data["text"].encode(), gettext("pasted text"))
