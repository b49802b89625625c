"""How an act is proved to be somebody's who has no account: by a link and a code, or by paper (spec: exchange, 5).

The signature over a record names the attestation; the institution that invited the guest, or keeps the paper, makes
that signature with its own key and so answers for what is said here. No name and no e-mail address stands in it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from ecvet.record.canonical import Address
from ecvet.record.errors import AttestationIncomplete, SecondPersonMissing
from ecvet.record.record import Annex, RecordType
from ecvet.saying import say
from ecvet.terms import Identifier, LangString


class Level(StrEnum):
    """How much stands behind an act without an account. An act through an account has no level of its own."""

    GUEST = "guest"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What is known about one act of one person without an account.

    `thread` is the document's, `role` the role in it, `verb` what was done; `shown` addresses the version that was
    shown, `text` is the sentence above the button, in the language in which it was read. `institution` answers for it,
    `by` is the person who invited the guest or brought the paper. A guest has `address` (see `sealed`) and `checked`,
    when the code was entered; a paper has its `scan` and `confirmed_by`, a second person.
    Raises `AttestationIncomplete`, `SecondPersonMissing`.
    """

    record_type: ClassVar[RecordType] = RecordType.ATTESTATION

    level: Level
    thread: Identifier
    role: str
    verb: str
    shown: Address
    text: LangString
    at: datetime
    institution: Identifier
    by: Identifier
    address: str = ""
    checked: datetime | None = None
    scan: Annex | None = None
    confirmed_by: Identifier | None = None

    def __post_init__(self) -> None:
        if self.level is Level.GUEST and not (self.address and self.checked):
            raise AttestationIncomplete(level=self.level, missing=say("the address and the hour of the code"))
        if self.level is Level.PAPER and self.scan is None:
            raise AttestationIncomplete(level=self.level, missing=say("the scan"))
        if self.level is Level.PAPER and self.confirmed_by in (None, self.by):
            raise SecondPersonMissing()


def sealed(address: str, salt: bytes) -> str:
    """The SHA-256 of 32 bytes of salt and an e-mail address: who has both can prove the address, nobody guesses it.

    Raises `ValueError` for a salt of another length.
    """
    if len(salt) != 32:
        raise ValueError("the salt of an address has 32 bytes")
    return "sha-256:" + hashlib.sha256(salt + address.strip().lower().encode()).hexdigest()
