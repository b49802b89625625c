"""Revoke, suspend, reinstate: one page for one credential or many, looked through before it is done."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet_platform.credentials import words
from ecvet_platform.credentials.actions import status
from ecvet_platform.credentials.forms import StatusForm
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.roles import Role


@for_roles(Role.COMPETENT_INSTITUTION)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Name credentials, say what and why, look through what would become of each, and then do it."""
    chosen = {"credentials": "\n".join(request.GET.getlist("credential")[: status.MOST])}
    form = StatusForm(request.POST or None, initial=chosen)
    planned: tuple[status.Planned, ...] = ()
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            if request.POST.get("do") == "yes":
                done = status.decide(form.named, form.verb, form.reason, actor=actor)
                tell(request, ngettext("%(num)s credential: %(what)s.", "%(num)s credentials: %(what)s.", len(done))
                     % {"num": len(done), "what": words.STANDINGS[done[0].standing]})  # fmt: skip
                return HttpResponseRedirect(reverse("credentials:list"))
            planned = status.plan(form.named, form.verb, form.reason, actor=actor)
        except EcvetError as error:
            refuse(form, error)
    return show(
        request, "credentials/status.html", status=422 if form.errors else 200, form=form, planned=planned,
        possible=planned and not any(one.fact for one in planned), words=words,
    )  # fmt: skip
