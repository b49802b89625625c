"""The credentials in a learner record (CLR 2.0): each has a proof of its own, and none of them counts unseen.

The proof of the record covers its badges as they were put there; whether they were genuine then, and whether they are
valid now, only they themselves tell. A record with a badge that fails, fails: who reads it would take it for all of it.
"""

from datetime import datetime, timedelta

from ecvet.credential.errors import PartFails, VerificationError
from ecvet.credential.formats import data_integrity, vcdm
from ecvet.credential.opening import Opened
from ecvet.credential.opening_w3c import open_secured
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.types import LEARNER_RECORD
from ecvet.credential.status.check import check_status
from ecvet.credential.status.found import NO_STATUS, StatusFound, StatusLists
from ecvet.credential.steps import Notes
from ecvet.credential.trust import Trust
from ecvet.saying import say


def has_parts(found: Opened) -> bool:
    """Whether it is a record of others."""
    return found.credential is not None and LEARNER_RECORD in found.credential.types


def open_parts(found: Opened, trust: Trust) -> tuple[Opened, ...]:
    """The credentials in a record, each opened as if it had come alone. Raises `PartFails`."""
    subject = found.claims.get("credentialSubject")
    listed = subject.get("verifiableCredential", []) if isinstance(subject, dict) else []
    parts = listed if isinstance(listed, list) else [listed]
    if not parts or len(parts) > vcdm.MAX_ITEMS:
        raise PartFails(
            number=len(parts), why=say("a record has one to {max_items} credentials", max_items=vcdm.MAX_ITEMS)
        )
    opened = []
    for number, one in enumerate(parts, 1):
        try:
            opened.append(open_secured(data_integrity.secured(one if isinstance(one, dict) else {}), trust, Notes()))
        except VerificationError as error:
            raise PartFails(number=number, why=_told(error)) from error
    return tuple(opened)


def status_of_parts(
    parts: tuple[Opened, ...], lists: StatusLists, trust: Trust, at: datetime, skew: timedelta
) -> StatusFound:
    """The worst of what is known about the parts. Raises `PartFails` for one that is revoked, suspended or expired."""
    worst = NO_STATUS
    for number, one in enumerate(parts, 1):
        if one.ends is not None and at - one.ends >= skew:
            raise PartFails(number=number, why=say("it expired on {ends}", ends=one.ends.date()))
        if not one.has_status:
            continue
        try:
            found = check_status(one, lists, trust, at, skew)
        except VerificationError as error:
            raise PartFails(number=number, why=_told(error)) from error
        worst = found if found.outcome is not Outcome.PASS or worst is NO_STATUS else worst
        if found.outcome is not Outcome.PASS:
            break
    return worst


def _told(error: VerificationError) -> str:
    """The sentence of an error within another."""
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:]
