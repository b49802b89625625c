"""What a person may say of one event over many stays: whom it concerns, and what it means for each of them."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Fate, Reason, Remainder
from ecvet.record import canonical, plain
from ecvet.terms import Identifier
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.mobility.actions.befalling import Choice, Concerned
from ecvet_platform.mobility.words import FATES, REASONS, REMAINDERS
from ecvet_platform.people.language import country as country_name


class WhomForm(forms.Form):
    """Which stays: by country, place, hosting institution and days. Nothing said means all that are not over."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    hosting = forms.ChoiceField(label=_("Hosting institution"), required=False)
    start = forms.DateField(label=_("Under way from"), required=False, widget=DateInput())
    end = forms.DateField(label=_("Under way until"), required=False, widget=DateInput())

    def __init__(self, *args: Any, countries: list[str], hosts: dict[Identifier, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((country_name(one), one) for one in countries if one)
        self.fields["country"].choices = [("", _("All countries")), *((one, name) for name, one in named)]  # type: ignore[attr-defined]
        self.fields["hosting"].choices = [("", _("all")), *hosts.items()]  # type: ignore[attr-defined]


class BefallForm(forms.Form):
    """One day, one reason, one note; an outcome for each stay."""

    on = forms.DateField(label=_("On which day"), widget=DateInput())
    reason = forms.TypedChoiceField(
        label=_("Reason"), choices=list(REASONS.items()), coerce=Reason, initial=Reason.FORCE_MAJEURE
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)

    def __init__(self, *args: Any, stays: tuple[Concerned, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays = stays
        for one in stays:
            self.fields[f"fate-{one.line.key}"] = forms.TypedChoiceField(
                label=_("What becomes of it"), choices=[(fate, FATES[fate]) for fate in one.fates], coerce=Fate,
                initial=one.usual,
            )  # fmt: skip
            self.fields[f"remainder-{one.line.key}"] = forms.TypedChoiceField(
                label=_("What was not reached"), required=False, coerce=Remainder, empty_value=None,
                choices=[("", _("not decided yet")), *REMAINDERS.items()],
            )  # fmt: skip

    def choices(self) -> dict[Identifier, Choice]:
        """What was decided for each stay."""
        data = self.cleaned_data
        return {
            one.line.thread: Choice(fate=data[f"fate-{one.line.key}"], remainder=data[f"remainder-{one.line.key}"])
            for one in self.stays
        }

    @property
    def rows(self) -> list[tuple[Concerned, forms.BoundField, forms.BoundField]]:
        """Each stay with its two fields."""
        return [(one, self[f"fate-{one.line.key}"], self[f"remainder-{one.line.key}"]) for one in self.stays]

    @property
    def mark(self) -> str:
        """What was looked at, as a short text: only exactly this is told."""
        return hashlib.sha256(canonical(plain({name: str(one) for name, one in self.cleaned_data.items()}))).hexdigest()
