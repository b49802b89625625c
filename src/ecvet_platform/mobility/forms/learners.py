"""The form of a learner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet.record import Person
from ecvet.terms import Identifier
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.qualifications.actions import Line


class PersonForm(forms.Form):
    """What a person is called, in her own script, and when she was born."""

    names = forms.CharField(
        label=_("Given names"), max_length=200, help_text=_("In the person's own script, as she writes them.")
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=200, required=False, help_text=_("Empty for who has only one name.")
    )
    birth_date = forms.DateField(
        label=_("Date of birth"), required=False, widget=DateInput(),
        help_text=_("Needed to know whether a guardian signs."),
    )  # fmt: skip

    def person(self) -> Person:
        """The person that was typed."""
        data = self.cleaned_data
        return Person(
            names=tuple(data["names"].split()), family_name=data["family_name"], birth_date=data["birth_date"]
        )


class LearnerForm(PersonForm):
    """Who the learner is, and what is followed."""

    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("With it the learner can sign in and sign.")
    )
    qualification = forms.ChoiceField(label=_("Follows the qualification"), required=False)
    guardian = forms.CharField(label=_("Guardian's name"), required=False, max_length=200)
    guardian_email = forms.EmailField(
        label=_("Guardian's e-mail address"), required=False, help_text=_("For a learner under age.")
    )

    def __init__(self, *args: Any, qualifications: tuple[Line, ...], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"].choices = choices(qualifications, language)  # type: ignore[attr-defined]


class EnrolmentForm(forms.Form):
    """Another qualification version, from a day on."""

    qualification = forms.ChoiceField(label=_("Qualification"))
    since = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, *args: Any, qualifications: tuple[Line, ...], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"].choices = choices(qualifications, language)  # type: ignore[attr-defined]


def choices(lines: tuple[Line, ...], language: str) -> list[tuple[Identifier | str, Any]]:
    """Qualifications for a list to choose from."""
    shown = ((one.id, f"{one.title.in_(language, 'en')} ({one.country}, {one.code}, {one.version})") for one in lines)
    return [("", _("none yet")), *shown]
