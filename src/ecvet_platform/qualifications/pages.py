"""The register's pages: the list, a qualification, a unit, and publishing. The list and what is in it are public."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecvet.errors import EcvetError
from ecvet.qualification import standing
from ecvet.qualification.shares import expected, shares
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import actor_of, for_roles, public, refuse, show, tell
from ecvet_platform.people.language import country as country_name
from ecvet_platform.qualifications import actions
from ecvet_platform.qualifications.actions import concepts
from ecvet_platform.qualifications.forms import FileForm
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.qualifications.words import KINDS, ROLES, SEVERITIES
from ecvet_platform.qualifications.words.changes import LEVELS, rows
from ecvet_platform.qualifications.words.points import ALLOCATION
from ecvet_platform.qualifications.words.rules import said_across

SIZE = 50


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list of current qualifications."""
    search = request.GET.get("q", "").strip()[:200]
    countries, levels = actions.choices()
    country = next((one for one in countries if one == request.GET.get("country")), "")
    eqf = next((one for one in levels if str(one) == request.GET.get("eqf")), None)
    number = _number(request)
    lines, count = actions.page(search=search, country=country, eqf=eqf, number=number, size=SIZE)
    asked = {"q": search, "country": country, "eqf": eqf or ""}
    return show(
        request, "qualifications/list.html", asked=asked, lines=lines, count=count, page=number,
        pages=-(-count // SIZE), address="?" + urlencode({name: one for name, one in asked.items() if one}),
        countries=[("", _("All countries")), *((one, country_name(one)) for one in countries)],
        levels=[("", _("All levels")), *((one, one) for one in levels)],
    )  # fmt: skip


@public
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A qualification: its units, its rules of combination, its versions."""
    found = actions.with_key(key)
    units = {unit.value.id: unit.value for unit in actions.units_of(found.value.id)}
    return show(
        request, "qualifications/one.html", item=found.value, address=found.address, units=units,
        by_code={link.code: units.get(link.unit) for link in found.value.units}, key_of=key_of,
        versions=actions.versions(found.value.id), roles=ROLES, institution=actions.name_of(found.value.institution),
        across=said_across(found.value, units), rows=shares(found.value), expected=expected(found.value),
        words=ALLOCATION, current=actions.current(found.value.id), standing=standing(found.value, clock.today()),
        today=clock.today(),
    )  # fmt: skip


@public
@require_safe
def changes(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a version changes against the one that it replaces, side by side."""
    item = actions.with_key(key).value
    found = actions.changes(item)
    if found is None:
        return HttpResponseRedirect(reverse("qualifications:one", kwargs={"key": key}))
    before, differences, units = found
    return show(
        request, "qualifications/changes.html", item=item, before=before, key=key, key_of=key_of, levels=LEVELS,
        rows=rows(differences, before, item, units),
    )  # fmt: skip


@public
@require_safe
def unit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A unit: its outcomes with criteria, and the qualifications it belongs to."""
    found = actions.unit_with_key(key)
    outcomes = {kind: [one for one in found.value.outcomes if one.kind is kind] for kind in KINDS}
    return show(
        request, "qualifications/unit.html", item=found.value, address=found.address, outcomes=outcomes, kinds=KINDS,
        skills=concepts.named((skill for one in found.value.outcomes for skill in one.skills), get_language() or "en"),
        places=actions.with_unit(found.value.id), institution=actions.name_of(found.value.institution),
    )  # fmt: skip


@for_roles(*actions.PUBLISHERS)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Look through a file, and publish what is in it when nothing stands in the way."""
    form = FileForm(request.POST or None, request.FILES or None)
    description, draft = None, None
    if request.method == "POST" and form.is_valid():
        data, name = form.data_and_name()
        actor = actor_of(request)
        try:
            draft = actions.read_file(data, name, form.cleaned_data["path"] or None)
            description = actions.look(draft, actor=actor)
            if request.POST.get("step") == "publish" and description.publishable:
                published = actions.publish(draft, actor=actor)
                tell(request, _("“%(title)s” is published.") % {"title": published.value.title})
                return HttpResponseRedirect(reverse("qualifications:one", kwargs={"key": key_of(published.value.id)}))
        except EcvetError as error:
            refuse(form, error)
            description = None
        if description is not None and not form.cleaned_data["text"]:
            form = FileForm({**request.POST.dict(), "text": data.decode("utf-8", "replace")})
            form.is_valid()
    status = 422 if form.errors or (description is not None and not description.publishable) else 200
    return show(
        request, "qualifications/publish.html", status=status, form=form, description=description, draft=draft,
        severities=SEVERITIES,
    )  # fmt: skip


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 6 else 1
