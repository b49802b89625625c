"""What a person may type or bring to have a credential verified."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.credential.formats.carriers import MAX_BYTES as MAX_FILE
from ecvet.credential.formats.sdjwt import MAX_BYTES


class VerifyForm(forms.Form):
    """A file or a text; the file goes first."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "It ends in .sd-jwt, .json or .jsonld, or it is a PDF or a badge (PNG, SVG) that carries a credential."
        ),
    )
    text = forms.CharField(
        label=_("Or its text"), required=False, widget=forms.Textarea(attrs={"rows": 4}), strip=True,
        help_text=_("Paste the whole text; it is long and contains the sign ~."), max_length=2 * MAX_BYTES,
    )  # fmt: skip

    @property
    def given(self) -> bytes:
        """The bytes to be verified; of a file no more is read than any credential has."""
        file = self.cleaned_data["file"]
        return bytes(file.read(MAX_FILE + 1)) if file else self.cleaned_data["text"].encode()
