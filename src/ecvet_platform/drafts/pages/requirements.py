"""Pages on which requirements across the tree are written, one at a time."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.qualification.across import Kind
from ecvet_platform.drafts.actions import keeping, parts, writing
from ecvet_platform.drafts.actions.keeping import Edit, Kept, Part
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.across import requirement_form
from ecvet_platform.drafts.pages import called
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit
from ecvet_platform.people.doors import actor_of
from ecvet_platform.qualifications.words.rules import KINDS_ACROSS


@writers
@require_http_methods(["GET", "POST"])
def requirement(request: HttpRequest, key: UUID, kind: str, number: int = 0) -> HttpResponse:
    """One requirement; without a number a new one."""
    of = _kind(kind)

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = requirement_form(
            data, of, now if number else None, kept.draft.qualification.title.authoritative,
            units=called.units(kept.draft).items(), groups=called.groups(kept.draft).items(),
        )  # fmt: skip
        return form, lambda draft: form.put(draft, of, number)

    part = parts.requirement(of, number) if number else Part("rules", lambda draft: kind)
    back = reverse("drafts:rules", kwargs={"key": key}) + f"#{of}"
    return edit(request, key, part, make, back=back, heading=str(KINDS_ACROSS[of]))


@writers
@require_POST
def requirement_step(request: HttpRequest, key: UUID, kind: str, number: int) -> HttpResponse:
    """Up or remove, only as it was seen."""
    of = _kind(kind)
    act = writing.withdraw if request.POST.get("step") == "remove" else writing.lift_requirement
    seen = request.POST.get("seen", "")
    change = partial(act, kind=of, number=number)
    keeping.change(key, parts.requirement(of, number), seen, change, actor=actor_of(request))
    return HttpResponseRedirect(reverse("drafts:rules", kwargs={"key": key}) + f"#{of}")


def _kind(text: str) -> Kind:
    if text not in [*Kind]:
        raise PartGone()
    return Kind(text)
