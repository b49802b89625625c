"""How long a copy of a status list may be kept by whoever fetches lists.

What a list says about itself is not believed here, since its signature is checked only when it is used: however long it
wants to be kept, it is asked for again after a day, so that a bad copy does not stay; and however short, not sooner
than after five minutes, so that nobody makes verifiers ask all the time. Whether a copy still counts is `check`'s
question.
"""

from datetime import datetime, timedelta
from typing import Final

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import token_status_list, vc_jwt
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.times import moment, stamp
from ecvet.credential.opening import is_json

SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=1)


def fetch_again(data: bytes, fetched: datetime) -> datetime:
    """When a list that was fetched at a moment is to be fetched again: by its ttl and its end, within the bounds.

    A ttl counts from fetching (Token Status List, 13.7; Bitstring Status List, 2.2). A list that cannot be read is
    asked for again soon.
    """
    try:
        said = parse_object(data, "status list") if is_json(data) else _payload(data)
        kept, end = _of_bitstring(said) if "credentialSubject" in said else _of_token(said)
    except VerificationError:
        return fetched + SHORTEST
    until = min(fetched + min(kept, LONGEST), end or fetched + LONGEST)
    return max(until, fetched + SHORTEST)


def _payload(data: bytes) -> Claims:
    return vc_jwt.parse(data, token_status_list.MAX_BYTES).payload


def _of_token(said: Claims) -> tuple[timedelta, datetime | None]:
    return _seconds(said.get("ttl"), 1), moment(said["exp"], "the end") if "exp" in said else None


def _of_bitstring(said: Claims) -> tuple[timedelta, datetime | None]:
    subject = said["credentialSubject"]
    ttl = subject.get("ttl") if isinstance(subject, dict) else None
    return _seconds(ttl, 1000), stamp(said["validUntil"], "the end") if "validUntil" in said else None


def _seconds(ttl: object, per_second: int) -> timedelta:
    if isinstance(ttl, bool) or not isinstance(ttl, int | float) or not 0 < ttl < 1 << 40:
        return LONGEST
    return timedelta(seconds=ttl / per_second)
