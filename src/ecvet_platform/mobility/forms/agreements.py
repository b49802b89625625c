"""The form of a learning agreement: what the memorandum and the qualification know is filled in already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import (
    AgreedUnit,
    Amendment,
    AssessmentPlan,
    ChangeReason,
    LearningAgreement,
    Party,
    Responsible,
    Role,
    assessing,
)
from ecvet.partnership import Function, MemorandumOfUnderstanding
from ecvet.qualification import Qualification, Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString, Period
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.mobility.forms.formalities import Formalities
from ecvet_platform.mobility.words.cases import CHANGE_REASONS
from ecvet_platform.people.language import day

Memoranda = tuple[Recorded[MemorandumOfUnderstanding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What was chosen before the form is shown."""

    home: Identifier
    hosting: Identifier
    qualification: Qualification
    units: dict[Identifier, Unit]
    memoranda: Memoranda
    names: dict[Identifier, str]
    intermediaries: frozenset[Identifier] = frozenset()

    @property
    def assessing(self) -> tuple[Identifier, ...]:
        """Who may be agreed to assess: the host, and whom the memoranda name for it; never home (R-LA-10, R-MOU-5)."""
        said = [one.value for one in self.memoranda]
        named = [one.institution for item in said for one in item.responsibilities if one.function is Function.ASSESS]
        named += [one.id for item in said for one in item.other_actors if Function.ASSESS in one.functions]
        return tuple(one for one in dict.fromkeys((self.hosting, *named)) if one != self.home)

    def open_to(self, memorandum: Address | None) -> dict[Identifier, Unit]:
        """The units that the memorandum opens to mobility; all without one."""
        found = next((one.value for one in self.memoranda if one.address == memorandum), None)
        if found is None:
            return self.units
        covered = [one for one in found.qualifications if one.qualification == self.qualification.id]
        return {id_: unit for id_, unit in self.units.items() if any(not c.units or id_ in c.units for c in covered)}


