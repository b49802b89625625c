"""The life cycle of one version of a memorandum or of a learning agreement (spec: exchange of documents, agreements).

A state belongs to a version, never to the document as a whole: while a change is proposed, the version in force stays
in force. `ecvet.partnership.thread` derives the state of each version from what was signed.
"""

from enum import StrEnum
from typing import Final

from ecvet.record import Lifecycle, Step
from ecvet.saying import say


class AgreementState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    IN_FORCE = "in force"
    ENDING = "ending"
    TERMINATED = "terminated"
    VOID = "void"


AUTHOR: Final = "author"  # the institution that wrote the version
OWNER: Final = (
    "owner"  # the institution that keeps the thread in order: initiator of a memorandum, home of an agreement
)
PARTY: Final = "party"  # whoever must sign the version, in the role that the document gives

_S = AgreementState


def _step(state: AgreementState | None, verb: str, to: AgreementState, *by: str, guard: str) -> Step[AgreementState]:
    return Step(state=state, verb=verb, to=to, by=frozenset(by), guard=guard)


AGREEMENT: Final = Lifecycle(
    thing=say("agreement"),
    steps=(
        _step(None, "create", _S.DRAFT, AUTHOR, guard="visible to the author's institution only"),
        _step(_S.DRAFT, "propose", _S.PROPOSED, AUTHOR,
              guard="all roles are filled; a memorandum in force covers the qualification, or it is said why not"),
        _step(_S.PROPOSED, "accept", _S.PROPOSED, PARTY, guard="the hash signed is the one seen; lapses in 60 days"),
        _step(_S.PROPOSED, "reject", _S.REJECTED, PARTY, guard="with a reason; what is in force stays in force"),
        _step(_S.PROPOSED, "withdraw", _S.WITHDRAWN, AUTHOR, PARTY, guard="with a reason; before the owner seals"),
        _step(_S.PROPOSED, "supersede", _S.SUPERSEDED, AUTHOR, PARTY, guard="a new version replaces the same one"),
        _step(_S.PROPOSED, "seal", _S.IN_FORCE, OWNER, guard="everybody who must has accepted this version"),
        _step(_S.IN_FORCE, "propose", _S.IN_FORCE, PARTY, guard="the change is a version of its own, beside it"),
        _step(_S.IN_FORCE, "supersede", _S.SUPERSEDED, OWNER, guard="a later version is sealed"),
        _step(_S.IN_FORCE, "terminate", _S.ENDING, PARTY, guard="with a reason and the day on which it ends"),
        _step(_S.ENDING, "end", _S.TERMINATED, OWNER, guard="the day has come; running agreements keep their terms"),
        *(_step(state, "retract", _S.VOID, OWNER, guard="made by mistake; no results exist; a tombstone stays")
          for state in AgreementState if state is not _S.VOID),
    ),
)  # fmt: skip
