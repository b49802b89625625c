"""Where a mobility is on its way, above the pages that are about it, and who acts next. The rooms do not know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.credit.way import Stage, Way, way
from ecvet_platform.credit.actions import way as credit
from ecvet_platform.credit.actions.ahead import Ahead
from ecvet_platform.credit.words import VERBS
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.people.language import day
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import thread_of

STAGES: Final[dict[Stage, str | Promise]] = {
    Stage.AGREE: _("Agree"),
    Stage.ASSESS: _("Assess"),
    Stage.TRANSFER: _("Transfer"),
    Stage.VALIDATE: _("Validate"),
    Stage.RECOGNISE: _("Recognise"),
    Stage.ACCUMULATE: _("Accumulate"),
    Stage.AWARD: _("Award"),
}


@dataclass(frozen=True, slots=True)
class Journey:
    """What the page shows: a title, each stage's name with how it stands, and a sentence about what is awaited."""

    title: str
    steps: tuple[tuple[str, str], ...]
    next: str = ""


def _of_agreement(key: UUID, actor: Actor) -> Journey | None:
    if not agreements.may_see(thread_of(key), actor):
        return None
    if agreements.line(thread_of(key), actor=actor).in_force is None:
        return _journey(way(agreed=False, units=()), gettext("It waits until everybody has signed."))
    return _of_ground(key, actor)


def _of_ground(key: UUID, actor: Actor) -> Journey | None:
    found = credit.of_ground(thread_of(key), actor=actor)
    return _journey(found[0], _awaited(found[1])) if found else None


def _of_case(key: UUID, actor: Actor) -> Journey | None:
    found = credit.of_case(key, actor=actor)
    return _journey(found[0], _awaited(found[1])) if found else None


PAGES: Final[dict[str, Callable[[UUID, Actor], Journey | None]]] = {
    "mobility:agreement": _of_agreement,
    "credit:ground": _of_ground,
    "credit:case": _of_case,
}
"""The pages that show the way, by name."""


def journey(request: HttpRequest, actor: Actor) -> Journey | None:
    """The way that belongs to the page of a request, for those who have a part in it."""
    match = request.resolver_match
    shows = PAGES.get(match.view_name) if match else None
    return shows(match.kwargs["key"], actor) if match and shows else None


def _journey(found: Way, awaited: str) -> Journey:
    return Journey(
        gettext("The way of this credit"), tuple((str(STAGES[one]), mark.value) for one, mark in found.steps), awaited
    )


def _awaited(step: Ahead | None) -> str:
    if step is None:
        return ""
    verb = VERBS.get(step.verb, step.verb)
    who = gettext("The learner") if step.party == "learner" else register.names((step.institution,))[step.institution]
    said = gettext("%(who)s acts next: %(step)s.") % {"who": who, "step": verb}
    return f"{said} {gettext('Due by %(day)s.') % {'day': day(step.until)}}" if step.until else said
