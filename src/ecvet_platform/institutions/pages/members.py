"""The people of an institution: a list, and giving and taking roles."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet_platform.institutions.actions import members, register
from ecvet_platform.institutions.errors import MemberUnknown
from ecvet_platform.institutions.forms.entering import MemberForm
from ecvet_platform.people.doors import actor_of, refuse, show, tell
from ecvet_platform.people.roles import Role
from ecvet_platform.people.words import ROLES


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who does what here; `step` is `add`, or `take` with a person and a role."""
    item, actor = register.with_key(key), actor_of(request)
    members.members(item.id, actor=actor)  # refuses strangers before anything is read of what they typed
    mine = members.grantable(actor, item.id)
    choices = [(role, str(ROLES[role])) for role in Role if role in mine]
    adding = request.method == "POST" and request.POST.get("step") != "take"
    form = MemberForm(request.POST if adding else None, roles=choices)
    if request.method == "POST":
        try:
            if not adding:
                members.take(item.id, *_which(request.POST.get("which", "")), actor=actor)
                tell(request, _("The role is taken away."))
                return HttpResponseRedirect(reverse("institutions:people", kwargs={"key": key}))
            if form.is_valid():
                data, page = form.cleaned_data, request.build_absolute_uri(reverse("people:sign-in"))
                members.add(item.id, email=data["email"], name=data["name"], roles=form.chosen(), actor=actor,
                            sign_in_at=page)  # fmt: skip
                tell(request, _("%(name)s is entered and gets an e-mail.") % {"name": data["name"]})
                return HttpResponseRedirect(reverse("institutions:people", kwargs={"key": key}))
        except EcvetError as error:
            if not adding:
                form = MemberForm({}, roles=choices)
                form.full_clean()
                form.errors.clear()
            refuse(form, error)
    return show(
        request, "institutions/people.html", status=422 if form.errors else 200, form=form, item=item, key=key,
        members=members.members(item.id, actor=actor), grantable=mine,
    )  # fmt: skip


def _which(text: str) -> tuple[UUID, Role]:
    """The person and the role of a button. Raises `MemberUnknown`."""
    person, _dot, role = text.partition(".")
    try:
        return UUID(person), Role(role)
    except ValueError as error:
        raise MemberUnknown(role=role[:30]) from error
