"""What a person may type or bring: a credential to be verified, or a decision about credentials."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credential.ended import Why
from ecvet.credential.formats.carriers import MAX_BYTES as MAX_FILE
from ecvet.credential.formats.sdjwt import MAX_BYTES
from ecvet.credential.status.standing import Verb
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.actions.bulk import Selection
from ecvet_platform.credentials.actions.status import named
from ecvet_platform.credentials.words import ENDS, VERBS
from ecvet_platform.credit.forms.fields import said, words
from ecvet_platform.institutions.forms import DateInput


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


class RenewForm(forms.Form):
    """Why the key is renewed, and for a compromised one until when it was safe."""

    why = forms.ChoiceField(label=_("Why the key ends"), choices=list(ENDS.items()), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Last day on which it was surely safe"), required=False, widget=DateInput(),
        help_text=_(
            "Only if somebody else may have the private key. What the key signed after that day will not be verified "
            "any more; issue it again. Empty means: until now."
        ),
    )  # fmt: skip

    def __init__(self, *given: Any, dated: bool = True, **more: Any) -> None:
        super().__init__(*given, **more)
        if not dated:  # a key of records never ends in the past
            del self.fields["until"]

    @property
    def reason(self) -> Why:
        """Why."""
        return Why(self.cleaned_data["why"])

    @property
    def back(self) -> datetime | None:
        """The end of the last safe day, in UTC; None where the key ends now."""
        day = self.cleaned_data.get("until")
        return datetime.combine(day, time(23, 59, 59), UTC) if day else None


class StatusForm(forms.Form):
    """Which credentials, what becomes of them, and why."""

    credentials = words(
        _("Credentials"), most=100_000,
        help_text=_("One in a line: the identifier, the SHA-256, or the address of its page."),
    )  # fmt: skip
    verb_of = forms.ChoiceField(label=_("What becomes of them"), choices=list(VERBS.items()), widget=forms.RadioSelect)
    why = words(_("Reason"), help_text=_("The learners read it. Write nothing in it about anybody else."))

    @property
    def named(self) -> tuple[str, ...]:
        """The credentials that are named."""
        return named(self.cleaned_data["credentials"])

    @property
    def verb(self) -> Verb:
        """What becomes of them."""
        return Verb(self.cleaned_data["verb_of"])

    @property
    def reason(self) -> LangString:
        """Why, in the language of the person."""
        return said(self.cleaned_data["why"])


class SelectionForm(forms.Form):
    """Which decisions: of what kind, about which qualification, made when."""

    kind = forms.ChoiceField(
        label=_("Decisions"), required=False, widget=forms.RadioSelect,
        choices=[
            ("", _("Both")), ("recognition", _("Recognitions of units")), ("award", _("Awards of qualifications")),
        ],
    )  # fmt: skip
    qualification = forms.ChoiceField(label=_("Qualification"), required=False)
    since = forms.DateField(label=_("Decided from"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Decided until"), required=False, widget=DateInput())

    def __init__(self, *given: Any, qualifications: Mapping[Identifier, LangString], **more: Any) -> None:
        super().__init__(*given, **more)
        named = sorted((title.in_(get_language() or "en", "en"), name) for name, title in qualifications.items())
        listed = self.fields["qualification"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [("", _("All")), *((name, title) for title, name in named)]

    def clean(self) -> dict[str, Any]:
        """The days are in their order."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return found

    @property
    def selection(self) -> Selection:
        """What was chosen."""
        said = self.cleaned_data
        return Selection(
            kind=said["kind"], qualification=Identifier(said["qualification"]) if said["qualification"] else None,
            since=said["since"], until=said["until"],
        )  # fmt: skip
