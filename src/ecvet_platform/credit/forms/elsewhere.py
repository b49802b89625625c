"""Forms for files of universities: which file, then what a person says having looked at it.

Between the two pages the file travels with the form, signed, so that nothing of it is kept before that.
"""

import base64
from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from ecvet_platform.credit.actions.elsewhere import MOST_BYTES
from ecvet_platform.credit.errors import FileLost

_SALT: Final = "ecvet.credit.elsewhere"
_SECONDS: Final = 12 * 3600


class ElmoForm(forms.Form):
    """A transcript as a university's system hands it out."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(),
        help_text=_("An ELMO transcript (XML), as EMREX or Erasmus Without Paper hand it out; at most 1 MB."),
    )  # fmt: skip

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of the file."""
        given = self.cleaned_data["file"]
        return given.read(MOST_BYTES + 1), given.name or "file.xml"


class PutForm(forms.Form):
    """That the file is to be put into the portfolio, and that it is about the learner where the names differ."""

    packed = forms.CharField(widget=forms.HiddenInput)
    same = forms.BooleanField(label=_("I have compared: the file is about this learner"), required=False)

    def __init__(self, *args: Any, differs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not differs:
            del self.fields["same"]


def packed(data: bytes, name: str) -> str:
    """A file as a text that travels with a form and cannot be changed on the way."""
    return signing.dumps([base64.b64encode(data).decode(), name], salt=_SALT, compress=True)


def unpacked(text: str) -> tuple[bytes, str]:
    """The file that was packed. Raises `FileLost` for what is something else or older than half a day."""
    try:
        data, name = signing.loads(text, salt=_SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise FileLost() from error
    return base64.b64decode(data), str(name)
