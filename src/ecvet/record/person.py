"""The salted commitment that keeps personal data out of records (spec: exchange of documents, "person_ref").

A record names a learner by pseudonym and commits to the person by hash. The person's data and the salt travel beside
the record to those who need them; deleting both erases the person while every chain of records still verifies
(R-DATA-2).
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import NewType

from ecvet.record.canonical import canonical
from ecvet.record.values import plain
from ecvet.terms import Identifier

PersonRef = NewType("PersonRef", str)
"""`sha-256:` and the hexadecimal SHA-256 of a 32-byte salt followed by the canonical bytes of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a learner is: data that may be erased. Names are kept in the person's own script, in the order of writing.

    `family_name` is empty for who has only one name.
    """

    names: tuple[str, ...]
    family_name: str
    birth_date: date | None = None
    learner_id: Identifier | None = None

    def __str__(self) -> str:
        return " ".join(part for part in (*self.names, self.family_name) if part)


def commitment(person: Person, salt: bytes) -> PersonRef:
    """Commit to a person. `salt` is 32 random bytes, drawn by the caller; raises `ValueError` for another length."""
    if len(salt) != 32:
        raise ValueError("the salt of a commitment has 32 bytes")
    return PersonRef("sha-256:" + hashlib.sha256(salt + canonical(plain(person))).hexdigest())
