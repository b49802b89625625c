"""Pages on which a draft is linked to vocabularies: fields of education (ISCED-F 2013), and skills of ESCO."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecvet.qualification.fields_of_education import field_titled, find_fields
from ecvet_platform.drafts.actions import keeping, parts, writing
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.people.doors import actor_of, show, tell
from ecvet_platform.qualifications.actions import concepts


@writers
@require_http_methods(["GET", "POST"])
def fields(request: HttpRequest, key: UUID) -> HttpResponse:
    """Fields of education, found by words or by code, put to the qualification and taken away."""
    actor, search = actor_of(request), request.GET.get("q", "")[:200]
    if request.method == "POST":
        change = partial(writing.put_field, code=request.POST.get("field", ""), there=request.POST.get("step") == "put")
        keeping.change(key, parts.ABOUT, None, change, actor=actor)
        tell(request, _("Saved."))
        return HttpResponseRedirect(reverse("drafts:fields", kwargs={"key": key}))
    kept = keeping.draft(key, actor=actor)
    mine = kept.draft.qualification.isced_f
    return show(
        request, "drafts/linking.html", kept=kept, key=key, search=search, which="fields",
        mine=[(code, _field(code)) for code in mine],
        found=[(one.code, f"{one.code} {one.title}") for one in find_fields(search) if one.code not in mine],
        back=reverse("drafts:one", kwargs={"key": key}), subject=kept.draft.qualification.title,
    )  # fmt: skip


@writers
@require_http_methods(["GET", "POST"])
def skills(request: HttpRequest, key: UUID, unit: UUID, name: str) -> HttpResponse:
    """Skills of ESCO, found by words, put to an outcome and taken away."""
    actor, search, language = actor_of(request), request.GET.get("q", "")[:200], get_language() or "en"
    here = reverse("drafts:skills", kwargs={"key": key, "unit": unit, "name": name})
    if request.method == "POST":
        change = partial(writing.put_skill, key=unit, name=name, skill=request.POST.get("field", ""),
                         there=request.POST.get("step") == "put")  # fmt: skip
        keeping.change(key, parts.outcome(unit, name), None, change, actor=actor)
        tell(request, _("Saved."))
        return HttpResponseRedirect(here)
    kept = keeping.draft(key, actor=actor)
    outcome = parts.own_outcome(kept.draft, unit, name)
    if outcome is None:
        raise PartGone()
    known = concepts.named(outcome.skills, language)
    return show(
        request, "drafts/linking.html", kept=kept, key=key, search=search, which="skills",
        mine=[(one, known.get(one, one)) for one in outcome.skills],
        found=[one for one in concepts.found(search, language) if one[0] not in outcome.skills],
        back=reverse("drafts:unit", kwargs={"key": key, "unit": unit}) + "#outcomes", subject=outcome.text,
    )  # fmt: skip


def _field(code: str) -> str:
    found = field_titled(code)
    return f"{code} {found.title}" if found else code
