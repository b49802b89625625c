"""Step 9 of the verification: what the status lists that are at hand say about a credential.

Nothing is fetched: the lists are an argument, by their addresses, as their issuers signed them. In order to know the
status of a credential, we need to achieve the following for each list that it refers to:

1. The list is at hand; else the status is unknown. Whoever tried to fetch it and was not answered says so.
2. It was signed with a trusted key of the same issuer, which need not be the key of the credential.
3. It is the list of that address, for that purpose, and as large as it must be.
4. It is in force at the time of the verification; else the status is unknown.
5. The credential has a place in it, and what stands there has a meaning.

A list that is forged, damaged or of another issuer is a failure and not merely unknown: somebody put it there.
Unknown is never taken for “not revoked” (security statement 18); which of the two it is, is the policy's question.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ecvet.credential.errors import (
    Revoked,
    StatusListUnusable,
    StatusOutdated,
    StatusUnreachable,
    Step,
    Suspended,
    VerificationError,
)
from ecvet.credential.formats import bitstring_status_list as bitstring
from ecvet.credential.formats import jws, token_status_list, vc_jwt
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.formats.token_status_list import StatusValue
from ecvet.credential.opening import Form, Opened, is_json
from ecvet.credential.opening_w3c import open_data_integrity, open_vc_jwt
from ecvet.credential.policy import Outcome
from ecvet.credential.signers import signer_of_token
from ecvet.credential.status.found import StatusFound, StatusLists, Unreachable
from ecvet.credential.steps import Notes
from ecvet.credential.trust import Trust
from ecvet.saying import say
from ecvet.terms import Identifier

_ABSENT = StatusFound(Outcome.UNKNOWN, say("it refers to a status list that is not at hand"))
_OLD = StatusFound(Outcome.UNKNOWN, say("the status list at hand is not in force at this time"), StatusOutdated())
_MEANINGLESS = StatusFound(Outcome.UNKNOWN, say("its status is of a kind whose meaning is not known"))
_GOOD = StatusFound(Outcome.PASS, say("by its status list it is neither revoked nor suspended"))


def check_status(found: Opened, lists: StatusLists, trust: Trust, at: datetime, skew: timedelta) -> StatusFound:
    """What is known about a status that there is. Raises `Revoked`, `Suspended`, `StatusListUnusable`."""
    try:
        if found.form is Form.SD_JWT:
            return _by_token(found, lists, trust, at, skew)
        return _by_bitstrings(found, lists, trust, at, skew)
    except VerificationError as error:
        if error.step is Step.STATUS:
            raise
        raise StatusListUnusable(why=str(error.facts.get("why", say("it is not what it should be")))) from error


def by_address(lists: Iterable[bytes]) -> dict[str, bytes]:
    """Signed status lists by the addresses that they name themselves; that these are true is checked when one is used.

    Raises `StatusListUnusable` for what is no status list.
    """
    return {_address(one): one for one in lists}


def _address(data: bytes) -> str:
    try:
        if is_json(data):
            said = parse_object(data, "status list")
        else:
            said = vc_jwt.parse(data, token_status_list.MAX_BYTES).payload
    except VerificationError as error:
        raise StatusListUnusable(why=say("it is neither a signed token nor JSON")) from error
    found = said.get("sub", said.get("id"))
    if not isinstance(found, str):
        raise StatusListUnusable(why=say("it does not name its address"))
    return found


def _by_token(found: Opened, lists: StatusLists, trust: Trust, at: datetime, skew: timedelta) -> StatusFound:
    where = token_status_list.reference(found.claims["status"])
    if where is None:
        return _MEANINGLESS
    data = lists.get(where.uri)
    if not isinstance(data, bytes):
        return _not_at_hand(data)
    token = token_status_list.parse(data)
    signer = signer_of_token(token.header, trust)
    jws.check_signature(token, signer.key)
    listed = token_status_list.read(token.payload, where.uri)
    signer.vouch(found.issuer, trust, listed.issued_at)
    if not _in_force(listed.issued_at, listed.expires, listed.ttl, at, skew):
        return _OLD
    status = listed.bits.at(where.index)
    if status == StatusValue.INVALID:
        raise Revoked
    if status == StatusValue.SUSPENDED:
        raise Suspended
    return _GOOD if status == StatusValue.VALID else _MEANINGLESS


def _not_at_hand(answer: Unreachable | None) -> StatusFound:
    if answer is None:
        return _ABSENT
    fact = StatusUnreachable(why=answer.why)
    return StatusFound(Outcome.UNKNOWN, say("its status list was not reached: {why}", why=answer.why), fact)


def _by_bitstrings(found: Opened, lists: StatusLists, trust: Trust, at: datetime, skew: timedelta) -> StatusFound:
    if "credentialStatus" not in found.claims:
        return _MEANINGLESS
    worst = _GOOD
    for where in bitstring.entries(found.claims["credentialStatus"]):
        if where is None:
            worst = _MEANINGLESS
        elif where.purpose in bitstring.PURPOSES:
            data = lists.get(where.uri)
            if isinstance(data, bytes):
                answer = _by_bitstring(where, data, found.issuer, trust, at, skew)
            else:
                answer = _not_at_hand(data)
            worst = worst if answer.outcome is Outcome.PASS else answer
    return worst


def _by_bitstring(
    where: bitstring.Entry, data: bytes, issuer: Identifier, trust: Trust, at: datetime, skew: timedelta
) -> StatusFound:
    opened = _open_list(data, trust)
    if opened.issuer != issuer:
        raise StatusListUnusable(why=say("it was signed by another than the issuer of the credential"))
    assert opened.credential is not None
    listed = bitstring.read(opened.credential, where.uri, where.purpose)
    if not _in_force(listed.valid_from, listed.valid_until, listed.ttl, at, skew):
        return _OLD
    if listed.bits.at(where.index):
        raise Revoked if where.purpose == "revocation" else Suspended
    return _GOOD


def _open_list(data: bytes, trust: Trust) -> Opened:
    if is_json(data):
        return open_data_integrity(data, trust, Notes())
    return open_vc_jwt(data, trust, Notes(), token_status_list.MAX_BYTES)


def _in_force(start: datetime, end: datetime | None, ttl: timedelta | None, at: datetime, skew: timedelta) -> bool:
    """Whether a list counts at a time; one that names no end counts as long as it may be kept, if it says so."""
    if start - at > skew:
        return False
    if end is not None:
        return at - end < skew
    return ttl is None or at - start < ttl + skew
