"""What somebody may say to hold, to try a draft with: units with their circumstances, other credit, what is no unit."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.credit.accumulation import Held, Piece
from ecvet.qualification import Qualification
from ecvet.qualification.combination import Group, walk
from ecvet.qualification.reading import READINGS, S1
from ecvet_platform.drafts.forms import amount, day, number
from ecvet_platform.drafts.words import READ
from ecvet_platform.qualifications.words.rules import SORTS

OTHERS: Final = 3
_OF_A_PIECE: Final = ("points", "level", "origin", "subject", "grade", "gained", "recognised")


class TrialForm(forms.Form):
    """A made-up learner. One box for each unit; what else matters about a piece of credit can be unfolded."""

    def __init__(self, data: Any, *, item: Qualification, units: dict[str, str], groups: dict[str, str]) -> None:
        super().__init__(data)
        self.item = item
        self.units = [(at, units.get(link.code, link.code)) for at, link in enumerate(item.units)]
        choosing = {one.id for one in walk(item.rules.root) if isinstance(one.node, Group) and one.node.role.chooses}
        for at, name in self.units:
            self.fields[f"held-{at}"] = forms.BooleanField(label=name, required=False)
            self._piece(f"unit-{at}", name)
        for at in range(OTHERS):
            self._piece(f"other-{at}", gettext("Credit from elsewhere %(num)s") % {"num": at + 1})
            self.fields[f"other-{at}-sort"] = forms.ChoiceField(
                label=gettext("Kind"), required=False, choices=[("", "–"), *SORTS.items()]
            )
        for at, one in enumerate(item.rules.non_unit):
            name = f"{one.title or one.code} ({one.measure})" if one.measure else str(one.title or one.code)
            self.fields[f"beside-{at}"] = amount(name)
        self._boxes("exempt", _("Exempted from"), [(r.unit, units.get(r.unit, r.unit)) for r in item.rules.exemptions])
        self._boxes("declared", _("Declared"), [(one, groups.get(one, one)) for one in groups if one in choosing])
        self.fields["reading"] = forms.ChoiceField(
            label=_("How the rules are read"),
            required=False,
            choices=[(name, READ[name]) for name in READINGS],
            help_text=_("Strictly, points above a maximum may not be there, and open places take only what they name."),
        )

    def pieces(self, start: str) -> list[forms.BoundField]:
        """The fields about one piece of credit."""
        return [self[name] for name in self.fields if name.startswith(f"{start}-")]

    def held(self) -> Held:
        """What the made-up learner holds."""
        data = self.cleaned_data
        return Held(
            units=tuple(self._held(f"unit-{at}", code=self.item.units[at].code) for at, _name in self.units
                        if data.get(f"held-{at}")),
            other=tuple(self._held(f"other-{at}", sort=data.get(f"other-{at}-sort", "")) for at in range(OTHERS)
                        if data.get(f"other-{at}-points") is not None),
            fulfilled=tuple((one.code, much) for at, one in enumerate(self.item.rules.non_unit)
                            if (much := data.get(f"beside-{at}"))),
            exempt=tuple(data.get("exempt", ())),
        )  # fmt: skip

    @property
    def declared(self) -> tuple[str, ...]:
        """The groups that the made-up learner has declared."""
        return tuple(self.cleaned_data.get("declared", ()))

    @property
    def reading(self) -> str:
        """The name of the reading."""
        return self.cleaned_data["reading"] or S1.name

    def _held(self, start: str, **more: Any) -> Piece:
        data = {name: self.cleaned_data.get(f"{start}-{name}") for name in _OF_A_PIECE}
        level, points = data["level"], data["points"]
        return Piece(
            points=None if points is None else Decimal(points), level=None if level is None else int(level),
            origin=data["origin"] or "", subject=data["subject"] or "", grade=data["grade"] or "",
            gained=data["gained"], recognised=bool(data["recognised"]), **more,
        )  # fmt: skip

    def _piece(self, start: str, name: str) -> None:
        made: dict[str, forms.Field] = {
            "points": amount(gettext("Points")), "level": number(gettext("Level"), max_value=12),
            "origin": forms.CharField(label=gettext("From"), required=False, max_length=300),
            "subject": forms.CharField(label=gettext("Subject"), required=False, max_length=100),
            "grade": forms.CharField(label=gettext("Grade"), required=False, max_length=20),
            "gained": day(gettext("Gained on")),
            "recognised": forms.BooleanField(label=gettext("Recognised from elsewhere"), required=False),
        }  # fmt: skip
        for of, field in made.items():
            field.label = f"{field.label} ({name})"
            self.fields[f"{start}-{of}"] = field

    def _boxes(self, name: str, label: Any, choices: Iterable[tuple[str, str]]) -> None:
        if found := list(choices):
            self.fields[name] = forms.MultipleChoiceField(
                label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=found
            )
