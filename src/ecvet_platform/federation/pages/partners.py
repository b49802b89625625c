"""Pages of the network for people: partners, how to connect one, how it stands with one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.federation import words
from ecvet_platform.federation.actions import connecting, ourselves, superior, watching
from ecvet_platform.federation.actions.connecting import CONNECTING, JUDGING, Introduction
from ecvet_platform.federation.errors import PartnerUnknown
from ecvet_platform.federation.forms import AddressForm, ConfirmForm, ProofForm, competences, initial_of
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.words import FUNCTIONS
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

SIZE = 50
ours = for_roles(*CONNECTING)
Verb = Callable[[Identifier, Actor], str]


@ours
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The own address, the partners, and what waits."""
    actor, search = actor_of(request), request.GET.get("q", "")[:200]
    mine = connecting.mine_of(actor)
    lines = watching.partners_of(actor=actor, search=search)
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and 0 < len(text) < 6 else 1
    return show(
        request, "federation/network.html", lines=lines[(number - 1) * SIZE : number * SIZE], count=len(lines),
        page=number, pages=-(-len(lines) // SIZE), address=f"?q={search}" if search else "?", search=search,
        entity=ourselves.entity_of(mine), name=register.names([mine])[mine], words=words, key_of=key_of,
        state=_own_state(mine), waiting=watching.quarantine(actor=actor), above=superior.above(actor=actor),
    )  # fmt: skip


@ours
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """First the address, then what the partner says of itself and the code, then it is confirmed."""
    actor, step = actor_of(request), request.POST.get("step", "")
    asked = AddressForm(request.POST if step == "look" else None, initial={"entity": request.GET.get("entity", "")})
    if step == "look" and asked.is_valid():
        try:
            found = connecting.look(asked.cleaned_data["entity"], actor=actor)
        except EcvetError as error:
            refuse(asked, error, "entity")
        else:
            return _introduced(request, found, {"entity": found.configuration.id, "start": clock.today()})
    if step == "confirm":
        return _confirm(request, actor)
    return show(request, "federation/connect.html", status=422 if asked.errors else 200, form=asked)


@ours
@require_safe
def partner(request: HttpRequest, key: UUID) -> HttpResponse:
    """How it stands with one partner."""
    actor = actor_of(request)
    found = watching.partner(_entity(key, actor), actor=actor)
    return show(
        request, "federation/partner.html", found=found, words=words, key=key, functions=FUNCTIONS,
        item=register.institutions([found.institution]).get(found.institution), key_of=key_of, now=clock.now(),
        keys=register.public_keys(found.institution), judging=bool(actor.roles & set(JUDGING)),
    )  # fmt: skip


@ours
@require_http_methods(["GET", "POST"])
def functions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what a confirmed partner may do."""
    actor = actor_of(request)
    found = watching.partner(_entity(key, actor), actor=actor)
    pin = found.line.tie.pin
    if pin is None:
        raise PartnerUnknown(entity=found.line.known.entity)
    initial = {"start": clock.today(), **initial_of(pin.competences)}
    form = ProofForm(request.POST or None, initial=initial, qualifications=_choices(found.institution))
    if request.method == "POST" and form.is_valid():
        try:
            connecting.prove(found.line.known.entity, competences(form), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Saved."))
            return HttpResponseRedirect(reverse("federation:partner", kwargs={"key": key}))
    return show(
        request, "federation/functions.html", status=422 if form.errors else 200, form=form, found=found, key=key
    )  # fmt: skip


def _pause(entity: Identifier, actor: Actor) -> str:
    connecting.pause(entity, paused=True, actor=actor)
    return _("Nothing more is sent to this partner until you resume.")


def _resume(entity: Identifier, actor: Actor) -> str:
    connecting.pause(entity, paused=False, actor=actor)
    return _("Messages are sent to this partner again.")


def _again(entity: Identifier, actor: Actor) -> str:
    count = watching.send_again(entity, actor=actor)
    return ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", count) % {"num": count}


def _refresh(entity: Identifier, actor: Actor) -> str:
    connecting.refresh(entity, actor=actor)
    return _("The partner was asked again who it is; its keys are followed.")


def _withdraw(entity: Identifier, actor: Actor) -> str:
    connecting.withdraw(entity, actor=actor)
    return _("The confirmation has ended. Compare the code anew to work with this partner again.")


VERBS: dict[str, Verb] = {
    "pause": _pause, "resume": _resume, "again": _again, "refresh": _refresh, "withdraw": _withdraw
}  # fmt: skip


@ours
@require_POST
def step(request: HttpRequest, key: UUID, verb: str) -> HttpResponse:
    """Do one thing with a partner; a refusal is shown on its page."""
    actor = actor_of(request)
    entity = _entity(key, actor)
    form = forms.Form({})
    try:
        tell(request, VERBS[verb](entity, actor))
    except EcvetError as error:
        form.full_clean()
        refuse(form, error)
        found = watching.partner(entity, actor=actor)
        return show(
            request, "federation/partner.html", status=error.status, found=found, words=words, key=key, form=form,
            functions=FUNCTIONS, item=register.institutions([found.institution]).get(found.institution),
            key_of=key_of, now=clock.now(), keys=register.public_keys(found.institution),
            judging=bool(actor.roles & set(JUDGING)),
        )  # fmt: skip
    return HttpResponseRedirect(reverse("federation:partner", kwargs={"key": key}))


# ------------------------------------------------------------- strangers' proposals
@ours
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """A stranger's proposal: read it, connect who made it, then let it in; or refuse it."""
    actor = actor_of(request)
    came, item, terms = watching.proposal(key.urn, actor=actor)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            if request.POST.get("step") == "accept":
                watching.accept(came.message, actor=actor)
                tell(request, _("The proposal is taken in; it is among your memoranda now."))
            else:
                watching.refuse(came.message, actor=actor)
                tell(request, _("The proposal is refused, and its sender is told so."))
        except EcvetError as error:
            form.full_clean()
            refuse(form, error)
        else:
            return HttpResponseRedirect(reverse("federation:network"))
    return show(
        request, "federation/proposal.html", status=422 if form.errors else 200, came=came, terms=terms, form=form,
        key=key, level=watching.level(came.entity, actor=actor), words=words, item=item,
    )  # fmt: skip


# ------------------------------------------------------------- inside
def _confirm(request: HttpRequest, actor: Actor) -> HttpResponse:
    entity = connecting.written(request.POST.get("entity", ""))
    try:
        found = connecting.look(entity, actor=actor)
    except EcvetError as error:
        asked = AddressForm({"entity": entity})
        asked.full_clean()
        refuse(asked, error, "entity")
        return show(request, "federation/connect.html", status=422, form=asked)
    form = ConfirmForm(request.POST, qualifications=_choices(found.item.id, found.item.country))
    if form.is_valid():
        try:
            known = connecting.confirm(entity, form.cleaned_data["heard"], actor=actor, competences=competences(form))
        except EcvetError as error:
            refuse(form, error, "heard" if error.code == "federation.partner.codes-differ" else None)
        else:
            tell(request, _("%(name)s is connected.") % {"name": known.name})
            return HttpResponseRedirect(reverse("federation:partner", kwargs={"key": known.key}))
    return _introduced(request, found, form)


def _introduced(request: HttpRequest, found: Introduction, given: dict[str, Any] | ConfirmForm) -> HttpResponse:
    form = given
    if not isinstance(form, ConfirmForm):
        form = ConfirmForm(initial=form, qualifications=_choices(found.item.id, found.item.country))
    return show(
        request, "federation/confirm.html", status=422 if form.errors else 200, form=form, found=found,
        functions=FUNCTIONS, contact=register.contact(found.item.id),
    )  # fmt: skip


def _choices(institution: Identifier, country: str = "") -> list[tuple[str, str]]:
    """The qualifications of the partner's country, and its own."""
    if not country:
        country = register.country_of([institution]).get(institution, "")
    lines = (
        *qualifications.lines(country=country, limit=100),
        *qualifications.lines(institution=institution, limit=100),
    )
    return list({line.id: f"{line.title} ({line.code}, {line.version})" for line in lines}.items())


def _entity(key: UUID, actor: Actor) -> Identifier:
    found = next((one for one in watching.partners_of(actor=actor) if one.known.key == key), None)
    if found is None:
        raise PartnerUnknown(entity=str(key))
    return found.known.entity


def _own_state(mine: Identifier) -> str:
    """What others would find at the own address; empty where all is well."""
    try:
        ourselves.configuration(mine, at=clock.now())
    except EcvetError as error:
        return f"{error} {error.what_to_do}"
    return ""
