"""What a person decides: correspondence by outcome, what is granted, reasons, remedy; and what a learner writes."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Remedy, Way
from ecvet.credit.recognition import Use
from ecvet.credit.shares import GRAIN, OutcomeWeight, Rounding, weights_of
from ecvet.credit.validation import Correspondence, OutcomeValidation
from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet.terms import Identifier
from ecvet_platform.credit.actions.recognise import ShareRule
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.forms.fields import DateInput, ReasonFields, said, said_if, words
from ecvet_platform.credit.words import CORRESPONDENCES, WAYS
from ecvet_platform.credit.words.shares import ROUNDINGS, STEPS
from ecvet_platform.people import language as spoken

_CHOOSE = _("Choose one of the answers.")
_GROUND_HELP = _("The law, the memorandum or the agreement on which the decision rests.")


class ValidateForm(ReasonFields):
    """For each outcome of the home unit, how what was assessed corresponds. `found_n` is the field of outcome n.

    The comparison is shown beside the question; the answer is never chosen beforehand (R-RECOG-5).
    """

    ground = words(_("Ground"), help_text=_GROUND_HELP, rows=2)
    position = forms.CharField(label=_("Your position"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, unit: Unit, proposal: Iterable[OutcomeValidation], **options: Any) -> None:
        super().__init__(data, **options)
        self.unit, self.proposed = unit, {one.outcome: one for one in proposal}
        for number, outcome in enumerate(unit.outcomes):
            known = self.proposed.get(outcome.id)
            self.fields[f"found_{number}"] = forms.ChoiceField(
                label=outcome.text.in_(get_language() or "en", "en"), choices=list(CORRESPONDENCES.items()),
                widget=forms.RadioSelect, help_text=_suggested(known), error_messages={"required": _CHOOSE},
            )  # fmt: skip
            self.fields[f"remark_{number}"] = forms.CharField(label=_("Remark"), required=False, max_length=1000)

    @property
    def grid(self) -> Iterator[tuple[LearningOutcome, BoundField, BoundField]]:
        """Each outcome of the home unit with its fields."""
        for number, outcome in enumerate(self.unit.outcomes):
            yield outcome, self[f"found_{number}"], self[f"remark_{number}"]

    @property
    def rest(self) -> tuple[BoundField, ...]:
        """The fields about the whole decision."""
        return tuple(self[name] for name in ("ground", "reason_code", "reason_text", "position"))

    @property
    def comparison(self) -> tuple[OutcomeValidation, ...]:
        """What the person found."""
        found = []
        for number, outcome in enumerate(self.unit.outcomes):
            known, result = self.proposed.get(outcome.id), Correspondence(self.cleaned_data[f"found_{number}"])
            sources = known.from_ if known and result is not Correspondence.NOT else frozenset[str]()
            remark = self.cleaned_data[f"remark_{number}"]
            found.append(OutcomeValidation(outcome=outcome.id, result=result, from_=sources, remark=remark))
        return tuple(found)


class AskForm(forms.Form):
    """What evidence is missing, and until when it is hoped for."""

    what = words(_("What is missing"), help_text=_("Write it so that host and learner know what to send."))
    due = forms.DateField(label=_("Until"), required=False, widget=DateInput())


class RecogniseForm(ReasonFields):
    """What is granted of what was validated; nothing ticked is a refusal. Nothing is ticked beforehand (R-RECOG-5)."""

    outcomes = forms.MultipleChoiceField(
        label=_("Outcomes that are recognised"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you recognise; tick none to refuse."),
    )  # fmt: skip
    use = forms.ChoiceField(
        label=_("They count"), widget=forms.RadioSelect, required=False, help_text=_("Not needed to refuse."),
        choices=[(Use.PART, _("towards the qualification")), (Use.ADD_ON, _("as an add-on beside it"))],
    )  # fmt: skip
    ground = words(_("Ground"), help_text=_GROUND_HELP, rows=2)
    explanation = words(
        _("Explanation"), required=False, help_text=_("Needed for learning without a mobility: what it rests on.")
    )
    task = words(_("Task that completes the unit"), required=False, rows=2)
    way = forms.ChoiceField(
        label=_("What remains can be achieved by"), required=False, choices=[("", "–"), *WAYS.items()],
        help_text=_("When less than the whole unit is recognised."),
    )  # fmt: skip
    appeal_until = forms.DateField(
        label=_("Last day of appeal"), required=False, widget=DateInput(),
        help_text=_("Needed, or a task, when less is granted than was validated. The decision is final after it."),
    )  # fmt: skip
    share_rule = words(
        _("Rule that gives a part its share of the points"), required=False, rows=2,
        help_text=_("Only for a part, and only where you have such a rule: name it. Without one a part has no points."),
    )  # fmt: skip
    step = forms.ChoiceField(
        label=_("Steps of points"), required=False, initial=str(GRAIN), choices=[(one, one) for one in STEPS],
        help_text=_("To which the share is rounded."),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=_("Rounded"), required=False, initial=Rounding.DOWN.value, choices=list(ROUNDINGS.items())
    )
    scale = forms.ChoiceField(label=_("Grading scale at home"), required=False)
    grade = forms.CharField(
        label=_("Grade at home"), max_length=20, required=False,
        help_text=_("Only where you give one, by your table; the host's grade stays beside it."),
    )  # fmt: skip
    by_table = forms.BooleanField(label=_("Take the grade that the table proposes"), required=False)
    position = forms.CharField(label=_("Your position"), max_length=200, required=False)

    def __init__(
        self, data: Any = None, *, unit: Unit, validated: frozenset[str], first: bool = True, proposed: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        language = get_language() or "en"
        field = self.fields["outcomes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.id, one.text.in_(language, "en")) for one in unit.outcomes if one.id in validated]
        scale = self.fields["scale"]
        assert isinstance(scale, forms.ChoiceField)
        scale.choices = [("", _("No grade")), *((one.id, one.name.in_(language, "en")) for one in SCALES)]
        self.validated, self.first = validated, first
        if not proposed:
            del self.fields["by_table"]
        needed = unit.required_outcomes or unit.outcome_ids
        self.needed = tuple(one for one in unit.outcomes if one.id in needed)
        stated = {one.outcome: one.weight for one in weights_of(unit)}
        for n, outcome in enumerate(self.needed):
            self.fields[f"weight_{n}"] = forms.DecimalField(
                label=outcome.text.in_(language, "en"), required=False, min_value=Decimal(0), max_digits=9,
                decimal_places=3, initial=stated.get(outcome.id),
            )  # fmt: skip
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [(one, spoken.number(Decimal(one))) for one in STEPS]
        if not first:
            del self.fields["use"]

    def clean(self) -> dict[str, Any]:
        """What a first decision recognises counts towards the qualification or beside it: the person says which."""
        data = super().clean() or {}
        if self.first and data.get("outcomes") and not data.get("use"):
            self.add_error("use", _("Choose whether it counts towards the qualification or beside it."))
        self._check_weights(data)
        if data.get("by_table") and data.get("scale"):
            self.add_error("grade", _("Take the grade of the table, or give another one; not both."))
        return data

    @property
    def weighing(self) -> tuple[BoundField, ...]:
        """What each required outcome weighs."""
        return tuple(self[f"weight_{n}"] for n in range(len(self.needed)))

    def _check_weights(self, data: dict[str, Any]) -> None:
        """Weights are given for all required outcomes or for none, and only with the rule in which they stand."""
        names = [f"weight_{n}" for n in range(len(self.needed))]
        given = [name for name in names if data.get(name) is not None]
        if not str(data.get("share_rule") or "").strip():
            if any(name in self.changed_data for name in given):
                self.add_error("share_rule", _("Name the rule in which these weights stand, or empty them."))
            return
        for name in names:
            if given and name not in given and name not in self.errors:
                self.add_error(name, _("Give a weight here too, 0 where it counts nothing, or empty all of them."))
        if len(given) == len(names) and not any(data[name] for name in names):
            self.add_error(names[0], _("At least one weight is more than 0."))

    @property
    def share(self) -> ShareRule | None:
        """The rule that gives a part its share of the points, if one was named."""
        data = self.cleaned_data
        if not data["share_rule"].strip():
            return None
        weights = tuple(
            OutcomeWeight(outcome=outcome.id, weight=data[f"weight_{n}"])
            for n, outcome in enumerate(self.needed) if data[f"weight_{n}"] is not None
        )  # fmt: skip
        return ShareRule(
            text=said(data["share_rule"]), weights=weights, grain=Decimal(data["step"] or GRAIN),
            rounding=Rounding(data["rounding"] or Rounding.DOWN),
        )  # fmt: skip

    @property
    def remedy(self) -> Remedy | None:
        """What the learner can do, if anything was said."""
        task, until = said_if(self.cleaned_data["task"]), self.cleaned_data["appeal_until"]
        way = Way(self.cleaned_data["way"]) if self.cleaned_data["way"] else None
        return Remedy(task=task, appeal_until=until, way=way) if task or until or way else None

    @property
    def given(self) -> dict[str, Any]:
        """The decision as the action takes it; the use is left out where it follows from the first decision."""
        data = self.cleaned_data
        chosen = frozenset(data["outcomes"])
        use = {"use": Use(data["use"] or Use.PART)} if self.first else {}
        return use | {
            "outcomes": None if chosen == self.validated and chosen else chosen,
            "ground": said(data["ground"]), "reasons": self.reasons, "remedy": self.remedy,
            "explanation": said_if(data["explanation"]), "position": data["position"],
            "share": self.share,
            "by_table": data.get("by_table", False),
            "grade": Grade(scale=Identifier(data["scale"]), value=data["grade"].strip()) if data["scale"] else None,
        }  # fmt: skip


class TextForm(forms.Form):
    """Some words: an appeal, the reason of a correction, the ground of an award."""

    text = words(_("In your words"))

    def __init__(self, data: Any = None, *, label: Any = None, help_text: Any = "", **options: Any) -> None:
        super().__init__(data, **options)
        if label:
            self.fields["text"].label = label
        self.fields["text"].help_text = help_text


class CorrectForm(TextForm):
    """Why a transcript is corrected, and which assessments were made in error."""

    without = forms.MultipleChoiceField(
        label=_("Assessments made in error"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They are left out of the corrected version and stay in the record."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, assessments: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, label=_("Reason of the correction"), **options)
        field = self.fields["without"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(assessments)


def _suggested(known: OutcomeValidation | None) -> str:
    return _("The comparison suggests: %(answer)s.") % {"answer": CORRESPONDENCES[known.result]} if known else ""
