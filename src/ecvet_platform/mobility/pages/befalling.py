"""The page of one event over many stays: find them, decide for each, look at what will be told, tell it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.mobility import MobilityEvent
from ecvet.terms import Failure, Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import befalling as actions
from ecvet_platform.mobility.errors import NotForAll
from ecvet_platform.mobility.forms.befalling import BefallForm, WhomForm
from ecvet_platform.mobility.forms.groups import refuse_each
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell

Answers = Mapping[Identifier, MobilityEvent | Failure | None]


@for_roles(*actions.TELLERS)
@require_http_methods(["GET", "POST"])
def befall(request: HttpRequest) -> HttpResponse:
    """Nothing is told before exactly that was looked at."""
    actor = actor_of(request)
    everywhere = actions.concerned(actor=actor)
    names = register.names(one for stay in everywhere for one in (stay.line.home, stay.line.hosting))
    whom = WhomForm(
        request.GET if "find" in request.GET else None, countries=sorted({one.country for one in everywhere}),
        hosts={one: names[one] for one in dict.fromkeys(stay.line.hosting for stay in everywhere)},
    )  # fmt: skip
    found: tuple[actions.Concerned, ...] = ()
    if whom.is_valid():
        data = whom.cleaned_data
        found = actions.concerned(
            actor=actor, country=data["country"], place=data["place"], start=data["start"], end=data["end"],
            hosting=Identifier(data["hosting"]) if data["hosting"] else None,
        )  # fmt: skip
    form = BefallForm(request.POST or None, stays=found, initial={"on": clock.today()})
    answers: Answers = {}
    if request.method == "POST" and form.is_valid():
        note = register.said(form.cleaned_data["note"], request.LANGUAGE_CODE)
        on, reason = form.cleaned_data["on"], form.cleaned_data["reason"]
        try:
            answers = actions.look(form.choices(), on=on, reason=reason, note=note, actor=actor)
            if request.POST.get("step") == "tell" and request.POST.get("looked") == form.mark:
                count = actions.tell(form.choices(), on=on, reason=reason, note=note, actor=actor)
                done = ngettext("It is told for %(count)s stay.", "It is told for %(count)s stays.", count)
                tell(request, done % {"count": count})
                return HttpResponseRedirect(reverse("mobility:agreements"))
        except NotForAll as error:
            refuse_each(form, error)
        except EcvetError as error:
            refuse(form, error)
    told = [one for one in answers.values() if isinstance(one, MobilityEvent)]
    failed = [one for one in answers.values() if isinstance(one, Failure)]
    return show(
        request, "mobility/befall.html", status=422 if form.errors or whom.errors else 200, form=form, whom=whom,
        found=found, names=names, words=words, answers=answers, told=told, failed=failed, Failure=Failure,
        searched=whom.is_bound,
    )  # fmt: skip
