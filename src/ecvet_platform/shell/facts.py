"""How the facts of what the core says are told: terms by their type, or by the fact's name where they are codes."""

from collections.abc import Callable
from typing import Any, Final

from ecvet.credit.erasure import Need
from ecvet.credit.lifecycle import RecognitionState, ResultState
from ecvet.credit.lifecycle import Verb as CreditVerb
from ecvet.mobility import Role, State, Task, Verb
from ecvet.mobility.roster import Column
from ecvet.partnership import AgreementState, Function
from ecvet.qualification import OutcomeKind
from ecvet.record import Act
from ecvet.terms import Points
from ecvet_platform.credentials import words as credentials
from ecvet_platform.credit import words as credit
from ecvet_platform.dossier import words as dossier
from ecvet_platform.guests import words as guests
from ecvet_platform.institutions import words as institutions
from ecvet_platform.mobility import words as mobility
from ecvet_platform.people import words as people
from ecvet_platform.people.roles import Role as Office
from ecvet_platform.people.telling import Words
from ecvet_platform.qualifications import words as qualifications

_ROLES: Final[tuple[Words, ...]] = (mobility.ROLES, people.ROLES)
_VERBS: Final[tuple[Words, ...]] = (
    institutions.ACTS, institutions.VERBS, mobility.VERBS, credit.VERBS, credentials.VERBS,
)  # fmt: skip
_STATES: Final[tuple[Words, ...]] = (
    institutions.STATES,
    mobility.STATES,
    credit.RESULT_STATES,
    credit.RECOGNITION_STATES,
    credentials.STANDINGS,
)

WORDS: Final[dict[type, Words]] = {
    Office: people.ROLES,
    Role: mobility.ROLES,
    State: mobility.STATES,
    Verb: mobility.VERBS,
    Column: mobility.COLUMNS,
    Task: guests.TASKS,
    CreditVerb: credit.VERBS,
    ResultState: credit.RESULT_STATES,
    RecognitionState: credit.RECOGNITION_STATES,
    Need: dossier.NEEDS,
    AgreementState: institutions.STATES,
    Function: institutions.FUNCTIONS,
    Act: institutions.ACTS,
    OutcomeKind: qualifications.KINDS,
}
NAMED: Final[dict[str, tuple[Words, ...]]] = {
    "role": _ROLES, "roles": _ROLES, "whose": _ROLES, "verb": _VERBS, "act": _VERBS, "possible": _VERBS,
    "before": _VERBS, "state": _STATES, "function": (institutions.FUNCTIONS,), "missing": (mobility.COLUMNS,),
    "columns": (mobility.COLUMNS,), "column": (mobility.COLUMNS,), "by": (mobility.RECOGNISED_BY,),
}  # fmt: skip
WAYS: Final[dict[type, Callable[[Any], str]]] = {Points: qualifications.amount}
