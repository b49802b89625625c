"""Pages of the office: inviting one by one, by a list, or as in the round before; reminding; taking back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet_platform.consultations.actions import consulting, stakeholders
from ecvet_platform.consultations.forms.asking import InviteForm, ListForm
from ecvet_platform.consultations.naming import answer_at
from ecvet_platform.consultations.pages.asking import office
from ecvet_platform.guests.naming import link_of
from ecvet_platform.people.doors import actor_of, refuse, show, tell


@office
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask somebody."""
    actor = actor_of(request)
    item = consulting.office(key, actor=actor)
    form = InviteForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            stakeholders.invite(key, form.invitation, link=link_of(request), page=answer_at(request, key), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
            return _back(key)
    return show(
        request, "consultations/invite.html", status=422 if form.errors else 200, form=form, item=item, key=key,
        heading=_("Ask somebody"), many=False,
    )  # fmt: skip


@office
@require_http_methods(["GET", "POST"])
def invite_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask everybody of a list."""
    actor = actor_of(request)
    item = consulting.office(key, actor=actor)
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = stakeholders.invite_all(
                key, form.cleaned_data["lines"], link=link_of(request), page=answer_at(request, key), actor=actor
            )  # fmt: skip
        except EcvetError as error:
            refuse(form, error, "lines")
        else:
            _tell_sent(request, len(made))
            return _back(key)
    return show(
        request, "consultations/invite.html", status=422 if form.errors else 200, form=form, item=item, key=key,
        heading=_("Ask everybody of a list"), many=True,
    )  # fmt: skip


@office
@require_POST
def invite_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask everybody of the round before."""
    actor = actor_of(request)
    _tell_sent(request, stakeholders.invite_again(
        key, link=link_of(request), page=answer_at(request, key), actor=actor
    ))  # fmt: skip
    return _back(key)


@office
@require_POST
def remind(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remind everybody who has not answered."""
    sent = stakeholders.remind(key, link=link_of(request), page=answer_at(request, key), actor=actor_of(request))
    tell(request, ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", sent)
         % {"num": sent})  # fmt: skip
    return _back(key)


@office
@require_POST
def withdraw(request: HttpRequest, key: UUID, stakeholder: UUID) -> HttpResponse:
    """Take an invitation back."""
    stakeholders.withdraw(key, stakeholder, actor=actor_of(request))
    tell(request, _("The invitation is withdrawn; name and address are forgotten."))
    return _back(key)


def _tell_sent(request: HttpRequest, sent: int) -> None:
    tell(request, ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", sent)
         % {"num": sent})  # fmt: skip


def _back(key: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("consultations:one", kwargs={"key": key}))
