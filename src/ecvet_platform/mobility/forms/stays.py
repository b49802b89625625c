"""What a person may type about a stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Outcome, Reason, Remainder, Verb, WhyNot
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.mobility.words import OUTCOMES, REASONS, REMAINDERS, VERBS, WHY_NOT

WITH_REASON = (Verb.INTERRUPT, Verb.END_EARLY, Verb.CANCEL)


class EventForm(forms.Form):
    """One thing that happened on one day."""

    verb = forms.TypedChoiceField(choices=list(VERBS.items()), coerce=Verb, widget=forms.HiddenInput)
    on = forms.DateField(label=_("On which day"), widget=DateInput())
    reason = forms.TypedChoiceField(
        label=_("Reason"), required=False, choices=[("", _("Choose a reason")), *REASONS.items()], coerce=Reason,
        empty_value=None,
    )  # fmt: skip
    remainder = forms.TypedChoiceField(
        label=_("What was not reached"), required=False, choices=[("", _("not decided yet")), *REMAINDERS.items()],
        coerce=Remainder, empty_value=None,
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        """An interruption, an early end and a cancellation have a reason."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("verb") in WITH_REASON and not found.get("reason"):
            self.add_error("reason", _("Choose the reason; it is kept with what happened."))
        return found


class ClosingForm(forms.Form):
    """Looking back: were the outcomes recognised, and what shall change."""

    on = forms.DateField(label=_("Closed on"), widget=DateInput())
    recognised = forms.TypedChoiceField(
        label=_("Were the outcomes recognised?"), choices=list(OUTCOMES.items()), coerce=Outcome,
        widget=forms.RadioSelect,
    )  # fmt: skip
    why_not = forms.TypedMultipleChoiceField(
        label=_("If not, or not fully: why?"), required=False, choices=list(WHY_NOT.items()), coerce=WhyNot,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    outcomes_suitable = forms.BooleanField(label=_("The outcomes were suitable"), required=False)
    documentation_sufficient = forms.BooleanField(label=_("The documentation was sufficient"), required=False)
    evaluation = forms.CharField(
        label=_("How did assessment, validation and recognition go?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    review = forms.CharField(
        label=_("What will be done better next time?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """What was not fully recognised has a cause."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("recognised") not in (None, Outcome.FULL) and not found.get("why_not"):
            self.add_error("why_not", _("Choose at least one cause."))
        return found
