"""Pages of papers: bring a scan, and as a second person confirm or refuse it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.errors import EcvetError
from ecvet_platform.credit.actions import evidence
from ecvet_platform.guests import words
from ecvet_platform.guests.actions import papers as actions
from ecvet_platform.guests.actions.inviting import INVITERS
from ecvet_platform.guests.forms import PaperForm, RefusalForm
from ecvet_platform.mobility import words as mobility
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.qualifications.naming import key_of, thread_of


@for_roles(*INVITERS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring the scan of an agreement that was signed by hand."""
    actor, thread = actor_of(request), thread_of(key)
    form = PaperForm(request.POST or None, request.FILES or None, roles=actions.roles(thread, actor=actor))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.bring(thread, form.cleaned_data["role"], file.read(evidence.MOST_BYTES + 1), actor=actor)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("The scan is kept. It counts when a colleague has confirmed it."))
            return HttpResponseRedirect(reverse("guests:list", kwargs={"key": key}))
    return show(request, "guests/bring.html", status=422 if form.errors else 200, form=form, key=key)


@for_roles(*INVITERS)
@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """One paper, to compare with the version it is about."""
    return _paper(request, key)


@for_roles(*INVITERS)
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Confirm a paper as the second person."""
    actions.confirm(key, actor=actor_of(request))
    tell(request, _("The paper counts as a signature now."))
    return _back(request, key)


@for_roles(*INVITERS)
@require_POST
def refused(request: HttpRequest, key: UUID) -> HttpResponse:
    """Refuse a paper with the reason."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _paper(request, key, form)
    actions.refuse(key, reason=form.cleaned_data["reason"], actor=actor_of(request))
    tell(request, _("The paper is refused; another one can be brought."))
    return _back(request, key)


@for_roles(*INVITERS)
@require_safe
def scan(request: HttpRequest, key: UUID) -> HttpResponse:
    """The scan itself, to be kept on disk and not shown inside the site."""
    found, data = actions.scan(key, actor=actor_of(request))
    answer = HttpResponse(data, content_type=found.scan.media)
    answer["Content-Disposition"] = f'attachment; filename="scan-{found.scan.hash[8:16]}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def _paper(request: HttpRequest, key: UUID, form: RefusalForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    found = actions.paper(key, actor=actor)
    return show(
        request, "guests/paper.html", status=422 if form else 200, found=found, state=actions.state(found),
        own=found.by == actor.person, words=words, role=mobility.ROLES[found.role], key=key,
        agreement=key_of(found.thread), form=form or RefusalForm(), declaration=words.DECLARATIONS["paper"],
    )  # fmt: skip


def _back(request: HttpRequest, key: UUID) -> HttpResponse:
    found = actions.paper(key, actor=actor_of(request))
    return HttpResponseRedirect(reverse("guests:list", kwargs={"key": key_of(found.thread)}))
