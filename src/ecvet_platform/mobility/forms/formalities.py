"""What the European template of the agreement also has boxes for; none of it is needed to propose one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import LearningAgreement
from ecvet.partnership.enclosure import ASSESSED, TAKEN, TARGETED, Enclosure
from ecvet.terms import LangString
from ecvet_platform.institutions.words import ENCLOSURES

TEXTS: Final = ("progress", "validation_how", "validation_recorded", "recognition_how")
_BOXES: Final = {"enclosed_qualification": TAKEN, "enclosed_outcomes": TARGETED, "enclosed_assessment": ASSESSED}
BOXES: Final = tuple(_BOXES)


def _boxes(label: Any, of: tuple[Enclosure, ...]) -> forms.MultipleChoiceField:
    choices = [(one.value, ENCLOSURES[one]) for one in of]
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=choices
    )  # fmt: skip


class Formalities(forms.Form):
    """Sections 3 to 6 of the template beside what every agreement says: progress, how home decides, enclosures."""

    progress = forms.CharField(
        label=_("Progress of the learner on the pathway"), required=False, max_length=2000,
        help_text=_("For example the year of training, or the units achieved."),
    )  # fmt: skip
    validation_how = forms.CharField(label=_("How validation is carried out"), required=False, max_length=1000)
    validation_recorded = forms.CharField(
        label=_("How and when validated achievements are recorded"), required=False, max_length=1000
    )
    recognition_how = forms.CharField(label=_("How recognition is carried out"), required=False, max_length=1000)
    enclosed_qualification = _boxes(_("Enclosed, about the qualification"), TAKEN)
    enclosed_outcomes = _boxes(_("Enclosed, about the outcomes"), TARGETED)
    enclosed_assessment = _boxes(_("Enclosed, about assessment"), ASSESSED)

    @property
    def formal(self) -> list[forms.BoundField]:
        """These fields, for the page."""
        return [self[name] for name in (*TEXTS, *BOXES)]

    @property
    def has_formalities(self) -> bool:
        """Whether anything stands in them, so that the page shows them open."""
        return any(one.value() or one.errors for one in self.formal)

    def formalities(self, language: str) -> dict[str, Any]:
        """The members of the agreement that were typed and ticked."""
        data = self.cleaned_data
        texts = {name: LangString.of({language: data[name]}) if data[name].strip() else None for name in TEXTS}
        return {**texts, "enclosures": frozenset(Enclosure(one) for name in BOXES for one in data[name])}

    @staticmethod
    def of_formalities(item: LearningAgreement) -> dict[str, Any]:
        """What the form shows of an agreement."""
        ticked = {name: [one.value for one in of if one in item.enclosures] for name, of in _BOXES.items()}
        return {name: str(getattr(item, name) or "") for name in TEXTS} | ticked
