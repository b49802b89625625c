"""Fields that several forms have: days, words in the reader's language, reasons with their code."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ecvet.credit.decision import Reason, ReasonCode
from ecvet.terms import LangString
from ecvet_platform.credit.words import REASONS


class DateInput(forms.DateInput):
    """A day, in the way browsers understand."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def words(
    label: Any, *, help_text: Any = "", required: bool = True, rows: int = 3, most: int = 4000
) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def said(text: str) -> LangString:
    """What was typed, in the language in which the person reads."""
    return LangString.of({(translation.get_language() or "en"): text})


def said_if(text: str) -> LangString | None:
    """What was typed; None where nothing was."""
    return said(text) if text.strip() else None


class ReasonFields(forms.Form):
    """Why less than everything is granted: a code to count by, and words for the learner."""

    reason_code = forms.ChoiceField(label=_("Reason"), required=False, choices=[("", "–"), *REASONS.items()])
    reason_text = words(
        _("Reason in words"), required=False,
        help_text=_("Needed when less is granted than was agreed and achieved. Write it for the learner."),
    )  # fmt: skip

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reason, if one was given."""
        code, text = self.cleaned_data["reason_code"], self.cleaned_data["reason_text"]
        if not code and not text.strip():
            return ()
        return (Reason(code=ReasonCode(code or ReasonCode.OTHER), text=said(text or str(REASONS[code]))),)
