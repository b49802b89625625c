"""The ten kinds of messages as a table: what each carries, and who in a thread may send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ecvet.record import Act, RecordType

SEAL: Final = "ecvet-seal+jwt"
TERMINATION: Final = "ecvet-termination+jwt"
HAND_OVER: Final = "ecvet-hand-over+jwt"
"""Types of the statements that travel in messages; the values are in `sealing`."""


class Kind(StrEnum):
    """What a message is for."""

    PROPOSE = "propose"
    SIGN = "sign"
    SEAL = "seal"
    EVENT = "event"
    RESULT = "result"
    DECIDE = "decide"
    APPEAL = "appeal"
    RETRACT = "retract"
    NOTE = "note"
    ERROR = "error"


class Whose(StrEnum):
    """Who in a thread may send a kind: any party, the owner only, or the author of the record in it (a party too)."""

    PARTY = "a party"
    OWNER = "the owner"
    AUTHOR = "the author of the record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carries:
    """What a kind carries: one record of these types or none, acts of signatures, types of statements, a note.

    `beside` are types of records that may come with it because the receiver needs them to understand it; they are
    signed by their authors and are no part of the conversation.

    Attestations of acts without an account (level guest or paper) may travel beside every record and signature.
    """

    record: frozenset[RecordType] = frozenset()
    beside: frozenset[RecordType] = frozenset()
    acts: frozenset[Act] = frozenset()
    statements: frozenset[str] = frozenset()
    note: bool = False
    from_: Whose = Whose.PARTY
    says: str


def _types(*types: RecordType) -> frozenset[RecordType]:
    return frozenset(types)


_ISSUE: Final = frozenset({Act.ISSUE})
_ANSWERS: Final = frozenset({Act.ACCEPT, Act.REJECT, Act.WITHDRAW, Act.ACKNOWLEDGE})

KINDS: Final[Mapping[Kind, Carries]] = {
    Kind.PROPOSE: Carries(record=_types(RecordType.MOU, RecordType.LEARNING_AGREEMENT), beside=_types(RecordType.UNIT),
                          acts=_ISSUE | {Act.ACCEPT}, from_=Whose.AUTHOR,
                          says="a complete version, signed by its author, who may accept it too"),
    Kind.SIGN: Carries(acts=_ANSWERS, statements=frozenset({TERMINATION}),
                       says="accept, reject, withdraw, acknowledge, or give notice: of exactly one address"),
    Kind.SEAL: Carries(acts=_ANSWERS, statements=frozenset({SEAL, HAND_OVER}), from_=Whose.OWNER,
                       says="the owner brings a version into force with all its acceptances, or hands the thread over"),
    Kind.EVENT: Carries(record=_types(RecordType.MOBILITY_EVENT), acts=_ISSUE, from_=Whose.AUTHOR,
                        says="something happened during the stay"),
    Kind.RESULT: Carries(record=_types(RecordType.TRANSCRIPT), beside=_types(RecordType.ASSESSMENT), acts=_ISSUE,
                         from_=Whose.AUTHOR, says="the host says what was assessed"),
    Kind.DECIDE: Carries(record=_types(RecordType.DECISION), acts=_ISSUE, from_=Whose.AUTHOR,
                         says="home says what is validated and recognised"),
    Kind.APPEAL: Carries(record=_types(RecordType.APPEAL), acts=_ISSUE, from_=Whose.AUTHOR,
                         says="the learner contests a decision"),
    Kind.RETRACT: Carries(record=_types(RecordType.TOMBSTONE), acts=_ISSUE, from_=Whose.OWNER,
                          says="a version made by mistake is void; nothing rests on it yet"),
    Kind.NOTE: Carries(note=True, says="unsigned: contacts, travel, a wish for erasure; nothing rests on it"),
    Kind.ERROR: Carries(note=True, says="a problem (RFC 9457) found in a message that was stored before"),
}  # fmt: skip
"""Retracting is for records without results; see `ecvet.partnership.may_retract`."""

TRAVELS: Final = frozenset(one for carries in KINDS.values() for one in carries.record | carries.beside) | {
    RecordType.ATTESTATION
}
"""The types of records that leave their author."""
