"""Pages on which points are divided among the units by a recorded method, or taken away."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.partnership import Function
from ecvet.qualification import Method
from ecvet.qualification.shares import expected, shares
from ecvet_platform.drafts.actions import dividing, keeping, parts
from ecvet_platform.drafts.actions.keeping import Edit, Kept
from ecvet_platform.drafts.forms.points import AdjustForm, PointsForm
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit
from ecvet_platform.people.doors import actor_of, show, tell
from ecvet_platform.qualifications.words.points import ALLOCATION, METHODS


@writers
@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, key: UUID) -> HttpResponse:
    """First the method, then its figures; or no points at all."""
    kept = keeping.draft(key, actor=actor_of(request))
    item, back = kept.draft.qualification, reverse("drafts:one", kwargs={"key": key})
    asked = request.GET.get("method", "")
    if request.method == "POST" and request.POST.get("step") == "none":
        seen = request.POST.get("seen", "")
        keeping.change(key, parts.POINTS, seen, dividing.none, actor=actor_of(request))
        tell(request, _("The qualification has no points now."))
        return HttpResponseRedirect(back)
    if asked not in [*Method]:
        return show(request, "drafts/points.html", rows=shares(item), adjustable=dividing.adjustable(item),
                    expected=expected(item),
                    words=ALLOCATION, key=key, kept=kept, item=item, methods=METHODS, back=back,
                    seen=keeping.mark(parts.POINTS.of(kept.draft)),
                    experts=", ".join(dividing.experts(item)))  # fmt: skip
    method = Method(asked)
    named = tuple(dict.fromkeys(one.strip() for one in request.GET.get("experts", "").split(",") if one.strip()))[:20]

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        there = kept.draft.qualification
        form = PointsForm(
            data, method=method, experts=named, item=there, units=dividing.units_of(kept.draft),
            initial=PointsForm.of(there, method, named),
        )  # fmt: skip
        by = actor_of(request).institution or there.institution
        empowered = dividing.empowered(Function.ALLOCATE, there.id)
        return form, lambda draft: dividing.divided(
            draft, form.allocation(by=by, on=dividing.today(), empowered=empowered)
        )

    return edit(request, key, parts.POINTS, make, back=back, heading=str(METHODS[method]))


@writers
@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, key: UUID) -> HttpResponse:
    """Set the points of single units otherwise than the method gives them, with a reason."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = AdjustForm(data, item=kept.draft.qualification)
        by = actor_of(request).institution or kept.draft.qualification.institution
        return form, lambda draft: dividing.adjusted(draft, form.adjustments(), by=by)

    back = reverse("drafts:points", kwargs={"key": key})
    return edit(request, key, parts.POINTS, make, back=back, heading=_("Set points by hand"))
