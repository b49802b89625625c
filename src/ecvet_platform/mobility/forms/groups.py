"""What a person may say for several learners of a group at once."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Verb
from ecvet_platform.mobility.errors import NotForAll
from ecvet_platform.mobility.forms.stays import EventForm
from ecvet_platform.mobility.words import VERBS, said


class GroupEventForm(EventForm):
    """The same event on the same day for those ticked; only what can happen to one of them is offered."""

    verb = forms.TypedChoiceField(label=_("What has happened"), choices=list(VERBS.items()), coerce=Verb)

    def __init__(self, *args: Any, verbs: tuple[Verb, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [(one, VERBS[one]) for one in verbs]  # type: ignore[attr-defined]


def refuse_each(form: BaseForm, error: NotForAll) -> None:
    """Show at the form whose reasons stand in the way, each with its remedy, after the sentence about all."""
    form.add_error(None, said(error))
    for called, reason in error.facts["reasons"]:  # type: ignore[attr-defined]
        form.add_error(None, f"{called}: {said(reason)}")
