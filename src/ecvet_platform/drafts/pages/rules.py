"""The tree editor: rules of combination as nested lists, each step a button, what was found at its place."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecvet.qualification import editing as trees
from ecvet.qualification.across import across, findings_across
from ecvet.qualification.combination import Group, OpenSlot, Role, UnitPlace, walk
from ecvet_platform.drafts.actions import dividing, keeping, parts
from ecvet_platform.drafts.actions.keeping import Edit, Kept
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.rules import place_form
from ecvet_platform.drafts.pages import called
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit
from ecvet_platform.drafts.words import WAYS
from ecvet_platform.people.doors import actor_of, show
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.words import ROLES, SEVERITIES
from ecvet_platform.qualifications.words.rules import ABOUT_ACROSS, KINDS_ACROSS, sentence_of

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
    found = findings_across(item)
    shown = {finding for each in found.values() for finding in each}
    at: dict[str, list[Any]] = {}
    for one in description.findings:
        if one not in shown:
            at.setdefault(_where(one.subject, places, kept.draft), []).append(one)
    placed, titles = set(item.rules.units), called.units(kept.draft)
    names = titles | called.groups(kept.draft)
    return show(
        request, "drafts/rules.html", key=key, kept=kept, item=item, at=at, roles=ROLES, severities=SEVERITIES,
        titles=titles, ways=trees.all_ways(item.rules.root),
        way_names=WAYS, marks={name: keeping.mark(place.node) for name, place in places.items()},
        choices=sorted(titles.items(), key=lambda one: (one[0] in placed, one[0])),
        publishable=description.publishable, kinds=KINDS_ACROSS, about=ABOUT_ACROSS,
        across=[(one, sentence_of(one.value, names), keeping.mark(one.value), found.get((one.kind, one.number), ()))
                for one in across(item.rules)],
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
        form = place_form(data, node, kept.draft.qualification.title.authoritative, called.units(kept.draft).items())
        return form, lambda draft: form.edit(draft, name)

    back = reverse("drafts:rules", kwargs={"key": key}) + f"#place-{name}"
    return edit(request, key, parts.place(name), make, back=back, heading=_("Part of the rules"))


def _with_root(change: Callable[[Group], Group], draft: Draft) -> Draft:
    return dividing.with_root(draft, change(draft.qualification.rules.root))


def _removed(name: str, root: Group) -> Group:
    return trees.removed(root, name)


def _where(subject: str, places: dict[str, Any], draft: Draft) -> str:
    """At which place a finding is shown: its own, that of its unit, or the whole."""
    if subject in places:
        return subject
    codes = {one.unit: one.code for one in draft.qualification.units}
    code = codes.get(subject, subject)  # type: ignore[call-overload]
    return next((name for name, one in places.items() if isinstance(one.node, UnitPlace) and one.node.unit == code), "")
