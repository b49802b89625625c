"""Pages on which a qualification, its units, their outcomes and its languages are written."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.errors import EcvetError
from ecvet.qualification.wording import unit_remarks
from ecvet_platform.drafts.actions import keeping, parts, writing
from ecvet_platform.drafts.actions.keeping import Edit, Kept
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.languages import TranslationForm
from ecvet_platform.drafts.forms.units import NewUnitForm, UnitForm
from ecvet_platform.drafts.forms.whole import AboutForm, SystemForm
from ecvet_platform.drafts.pages.editing import edit, key_in
from ecvet_platform.people.doors import actor_of, for_roles, refuse, show, tell
from ecvet_platform.people.language import language_name
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of
from ecvet_platform.qualifications.words import KINDS, SEVERITIES

writers = for_roles(*qualifications.PUBLISHERS)


@writers
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, key: UUID) -> HttpResponse:
    """The qualification as a whole."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = AboutForm(data, initial=AboutForm.of(now))
        return form, form.edit

    return edit(request, key, parts.ABOUT, make, back=_one(key), heading=_("Title, levels, dates"))


@writers
@require_http_methods(["GET", "POST"])
def system(request: HttpRequest, key: UUID) -> HttpResponse:
    """The credit system of its points."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = SystemForm(data, initial={"system": kept.draft.qualification.system})
        return form, form.edit

    return edit(request, key, parts.POINTS, make, back=_one(key), heading=_("Credit system"))


# ------------------------------------------------------------- units
@writers
@require_http_methods(["GET", "POST"])
def add_unit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A new unit, or one that is published already."""
    actor, search = actor_of(request), request.GET.get("q", "")[:200]
    kept = keeping.draft(key, actor=actor)
    linking = request.POST.get("unit", "")
    linked = qualifications.unit_with_key(key_in(linking)).value if linking else None
    form = NewUnitForm(request.POST if request.method == "POST" and not linking else None)
    if request.method == "POST" and (linking or form.is_valid()):
        try:
            if linked:
                change = partial(writing.link_unit, unit=linked)
                kept = keeping.change(key, parts.UNITS, None, change, actor=actor)
            else:
                data = form.cleaned_data
                kept = keeping.change(
                    key, parts.UNITS, None, actor=actor,
                    edit=partial(writing.add_unit, code=data["code"], title=data["title"],
                                 taken=qualifications.find_unit),
                )  # fmt: skip
        except EcvetError as error:
            if linked:
                form = NewUnitForm({"code": linked.code, "title": str(linked.title)})
            refuse(form, error)
        else:
            new = kept.draft.qualification.units[-1].unit
            tell(request, _("The unit is added, and has a place in the rules."))
            page = "drafts:one" if linking else "drafts:unit"
            return HttpResponseRedirect(reverse(page, kwargs={"key": key} | ({} if linking else {"unit": key_of(new)})))
    return show(
        request, "drafts/add_unit.html", status=422 if form.errors else 200, form=form, key=key, kept=kept,
        search=search, found=_published(search), back=_one(key),
    )  # fmt: skip


@writers
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, key: UUID, unit: UUID) -> HttpResponse:
    """A unit: what is said of it, its outcomes, what was found in it."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    item = parts.own_unit(kept.draft, unit)
    name = item.id if item else ""
    found = [one for one in keeping.look(kept, actor=actor).findings if item and one.subject in (name, item.code)]

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        form = UnitForm(data, initial=UnitForm.of(now) if now else {})

        def change(draft: Any) -> Any:
            before = parts.own_unit(draft, unit)
            if before is None:
                raise PartGone()
            return writing.put_unit(draft, unit, form.unit(before))

        return form, change

    return edit(
        request, key, parts.unit(unit), make, back=_unit(key, unit), heading=_("Unit %(code)s") % {"code": item.code if
        item else ""}, template="drafts/unit.html", item=item, unit=unit, findings=found, kinds=KINDS,
        severities=SEVERITIES, mark=keeping.mark, up=_one(key), remarks=unit_remarks(item) if item else {},
    )  # fmt: skip


@writers
@require_POST
def unit_step(request: HttpRequest, key: UUID, unit: UUID) -> HttpResponse:
    """Up, remove, or a new version of a published unit. What would get lost is removed only as it was seen."""
    actor, step = actor_of(request), request.POST.get("step", "")
    if step == "remove":
        seen = request.POST.get("seen", "")
        keeping.change(key, parts.whole_unit(unit), seen, lambda one: writing.drop_unit(one, unit), actor=actor)
        tell(request, _("The unit is removed, with its places in the rules."))
    elif step == "renew":
        published = qualifications.unit_with_key(unit)
        keeping.change(key, parts.UNITS, None, lambda one: writing.renew_unit(one, published), actor=actor)
        tell(request, _("The draft has a new version of the unit, which you can change."))
    else:
        keeping.change(key, parts.UNITS, None, lambda one: writing.lift_unit(one, unit), actor=actor)
    return HttpResponseRedirect(_one(key) + "#units")


# ------------------------------------------------------------- languages
@writers
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest, key: UUID, tag: str, unit: UUID | None = None) -> HttpResponse:
    """The texts of the qualification or of a unit in one language; the authoritative ones are the labels."""
    if tag not in dict(settings.LANGUAGES):
        raise PartGone()

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        texts = [one for one in parts.texts_of(kept.draft, unit) or () if one[1].authoritative != tag]
        form = TranslationForm(data, texts=texts, tag=tag)
        return form, lambda draft: writing.translate(draft, tag, form.words())

    whole = reverse("drafts:language", kwargs={"key": key, "tag": tag})
    return edit(
        request, key, parts.language(tag, unit), make, back=whole if unit else _one(key) + "#languages",
        heading=_("Texts in %(language)s") % {"language": language_name(tag)}, template="drafts/language.html", tag=tag,
        whole=unit is None, key_of=key_of,
    )  # fmt: skip


def _one(key: UUID) -> str:
    return reverse("drafts:one", kwargs={"key": key})


def _unit(key: UUID, unit: UUID) -> str:
    return reverse("drafts:unit", kwargs={"key": key, "unit": unit})


def _published(search: str) -> list[tuple[UUID, str]]:
    """Units of the published qualifications that a search finds, by key."""
    if not search:
        return []
    found = [one for line in qualifications.lines(search=search, limit=10) for one in qualifications.units_of(line.id)]
    return list({key_of(one.value.id): f"{one.value.code} {one.value.title}" for one in found}.items())[:60]
