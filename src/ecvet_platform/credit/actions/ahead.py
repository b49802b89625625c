"""Who acts next in a case, and with which step: read off the states, for those who wait."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ecvet.credit.lifecycle import RecognitionState, ResultState, Verb
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import sides
from ecvet_platform.credit.actions.sides import Party
from ecvet_platform.credit.store.cases import Case

_R, _S = ResultState, RecognitionState

NEXT: Final[dict[str, Verb]] = {
    _R.OPEN: Verb.ASSESS,
    _R.ASSESSED: Verb.TRANSFER,
    _R.NOT_ASSESSED: Verb.TRANSFER,
    _R.CONTESTED: Verb.CORRECT,
    _S.AWAITED: Verb.VALIDATE,
    _S.REMINDED: Verb.VALIDATE,
    _S.ESCALATED: Verb.VALIDATE,
    _S.MORE_EVIDENCE: Verb.VALIDATE,
    _S.REVIEW: Verb.VALIDATE,
    _S.VALIDATED: Verb.RECOGNISE,
    _S.NOT_VALIDATED: Verb.REFUSE,
    _S.APPEALED: Verb.CHANGE,
}
"""The step that a state waits for. A contested result goes first; states that are not here wait for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The step that a case waits for, which party takes it, and by which day, where one was agreed."""

    verb: Verb
    party: Party
    institution: Identifier
    until: date | None


def ahead(case: Case) -> Ahead | None:
    """The next step of a case that somebody has to take; None where nothing has to happen."""
    state = case.result if case.result == _R.CONTESTED or not case.recognition else case.recognition
    verb = NEXT.get(state)
    if verb is None:
        return None
    party = sides.STEPS[verb][0]
    who = {Party.HOSTING: case.hosting, Party.HOME: case.home, Party.BODY: case.body, Party.LEARNER: case.learner}
    return Ahead(verb=verb, party=party, institution=who[party], until=case.due)
