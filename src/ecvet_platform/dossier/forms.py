"""What a learner types to show documents or ask for erasure, and what an institution answers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.credit.erasure import Ground, Refusal
from ecvet_platform.credit.forms.fields import DateInput, words
from ecvet_platform.dossier.words import GROUNDS
from ecvet_platform.journal import clock

USUAL_DAYS = 30


class ShareForm(forms.Form):
    """Which documents, to whom, for what, until when."""

    items = forms.MultipleChoiceField(label=_("What you show"), widget=forms.CheckboxSelectMultiple)
    recipient = forms.CharField(
        label=_("Who it is for"), max_length=200, help_text=_("For yourself, to know the link again.")
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=300, help_text=_("Whoever opens the link reads this.")
    )
    until = forms.DateField(
        label=_("Shown until"), widget=DateInput(), help_text=_("At most a year. You can end it at any time before.")
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"until": clock.today() + timedelta(days=USUAL_DAYS)}, **kwargs})
        self.fields["items"].choices = items  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A request for erasure, in words or without."""

    words = words(_("Anything you want to say"), required=False, help_text=_("You need not give a reason."))


class RefusalForm(forms.Form):
    """Why erasure is refused, and what the learner can do."""

    ground = forms.ChoiceField(label=_("Ground"), choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    reason = words(_("Reason"), help_text=_("Write it for the learner: which law, or what is still running."))
    remedy = words(
        _("What the learner can do"),
        help_text=_("When to ask again, and whom to turn to; in the Union always the data protection authority."),
    )

    @property
    def refusal(self) -> Refusal:
        """The answer no."""
        data = self.cleaned_data
        return Refusal(ground=Ground(data["ground"]), reason=data["reason"], remedy=data["remedy"])
