"""What a person decides: correspondence by outcome, what is granted, reasons, remedy; and what a learner writes."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.decision import Remedy, Way
from ecvet.credit.recognition import Use
from ecvet.credit.validation import Correspondence, OutcomeValidation
from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet_platform.credit.forms.fields import DateInput, ReasonFields, said, said_if, words
from ecvet_platform.credit.words import CORRESPONDENCES, WAYS

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
    position = forms.CharField(label=_("Your position"), max_length=200, required=False)

    def __init__(
        self, data: Any = None, *, unit: Unit, validated: frozenset[str], first: bool = True, **options: Any
    ) -> None:
        super().__init__(data, **options)
        language = get_language() or "en"
        field = self.fields["outcomes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.id, one.text.in_(language, "en")) for one in unit.outcomes if one.id in validated]
        self.validated, self.first = validated, first
        if not first:
            del self.fields["use"]

    def clean(self) -> dict[str, Any]:
        """What a first decision recognises counts towards the qualification or beside it: the person says which."""
        data = super().clean() or {}
        if self.first and data.get("outcomes") and not data.get("use"):
            self.add_error("use", _("Choose whether it counts towards the qualification or beside it."))
        return data

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
