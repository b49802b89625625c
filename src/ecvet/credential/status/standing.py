"""What becomes of an issued credential: it is valid, suspended for the time being, or revoked for good.

A change is a decision of the institution that issued, with person, date and reason; it is appended to those before and
nothing is overwritten (R-RECOG-14). What stands is found by walking the table along the changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.credential.errors import StatusNotYours, StatusReasonMissing
from ecvet.credential.formats.token_status_list import StatusValue
from ecvet.credit.decision import Decider
from ecvet.record import Lifecycle, Step, StepNotPossible
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, LangString

ISSUER: Final = "issuer"


class Standing(StrEnum):
    """Where a credential stands."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Verb(StrEnum):
    """What an issuer may do with a credential it has issued."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"


VALUES: Final = {
    Standing.VALID: StatusValue.VALID,
    Standing.REVOKED: StatusValue.INVALID,
    Standing.SUSPENDED: StatusValue.SUSPENDED,
}

STATUS: Final = Lifecycle(
    thing=say("credential"),
    steps=tuple(
        Step(state=state, verb=verb, to=to, by=frozenset({ISSUER}), guard="a reason is given")
        for state, verb, to in (
            (Standing.VALID, Verb.SUSPEND, Standing.SUSPENDED),
            (Standing.SUSPENDED, Verb.REINSTATE, Standing.VALID),
            (Standing.VALID, Verb.REVOKE, Standing.REVOKED),
            (Standing.SUSPENDED, Verb.REVOKE, Standing.REVOKED),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A decision about an issued credential: what, to which standing, by whom, when, why."""

    verb: Verb
    to: Standing
    by: Decider
    on: date
    reason: LangString


def standing(changes: Iterable[StatusChange]) -> Standing:
    """Where a credential stands after all its changes. Raises `StepNotPossible` for changes that cannot follow."""
    state = Standing.VALID
    for one in changes:
        state = STATUS.after(state, one.verb)
    return state


def change(
    verb: Verb, changes: Iterable[StatusChange], *, issuer: Identifier, by: Decider, on: date, reason: LangString | None
) -> StatusChange | Failure:
    """The next change of a credential with these `changes`, to be appended by the caller; or a no with the fact."""
    if by.institution != issuer:
        return Failure(StatusNotYours(issuer=issuer, by=by.institution))
    if reason is None:
        return Failure(StatusReasonMissing())
    try:
        to = STATUS.after(standing(changes), verb)
    except StepNotPossible as error:
        return Failure(error)
    return StatusChange(verb=verb, to=to, by=by, on=on, reason=reason)