class AgreementForm(Formalities):
    """All that two institutions and a learner agree for one stay."""

    memorandum = forms.ChoiceField(label=_("In the frame of"), required=False, widget=forms.RadioSelect)
    start = forms.DateField(label=_("First day"), widget=DateInput())
    end = forms.DateField(label=_("Last day"), widget=DateInput())
    place = forms.CharField(label=_("Place of learning"), required=False, max_length=500)
    mentor = forms.CharField(label=_("Mentor at the hosting institution"), required=False, max_length=200)
    assessor = forms.CharField(label=_("Assessor"), required=False, max_length=200)
    methods = forms.CharField(
        label=_("How it is assessed"), required=False, max_length=500,
        help_text=_("Several methods are separated by commas. Without any, what the units say holds."),
    )  # fmt: skip
    when = forms.CharField(label=_("When it is assessed"), required=False, max_length=500)
    safeguards = forms.CharField(label=_("What ensures the quality of assessment"), required=False, max_length=500)
    recorded = forms.CharField(label=_("How results are recorded"), required=False, max_length=500)
    validator = forms.CharField(label=_("Who validates at home"), required=False, max_length=200)
    recognises = forms.ChoiceField(
        label=_("Institution that recognises"), required=False,
        help_text=_("The home institution, or the one that awards the qualification."),
    )  # fmt: skip
    recogniser = forms.CharField(label=_("Who recognises there"), required=False, max_length=200)
    decision_due = forms.DateField(label=_("Recognition is decided by"), required=False, widget=DateInput())
    activities = forms.CharField(
        label=_("Learning activities"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    project = forms.CharField(label=_("Project number"), required=False, max_length=60)
    additional = forms.CharField(
        label=_("Additional information"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    retroactive = forms.BooleanField(
        label=_("Retroactive: the stay has begun, or the agreed end has passed"), required=False
    )

    def __init__(self, *args: Any, frame: Frame, change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frame = frame
        self._add_what_is_rare(frame, change)
        self.fields["memorandum"].choices = [  # type: ignore[attr-defined]
            *((one.address, _memorandum_name(one.value)) for one in frame.memoranda),
            ("", _("No memorandum: an agreement outside the ECVET framework")),
        ]
        self.fields["recognises"].choices = [  # type: ignore[attr-defined]
            (one, frame.names.get(one, one)) for one in dict.fromkeys((frame.home, frame.qualification.institution))
        ]
        self.unit_fields: list[tuple[Unit, str, str]] = []
        for number, unit in enumerate(frame.units.values()):
            whole, some = f"unit-{number}", f"outcomes-{number}"
            self.fields[whole] = forms.BooleanField(label=str(unit.title), required=False)
            self.fields[some] = forms.MultipleChoiceField(
                label=_("Or only these outcomes"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.id, one.text.in_(translation.get_language() or "en", "en")) for one in unit.outcomes],
            )  # fmt: skip
            self.unit_fields.append((unit, whole, some))

    def _add_what_is_rare(self, frame: Frame, change: bool) -> None:
        """Why it is changed, who else could assess, and who organises: asked only where there is something to say."""
        if change:
            self.fields["why"] = forms.MultipleChoiceField(
                label=_("Why is it changed?"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=list(CHANGE_REASONS.items()), help_text=_("Everybody who signs again reads it."),
            )  # fmt: skip
            self.fields["why_text"] = forms.CharField(label=_("In your words"), required=False, max_length=1000)
        if len(frame.assessing) > 1:
            self.fields["assessing"] = forms.ChoiceField(
                label=_("Institution that assesses"), required=False,
                choices=[(one, frame.names.get(one, one)) for one in frame.assessing],
                help_text=_("The host, or a body that the memorandum names: a school assesses practice in a company."),
            )  # fmt: skip
        if frame.intermediaries:
            self.fields["intermediary"] = forms.ChoiceField(
                label=_("Intermediary that organises the stay"), required=False,
                choices=[("", _("none")), *((one, frame.names.get(one, one)) for one in sorted(frame.intermediaries))],
                help_text=_("It signs too, and never assesses."),
            )  # fmt: skip

    @property
    def rare(self) -> list[Any]:
        """The fields that only some agreements have, for the page."""
        return [self[name] for name in ("intermediary", "assessing") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """At least one unit or outcome, a last day not before the first, a person of another body that recognises."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("recognises") not in (None, "", self.frame.home) and not (found.get("recogniser") or "").strip():
            self.add_error("recogniser", _("Name the person who recognises at that institution."))
        start, end = found.get("start"), found.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", _("The last day lies before the first. Correct one of the two."))
        if not any(found.get(whole) or found.get(some) for _unit, whole, some in self.unit_fields):
            self.add_error(None, _("Choose at least one unit, or outcomes of one."))
        return found

    def agreement(
        self, learner: Identifier | None, guardian: Identifier | None, before: LearningAgreement | None = None
    ) -> LearningAgreement:
        """The agreement that was typed, for one learner or, without one, as the common text of a group."""
        data, frame = self.cleaned_data, self.frame
        language = (translation.get_language() or "en").split("-")[0]
        parties = [Party(role=Role.HOME, id=frame.home), Party(role=Role.HOSTING, id=frame.hosting)]
        if learner:
            parties.append(Party(role=Role.LEARNER, id=learner))
        if guardian:
            parties.append(Party(role=Role.GUARDIAN, id=guardian))
        if data.get("intermediary"):
            parties.append(Party(role=Role.INTERMEDIARY, id=Identifier(data["intermediary"])))
        why = frozenset(ChangeReason(one) for one in data.get("why", ()))
        item = frame.qualification

        def said(name: str) -> LangString | None:
            return LangString.of({language: data[name]}) if data[name].strip() else None

        return LearningAgreement(
            parties=tuple(parties), period=Period(data["start"], data["end"]), qualification=item.id,
            qualification_title=item.title, units=tuple(self._units(said("activities"))),
            memorandum=Address(data["memorandum"]) if data["memorandum"] else None, eqf=item.eqf, nqf=item.nqf,
            assessment=AssessmentPlan(
                assessors=_person(data["assessor"], "assess", Identifier(data.get("assessing") or frame.hosting)),
                methods=self._methods(language),
                place=data["place"], when=said("when"), safeguards=said("safeguards"), recorded_how=said("recorded"),
            ),
            validation=_person(data["validator"], "validate", frame.home),
            recognition=_person(data["recogniser"], "recognise", Identifier(data["recognises"] or frame.home)),
            mentors=_person(data["mentor"], "mentor", frame.hosting), hosting_place=data["place"],
            project=data["project"], additional=said("additional"), decision_due=data["decision_due"],
            retroactive=data["retroactive"], group=before.group if before else None,
            mode=before.mode if before else "physical", programme=before.programme if before else "",
            **self.formalities(language), amendment=Amendment(reasons=why, text=said("why_text")) if why else None,
        )  # fmt: skip

    def _units(self, activities: LangString | None) -> Iterable[AgreedUnit]:
        for unit, whole, some in self.unit_fields:
            chosen = unit.outcome_ids if self.cleaned_data[whole] else frozenset(self.cleaned_data[some])
            if not chosen:
                continue
            link = next(link for link in self.frame.qualification.units if link.unit == unit.id)
            yield AgreedUnit(
                unit=unit.id, code=link.code, title=unit.title, outcomes=chosen,
                part=bool(unit.required_outcomes - chosen), home_points=link.points, activities=activities,
            )  # fmt: skip

    def _methods(self, language: str) -> tuple[str, ...]:
        """What was typed, else how the units chosen say that they are assessed."""
        typed = tuple(one.strip() for one in self.cleaned_data["methods"].split(",") if one.strip())
        if typed:
            return typed
        chosen = (unit for unit, whole, some in self.unit_fields if self.cleaned_data[whole] or self.cleaned_data[some])
        return tuple(dict.fromkeys(unit.assessment.in_(language, "en") for unit in chosen if unit.assessment))

    @staticmethod
    def usual() -> dict[str, Any]:
        """What the plan of an assessment usually says, in the reader's language; everybody may write something else."""
        return {
            "when": gettext("In the last week of the stay"),
            "safeguards": gettext("Every outcome is assessed against the criteria of its unit"),
            "recorded": gettext("In the assessment grid, outcome by outcome"),
        }

    @staticmethod
    def of(item: LearningAgreement, frame: Frame, *, with_learning: bool = True) -> dict[str, Any]:
        """What the form shows of an agreement: to be changed, or as a pattern (then without dates and units)."""
        found: dict[str, Any] = {
            "place": item.hosting_place, "mentor": _name(item.mentors), "assessor": _name(item.assessment.assessors),
            "methods": ", ".join(item.assessment.methods), "when": str(item.assessment.when or ""),
            "safeguards": str(item.assessment.safeguards or ""), "recorded": str(item.assessment.recorded_how or ""),
            "validator": _name(item.validation), "recogniser": _name(item.recognition),
            "recognises": next((one.institution for one in item.recognition), frame.home),
            "assessing": assessing(item) or frame.hosting, "intermediary": item.party(Role.INTERMEDIARY) or "",
        }  # fmt: skip
        if not with_learning:
            told = ("validation_how", "validation_recorded", "recognition_how")
            return found | {name: str(getattr(item, name) or "") for name in told}
        agreed = {one.unit: one for one in item.units}
        for number, unit in enumerate(frame.units.values()):
            chosen = agreed[unit.id].outcomes if unit.id in agreed else frozenset[str]()
            found[f"unit-{number}"] = bool(chosen) and chosen == unit.outcome_ids
            found[f"outcomes-{number}"] = sorted(chosen) if chosen != unit.outcome_ids else []
        return found | {
            "memorandum": item.memorandum or "", "start": item.period.start, "end": item.period.end,
            "activities": next((str(one.activities) for one in item.units if one.activities), ""),
            "project": item.project, "additional": str(item.additional or ""), "decision_due": item.decision_due,
            "retroactive": item.retroactive, **Formalities.of_formalities(item),
        }  # fmt: skip


PLAIN_FIELDS: Final = tuple(AgreementForm.base_fields)
"""The fields that every agreement has, beside those of its units."""


def _person(name: str, function: str, institution: Identifier) -> tuple[Responsible, ...]:
    return (Responsible(function=function, institution=institution, name=name.strip()),) if name.strip() else ()


def _name(people: tuple[Responsible, ...]) -> str:
    return people[0].name if people else ""


def _memorandum_name(item: MemorandumOfUnderstanding) -> str:
    objectives = str(item.objectives) if item.objectives else _("Memorandum of understanding")
    return f"{objectives} ({day(item.valid.start)} – {day(item.valid.end)})" if item.valid else f"{objectives}"
