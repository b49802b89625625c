"""What waits for people here: to assess, to hand over, to validate, to recognise, to answer an appeal."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecvet.credit.lifecycle import RECOGNITION, RESULT, Verb
from ecvet_platform.credit.actions import looking
from ecvet_platform.credit.actions.looking import Line
from ecvet_platform.credit.words import RECOGNITION_STATES, RESULT_STATES, VERBS
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of

_URGENT: Final[tuple[tuple[Verb, str], ...]] = (
    (Verb.CORRECT, "credit:ground"),
    (Verb.TRANSFER, "credit:ground"),
    (Verb.CHANGE, "credit:answer"),
    (Verb.RECOGNISE, "credit:recognise"),
    (Verb.VALIDATE, "credit:validate"),
)
"""The steps that wait for somebody, and their pages; what may be done but need not does not wait.

A correction waits only where the learner contests the transcript."""

_VALIDATION_AWAITED: Final = frozenset(str(one.state) for one in RECOGNITION.steps if one.verb == Verb.NOT_VALIDATE)
"""Where validation is the next step, so that it may end either way; elsewhere it may only add to what was decided."""


def waiting(actor: Actor, on: date) -> Iterable[Waiting]:
    """Everything that waits for the actor here."""
    for thread, learner, title, until in looking.to_assess(actor=actor, on=on):
        address = reverse("credit:ground", kwargs={"key": key_of(thread)})
        text = _("Assess %(name)s: %(title)s") % {"name": learner, "title": title.in_(get_language() or "en", "en")}
        yield Waiting(title=text, address=address, kind=str(RESULT_STATES["open"]), until=until, step="assess")
    seen: set[str] = set()
    for line in looking.waiting(actor=actor):
        for item in _of(line):
            if item.address not in seen:
                seen.add(item.address)
                yield item


def _of(line: Line) -> Iterator[Waiting]:
    for verb, page in _URGENT:
        early = verb is Verb.VALIDATE and line.case.recognition not in _VALIDATION_AWAITED
        if verb not in line.verbs or early or (verb is Verb.CORRECT and line.case.result != "contested"):
            continue
        key = key_of(line.case.basis) if page == "credit:ground" else line.case.id
        unit = line.unit.in_(get_language() or "en", "en")
        text = _("%(verb)s: %(unit)s, %(name)s") % {"verb": VERBS[verb], "unit": unit, "name": line.learner}
        of_result = any(one.verb == verb and one.state == line.case.result for one in RESULT.steps)
        kind = RESULT_STATES[line.case.result] if of_result else RECOGNITION_STATES[line.case.recognition]
        yield Waiting(
            title=text, address=reverse(page, kwargs={"key": key}), kind=str(kind), until=line.case.due, step=verb.value
        )
        return
