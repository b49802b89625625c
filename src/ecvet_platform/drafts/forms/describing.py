"""What a person may type about a qualification, its units and their outcomes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import CREDIT_SYSTEMS, LearningOutcome, OutcomeKind, Qualification, Unit
from ecvet.qualification.languages import said
from ecvet.qualification.qualification import field_of_education
from ecvet.terms import Country, Identifier, LangString, NQFLevel, Points, identifier
from ecvet_platform.drafts.actions import writing
from ecvet_platform.drafts.forms import day, eqf, level, lines, ordered, parsed, period
from ecvet_platform.people.language import countries, languages
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words import KINDS, SYSTEMS


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
        return tuple(dict.fromkeys(parsed(field_of_education, one) for one in codes))

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


class NewUnitForm(forms.Form):
    """A unit, by code and title; the rest comes on its own page."""

    code = forms.CharField(label=_("Code of the unit"), max_length=40)
    title = forms.CharField(label=_("Title of the unit"), max_length=300)


class UnitForm(forms.Form):
    """A unit without its outcomes."""

    code = forms.CharField(label=_("Code"), max_length=40)
    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("What is achieved, not a subject or a course.")
    )
    assessment = lines(
        _("How it is assessed"),
        help_text=_("Procedures and criteria: for example a practical task of a day, observed by two assessors."),
    )
    eqf = level()
    start = day(_("Valid from"))
    end = day(_("Valid until"))

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        found: dict[str, Any] = super().clean() or {}
        ordered(self, "start", "end")
        if found.get("end") and not found.get("start"):
            self.add_error("start", gettext("Say since when it is valid, too."))
        return found

    def unit(self, before: Unit) -> Unit:
        """The unit as typed."""
        data, language = self.cleaned_data, before.title.authoritative
        return replace(
            before, code=data["code"], title=said(before.title, language, data["title"]) or before.title,
            assessment=said(before.assessment, language, data["assessment"]), eqf=eqf(data["eqf"]),
            valid=period(data["start"], data["end"]),
        )  # fmt: skip

    @staticmethod
    def of(item: Unit) -> dict[str, Any]:
        """What the form shows of a unit."""
        language = item.title.authoritative
        return {
            "code": item.code, "title": item.title.in_(language),
            "assessment": item.assessment.in_(language) if item.assessment else "",
            "eqf": str(item.eqf.level) if item.eqf else "",
            "start": item.valid.start if item.valid else None, "end": item.valid.end if item.valid else None,
        }  # fmt: skip


class OutcomeForm(forms.Form):
    """One learning outcome with its criteria."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect, choices=list(KINDS.items()))
    text = forms.CharField(
        label=_("The learner …"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence with one active verb, so clear that two assessors would judge alike."),
    )  # fmt: skip
    criteria = lines(
        _("Criteria"), 5, help_text=_("One in a line: what an assessor looks at, and how well it must be done.")
    )
    required = forms.BooleanField(
        label=_("Needed to achieve the unit"), required=False, initial=True,
    )  # fmt: skip
    level = level(help_text=_("Only where the unit is described at several levels."))
    national_category = forms.CharField(
        label=_("National category"),
        required=False,
        max_length=100,
        help_text=_("The word used at home for this kind."),
    )
    skills = lines(
        _("ESCO skills"), 2,
        help_text=_("Addresses of ESCO concepts, one in a line: http://data.europa.eu/esco/skill/…"),
    )  # fmt: skip

    def clean_skills(self) -> tuple[Identifier, ...]:
        """Each of them is a URI."""
        return tuple(dict.fromkeys(parsed(identifier, one) for one in self.cleaned_data["skills"].split()))

    def put(self, draft: Draft, key: UUID, before: LearningOutcome | None, unit: Unit) -> Draft:
        """The draft with the outcome as typed."""
        data, language = self.cleaned_data, unit.title.authoritative
        now = next((one for one in unit.outcomes if before and one.id == before.id), before)
        made = LearningOutcome(
            id=now.id if now else writing.new_outcome_id(unit), kind=OutcomeKind(data["kind"]),
            text=said(now.text if now else None, language, data["text"]) or LangString.of({language: data["text"]}),
            criteria=writing.criteria(now, language, data["criteria"].splitlines()), required=data["required"],
            level=eqf(data["level"]), national_category=data["national_category"], skills=data["skills"],
        )  # fmt: skip
        return writing.put_outcome(draft, key, made)

    @staticmethod
    def of(item: LearningOutcome, language: str) -> dict[str, Any]:
        """What the form shows of an outcome."""
        return {
            "kind": item.kind.value, "text": item.text.in_(language), "required": item.required,
            "criteria": "\n".join(one.text.in_(language) for one in item.criteria),
            "level": str(item.level.level) if item.level else "", "national_category": item.national_category,
            "skills": "\n".join(item.skills),
        }  # fmt: skip


class TranslationForm(forms.Form):
    """All texts of the draft in one language, one field for each."""

    def __init__(self, data: Any, *, texts: Iterable[tuple[str, LangString]], tag: str) -> None:
        super().__init__(data)
        texts = tuple(texts)
        self.paths = {f"text-{at}": path for at, (path, _text) in enumerate(texts)}
        for (_path, text), name in zip(texts, self.paths, strict=True):
            given, own = dict(text.texts), text.authoritative
            self.fields[name] = forms.CharField(
                label=given[own], required=False, initial=given.get(tag, ""), max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}) if len(given[own]) > 80 else forms.TextInput(),
            )  # fmt: skip

    def words(self) -> dict[str, str]:
        """What was typed, by the place of the text."""
        return {path: self.cleaned_data[name] for name, path in self.paths.items()}
