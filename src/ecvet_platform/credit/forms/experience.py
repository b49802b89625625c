"""Where something was learned, place by place: each with its organisation and its time, and room for more."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.portfolio import Experience
from ecvet.terms import LangString, Period
from ecvet_platform.credit.forms.fields import DateInput, said, words

MORE: Final = 2
"""Empty places after those that are there; who needs more keeps these and comes again."""

_NAMES: Final = ("experience", "organisation", "from", "until")


class ExperienceForm(forms.Form):
    """The fields of place n are experience_n, organisation_n, from_n and until_n; an emptied place is taken out.

    What somebody else wrote in other languages stays where the text that is shown was not changed.
    """

    def __init__(self, data: Any = None, *, experience: Iterable[Experience] = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.before = tuple(experience)
        for n in range(len(self.before) + MORE):
            one = self.before[n] if n < len(self.before) else None
            when = one.period if one else None
            self.fields[f"experience_{n}"] = words(
                _("Where it was learned"), required=False, rows=2,
                help_text=_("Work, voluntary work, family, courses. It is context and never changes the decision."),
            )  # fmt: skip
            self.fields[f"organisation_{n}"] = forms.CharField(label=_("Organisation"), required=False, max_length=300)
            self.fields[f"from_{n}"] = forms.DateField(label=_("First day"), required=False, widget=DateInput())
            self.fields[f"until_{n}"] = forms.DateField(
                label=_("Last day"), required=False, widget=DateInput(), help_text=_("Empty while it goes on.")
            )
            shown = (_shown(one.description), one.organisation) if one else ("", "")
            values = (*shown, when.start if when else None, when.end if when else None)
            for name, value in zip(_NAMES, values, strict=True):
                self.fields[f"{name}_{n}"].initial = value

    @property
    def learned_at(self) -> Iterator[tuple[int, bool, tuple[BoundField, ...]]]:
        """Each place by its number from one on, whether it is there already, and its fields."""
        for n in range(len(self.before) + MORE):
            yield n + 1, n < len(self.before), tuple(self[f"{name}_{n}"] for name in _NAMES)

    @property
    def told(self) -> tuple[Experience, ...]:
        """The places that were described."""
        return tuple(one for n in range(len(self.before) + MORE) if (one := self._place(n)) is not None)

    def clean(self) -> dict[str, Any]:
        """Who names an organisation or a time says what was done there; the last day does not lie before the first."""
        data = super().clean() or {}
        for n in range(len(self.before) + MORE):
            start, end = data.get(f"from_{n}"), data.get(f"until_{n}")
            described = str(data.get(f"experience_{n}") or "").strip()
            if not described and n >= len(self.before) and (data.get(f"organisation_{n}") or start or end):
                self.add_error(f"experience_{n}", _("Say what was done there, or empty the fields of this place."))
            if end and not start:
                self.add_error(f"from_{n}", _("A last day needs a first one."))
            elif start and end and end < start:
                self.add_error(f"until_{n}", _("The last day lies before the first. Correct one of the two."))
        return data

    def _place(self, n: int) -> Experience | None:
        data, kept = self.cleaned_data, self.before[n].description if n < len(self.before) else None
        text = data[f"experience_{n}"].strip()
        if not text:
            return None
        same = kept is not None and text == _shown(kept).strip()
        return Experience(
            description=kept if same and kept is not None else said(text),
            organisation=data[f"organisation_{n}"].strip(),
            period=Period(data[f"from_{n}"], data[f"until_{n}"]) if data[f"from_{n}"] else None,
        )  # fmt: skip


def _shown(text: LangString) -> str:
    return text.in_(get_language() or "en", "en").replace("\r\n", "\n")
