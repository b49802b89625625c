"""The tree editor: rules of combination as nested lists, each step a button, and points divided among the units."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.partnership import Function
from ecvet.qualification import Method
from ecvet.qualification import editing as trees
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, walk
from ecvet_platform.drafts.actions import dividing, keeping, parts
from ecvet_platform.drafts.actions.keeping import Edit, Kept
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.across import AcrossForm
from ecvet_platform.drafts.forms.points import PointsForm
from ecvet_platform.drafts.forms.rules import place_form
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit
from ecvet_platform.drafts.words import METHODS, WAYS
from ecvet_platform.people.doors import actor_of, show, tell
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words import ROLES, SEVERITIES

NEW: dict[str, Callable[[str], Any]] = {
    "unit": lambda code: UnitPlace(unit=code, compulsory=True),
    "group": lambda code: Group(),
    "alternative": lambda code: Group(role=Role.BRANCH),
    "open": lambda code: OpenSlot(),
}


@writers
@require_safe
def rules(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole tree with what was found at each place."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    item, description = kept.draft.qualification, keeping.look(kept, actor=actor)
    places = {one.id: one for one in walk(item.rules.root)}
    at: dict[str, list[Any]] = {}
    for one in description.findings:
        at.setdefault(_where(one.subject, places, kept.draft), []).append(one)
    placed = set(item.rules.units)
    return show(
        request, "drafts/rules.html", key=key, kept=kept, item=item, at=at, roles=ROLES, severities=SEVERITIES,
        titles=_titles(kept.draft), ways=trees.all_ways(item.rules.root),
        way_names=WAYS, marks={name: keeping.mark(place.node) for name, place in places.items()},
        choices=sorted(_titles(kept.draft).items(), key=lambda one: (one[0] in placed, one[0])),
        publishable=description.publishable,
    )  # fmt: skip


@writers
@require_POST
def step(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add to a group, move or remove a place. What would get lost is removed only as it was seen."""
    actor, verb, name = actor_of(request), request.POST.get("step", ""), request.POST.get("place", "")
    part, seen, to = parts.RULES, None, name
    if verb in NEW:
        node = NEW[verb](request.POST.get("unit", ""))
        change: Callable[[Group], Group] = lambda root: trees.put(root, name, node)  # noqa: E731
    elif verb == "remove":
        part, seen = parts.branch(name), request.POST.get("seen", "")
        change = partial(_removed, name)
        to = request.POST.get("above", "")
    elif verb in [*trees.Way]:
        change = lambda root: trees.moved(root, name, trees.Way(verb))  # noqa: E731
    else:
        raise PartGone()
    keeping.change(key, part, seen, partial(_with_root, change), actor=actor)
    return HttpResponseRedirect(reverse("drafts:rules", kwargs={"key": key}) + f"#place-{to}")


@writers
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """One place: its bounds, its text."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        node = now if now is not None else Group(id=name)
        form = place_form(data, node, kept.draft.qualification.title.authoritative, _titles(kept.draft).items())
        return form, lambda draft: form.edit(draft, name)

    back = reverse("drafts:rules", kwargs={"key": key}) + f"#place-{name}"
    return edit(request, key, parts.place(name), make, back=back, heading=_("Part of the rules"))


@writers
@require_http_methods(["GET", "POST"])
def across(request: HttpRequest, key: UUID) -> HttpResponse:
    """Requirements across the tree: what a unit needs, what goes together, what excludes each other."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = AcrossForm(data, initial=AcrossForm.of(kept.draft.qualification.rules))
        return form, form.edit

    back = reverse("drafts:rules", kwargs={"key": key})
    return edit(request, key, parts.ACROSS, make, back=back, heading=_("Requirements across the rules"))


# ------------------------------------------------------------- points
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
        return show(request, "drafts/points.html", key=key, kept=kept, item=item, methods=METHODS, back=back,
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


def _with_root(change: Callable[[Group], Group], draft: Draft) -> Draft:
    return dividing.with_root(draft, change(draft.qualification.rules.root))


def _removed(name: str, root: Group) -> Group:
    return trees.removed(root, name)


def _titles(draft: Draft) -> dict[str, str]:
    """The units of a draft by code, as they are called."""
    units = dividing.units_of(draft)
    return {one.code: f"{one.code} {units[one.unit].title}" if one.unit in units else one.code
            for one in draft.qualification.units}  # fmt: skip


def _where(subject: str, places: dict[str, Any], draft: Draft) -> str:
    """At which place a finding is shown: its own, that of its unit, or the whole."""
    if subject in places:
        return subject
    codes = {one.unit: one.code for one in draft.qualification.units}
    code = codes.get(subject, subject)  # type: ignore[call-overload]
    return next((name for name, one in places.items() if isinstance(one.node, UnitPlace) and one.node.unit == code), "")
