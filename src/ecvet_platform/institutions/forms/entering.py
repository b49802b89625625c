"""What a register office may type about an institution: its names, its functions, its accreditation, its people."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ecvet.partnership import Accreditation, Competence, CompetentInstitution, Function
from ecvet.terms import Country, Identifier, LangString, Period, identifier
from ecvet_platform.institutions.forms import DateInput, parsed
from ecvet_platform.institutions.words import CONTACT, FUNCTIONS
from ecvet_platform.people.language import countries, languages
from ecvet_platform.people.roles import Role


class InstitutionForm(forms.Form):
    """What an institution is called, where it is, and how to reach it."""

    id = forms.CharField(
        label=_("Identifier"), max_length=300,
        help_text=_("An address that names the institution for ever, usually its website: https://school.example/"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=300, help_text=_("In its own language; this name is authoritative.")
    )
    language = forms.ChoiceField(label=_("Language of the name"))
    names = forms.CharField(
        label=_("Names in other languages"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One in a line, with the language before it, for example “en: Vocational College”."),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"))
    other_ids = forms.CharField(
        label=_("Other identifiers"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One in a line, each with its scheme, for example urn:pic:999999999."),
    )  # fmt: skip
    address = forms.CharField(label=_("Postal address"), required=False, max_length=500)
    telephone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    fax = forms.CharField(label=_("Fax"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    person = forms.CharField(label=_("Contact person"), required=False, max_length=200)
    position = forms.CharField(label=_("Position"), required=False, max_length=200)
    persontelephone = forms.CharField(label=_("Telephone of the contact person"), required=False, max_length=60)
    personfax = forms.CharField(label=_("Fax of the contact person"), required=False, max_length=60)
    personemail = forms.EmailField(label=_("E-mail of the contact person"), required=False)

    def __init__(self, *args: Any, before: CompetentInstitution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        self.fields["country"].choices = [("", "–"), *countries()]  # type: ignore[attr-defined]
        if before is not None:
            del self.fields["id"]

    def clean_id(self) -> Identifier:
        """The identifier is a URI."""
        return parsed(identifier, self.cleaned_data["id"])

    def clean_other_ids(self) -> tuple[Identifier, ...]:
        """Each of them is a URI."""
        return tuple(parsed(identifier, line) for line in self.cleaned_data["other_ids"].split())

    def clean_names(self) -> dict[str, str]:
        """Each line has a language and a name."""
        found: dict[str, str] = {}
        for line in self.cleaned_data["names"].splitlines():
            tag, colon, text = (part.strip() for part in line.partition(":"))
            if colon and tag in dict(settings.LANGUAGES) and text:
                found[tag] = text
            elif line.strip():
                raise forms.ValidationError(
                    gettext("“%(line)s” is not a language and a name. Write it like “en: Vocational College”.")
                    % {"line": line.strip()[:60]}
                )
        return found

    def institution(self) -> CompetentInstitution:
        """The institution as typed, without functions and accreditation."""
        data = self.cleaned_data
        texts = {**data["names"], data["language"]: data["name"]}
        return CompetentInstitution(
            id=self.before.id if self.before else data["id"], country=Country(data["country"]),
            name=LangString.of(texts, authoritative=data["language"]), other_ids=data["other_ids"],
        )  # fmt: skip

    def contact(self) -> dict[str, str]:
        """How to reach it."""
        return {name: self.cleaned_data[name.replace("-", "")] for name in CONTACT}

    @staticmethod
    def of(item: CompetentInstitution, contact: Mapping[str, str]) -> dict[str, Any]:
        """What the form shows of an institution that is entered already."""
        own = item.name.authoritative
        return {
            "name": item.name.in_(own), "language": own, "country": item.country,
            "names": "\n".join(f"{tag}: {text}" for tag, text in item.name.texts if tag != own),
            "other_ids": "\n".join(item.other_ids),
            **{name.replace("-", ""): contact.get(name, "") for name in CONTACT},
        }  # fmt: skip


class _WithinDates(forms.Form):
    """Something that holds within dates, for all qualifications or for some."""

    start = forms.DateField(label=_("Since"), widget=DateInput())
    end = forms.DateField(label=_("Until"), required=False, widget=DateInput(), help_text=_("Empty: without an end."))
    qualifications = forms.MultipleChoiceField(
        label=_("For these qualifications"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none where it holds for all of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, qualifications: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualifications"].choices = list(qualifications)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        found: dict[str, Any] = super().clean() or {}
        start, end = found.get("start"), found.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", gettext("The last day lies before the first. Correct one of the two."))
        return found

    def _common(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"valid": Period(data["start"], data["end"]), "qualifications": frozenset(data["qualifications"])}

    @staticmethod
    def _of(item: Competence | Accreditation) -> dict[str, Any]:
        return {"start": item.valid.start, "end": item.valid.end, "qualifications": sorted(item.qualifications)}


class FunctionForm(_WithinDates):
    """Functions that an institution is competent for, since when, for what, and by which law or decision."""

    functions = forms.MultipleChoiceField(
        label=_("It may"), widget=forms.CheckboxSelectMultiple, choices=list(FUNCTIONS.items())
    )
    source = forms.CharField(
        label=_("Law or decision that grants it"), required=False, max_length=500,
        help_text=_("So that anybody can look it up."),
    )  # fmt: skip
    field_order = ("functions", "start", "end", "source", "qualifications")

    def competences(self) -> tuple[Competence, ...]:
        """One for each function that was ticked."""
        data = self.cleaned_data
        return tuple(
            Competence(function=Function(one), source=data["source"], **self._common()) for one in data["functions"]
        )

    @classmethod
    def of(cls, item: Competence) -> dict[str, Any]:
        """What the form shows of a function that is entered already."""
        return {"functions": [item.function.value], "source": item.source, **cls._of(item)}


class AccreditationForm(_WithinDates):
    """Who has accredited an institution, until when, and where the decision can be read."""

    by = forms.CharField(label=_("Accredited by"), max_length=300)
    reference = forms.CharField(
        label=_("Decision"), required=False, max_length=500, help_text=_("Its number or its address.")
    )
    field_order = ("by", "reference", "start", "end", "qualifications")

    def accreditation(self) -> Accreditation:
        """The accreditation as typed."""
        return Accreditation(by=self.cleaned_data["by"], reference=self.cleaned_data["reference"], **self._common())

    @classmethod
    def of(cls, item: Accreditation) -> dict[str, Any]:
        """What the form shows of an accreditation that is entered already."""
        return {"by": item.by, "reference": item.reference, **cls._of(item)}


class SuccessionForm(forms.Form):
    """Which institution continues this one, since when, and by which law or decision."""

    by = forms.CharField(
        label=_("Continued by"), max_length=300,
        help_text=_("The identifier of the institution, as its page shows it. Enter it first if it is new."),
    )  # fmt: skip
    since = forms.DateField(label=_("Since"), widget=DateInput())
    source = forms.CharField(label=_("Law or decision"), max_length=500, help_text=_("So that anybody can look it up."))
    with_people = forms.BooleanField(
        label=_("The successor's people act for it too"), required=False,
        help_text=_("They get the roles that they have at the successor, so that running agreements and credit go on."),
    )  # fmt: skip

    def clean_by(self) -> Identifier:
        """The identifier is a URI."""
        return parsed(identifier, self.cleaned_data["by"])


class MemberForm(forms.Form):
    """A person and what they do in the institution."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They sign in with it, by a link that we send; no password is needed.")
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, roles: Iterable[tuple[Role, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = list(roles)  # type: ignore[attr-defined]

    def chosen(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(Role(one) for one in self.cleaned_data["roles"])
