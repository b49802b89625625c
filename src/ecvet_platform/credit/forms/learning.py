"""What is typed about learning without a mobility, and about what was achieved at home."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet.credit.assessment import Grade
from ecvet.credit.portfolio import Claim, Note, Topic
from ecvet.qualification.unit import LearningOutcome, Unit
from ecvet.record import Annex
from ecvet.terms import Identifier, Points, decimal
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.forms.experience import ExperienceForm
from ecvet_platform.credit.forms.fields import said, words
from ecvet_platform.credit.words import QUESTIONS, TOPICS

Choices = Iterable[tuple[str, str]]


class ChooseForm(forms.Form):
    """First step of an identification: whose learning, towards which units."""

    learner = forms.ChoiceField(label=_("Learner"))
    units = forms.MultipleChoiceField(label=_("Units"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, learners: Choices, units: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        for name, choices in (("learner", learners), ("units", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class ClaimsForm(ExperienceForm):
    """Which outcomes a learner says to have achieved, and where; with evidence once there is some.

    The fields of outcome n are claim_n and statement_n, and evidence_n.
    """

    def __init__(
        self, data: Any = None, *, units: Iterable[Unit], claims: Iterable[Claim] = (),
        evidence: Iterable[tuple[Annex, str]] = (), **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        language = get_language() or "en"
        self.units, self.annexes = tuple(units), {annex.hash: annex for annex, _name in evidence}
        self.names = [(annex.hash, name) for annex, name in evidence]
        known = {(one.unit, one.outcome): one for one in claims}
        self.places: list[tuple[Unit, LearningOutcome]] = [(unit, one) for unit in self.units for one in unit.outcomes]
        for number, (unit, outcome) in enumerate(self.places):
            before = known.get((unit.id, outcome.id))
            self.fields[f"statement_{number}"] = forms.CharField(
                label=outcome.text.in_(language, "en"), required=False, max_length=4000,
                initial=before.statement.in_(language, "en") if before else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            if self.annexes:
                self.fields[f"evidence_{number}"] = forms.MultipleChoiceField(
                    label=_("Evidence"), required=False, widget=forms.CheckboxSelectMultiple, choices=self.names,
                    initial=[annex.hash for annex in before.evidence] if before else [],
                )  # fmt: skip

    @property
    def grid(self) -> Iterator[tuple[Unit, list[tuple[LearningOutcome, tuple[BoundField, ...]]]]]:
        """Each unit with its outcomes and their fields."""
        for unit in self.units:
            rows = []
            for number, (of, outcome) in enumerate(self.places):
                if of is unit:
                    names = (f"statement_{number}", f"evidence_{number}")
                    rows.append((outcome, tuple(self[name] for name in names if name in self.fields)))
            yield unit, rows

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The outcomes about which something was said."""
        found = []
        for number, (unit, outcome) in enumerate(self.places):
            statement = self.cleaned_data[f"statement_{number}"].strip()
            chosen = self.cleaned_data.get(f"evidence_{number}", [])
            if statement:
                files = tuple(self.annexes[name] for name in chosen)
                found.append(Claim(unit=unit.id, outcome=outcome.id, statement=said(statement), evidence=files))
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """At least one outcome is claimed."""
        data = super().clean() or {}
        if not any(str(data.get(f"statement_{number}", "")).strip() for number in range(len(self.places))):
            raise forms.ValidationError(_("Say for at least one outcome what was done. Nothing was kept."))
        return data


class IdentifyForm(ClaimsForm):
    """What the interview found, and by which procedure the institution goes on."""

    procedure = words(
        _("Procedure"), rows=2,
        help_text=_("By which rules your institution identifies, documents, assesses and certifies (R-NFIL-1)."),
    )  # fmt: skip

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for topic in Topic:
            self.fields[f"note_{topic}"] = words(
                TOPICS[topic], rows=2, required=False, help_text=QUESTIONS[topic]
            )  # fmt: skip

    @property
    def asked(self) -> tuple[BoundField, ...]:
        """The fields of the interview, in the order in which it is held."""
        return tuple(self[f"note_{topic}"] for topic in Topic)

    @property
    def interview(self) -> tuple[Note, ...]:
        """What was noted in the interview."""
        noted = ((topic, self.cleaned_data[f"note_{topic}"].strip()) for topic in Topic)
        return tuple(Note(topic=topic, said=said(text)) for topic, text in noted if text)


class EvidenceForm(forms.Form):
    """A file of evidence."""

    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG, PNG or WebP picture, or plain text; at most 10 MB.")
    )


class AchievementForm(forms.Form):
    """A unit that was passed at home in the ordinary way."""

    unit = forms.ChoiceField(label=_("Unit"))
    points = forms.CharField(
        label=_("Points"), required=False, max_length=20,
        help_text=_("Only where the size is the learner's own; else they follow from the qualification."),
    )  # fmt: skip
    scale = forms.ChoiceField(label=_("Grading scale"), required=False)
    grade = forms.CharField(label=_("Grade"), required=False, max_length=20)

    def __init__(self, data: Any = None, *, units: Choices, system: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.system, language = system, get_language() or "en"
        scales = [("", _("No grades"))] + [(one.id, one.name.in_(language, "en")) for one in SCALES]
        for name, choices in (("unit", list(units)), ("scale", scales)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def given(self) -> dict[str, Any]:
        """The achievement as the action takes it. Raises `NotPoints`."""
        data = self.cleaned_data
        text = data["points"].strip().replace(",", ".")
        return {
            "unit": Identifier(data["unit"]), "points": Points(decimal(text), self.system) if text else None,
            "grade": Grade(scale=Identifier(data["scale"]), value=data["grade"].strip()) if data["scale"] else None,
        }  # fmt: skip
