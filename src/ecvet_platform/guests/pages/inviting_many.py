"""The page on which people without an account are invited for a whole group."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet.mobility import Role, Task
from ecvet.record import address
from ecvet_platform.guests.actions import inviting, inviting_many
from ecvet_platform.guests.actions.inviting_many import Place
from ecvet_platform.guests.forms import GroupInvitationForm
from ecvet_platform.guests.naming import link_of
from ecvet_platform.guests.words import INVITATIONS
from ecvet_platform.mobility.errors import NotForAll
from ecvet_platform.mobility.forms.groups import refuse_each
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.qualifications.naming import key_of


@for_roles(*inviting.INVITERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, text: str) -> HttpResponse:
    """First what for, then one line for each learner; an empty line invites nobody."""
    actor, name = actor_of(request), address(text)
    found = inviting_many.places(name, actor=actor)
    parts = [one for one in INVITATIONS if any(one in place.parts for place in found)]
    part = _part(request.GET.get("part", ""), parts)
    lines = tuple(place for place in found if part in place.parts)
    form = GroupInvitationForm(
        request.POST or None, lines=[(key_of(one.thread), one.called) for one in lines],
        initial={"language": request.LANGUAGE_CODE, **_initial(lines, part)},
    )  # fmt: skip
    if request.method == "POST" and part and form.is_valid():
        role, task = part
        try:
            made = inviting_many.invite(
                name, role, task, form.wanted(), language=form.cleaned_data["language"], link=link_of(request),
                actor=actor,
            )  # fmt: skip
        except NotForAll as error:
            refuse_each(form, error)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, ngettext("%(count)s link is on its way.", "%(count)s links are on their way.", len(made))
                 % {"count": len(made)})  # fmt: skip
            return HttpResponseRedirect(reverse("mobility:group", kwargs={"text": name}))
    return show(
        request, "guests/invite-group.html", status=422 if form.errors else 200, form=form, text=name, part=part,
        parts=[(f"{role.value}-{task.value}", INVITATIONS[(role, task)]) for role, task in parts], lines=lines,
        for_all=part is not None and part[0] not in (Role.LEARNER, Role.GUARDIAN),
        what=INVITATIONS[part] if part else "",
    )  # fmt: skip


def _part(asked: str, parts: list[tuple[Role, Task]]) -> tuple[Role, Task] | None:
    """What was chosen; the only one where there is no choice."""
    known = {f"{role.value}-{task.value}": (role, task) for role, task in parts}
    return known.get(asked) or (parts[0] if len(parts) == 1 else None)


def _initial(lines: tuple[Place, ...], part: tuple[Role, Task] | None) -> dict[str, str]:
    """Names and addresses that are known, for people who speak for one learner; a mentor's name once for all."""
    if part is None:
        return {}
    role, _task = part
    if role is Role.HOSTING:
        names = {one.known[role].name for one in lines if role in one.known}
        return {"name": names.pop()} if len(names) == 1 else {}
    known: list[tuple[UUID, inviting_many.Wanted]] = [
        (key_of(one.thread), one.known[role]) for one in lines if role in one.known
    ]
    return {f"name-{key}": who.name for key, who in known} | {f"email-{key}": who.email for key, who in known}
