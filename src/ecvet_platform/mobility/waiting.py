"""What waits for somebody in mobility: the lines of the start page."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from ecvet.mobility import State
from ecvet.partnership import Signatory
from ecvet_platform.institutions.actions import asking
from ecvet_platform.institutions.waiting import asked
from ecvet_platform.mobility.actions import agreements, learners, stays
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.mobility.words import ROLES, STATES, VERBS
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor

_DAY: Final[dict[str, str]] = {
    State.PLANNED: "starts", State.READY: "starts", State.STARTED: "ends", State.INTERRUPTED: "ends",
}  # fmt: skip
"""The day of the agreement by which the next step of a stay is to be taken; one that has ended waits without a day."""


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """Agreements to sign and to bring into force, and stays whose next step is the actor's."""
    to_sign, to_seal, next_steps = agreements.to_sign(actor), agreements.to_seal(actor), stays.waiting(actor)
    lines = (*(line for _role, line in to_sign), *to_seal, *(line for _verb, line in next_steps))
    names = learners.names(line.learner for line in lines)
    handed = asking.handed_on(line.proposed for _role, line in to_sign)
    for role, line in to_sign:
        title = _("Sign the learning agreement of %(name)s as %(role)s")
        what = title % {"name": names.get(line.learner, ""), "role": ROLES[role]}
        mine = Signatory(role=role.value, id=actor.institution or actor.person)
        given = handed.get((line.proposed, mine)) if line.proposed else None
        yield Waiting(
            title=what, address=_address(line), kind=asked(given.to if given else None, actor) or _("to sign"),
            until=line.respond_by or line.starts, step="sign",
        )  # fmt: skip
    for line in to_seal:
        what = _("Bring the learning agreement of %(name)s into force") % {"name": names.get(line.learner, "")}
        yield Waiting(title=what, address=_address(line), kind=_("all have signed"), until=line.starts, step="seal")
    for verb, line in next_steps:
        what = f"{names.get(line.learner, '')}: {VERBS[verb]}"
        until = getattr(line, _DAY[line.stay]) if line.stay in _DAY else None
        kind = str(STATES[line.stay or ""])
        yield Waiting(title=what, address=_address(line) + "#stay", kind=kind, until=until, step="stay")


def _address(line: Line) -> str:
    return reverse("mobility:agreement", kwargs={"key": line.key})
