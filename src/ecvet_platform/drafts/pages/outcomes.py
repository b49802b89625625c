"""Pages on which learning outcomes are written, with help for authors and remarks on the wording."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecvet.qualification.wording import unit_remarks
from ecvet.terms import Finding
from ecvet_platform.drafts.actions import keeping, parts, writing
from ecvet_platform.drafts.actions.keeping import Edit, Kept, Part
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.drafts.forms.units import OutcomeForm
from ecvet_platform.drafts.pages.describing import writers
from ecvet_platform.drafts.pages.editing import edit
from ecvet_platform.drafts.words import VERBS, WRITING_HELP
from ecvet_platform.people.doors import actor_of, tell
from ecvet_platform.qualifications.words import KINDS, SEVERITIES


@writers
@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, key: UUID, unit: UUID, name: str = "") -> HttpResponse:
    """A learning outcome with its criteria; without a name a new one."""

    def make(data: Any, now: Any, kept: Kept) -> tuple[forms.Form, Edit]:
        item = parts.own_unit(kept.draft, unit)
        language = item.title.authoritative if item else "en"
        known = parts.own_outcome(kept.draft, unit, name) if name else None
        form = OutcomeForm(data, initial=OutcomeForm.of(known, language) if known else {})

        def change(draft: Any) -> Any:
            there, before = parts.own_unit(draft, unit), parts.own_outcome(draft, unit, name) if name else None
            if there is None or (name and before is None):
                raise PartGone()
            return form.put(draft, unit, before, there)

        return form, change

    part = parts.outcome(unit, name) if name else Part("outcome", lambda draft: unit.urn)
    return edit(
        request, key, part, make, back=_unit(key, unit) + "#outcomes", template="drafts/outcome.html",
        heading=_("Learning outcome"), help=[(KINDS[kind], *said, VERBS[kind]) for kind, said in WRITING_HELP.items()],
        remarks=_remarks(keeping.draft(key, actor=actor_of(request)), unit, name), unit=unit, name=name,
        severities=SEVERITIES,
    )  # fmt: skip


@writers
@require_POST
def outcome_step(request: HttpRequest, key: UUID, unit: UUID) -> HttpResponse:
    """Up or remove; what would get lost is removed only as it was seen."""
    actor, name = actor_of(request), request.POST.get("outcome", "")
    if request.POST.get("step") == "remove":
        part, seen = parts.outcome(unit, name), request.POST.get("seen", "")
        keeping.change(key, part, seen, lambda one: writing.drop_outcome(one, unit, name), actor=actor)
        tell(request, _("The outcome is removed."))
    else:
        part = Part("outcomes", lambda draft: None)
        keeping.change(key, part, None, lambda one: writing.lift_outcome(one, unit, name), actor=actor)
    return HttpResponseRedirect(_unit(key, unit) + "#outcomes")


def _remarks(kept: Kept, unit: UUID, name: str) -> tuple[Finding, ...]:
    """The remarks on how an outcome is worded."""
    item = parts.own_unit(kept.draft, unit)
    return unit_remarks(item).get(name, ()) if item and name else ()


def _unit(key: UUID, unit: UUID) -> str:
    return reverse("drafts:unit", kwargs={"key": key, "unit": unit})
