"""What a person may type about memoranda."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ecvet.partnership import (
    CompetentInstitution,
    Confirmation,
    CoveredQualification,
    Function,
    MemorandumOfUnderstanding,
    Responsibility,
)
from ecvet.partnership.enclosure import COVERED, Enclosure
from ecvet.partnership.grades import GradeTable
from ecvet.qualification import Qualification
from ecvet.terms import Country, Identifier, LangString, Period
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.institutions.forms.grades import GradeTablesForm, tables_shown
from ecvet_platform.institutions.words import CONFIRMATIONS, ENCLOSURES, FUNCTIONS
from ecvet_platform.people.language import country as country_name

NEEDED: Final = (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)


class MemorandumForm(GradeTablesForm):
    """All fields of a memorandum; parties and qualifications were chosen before, and give the rest its choices."""

    objectives = forms.CharField(label=_("Objectives"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    start = forms.DateField(label=_("Valid from"), widget=DateInput())
    end = forms.DateField(label=_("Valid until"), widget=DateInput())
    review = forms.CharField(
        label=_("Review"), max_length=2000, help_text=_("When, and by whom, the memorandum is looked at again.")
    )
    confirmations = forms.MultipleChoiceField(
        label=_("What we confirm"), widget=forms.CheckboxSelectMultiple, choices=list(CONFIRMATIONS.items()),
        help_text=_("All five are needed before the memorandum can come into force."),
    )  # fmt: skip
    comparability = forms.CharField(
        label=_("Comment on different EQF levels"), required=False, max_length=2000,
        help_text=_("Needed where the qualifications stand at different levels."),
    )  # fmt: skip
    tools = forms.CharField(
        label=_("Tools and templates of assessment and documentation"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    least = forms.IntegerField(label=_("Shortest stay in weeks"), required=False, min_value=1, max_value=200)
    most = forms.IntegerField(label=_("Longest stay in weeks"), required=False, min_value=1, max_value=200)
    additional = forms.CharField(
        label=_("Additional information"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, parties: tuple[CompetentInstitution, ...], qualifications: tuple[Qualification, ...],
        titles: Mapping[Identifier, LangString] | None = None, tables: tuple[GradeTable, ...] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.parties, self.qualifications = parties, qualifications
        for number, item in enumerate(qualifications):
            self._add_what_is_covered(number, item, titles or {})
        choices = [("", _("nobody yet")), *((one.id, str(one.name)) for one in parties)]
        for country in self.countries:
            for function in NEEDED:
                own = next((one.id for one in parties if one.country == country), "")
                label = _("Who is to %(function)s in %(country)s") % {
                    "function": FUNCTIONS[function],
                    "country": country_name(country),
                }
                self.fields[self.name_of(country, function)] = forms.ChoiceField(
                    label=label, required=False, choices=choices, initial=own
                )

        self.add_tables(parties, tables)

    def _add_what_is_covered(self, number: int, item: Qualification, titles: Mapping[Identifier, LangString]) -> None:
        """Which units of a qualification are open, and what is enclosed about it (template, section 4)."""
        language = translation.get_language() or "en"
        about = {"title": item.title.in_(language, "en")}
        choices = [(one.unit, titles[one.unit].in_(language, "en")) for one in item.units if one.unit in titles]
        if len(choices) > 1:
            self.fields[f"units-{number}"] = forms.MultipleChoiceField(
                label=_("Units of “%(title)s” open to mobility") % about, required=False, choices=choices,
                widget=forms.CheckboxSelectMultiple, help_text=_("Tick none where all of them are open."),
            )  # fmt: skip
        self.fields[f"enclosed-{number}"] = forms.MultipleChoiceField(
            label=_("Enclosed about “%(title)s”") % about, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one.value, ENCLOSURES[one]) for one in COVERED],
        )  # fmt: skip

    @property
    def countries(self) -> tuple[Country, ...]:
        """The countries of parties and qualifications."""
        both = (*(one.country for one in self.parties), *(one.country for one in self.qualifications))
        return tuple(sorted(set(both)))

    @staticmethod
    def name_of(country: Country, function: Function) -> str:
        """The field's name for a function in a country."""
        return f"{function.value}-{country}".lower()

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        found: dict[str, Any] = super().clean() or {}
        start, end = found.get("start"), found.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", _("The last day lies before the first. Correct one of the two."))
        self.check_tables(found)
        return found

    def memorandum(self, before: MemorandumOfUnderstanding | None = None) -> MemorandumOfUnderstanding:
        """The memorandum that was typed. Other actors are kept from the version before."""
        data, language = self.cleaned_data, (translation.get_language() or "en").split("-")[0]
        worded = _saying(language)
        return MemorandumOfUnderstanding(
            parties=tuple(one.id for one in self.parties), objectives=worded(data["objectives"]),
            valid=Period(data["start"], data["end"]), review=worded(data["review"]),
            confirmations=frozenset(Confirmation(one) for one in data["confirmations"]),
            qualifications=tuple(
                CoveredQualification(
                    qualification=one.id, title=one.title, country=one.country, eqf=one.eqf, nqf=one.nqf,
                    units=frozenset(Identifier(name) for name in data.get(f"units-{number}", ())),
                    enclosures=frozenset(Enclosure(name) for name in data[f"enclosed-{number}"]),
                )
                for number, one in enumerate(self.qualifications)
            ),
            responsibilities=tuple(
                Responsibility(country=country, function=function, institution=Identifier(chosen))
                for country in self.countries
                for function in NEEDED
                if (chosen := data.get(self.name_of(country, function)))
            ),
            other_actors=before.other_actors if before else (),
            comparability_note=worded(data["comparability"]), least_weeks=data["least"], most_weeks=data["most"],
            tools=worded(data["tools"]), language=language, additional=worded(data["additional"]),
            grade_tables=self.grade_tables,
        )  # fmt: skip

    @staticmethod
    def of(item: MemorandumOfUnderstanding) -> dict[str, Any]:
        """What the form shows of a memorandum that is to be changed."""
        return {
            "objectives": str(item.objectives or ""), "review": str(item.review or ""),
            "start": item.valid.start if item.valid else None, "end": item.valid.end if item.valid else None,
            "confirmations": [one.value for one in item.confirmations],
            "comparability": str(item.comparability_note or ""), "least": item.least_weeks, "most": item.most_weeks,
            "additional": str(item.additional or ""), "tools": str(item.tools or ""),
            **{f"units-{n}": sorted(one.units) for n, one in enumerate(item.qualifications)},
            **{f"enclosed-{n}": [each.value for each in one.enclosures] for n, one in enumerate(item.qualifications)},
            **{MemorandumForm.name_of(one.country, one.function): one.institution for one in item.responsibilities},
            **tables_shown(item.grade_tables),
        }  # fmt: skip


def _saying(language: str) -> "Any":
    def worded(text: str) -> LangString | None:
        return LangString.of({language: text}) if text.strip() else None

    return worded
