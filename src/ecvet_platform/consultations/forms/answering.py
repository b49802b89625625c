"""What a stakeholder types: an opinion and a comment at each place of one part, and how to be named."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.qualification.consultation import Opinion, Place, View
from ecvet.terms import LangString
from ecvet_platform.consultations.words import OPINIONS


class PartForm(forms.Form):
    """The places of one part. The fields of place n are opinion_n and comment_n."""

    def __init__(self, *args: Any, places: tuple[Place, ...], views: Mapping[str, View], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places, self.before = places, views
        for number, place in enumerate(places):
            view = views.get(place.key)
            self.fields[f"opinion_{number}"] = forms.ChoiceField(
                label=_("Your opinion"), choices=list(OPINIONS.items()), widget=forms.RadioSelect, required=False,
                initial=(view.opinion if view else Opinion.NONE).value,
            )  # fmt: skip
            self.fields[f"comment_{number}"] = forms.CharField(
                label=_("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
                initial=_words(view),
            )  # fmt: skip

    @property
    def grid(self) -> Iterator[tuple[Place, BoundField, BoundField]]:
        """Each place with its two fields."""
        for number, place in enumerate(self.places):
            yield place, self[f"opinion_{number}"], self[f"comment_{number}"]

    @property
    def views(self) -> tuple[View, ...]:
        """What is said now. A comment that did not change keeps the language in which it was written."""
        return tuple(
            View(
                place=place.key, opinion=Opinion(self.cleaned_data[f"opinion_{number}"] or Opinion.NONE),
                comment=self._comment(place, self.cleaned_data[f"comment_{number}"]),
            )
            for number, place in enumerate(self.places)
        )  # fmt: skip

    def _comment(self, place: Place, text: str) -> LangString | None:
        text, before = text.strip().replace("\r\n", "\n"), self.before.get(place.key)
        if before is not None and before.comment is not None and _words(before) == text:
            return before.comment
        return LangString.of({get_language() or "en": text}) if text else None


class SubmitForm(forms.Form):
    """Handing the answer in."""

    anonymous = forms.BooleanField(
        label=_("Show neither my name nor my organisation, group or country beside what I say"), required=False,
        help_text=_(
            "The office knows that you have answered, and sees what you say without a name. The language in which you "
            "write, and what you tell, may still give you away."
        ),
    )  # fmt: skip


def _words(view: View | None) -> str:
    if view is None or view.comment is None:
        return ""
    return view.comment.in_(view.comment.authoritative).replace("\r\n", "\n")
