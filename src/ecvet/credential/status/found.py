"""What is known about the status of a credential, and from which lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from ecvet.credential.errors import StatusNotKnown
from ecvet.credential.policy import Outcome
from ecvet.saying import Said, say


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The answer of a caller who asked an address for a status list and got none; `why` ends a sentence."""

    why: str


StatusLists: TypeAlias = Mapping[str, bytes | Unreachable]
"""Signed status lists by their addresses, as they were fetched or kept; fetching is the caller's business."""


class StatusFound(NamedTuple):
    """Whether the status is known to be good; a bad one is an error. `missing` is the fact when it is unknown."""

    outcome: Outcome
    reason: Said
    missing: StatusNotKnown | None = None


NO_STATUS: Final = StatusFound(Outcome.PASS, say("not present: it refers to no status list"))
