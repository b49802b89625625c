"""What a person may type about a unit, its parts, its size in the qualification, and its outcomes."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.qualification import LearningOutcome, OutcomeKind, SubArea, Unit, UnitLink
from ecvet.qualification.languages import said
from ecvet.terms import Identifier, LangString, Points, identifier
from ecvet_platform.drafts.actions import writing
from ecvet_platform.drafts.forms import amount, day, eqf, level, lines, ordered, parsed, period
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words import KINDS


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

    weight = amount(
        _("Weight"), help_text=_("Only for a rule that gives a part of the unit a share of its points: how much this "
                                 "outcome weighs beside the others."),
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
            weight=data["weight"],
        )  # fmt: skip
        return writing.put_outcome(draft, key, made)

    @staticmethod
    def of(item: LearningOutcome, language: str) -> dict[str, Any]:
        """What the form shows of an outcome."""
        return {
            "kind": item.kind.value, "text": item.text.in_(language), "required": item.required,
            "criteria": "\n".join(one.text.in_(language) for one in item.criteria),
            "level": str(item.level.level) if item.level else "", "national_category": item.national_category,
            "skills": "\n".join(item.skills), "weight": item.weight,
        }  # fmt: skip


class SubAreaForm(forms.Form):
    """A part of a unit with a size of its own."""

    code = forms.CharField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=300)
    points = amount(_("Points"), help_text=_("Together the parts have the points of the unit."))
    compulsory = forms.BooleanField(label=_("Compulsory"), required=False, initial=True)

    def part(self, before: SubArea | None, unit: Unit, system: str) -> SubArea:
        """The part as typed."""
        data, language = self.cleaned_data, unit.title.authoritative
        title = said(before.title if before else None, language, data["title"])
        return SubArea(
            code=data["code"], title=title or LangString.of({language: data["title"]}),
            points=None if data["points"] is None else Points(data["points"], system), compulsory=data["compulsory"],
        )  # fmt: skip

    @staticmethod
    def of(item: SubArea, language: str) -> dict[str, Any]:
        """What the form shows of a part."""
        return {"code": item.code, "title": item.title.in_(language), "compulsory": item.compulsory,
                "points": item.points.value if item.points else None}  # fmt: skip


class SizeForm(forms.Form):
    """How large a unit is in the qualification, where it is not divided from the total by a method."""

    least = amount(_("Points"))
    most = amount(
        _("Or, where each learner's is fixed, up to so many points"),
        help_text=_("For example 0 to 25. Leave it empty where the unit always has the same points."),
    )
    weight = amount(
        _("Weight in percent"), help_text=_("Only where a weight but no points are published.")
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Bounds in their order."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("most") is not None and found.get("least") is None:
            self.add_error("least", gettext("Say from how many points on, too; 0 is possible."))
        ordered(self, "least", "most")
        return found

    def link(self, before: UnitLink, system: str) -> UnitLink:
        """The link as typed."""
        data = self.cleaned_data

        def points(name: str) -> Points | None:
            return None if data[name] is None else Points(data[name], system)

        most = None if data["most"] == data["least"] else points("most")
        return replace(before, points=points("least"), most=most, weight=data["weight"])

    @staticmethod
    def of(item: UnitLink) -> dict[str, Any]:
        """What the form shows of a link."""
        return {"least": item.points.value if item.points else None, "most": item.most.value if item.most else None,
                "weight": item.weight}  # fmt: skip
