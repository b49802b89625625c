"""Pages on which the parts of a unit, its size, and the outcomes that the standard requires are written."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet_platform.drafts.actions import keeping, parts, standard
from ecvet_platform.drafts.actions.keeping import Edit, Kept, Part
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.standard import RequiredForm
from ecvet_platform.drafts.forms.units import SizeForm, SubAreaForm
from ecvet_platform.drafts.pages import called
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit, key_in
from ecvet_platform.people.doors import actor_of, show
from ecvet_platform.qualifications.naming import key_of


@writers
@require_http_methods(["GET", "POST"])
def sub_area(request: HttpRequest, key: UUID, unit: UUID, number: int = 0) -> HttpResponse:
    """A part of a unit; without a number a new one."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        item = parts.own_unit(kept.draft, unit)
        there = now if number else None
        form = SubAreaForm(data, initial=SubAreaForm.of(there, item.title.authoritative) if there and item else {})

        def change(draft: Any) -> Any:
            own = parts.own_unit(draft, unit)
            if own is None:
                raise PartGone()
            made = form.part(parts.find_sub_area(draft, unit, number), own, draft.qualification.system)
            return standard.put_sub_area(draft, unit, made, number)

        return form, change

    part = parts.sub_area(unit, number) if number else Part("unit", lambda draft: unit.urn)
    back = reverse("drafts:unit", kwargs={"key": key, "unit": unit}) + "#parts"
    return edit(request, key, part, make, back=back, heading=_("Part of the unit"))


@writers
@require_POST
def sub_area_step(request: HttpRequest, key: UUID, unit: UUID, number: int) -> HttpResponse:
    """Remove a part of a unit as it was seen."""
    change = partial(standard.drop_sub_area, key=unit, number=number)
    keeping.change(key, parts.sub_area(unit, number), request.POST.get("seen", ""), change, actor=actor_of(request))
    return HttpResponseRedirect(reverse("drafts:unit", kwargs={"key": key, "unit": unit}) + "#parts")


@writers
@require_http_methods(["GET", "POST"])
def size(request: HttpRequest, key: UUID, unit: UUID) -> HttpResponse:
    """The points of a unit in the qualification, fixed or per learner, or its weight."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = SizeForm(data, initial=SizeForm.of(now) if now else {})

        def change(draft: Any) -> Any:
            link = parts.link(draft, unit)
            if link is None:
                raise PartGone()
            return standard.sized(draft, form.link(link, draft.qualification.system))

        return form, change

    part = Part("points", lambda draft: parts.link(draft, unit))
    return edit(request, key, part, make, back=reverse("drafts:one", kwargs={"key": key}) + "#units",
                heading=_("Size of the unit in the qualification"))  # fmt: skip


@writers
@require_http_methods(["GET"])
def required(request: HttpRequest, key: UUID) -> HttpResponse:
    """The outcomes that the standard demands, and the units that contain them (R-QUAL-4)."""
    kept = keeping.draft(key, actor=actor_of(request))
    own = [(key_of(one.id), f"{one.code} {one.title}") for one in kept.draft.units]
    names = called.units(kept.draft)
    return show(
        request, "drafts/required.html", kept=kept, key=key, own=own, mark=keeping.mark,
        items=[(one, [names.get(code, code) for code in standard.containing(kept.draft, one.id)])
               for one in kept.draft.qualification.standard],
    )  # fmt: skip


@writers
@require_http_methods(["GET", "POST"])
def required_outcome(request: HttpRequest, key: UUID, name: str = "") -> HttpResponse:
    """One of them; without a name a new one."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        language = kept.draft.qualification.title.authoritative
        form = RequiredForm(data, initial={"text": now.text.in_(language)} if name and now else {})
        return form, lambda draft: standard.require(draft, form.cleaned_data["text"], name)

    part = parts.required(name) if name else Part("standard", lambda draft: key.urn)
    return edit(request, key, part, make, back=reverse("drafts:required", kwargs={"key": key}),
                heading=_("Required outcome"))  # fmt: skip


@writers
@require_POST
def required_step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Put a required outcome into a unit, or remove it as it was seen."""
    actor, seen = actor_of(request), request.POST.get("seen", "")
    if request.POST.get("step") == "put":
        change: Edit = partial(standard.put_into, name=name, key=key_in(request.POST.get("unit", "")))
    else:
        change = partial(standard.release, name=name)
    keeping.change(key, parts.required(name), seen, change, actor=actor)
    return HttpResponseRedirect(reverse("drafts:required", kwargs={"key": key}))
