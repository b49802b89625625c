"""What waits for somebody in mobility: the lines of the start page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecvet.mobility import Role, State, Verb
from ecvet.partnership import Signatory
from ecvet.record import Address
from ecvet_platform.institutions.actions import asking
from ecvet_platform.institutions.waiting import asked
from ecvet_platform.mobility.actions import agreements, learners, stays
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.mobility.words import ROLES, STATES, VERBS
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor

T = TypeVar("T")
PERSONS: Final = (Role.LEARNER, Role.GUARDIAN)

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
    for role, found, group in _together(((role, line) for role, line in to_sign), apart=PERSONS):
        if group is not None:
            title = ngettext(
                "Sign %(count)s learning agreement of a group as %(role)s",
                "Sign %(count)s learning agreements of a group as %(role)s", len(found),
            )  # fmt: skip
            what = title % {"count": len(found), "role": ROLES[role]}
            last = found[0].respond_by or found[0].starts
            yield Waiting(title=what, address=_group(group), kind=_("to sign"), until=last, step="sign")
            continue
        (line,) = found
        title = _("Sign the learning agreement of %(name)s as %(role)s")
        what = title % {"name": names.get(line.learner, ""), "role": ROLES[role]}
        mine = Signatory(role=role.value, id=actor.institution or actor.person)
        given = handed.get((line.proposed, mine)) if line.proposed else None
        yield Waiting(
            title=what, address=_address(line), kind=asked(given.to if given else None, actor) or _("to sign"),
            until=line.respond_by or line.starts, step="sign",
        )  # fmt: skip
    for _seal, found, group in _together((("", line) for line in to_seal), apart=()):
        if group is not None:
            title = ngettext(
                "Bring %(count)s learning agreement of a group into force",
                "Bring %(count)s learning agreements of a group into force", len(found),
            )  # fmt: skip
            what = title % {"count": len(found)}
            last = found[0].starts
            yield Waiting(title=what, address=_group(group), kind=_("all have signed"), until=last, step="seal")
            continue
        (line,) = found
        what = _("Bring the learning agreement of %(name)s into force") % {"name": names.get(line.learner, "")}
        yield Waiting(title=what, address=_address(line), kind=_("all have signed"), until=line.starts, step="seal")
    for verb, found, group in _together(next_steps, apart=(Verb.CLOSE,)):
        line = found[0]
        until = getattr(line, _DAY[line.stay]) if line.stay in _DAY else None
        if group is not None:
            title = ngettext("%(count)s stay of a group: %(step)s", "%(count)s stays of a group: %(step)s", len(found))
            what = title % {"count": len(found), "step": VERBS[verb]}
            kind = str(STATES[line.stay or ""])
            yield Waiting(title=what, address=_group(group), kind=kind, until=until, step="stay")
            continue
        what = f"{names.get(line.learner, '')}: {VERBS[verb]}"
        kind = str(STATES[line.stay or ""])
        yield Waiting(title=what, address=_address(line) + "#stay", kind=kind, until=until, step="stay")


def _together(
    waits: Iterable[tuple[T, Line]], *, apart: Iterable[object]
) -> Iterator[tuple[T, list[Line], Address | None]]:
    """What waits for the same step in the same group as one, with the group; the others each alone.

    Steps `apart` are never taken for a group: a learner signs for herself, and each stay is looked back on alone.
    """
    steps = list(waits)
    count = Counter((step, line.group) for step, line in steps)
    seen: dict[tuple[T, Address | None], list[Line]] = {}
    for step, line in steps:
        if line.group is None or step in apart or count[step, line.group] < 2:
            yield step, [line], None
        else:
            seen.setdefault((step, line.group), []).append(line)
    for (step, group), lines in seen.items():
        yield step, lines, group


def _group(text: Address) -> str:
    return reverse("mobility:group", kwargs={"text": text})


def _address(line: Line) -> str:
    return reverse("mobility:agreement", kwargs={"key": line.key})
