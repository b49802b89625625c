"""What is known about the status of a credential, and from which lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ecvet.credential.policy import Outcome
from ecvet.saying import Said, say

StatusLists: TypeAlias = Mapping[str, bytes]
"""Signed status lists by their addresses, as they were fetched or kept."""


@dataclass(frozen=True, slots=True)
class StatusFound:
    """Whether the status is known to be good; a bad one is an error."""

    outcome: Outcome
    reason: Said


NO_STATUS: Final = StatusFound(Outcome.PASS, say("not present: it refers to no status list"))
