"""One way to write on every part of a draft: show it, save it, and show both versions where somebody was quicker."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from ecvet.errors import EcvetError
from ecvet_platform.drafts.actions import keeping
from ecvet_platform.drafts.actions.keeping import Edit, Kept, Part
from ecvet_platform.drafts.errors import ChangedMeanwhile, PartGone
from ecvet_platform.people.doors import actor_of, refuse, show, tell

Make = Callable[[Any, Any, Kept], tuple[forms.Form, Edit]]
"""Given what was typed (or None), the part as it is (None where it is gone) and the draft: the form and its edit."""


def edit(request: HttpRequest, key: UUID, part: Part, make: Make, *, back: str, heading: str,
         template: str = "drafts/edit.html", **values: object) -> HttpResponse:  # fmt: skip
    """The page of one part. Raises `NotYourRole`, `DraftUnknown`, `PartGone`."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    now = part.of(kept.draft)
    if now is None and request.method != "POST":
        raise PartGone()
    seen, theirs = request.POST.get("seen", keeping.mark(now)), None
    form, change = make(request.POST or None, now, kept)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.change(key, part, seen, change, actor=actor)
        except ChangedMeanwhile as error:
            refuse(form, error)
            seen, theirs = keeping.mark(now), _side_by_side(form, make(None, now, kept)[0] if now else None)
        except EcvetError as error:
            refuse(form, error)
        else:
            tell(request, _("Saved."))
            return HttpResponseRedirect(back)
    return show(
        request, template, status=422 if form.errors else 200, form=form, kept=kept, key=key, back=back,
        heading=heading, seen=seen, theirs=theirs, gone=now is None, **values,
    )  # fmt: skip


def key_in(text: str) -> UUID:
    """A key that came in a form. Raises `PartGone` for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise PartGone() from error


def _side_by_side(mine: forms.Form, theirs: forms.Form | None) -> list[tuple[str, str, str]]:
    """Label, what is saved, and what was typed, of the fields in which the two differ."""
    found = []
    for bound in mine:
        typed = _said(bound, bound.value())
        saved = _said(theirs[bound.name], theirs[bound.name].value()) if theirs and bound.name in theirs.fields else "–"
        if typed != saved:
            found.append((str(bound.label), saved, typed))
    return found


def _said(bound: forms.BoundField, value: Any) -> str:
    choices = {str(one): str(text) for one, text in getattr(bound.field, "choices", ())}
    if isinstance(value, bool | type(None)):
        return _("yes") if value else "–"
    if isinstance(value, list | tuple):
        return ", ".join(choices.get(str(one), str(one)) for one in value) or "–"
    if str(value) in ("on", "True"):
        return _("yes")
    return choices.get(str(value), str(value).replace("\r\n", "\n")) or "–"
