"""Issue many: choose the decisions, look through what would be issued and left out, then step by step."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ecvet.errors import EcvetError
from ecvet_platform.credentials import words
from ecvet_platform.credentials.actions import bulk
from ecvet_platform.credentials.forms import SelectionForm
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show
from ecvet_platform.people.roles import Role


@for_roles(Role.COMPETENT_INSTITUTION)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which decisions, what would become of them, and then the first step."""
    actor, planned = actor_of(request), None
    form = SelectionForm(request.POST or None, qualifications=bulk.choices(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "yes":
                made = bulk.begin(form.selection, actor=actor)
                bulk.step(made.id, actor=actor)
                return HttpResponseRedirect(reverse("credentials:batch", kwargs={"key": made.id}))
            planned = bulk.plan(form.selection, actor=actor)
        except EcvetError as error:
            refuse(form, error)
    return show(
        request, "credentials/batch_choose.html", status=422 if form.errors else 200, form=form, planned=planned,
        batches=bulk.batches(actor=actor), words=words,
    )  # fmt: skip


@for_roles(Role.COMPETENT_INSTITUTION)
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far a run came; the next step."""
    actor = actor_of(request)
    if request.method == "POST":
        bulk.step(key, actor=actor)
        return HttpResponseRedirect(reverse("credentials:batch", kwargs={"key": key}))
    return show(request, "credentials/batch.html", found=bulk.batch(key, actor=actor), words=words)
