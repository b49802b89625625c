"""What a person may type about points: the total, what it rests on, and how it is divided among the units."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import (
    Adjustment,
    Allocation,
    ComparisonGround,
    Criterion,
    Input,
    Method,
    Qualification,
    ReferenceContext,
    Unit,
    allocate,
    outcome_counts,
)
from ecvet.terms import Identifier, LangString, Points, identifier
from ecvet_platform.drafts.forms import amount, lines, parsed
from ecvet_platform.qualifications.words.points import CRITERIA, GROUNDS

_VALUE: Final = "value"
_SINGLE: Final = (Method.MANUAL, Method.PERCENT, Method.TIME, Method.NATIONAL)


class PointsForm(forms.Form):
    """One method with its figures. The units' fields follow from the method: one, three, or one for each expert."""

    total = amount(_("Total points of the qualification"))
    grain = amount(_("Smallest step"), help_text=_("Points of units are multiples of it: 1, 0.5, 0.1."))
    pathway = forms.CharField(
        label=_("Formal pathway that the total rests on"), required=False, max_length=300,
        help_text=_("For example “initial training at a vocational college”."),
    )  # fmt: skip
    years = amount(_("Its years of full-time learning"), help_text=_("Sixty points for a year, by convention."))
    compared_with = forms.CharField(
        label=_("Or: the qualification compared with"), required=False, max_length=300,
        help_text=_("Its identifier, where there is no formal pathway."),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Ground of the comparison"), required=False, choices=[("", "–"), *GROUNDS.items()]
    )
    criteria = forms.MultipleChoiceField(
        label=_("The weights express"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(CRITERIA.items()),
    )  # fmt: skip
    conversion = forms.CharField(label=_("Table of the conversion"), required=False, max_length=300)
    justification = lines(_("Why so"))

    def __init__(self, *args: Any, method: Method, experts: tuple[str, ...], item: Qualification,
                 units: dict[Identifier, Unit], **kwargs: Any) -> None:  # fmt: skip
        self.method, self.item, self.units = method, item, units
        super().__init__(*args, **kwargs)
        self.columns = _columns(method, experts)
        for name in () if method is Method.NATIONAL else ("conversion",):
            del self.fields[name]
        if method in (Method.CRITERIA, Method.TIME, Method.OUTCOME_COUNT, Method.NATIONAL):
            del self.fields["criteria"]
        for at, (_by, column) in enumerate(self.columns):
            for number_, link in enumerate(item.units):
                label = f"{link.code}: {column}"
                self.fields[f"{_VALUE}-{number_}-{at}"] = amount(label)
            if method in (Method.CRITERIA, Method.EXPERTS):
                self.fields[f"weight-{at}"] = amount(gettext("Weight of “%(name)s”") % {"name": column})

    def clean_compared_with(self) -> Identifier | None:
        """The identifier is a URI."""
        text = self.cleaned_data["compared_with"]
        return parsed(identifier, text) if text else None

    def clean_conversion(self) -> Identifier | None:
        """The identifier is a URI."""
        text = self.cleaned_data["conversion"]
        return parsed(identifier, text) if text else None

    def clean(self) -> dict[str, Any]:
        """A total must be there."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and found.get("total") is None:
            self.add_error("total", gettext("Find the total first; then it is divided."))
        return found

    def allocation(self, *, by: Identifier, on: date, empowered: frozenset[Identifier]) -> Allocation:
        """The allocation as typed. Raises what `allocate` raises."""
        data = self.cleaned_data
        language = self.item.title.authoritative
        reference = ReferenceContext(
            pathway=LangString.of({language: data["pathway"]}) if data["pathway"] else None, years=data["years"],
            compared_with=data["compared_with"], ground=ComparisonGround(data["ground"]) if data["ground"] else None,
        )  # fmt: skip
        return allocate(
            self.method, self._inputs(), total=Points(data["total"], self.item.system), reference=reference, by=by,
            in_charge=self.item.institution, on=on, empowered=empowered, grain=data["grain"] or Decimal(1),
            criteria=frozenset(Criterion(one) for one in data.get("criteria", ())),
            conversion=data.get("conversion"), justification=data["justification"],
        )  # fmt: skip

    def _inputs(self) -> tuple[Input, ...]:
        if self.method is Method.OUTCOME_COUNT:
            return outcome_counts({one.code: self.units[one.unit] for one in self.item.units if one.unit in self.units})
        return tuple(
            Input(code=link.code, value=value, by=by, weight=self._weight(at))
            for at, (by, _column) in enumerate(self.columns)
            for number_, link in enumerate(self.item.units)
            if (value := self.cleaned_data.get(f"{_VALUE}-{number_}-{at}")) is not None
        )

    def _weight(self, at: int) -> Decimal:
        given = self.cleaned_data.get(f"weight-{at}")
        return Decimal(1) if given is None else given

    @staticmethod
    def of(item: Qualification, method: Method, experts: tuple[str, ...]) -> dict[str, Any]:
        """What the form shows of the points that are there."""
        made = item.allocation
        found: dict[str, Any] = {"total": item.points.value if item.points else None, "grain": Decimal(1)}
        if made is not None:
            found |= {
                "grain": made.grain, "justification": made.justification, "criteria": sorted(made.criteria),
                "years": made.reference.years, "conversion": made.conversion or "",
                "pathway": str(made.reference.pathway or ""), "compared_with": made.reference.compared_with or "",
                "ground": made.reference.ground or "",
            }  # fmt: skip
        typed = {(one.code, one.by): one for one in made.inputs} if made and made.method is method else {}
        for at, (by, _column) in enumerate(_columns(method, experts)):
            for number_, link in enumerate(item.units):
                known = typed.get((link.code, by))
                plain = link.points.value if link.points and method is Method.MANUAL else None
                found[f"{_VALUE}-{number_}-{at}"] = known.value if known else plain
                if known:
                    found[f"weight-{at}"] = known.weight
        return found


def _columns(method: Method, experts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Who or what gives figures: the name in the record, and how it is called here."""
    if method is Method.OUTCOME_COUNT:
        return ()
    if method is Method.CRITERIA:
        return tuple((one.value, str(CRITERIA[one])) for one in Criterion)
    if method is Method.EXPERTS:
        return tuple((one, one) for one in experts)
    return (("", gettext("value")),)


class AdjustForm(forms.Form):
    """Points of single units that a person sets otherwise than the method gives them, each with its reason."""

    def __init__(self, data: Any, *, item: Qualification) -> None:
        super().__init__(data)
        self.item = item
        made = {one.code: one for one in item.allocation.adjustments} if item.allocation else {}
        for at, link in enumerate(item.units):
            there, code = made.get(link.code), {"code": link.code}
            self.fields[f"points-{at}"] = amount(
                gettext("%(code)s: points") % code, initial=there.points if there else None
            )
            self.fields[f"reason-{at}"] = forms.CharField(
                label=gettext("%(code)s: why so") % code, required=False, max_length=500,
                initial=there.reason if there else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """No points without a reason."""
        found: dict[str, Any] = super().clean() or {}
        for at, _link in enumerate(self.item.units):
            if found.get(f"points-{at}") is not None and not found.get(f"reason-{at}", "").strip():
                self.add_error(f"reason-{at}", gettext("Say why it has other points than the method gives it."))
        return found

    def adjustments(self) -> tuple[Adjustment, ...]:
        """The adjustments as typed."""
        return tuple(
            Adjustment(code=link.code, points=points, reason=self.cleaned_data[f"reason-{at}"])
            for at, link in enumerate(self.item.units)
            if (points := self.cleaned_data.get(f"points-{at}")) is not None
        )
