"""What a person may say about a list of learners: the file, then which column is what and what they follow.

Between the two pages the list travels with the form, signed, so that nothing of it is kept before it is entered.
"""

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.mobility.roster import Column
from ecvet.terms import Identifier
from ecvet_platform.documents.sheets import Sheet
from ecvet_platform.documents.sheets.decoding import ENCODINGS
from ecvet_platform.documents.sheets.reading import MOST_BYTES
from ecvet_platform.mobility.errors import ListLost
from ecvet_platform.mobility.forms.learners import choices
from ecvet_platform.mobility.words import COLUMNS
from ecvet_platform.qualifications.actions import Line

_SALT: Final = "ecvet.mobility.roster"
_SECONDS: Final = 12 * 3600


class ListForm(forms.Form):
    """A list, as a file or as cells copied from a spreadsheet."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(),
        help_text=_("An Excel workbook (.xlsx) or CSV; the first row names the columns."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or cells copied from a spreadsheet"), required=False, strip=False, max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("If letters look wrong: how the file is encoded"), required=False,
        choices=[("", _("recognise it")), *((one, one.upper().replace("CP", "Windows-")) for one in ENCODINGS)],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two must be there, and not too large."""
        found: dict[str, Any] = super().clean() or {}
        given = found.get("file")
        if given is None and not (found.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or copy the cells of a spreadsheet."))
        if given is not None and given.size > MOST_BYTES:
            self.add_error("file", _("The file is too large for a list of learners. Bring a part of it."))
        return found

    def content(self) -> bytes:
        """The bytes given."""
        given = self.cleaned_data["file"]
        read: bytes = given.read() if given else self.cleaned_data["text"].encode("utf-8-sig")
        return read


class RosterForm(forms.Form):
    """Which column is what, and which qualification those follow whose line names none."""

    table = forms.CharField(widget=forms.HiddenInput)
    qualification = forms.ChoiceField(label=_("They follow the qualification"), required=False)

    def __init__(self, *args: Any, sheet: Sheet, qualifications: tuple[Line, ...], language: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.sheet = sheet
        self.fields["qualification"].choices = choices(qualifications, language)  # type: ignore[attr-defined]
        for number, name in enumerate(sheet.head):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=name or gettext("Column %(number)s") % {"number": number + 1}, required=False,
                choices=[("", _("leave out")), *COLUMNS.items()],
            )  # fmt: skip

    @property
    def column_fields(self) -> list[tuple[forms.BoundField, str]]:
        """The field of each column with what stands in its first lines."""
        return [
            (self[f"column-{number}"], ", ".join(cell for cell in cells[:3] if cell))
            for number, cells in enumerate(
                [[row[at] for _number, row in self.sheet.rows[:3]] for at in range(len(self.sheet.head))]
            )
        ]

    def columns(self) -> tuple[Column | None, ...]:
        """The columns as they were chosen."""
        chosen = (self.cleaned_data[f"column-{number}"] for number in range(len(self.sheet.head)))
        return tuple(Column(one) if one else None for one in chosen)

    def follows(self) -> Identifier | None:
        """The qualification chosen for all."""
        return Identifier(self.cleaned_data["qualification"]) if self.cleaned_data["qualification"] else None


def packed(sheet: Sheet) -> str:
    """A table as a text that travels with a form and cannot be changed on the way."""
    return signing.dumps([sheet.told, sheet.head, sheet.rows], salt=_SALT, compress=True)


def unpacked(text: str) -> Sheet:
    """The table that was packed. Raises `ListLost` for what is something else or older than half a day."""
    try:
        told, head, rows = signing.loads(text, salt=_SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise ListLost() from error
    return Sheet(head=tuple(head), rows=tuple((number, tuple(row)) for number, row in rows), told=told)
