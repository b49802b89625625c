"""Pages about versions: begin the next one, see what it changes side by side, and whom it concerns."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ecvet_platform.drafts.actions import keeping, learners, versions, writing
from ecvet_platform.drafts.pages import called
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.people.doors import actor_of, show
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.qualifications.words.changes import LEVELS, rows


@writers
@require_http_methods(["GET", "POST"])
def next_version(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin the version after a published one."""
    published = qualifications.with_key(key).value
    if request.method != "POST":
        return show(request, "drafts/next.html", item=published, key=key)
    kept = keeping.begin(writing.next_version(published), actor=actor_of(request))
    return HttpResponseRedirect(reverse("drafts:one", kwargs={"key": kept.key}))


@writers
@require_safe
def changes(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the draft changes against the version that it replaces, and what becomes of the learners."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    item, found = kept.draft.qualification, versions.changes(kept)
    if found is None:
        return HttpResponseRedirect(reverse("drafts:one", kwargs={"key": key}))
    before, differences, units = found
    return show(
        request, "drafts/changes.html", kept=kept, key=key, item=item, before=before, levels=LEVELS, key_of=key_of,
        rows=rows(differences, before, item, units), concerned=learners.concerned(kept, actor=actor),
        titles=called.units(kept.draft),
    )  # fmt: skip
