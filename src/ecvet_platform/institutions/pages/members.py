"""The people of an institution: how each signs in, giving and taking roles, ending and resetting accounts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.partnership import CompetentInstitution
from ecvet_platform.institutions.actions import members, register
from ecvet_platform.institutions.errors import MemberUnknown
from ecvet_platform.institutions.forms.entering import MemberForm
from ecvet_platform.institutions.forms.members import DemandForm
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.words import ROLES


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who does what here. `step` says what is done; without one a person is entered."""
    item, actor = register.with_key(key), actor_of(request)
    members.members(item.id, actor=actor)  # refuses strangers before anything is read of what they typed
    mine = members.grantable(actor, item.id)
    choices = [(role, str(ROLES[role])) for role in Role if role in mine]
    step = request.POST.get("step", "add") if request.method == "POST" else ""
    form: Form = MemberForm(request.POST if step == "add" else None, roles=choices)
    demands = DemandForm(
        request.POST if step == "demand" else None, roles=choices,
        initial={"demanded": [role.value for role in members.demanded(item.id)]},
    )  # fmt: skip
    if step:
        try:
            said = _done(request, step, item, actor, form, demands)
        except EcvetError as error:
            if step != "add":
                form = MemberForm({}, roles=choices)
                form.full_clean()
                form.errors.clear()
            refuse(form, error)
        else:
            if said:
                tell(request, said)
                return HttpResponseRedirect(reverse("institutions:people", kwargs={"key": key}))
    return show(
        request, "institutions/people.html", status=422 if form.errors else 200, form=form, item=item, key=key,
        members=members.standing(item.id, actor=actor), grantable=mine, demands=demands,
        demanded=sorted(members.demanded(item.id)), looks=members.looks(item.id, actor=actor),
    )  # fmt: skip


def _done(
    request: HttpRequest, step: str, item: CompetentInstitution, actor: Actor, form: Any, demands: DemandForm
) -> str:
    """Do a step, and what to say about it; empty where a form must be filled in otherwise."""
    if step == "add":
        return _add(request, item, actor, form) if form.is_valid() else ""
    if step == "demand":
        if not demands.is_valid():
            return ""
        members.demand(item.id, demands.chosen(), actor=actor)
        return _("What is demanded is kept. It holds from the next page that anybody opens.")
    if step not in _STEPS:
        raise MemberUnknown(role=step[:30])
    return _STEPS[step](item, request.POST.get("which", ""), actor)


def _add(request: HttpRequest, item: CompetentInstitution, actor: Actor, form: Any) -> str:
    data, page = form.cleaned_data, request.build_absolute_uri(reverse("people:sign-in"))
    members.add(
        item.id, email=data["email"], name=data["name"], roles=form.chosen(), actor=actor, sign_in_at=page
    )  # fmt: skip
    return _("%(name)s is entered and gets an e-mail.") % {"name": data["name"]}


def _take(item: CompetentInstitution, which: str, actor: Actor) -> str:
    members.take(item.id, *_which(which), actor=actor)
    return _("The role is taken away.")


def _deactivate(item: CompetentInstitution, which: str, actor: Actor) -> str:
    if members.deactivate(item.id, _person(which), actor=actor):
        return _("The account is out of use, and its sessions have ended. Enter the person again to bring it back.")
    return _("The person has no role here any more; the account lives on, because it has roles elsewhere.")


def _reset(item: CompetentInstitution, which: str, actor: Actor) -> str:
    members.reset(item.id, _person(which), actor=actor)
    return _("Only links by e-mail sign the person in now. An e-mail tells it.")


_STEPS: dict[str, Callable[[CompetentInstitution, str, Actor], str]] = {
    "take": _take,
    "deactivate": _deactivate,
    "reset": _reset,
}


def _which(text: str) -> tuple[UUID, Role]:
    """The person and the role of a button. Raises `MemberUnknown`."""
    person, _dot, role = text.partition(".")
    try:
        return UUID(person), Role(role)
    except ValueError as error:
        raise MemberUnknown(role=role[:30]) from error


def _person(text: str) -> UUID:
    """The person of a button. Raises `MemberUnknown`."""
    try:
        return UUID(text)
    except ValueError as error:
        raise MemberUnknown(role="member") from error
