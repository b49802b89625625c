"""Pages of agreements: the list, one with its versions and its stay, signing, comparing two versions."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.mobility import LearningAgreement, Verb
from ecvet.record import Act, Address, address
from ecvet.terms import Identifier
from ecvet_platform.documents.actions import Format
from ecvet_platform.institutions import words as documents
from ecvet_platform.institutions.actions import asking as documents_asking
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.forms import DelegateForm, ReasonForm, TerminationForm
from ecvet_platform.journal import clock
from ecvet_platform.mobility import words
from ecvet_platform.mobility.actions import agreements as actions
from ecvet_platform.mobility.actions import asking, learners, signing, stays
from ecvet_platform.mobility.actions import document as documented
from ecvet_platform.mobility.forms.stays import WITH_REASON, ClosingForm, EventForm
from ecvet_platform.people.doors import actor_of, check_at, for_roles, language_of, printed, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of, thread_of

SIZE = 50
STEPS = ("accept", "reject", "withdraw", "seal", "terminate", "delegate", "ask-again")


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements in which the reader has a part."""
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "state", "stay")}
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    lines, count = actions.page(
        actor=actor_of(request), search=asked["q"], state=asked["state"], stay=asked["stay"], number=max(number, 1),
        size=SIZE,
    )  # fmt: skip
    return show(
        request, "mobility/agreements.html", lines=lines, count=count, page=number, pages=-(-count // SIZE),
        address="?" + urlencode({name: one for name, one in asked.items() if one}), asked=asked, words=words,
        documents=documents, group_seers=set(actions.READERS),
        names=register.names(one for line in lines for one in (line.home, line.hosting)),
    )  # fmt: skip


@require_safe
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """One agreement: what it says, its versions, its stay, and what the reader may do."""
    return _agreement(request, key)


@require_safe
def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The agreement as a document to keep, print and show."""
    data = documented.agreement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language_of(request)
    )
    return printed(data, f"agreement-{key}")


@require_safe
def docx(request: HttpRequest, key: UUID) -> HttpResponse:
    """The agreement as a document to edit."""
    data = documented.agreement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language_of(request),
        form=Format.WORD,
    )  # fmt: skip
    return printed(data, f"agreement-{key}", Format.WORD)


@require_POST
def step(request: HttpRequest, key: UUID, verb: str) -> HttpResponse:
    """One of `STEPS`; what is refused is shown at the form."""
    actor, thread = actor_of(request), thread_of(key)
    version = address(request.POST.get("version", ""))
    kinds: dict[str, type[forms.Form]] = {"terminate": TerminationForm, "reject": ReasonForm, "withdraw": ReasonForm}
    form = (
        DelegateForm(request.POST, colleagues=_choices(actor))
        if verb == "delegate" else kinds.get(verb, forms.Form)(request.POST)
    )  # fmt: skip
    actions.agreement(thread, actor=actor)
    if form.is_valid():
        try:
            _take(verb, thread, version, form.cleaned_data, actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, str(documents.DONE.get(verb, documents.DONE[""])))
            return HttpResponseRedirect(reverse("mobility:agreement", kwargs={"key": key}))
    return _agreement(request, key, form=form, tried=(version, verb))


@require_safe
def compare(request: HttpRequest, key: UUID, version: str) -> HttpResponse:
    """A version beside the one that it was made from."""
    actor, thread, new = actor_of(request), thread_of(key), address(version)
    item = actions.version(thread, new, actor=actor)
    changes = actions.compare(thread, new, actor=actor)
    found = actions.agreement(thread, actor=actor)
    return show(
        request, "mobility/compare.html", item=item, changes=changes, key=key, words=words, version=new,
        verbs=found.verbs[new], names=actions.names_in(item), documents=documents, form=forms.Form(), tried=(None, ""),
        units={one.unit: one.title for one in item.units}, outcomes=_outcomes(item),
    )  # fmt: skip


@require_POST
def happened(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell that something happened during the stay."""
    form = EventForm(request.POST)
    actions.agreement(thread_of(key), actor=actor_of(request))
    if form.is_valid():
        data = form.cleaned_data
        note = register.said(data["note"], request.LANGUAGE_CODE)
        try:
            stays.tell(
                thread_of(key), data["verb"], on=data["on"], actor=actor_of(request), reason=data["reason"],
                remainder=data["remainder"], note=note,
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("It is told; everybody concerned sees it now."))
            return HttpResponseRedirect(reverse("mobility:agreement", kwargs={"key": key}) + "#stay")
    return _agreement(request, key, form=form, tried=(None, request.POST.get("verb", "")))


@for_roles(*stays.TELLERS_OF_HOME)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look back on a stay and close it."""
    actor, thread = actor_of(request), thread_of(key)
    line = actions.line(thread, actor=actor)
    form = ClosingForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        evaluation = register.said(data["evaluation"], request.LANGUAGE_CODE)
        review = register.said(data["review"], request.LANGUAGE_CODE)
        assert evaluation is not None
        assert review is not None
        try:
            stays.close(
                thread, actor=actor, on=data["on"], recognised=data["recognised"], evaluation=evaluation,
                review=review, why_not=frozenset(data["why_not"]), outcomes_suitable=data["outcomes_suitable"],
                documentation_sufficient=data["documentation_sufficient"],
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The stay is closed."))
            return HttpResponseRedirect(reverse("mobility:agreement", kwargs={"key": key}))
    name = learners.names([line.learner]).get(line.learner, line.learner)
    return show(request, "mobility/close.html", status=422 if form.errors else 200, form=form, name=name, key=key)


def _agreement(
    request: HttpRequest, key: UUID, *, form: forms.Form | None = None, tried: tuple[Address | None, str] = (None, "")
) -> HttpResponse:
    actor, thread = actor_of(request), thread_of(key)
    found = actions.agreement(thread, actor=actor)
    item = found.item.value
    units = {one.unit: unit.value for one in item.units if (unit := qualifications.find_unit(one.unit))}
    told = stays.told(thread, actor=actor)
    event_forms = {
        verb: form if isinstance(form, EventForm) and tried[1] == verb
        else EventForm(initial={"verb": verb, "on": clock.today()})
        for verb in told.verbs if verb is not Verb.CLOSE
    }  # fmt: skip
    return show(
        request, "mobility/agreement.html", status=422 if form is not None else 200, found=found, item=item, key=key,
        form=form if form is not None else forms.Form(), tried=tried, names=actions.names_in(item), units=units,
        told=told, event_forms=event_forms, with_reason=WITH_REASON, words=words, documents=documents, key_of=key_of,
        tomorrow=clock.today() + timedelta(days=1), colleagues=_choices(actor), today=clock.today(),
        people=documents_asking.people_in(found.versions),
        group_seers=set(actions.READERS),
    )  # fmt: skip


def _take(verb: str, thread: Identifier, version: Address, data: dict[str, Any], actor: Actor) -> None:
    if verb == "seal":
        signing.seal(thread, version, actor=actor)
    elif verb == "terminate":
        signing.terminate(thread, actor=actor, reason=data["reason"], last_day=data["last_day"])
    elif verb == "delegate":
        asking.delegate(thread, version, Identifier(data["to"]), actor=actor)
    elif verb == "ask-again":
        asking.ask_again(thread, version, actor=actor)
    else:
        signing.answer(thread, version, Act(verb), actor=actor, reason=data.get("reason", ""))


def _choices(actor: Actor) -> list[tuple[str, str]]:
    return [(one.identifier, one.name) for one in asking.colleagues(actor)]


def _outcomes(item: LearningAgreement) -> dict[str, str]:
    known = (qualifications.find_unit(one.unit) for one in item.units)
    return {outcome.id: str(outcome.text) for unit in known if unit for outcome in unit.value.outcomes}
