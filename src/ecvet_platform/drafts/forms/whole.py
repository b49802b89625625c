"""What a person may type about a qualification as a whole: its name, levels, fields, validity, credit system."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import CREDIT_SYSTEMS, Qualification
from ecvet.qualification.errors import FieldUnknown
from ecvet.qualification.fields_of_education import field_titled
from ecvet.qualification.languages import said
from ecvet.terms import Country, Identifier, LangString, NQFLevel, Points, identifier
from ecvet_platform.drafts.actions import writing
from ecvet_platform.drafts.forms import day, eqf, level, ordered, parsed, period
from ecvet_platform.people.language import countries, languages
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words import SYSTEMS


class BeginForm(forms.Form):
    """What must be known before anything else can be written."""

    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(
        label=_("Authoritative language"),
        help_text=_("The language in which the qualification is decided. Translations are added later."),
    )
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Short, as people use it: HAIR, 384201."))
    institution = forms.ChoiceField(label=_("Awarding institution"))
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, institutions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        self.fields["institution"].choices = list(institutions)  # type: ignore[attr-defined]
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        """The draft that begins so."""
        data = self.cleaned_data
        return writing.new(
            code=data["code"], title=LangString.of({data["language"]: data["title"]}),
            institution=Identifier(data["institution"]), country=Country(data["country"]),
        )  # fmt: skip


class AboutForm(forms.Form):
    """The qualification as a whole: names, levels, fields, validity."""

    title = forms.CharField(label=_("Title"), max_length=300)
    code = forms.CharField(label=_("Code"), max_length=40)
    version = forms.CharField(label=_("Version"), max_length=20)
    id = forms.CharField(
        label=_("Identifier"), max_length=500, help_text=_("Names this version for ever. Every version has its own.")
    )
    eqf = level()
    framework = forms.CharField(
        label=_("National framework"), required=False, max_length=60, help_text=_("For example NQF of Finland, DQR.")
    )
    nqf = forms.CharField(label=_("National level"), required=False, max_length=20)
    isced_f = forms.CharField(
        label=_("Fields of education (ISCED-F 2013)"), required=False, max_length=100,
        help_text=_("Codes of two to four digits with spaces between them, for example 1012."),
    )  # fmt: skip
    award_type = forms.CharField(
        label=_("Kind of award"),
        required=False,
        max_length=60,
        help_text=_("The national word, where sizes depend on it."),
    )
    unit_based = forms.BooleanField(label=_("It is made of units"), required=False)
    start = day(_("Valid from"))
    end = day(_("Valid until"), help_text=_("The last day on which learners may begin with this version."))
    transition_end = day(_("Transition until"), help_text=_("Until when those who began before may finish with it."))

    def clean_id(self) -> Identifier:
        """The identifier is a URI."""
        return parsed(identifier, self.cleaned_data["id"])

    def clean_isced_f(self) -> tuple[str, ...]:
        """Each of them is a code."""
        codes = self.cleaned_data["isced_f"].replace(",", " ").split()
        return tuple(dict.fromkeys(parsed(_field, one) for one in codes))

    def clean(self) -> dict[str, Any]:
        """Days in their order; a national level with its framework."""
        found: dict[str, Any] = super().clean() or {}
        ordered(self, "start", "end")
        ordered(self, "end", "transition_end")
        if found.get("end") and not found.get("start"):
            self.add_error("start", gettext("Say since when it is valid, too."))
        if bool(found.get("framework")) != bool(found.get("nqf")):
            self.add_error("nqf", gettext("A national level needs both the framework and the level."))
        return found

    def edit(self, draft: Draft) -> Draft:
        """The draft with what was typed."""
        item, data = draft.qualification, self.cleaned_data
        return replace(draft, qualification=replace(
            item, title=said(item.title, item.title.authoritative, data["title"]) or item.title, code=data["code"],
            version=data["version"], id=data["id"], eqf=eqf(data["eqf"]), award_type=data["award_type"],
            nqf=NQFLevel(data["framework"], data["nqf"]) if data["nqf"] else None,
            isced_f=data["isced_f"], unit_based=data["unit_based"],
            valid=period(data["start"], data["end"]), transition_end=data["transition_end"],
        ))  # fmt: skip

    @staticmethod
    def of(item: Qualification) -> dict[str, Any]:
        """What the form shows of a qualification."""
        return {
            "title": item.title.in_(item.title.authoritative), "code": item.code,
            "version": item.version, "id": item.id,
            "eqf": str(item.eqf.level) if item.eqf else "", "framework": item.nqf.framework if item.nqf else "",
            "nqf": item.nqf.level if item.nqf else "", "isced_f": " ".join(item.isced_f),
            "award_type": item.award_type, "unit_based": item.unit_based, "transition_end": item.transition_end,
            "start": item.valid.start if item.valid else None, "end": item.valid.end if item.valid else None,
        }  # fmt: skip


class SystemForm(forms.Form):
    """The credit system of a qualification; the amounts stay as they are, in the new system."""

    system = forms.ChoiceField(label=_("Credit system"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys((*(one.code for one in CREDIT_SYSTEMS), self.initial.get("system", "ecvet")))
        self.fields["system"].choices = [(one, SYSTEMS.get(one, one)) for one in codes]  # type: ignore[attr-defined]

    def edit(self, draft: Draft) -> Draft:
        """The draft with all its points in another system."""
        item, system = draft.qualification, self.cleaned_data["system"]

        def in_it(points: Points | None) -> Points | None:
            return None if points is None else Points(points.value, system)

        links = tuple(replace(one, points=in_it(one.points), most=in_it(one.most)) for one in item.units)
        made = item.allocation and replace(item.allocation, total=Points(item.allocation.total.value, system))
        return replace(draft, qualification=replace(
            item, system=system, units=links, points=in_it(item.points), allocation=made
        ))  # fmt: skip


def _field(code: str) -> str:
    """A code that ISCED-F 2013 really has. Raises `FieldUnknown`."""
    if field_titled(code) is None:
        raise FieldUnknown(code=code[:20])
    return code
