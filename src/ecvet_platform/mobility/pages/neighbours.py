"""Pages between this server and Erasmus Without Paper: an agreement in its form, and one of ours begun from one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet_platform.mobility.actions import agreements, learners, neighbours
from ecvet_platform.mobility.forms.neighbours import EwpForm, asked
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show
from ecvet_platform.qualifications.naming import thread_of

MEDIA = "application/xml"


@require_safe
def about(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an agreement loses in the form of EWP, and the file."""
    found = neighbours.ewp(thread_of(key), actor=actor_of(request))
    return show(request, "mobility/ewp.html", found=found, key=key)


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file itself."""
    answer = HttpResponse(neighbours.ewp(thread_of(key), actor=actor_of(request)).data, content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="agreement-{key}-ewp.xml"'
    return answer


@for_roles(*agreements.SIGNERS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring an EWP learning agreement, look at what is read, and go on to propose one of ours. Nothing is kept."""
    form = EwpForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            found = neighbours.look(
                given.read(neighbours.MOST_BYTES + 1), name=given.name or "file.xml", actor=actor_of(request)
            )
        except EcvetError as error:
            refuse(form, error, "file")
    propose, agreed = reverse("mobility:propose"), found.found if found else ()
    return show(
        request, "mobility/from_ewp.html", status=422 if form.errors else 200, form=form, found=found,
        lines=[(one, f"{propose}?{asked(one.begun, one.learner, one.hosting)}") for one in agreed],
        names=learners.names([one.learner for one in agreed if one.learner]),
    )  # fmt: skip
