"""Pages of coordinators: who is invited to an agreement, inviting, sending another link, taking back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet_platform.guests import words
from ecvet_platform.guests.actions import inviting as actions
from ecvet_platform.guests.actions import papers
from ecvet_platform.guests.forms import InvitationForm
from ecvet_platform.guests.naming import link_of
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility import words as mobility
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.qualifications.naming import thread_of


@for_roles(*actions.INVITERS)
@require_safe
def guests(request: HttpRequest, key: UUID) -> HttpResponse:
    """The guests and papers of one agreement."""
    actor, thread = actor_of(request), thread_of(key)
    found, kept = actions.invited(thread, actor=actor), papers.of_thread(thread, actor=actor)
    return show(
        request, "guests/list.html", found=found, key=key, words=words, roles=mobility.ROLES, actor=actor,
        papers=[(one, papers.state(one)) for one in kept], may_invite=bool(actions.choices(thread, actor=actor)),
        may_bring=bool(papers.roles(thread, actor=actor)),
        names=register.names({one.guest.institution for one in found}),
    )  # fmt: skip


@for_roles(*actions.INVITERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Invite somebody without an account."""
    actor, thread = actor_of(request), thread_of(key)
    form = InvitationForm(
        request.POST or None, parts=actions.choices(thread, actor=actor), initial={"language": request.LANGUAGE_CODE}
    )
    if request.method == "POST" and form.is_valid():
        role, task = form.invited_for
        data = form.cleaned_data
        try:
            made = actions.invite(
                thread, role, task, name=data["name"], email=data["email"], language=data["language"],
                link=link_of(request), actor=actor,
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The link is on its way to %(email)s.") % {"email": made.email})
            return HttpResponseRedirect(reverse("guests:list", kwargs={"key": key}))
    return show(request, "guests/invite.html", status=422 if form.errors else 200, form=form, key=key)


@for_roles(*actions.INVITERS)
@require_POST
def renew(request: HttpRequest, key: UUID, guest: UUID) -> HttpResponse:
    """Send another link to the same address."""
    actions.renew(guest, link=link_of(request), actor=actor_of(request))
    tell(request, _("Another link is on its way; the one before no longer works."))
    return HttpResponseRedirect(reverse("guests:list", kwargs={"key": key}))


@for_roles(*actions.INVITERS)
@require_POST
def withdraw(request: HttpRequest, key: UUID, guest: UUID) -> HttpResponse:
    """Take an invitation back."""
    actions.withdraw(guest, actor=actor_of(request))
    tell(request, _("The invitation is withdrawn; the link no longer works."))
    return HttpResponseRedirect(reverse("guests:list", kwargs={"key": key}))
