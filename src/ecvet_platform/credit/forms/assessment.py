"""The assessment grid: for each outcome its result, its criteria, a remark; and how, where and when it was done."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import AdditionalOutcome, CriterionResult, Grade, OutcomeResult, Result
from ecvet.mobility.agreement import AssessmentPlan
from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet.terms import Identifier
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.forms.fields import DateInput, said, said_if, words
from ecvet_platform.credit.words import RESULTS


class AssessForm(forms.Form):
    """One assessment of one unit. The fields of outcome n are result_n, remark_n, reason_n and criteria_n."""

    on = forms.DateField(label=_("Day of the assessment"), widget=DateInput())
    place = forms.CharField(label=_("Place"), max_length=300, help_text=_("As agreed, or say below why not."))
    methods = words(
        _("Methods"), help_text=_("One on each line, for example: skills demonstration."), rows=2, most=1000
    )
    position = forms.CharField(label=_("Your position"), max_length=200, required=False)
    scale = forms.ChoiceField(label=_("Grading scale"), required=False)
    grade = forms.CharField(
        label=_("Grade"), max_length=20, required=False, help_text=_("Only where you use grades, as on the scale.")
    )
    deviations = words(
        _("What was different from what was agreed"), required=False,
        help_text=_("Method, place, assessor, criteria passed over, or other outcomes; and why."),
    )  # fmt: skip
    outside_period = words(
        _("Why the day lies outside the agreed period"), required=False, rows=2, help_text=_("Only if it does.")
    )
    additional = words(_("Achieved beyond what was agreed"), required=False, rows=2, help_text=_("One on each line."))
    remarks = words(_("Other remarks"), required=False)

    def __init__(
        self, data: Any = None, *, unit: Unit, outcomes: frozenset[str], plan: AssessmentPlan | None,
        agreed: bool = True, **options: Any,
    ) -> None:  # fmt: skip
        if plan is not None:
            options["initial"] = {"place": plan.place, "methods": "\n".join(plan.methods), **options.get("initial", {})}
        super().__init__(data, **options)
        self.unit = unit
        if not agreed:  # a portfolio: nothing was agreed from which something could differ (R-NFIL-6)
            for name in ("deviations", "outside_period", "additional"):
                del self.fields[name]
        self.asked = tuple(one for one in unit.outcomes if not outcomes or one.id in outcomes)
        language = get_language() or "en"
        scale = self.fields["scale"]
        assert isinstance(scale, forms.ChoiceField)
        scale.choices = [("", _("No grades"))] + [(one.id, one.name.in_(language, "en")) for one in SCALES]
        for number, outcome in enumerate(self.asked):
            self._add(number, outcome, language)

    def _add(self, number: int, outcome: LearningOutcome, language: str) -> None:
        self.fields[f"result_{number}"] = forms.ChoiceField(
            label=_("Result"),
            choices=list(RESULTS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of the answers.")},
        )
        if outcome.criteria:
            self.fields[f"criteria_{number}"] = forms.MultipleChoiceField(
                label=_("Criteria that were met"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.id, one.text.in_(language, "en")) for one in outcome.criteria],
            )  # fmt: skip
        self.fields[f"remark_{number}"] = forms.CharField(
            label=_("Strong and weak points"), required=False, max_length=1000
        )
        self.fields[f"reason_{number}"] = forms.CharField(
            label=_("Reason, if not achieved or not assessed"), required=False, max_length=1000
        )

    @property
    def grid(self) -> Iterator[tuple[LearningOutcome, tuple[BoundField, ...]]]:
        """Each outcome with its fields."""
        for number, outcome in enumerate(self.asked):
            names = (f"{name}_{number}" for name in ("result", "criteria", "remark", "reason"))
            yield outcome, tuple(self[name] for name in names if name in self.fields)

    @property
    def rest(self) -> tuple[BoundField, ...]:
        """The fields about the whole assessment."""
        return tuple(self[name] for name in self.base_fields if name in self.fields)

    @property
    def outcomes(self) -> tuple[OutcomeResult, ...]:
        """What was found for each outcome."""
        found = []
        for number, outcome in enumerate(self.asked):
            met = set(self.cleaned_data.get(f"criteria_{number}", ()))
            result = Result(self.cleaned_data[f"result_{number}"])
            tried = result is not Result.NOT_ASSESSED
            criteria = tuple(CriterionResult(criterion=one.id, met=one.id in met) for one in outcome.criteria if tried)
            found.append(
                OutcomeResult(
                    outcome=outcome.id, result=result, criteria=criteria,
                    remark=self.cleaned_data[f"remark_{number}"], reason=self.cleaned_data[f"reason_{number}"],
                )
            )  # fmt: skip
        return tuple(found)

    @property
    def given(self) -> dict[str, Any]:
        """Everything else, as the action takes it."""
        data = self.cleaned_data
        grade = Grade(scale=Identifier(data["scale"]), value=data["grade"].strip()) if data["scale"] else None
        return {
            "outcomes": self.outcomes, "on": data["on"], "place": data["place"], "position": data["position"],
            "methods": tuple(_lines(data["methods"])), "grade": grade,
            "deviations": said_if(data.get("deviations", "")),
            "outside_period": said_if(data.get("outside_period", "")),
            "additional": tuple(AdditionalOutcome(text=said(line)) for line in _lines(data.get("additional", ""))),
            "remarks": said_if(data["remarks"]),
        }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
