"""Pages about who vouches for whom: the own superiors, those below, the anchors of this server, and moving away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import anchors, connecting, moving, ourselves, superior, watching
from ecvet_platform.federation.actions.connecting import CONNECTING, JUDGING
from ecvet_platform.federation.forms import AddressForm, CodeForm, MoveForm, StatementForm, competences
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.words import FUNCTIONS
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications


@for_roles(*CONNECTING)
@require_http_methods(["GET", "POST"])
def above(request: HttpRequest) -> HttpResponse:
    """The superiors of the own institution, and the marks that they give."""
    actor, step = actor_of(request), request.POST.get("step", "")
    form = AddressForm(request.POST if step == "name" else None)
    form.fields["entity"].label = _("Address of the superior in the network")
    if step == "leave":
        superior.leave(Identifier(request.POST.get("entity", "")), actor=actor)
        tell(request, _("It is named no longer."))
        return HttpResponseRedirect(reverse("federation:above"))
    if step == "name" and form.is_valid():
        try:
            superior.name_above(Identifier(form.cleaned_data["entity"]), actor=actor)
        except EcvetError as error:
            refuse(form, error, "entity")
        else:
            tell(request, _("The superior is named. Its marks are fetched every night."))
            return HttpResponseRedirect(reverse("federation:above"))
    return show(
        request, "federation/above.html", status=422 if form.errors else 200, form=form, functions=FUNCTIONS,
        lines=superior.above(actor=actor),
    )  # fmt: skip


@for_roles(*JUDGING)
@require_http_methods(["GET", "POST"])
def below(request: HttpRequest) -> HttpResponse:
    """What the own institution states about others, with marks."""
    actor, step = actor_of(request), request.POST.get("step", "")
    about = _about(actor)
    form = StatementForm(
        request.POST if step == "state" else None, about=about, initial={"start": clock.today()},
        qualifications=[(line.id, f"{line.title} ({line.code})") for line in qualifications.lines(limit=100)],
    )  # fmt: skip
    if step == "end":
        superior.end(Identifier(request.POST.get("entity", "")), actor=actor)
        tell(request, _("Nothing more is stated about it. Within a day nobody counts on it any more."))
        return HttpResponseRedirect(reverse("federation:below"))
    if step == "state" and form.is_valid():
        try:
            entity = Identifier(form.cleaned_data["entity"])
            superior.state(entity, competences(form), below=form.cleaned_data["below"], actor=actor)
        except EcvetError as error:
            refuse(form, error, "entity")
        else:
            tell(request, _("It is stated from now on. Tell the institution to name yours as its superior."))
            return HttpResponseRedirect(reverse("federation:below"))
    return show(
        request, "federation/below.html", status=422 if form.errors else 200, form=form, functions=FUNCTIONS,
        lines=superior.stated(actor=actor), entity=ourselves.entity_of(connecting.mine_of(actor)),
    )  # fmt: skip


@for_roles(Role.REGISTER_OFFICE)
@require_http_methods(["GET", "POST"])
def chosen(request: HttpRequest) -> HttpResponse:
    """The anchors of this server: look one up, compare its code, choose it; or give it up."""
    actor, step = actor_of(request), request.POST.get("step", "")
    form: AddressForm | CodeForm = AddressForm(request.POST if step == "look" else None)
    form.fields["entity"].label = _("Address of the anchor")
    found = None
    if step == "give-up":
        anchors.may_choose(actor)
        anchors.give_up(Identifier(request.POST.get("entity", "")), by=actor)
        tell(request, _("It is no anchor any more."))
        return HttpResponseRedirect(reverse("federation:anchors"))
    try:
        if step == "look" and form.is_valid():
            found = connecting.ask_anchor(form.cleaned_data["entity"], actor=actor)
            form = CodeForm(initial={"entity": found.configuration.id})
        elif step == "choose":
            form = CodeForm(request.POST)
            found = connecting.ask_anchor(connecting.written(request.POST.get("entity", "")), actor=actor)
            if form.is_valid():
                connecting.choose_anchor(found.configuration.id, form.cleaned_data["heard"], actor=actor)
                tell(request, _("%(name)s is an anchor now.") % {"name": found.item.name})
                return HttpResponseRedirect(reverse("federation:anchors"))
    except EcvetError as error:
        refuse(form, error, "heard" if found is not None else "entity")
    return show(
        request, "federation/anchors.html", status=422 if form.errors else 200, form=form, found=found,
        lines=anchors.lines(),
    )  # fmt: skip


@for_roles(*CONNECTING)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """An institution moves to a server of its own: which one, whereto, the code, and what it means."""
    actor, step = actor_of(request), request.POST.get("step", "")
    choices = _movable(actor)
    form: MoveForm | CodeForm = MoveForm(
        request.POST if step == "look" else None, institutions=choices, initial={"entity": request.GET.get("entity")}
    )  # fmt: skip
    found, name = None, Identifier(request.POST.get("institution", ""))
    try:
        if step == "look" and form.is_valid():
            found = moving.code_to_move(name, form.cleaned_data["entity"], actor=actor)
            form = CodeForm(initial={"entity": found.configuration.id})
        elif step == "move":
            form = CodeForm(request.POST)
            entity = connecting.written(request.POST.get("entity", ""))
            found = moving.code_to_move(name, entity, actor=actor)
            if form.is_valid():
                known = moving.move(name, entity, form.cleaned_data["heard"], actor=actor)
                tell(request, _("%(name)s signs on its own server from now on.") % {"name": known.name})
                return HttpResponseRedirect(reverse("start"))
    except EcvetError as error:
        refuse(form, error, "heard" if found is not None else "entity")
    return show(
        request, "federation/move.html", status=422 if form.errors else 200, form=form, found=found, institution=name
    )  # fmt: skip


# ------------------------------------------------------------- inside
def _about(actor: Actor) -> list[tuple[str, str]]:
    """The confirmed partners, and the other institutions of this server."""
    mine = connecting.mine_of(actor)
    tied = [(one.known.entity, one.known.name) for one in watching.partners_of(actor=actor) if one.tie.pin is not None]
    here = sorted(one for one in register.here() if one != mine)
    names = register.names(here)
    return [*tied, *sorted(((ourselves.entity_of(one), names[one]) for one in here), key=lambda pair: pair[1])]


def _movable(actor: Actor) -> list[tuple[str, str]]:
    """The own institution; for a register office all others too."""
    office = Role.REGISTER_OFFICE in actor.roles
    ids = [line.id for line in register.lines(limit=1000)] if office else [connecting.mine_of(actor)]
    names = register.names(ids)
    return sorted(((one, names[one]) for one in ids), key=lambda pair: pair[1])
