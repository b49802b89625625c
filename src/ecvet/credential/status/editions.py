"""The editions of a status list: one set of standings as Token Status List and as Bitstring Status Lists, signed.

Every credential has the same place in all of them. The bitstrings have one list for each purpose, because each of
their entries is one bit; their addresses are that of the list with the purpose behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ecvet.credential.formats import bitstring_status_list as bitstring
from ecvet.credential.formats import data_integrity, jws, token_status_list, vc_jwt
from ecvet.credential.formats.bitstring_status_list import PURPOSES, BitstringStatusList, Entry
from ecvet.credential.formats.status_bits import Order, pack
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.token_status_list import TokenStatusList
from ecvet.credential.keys import IssuerKey
from ecvet.credential.status.allocation import OpenList
from ecvet.credential.status.standing import VALUES, Standing
from ecvet.terms import Identifier

_CONCERNED = {"revocation": Standing.REVOKED, "suspension": Standing.SUSPENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is signed at one time: when, until when it counts, and how long a copy may be kept."""

    at: datetime
    until: datetime
    ttl: timedelta


def token_view(listed: OpenList, standings: Mapping[int, Standing], edition: Edition, key: IssuerKey) -> bytes:
    """The list as a signed Token Status List (`statuslist+jwt`), two bits for each credential, decoys among them."""
    values = {index: int(VALUES[one]) for index, one in {**listed.decoys, **standings}.items()}
    said = TokenStatusList(
        uri=listed.uri, issued_at=edition.at, expires=edition.until, ttl=edition.ttl,
        bits=pack(values, listed.size, 2, Order.LEAST_SIGNIFICANT_FIRST),
    )  # fmt: skip
    return token_status_list.issue(said, key.private, key.header)


def bitstring_view(
    listed: OpenList, standings: Mapping[int, Standing], purpose: str, edition: Edition, issuer: Identifier,
    key: IssuerKey,
) -> bytes:  # fmt: skip
    """The list for one purpose as a signed Bitstring Status List (`vc+jwt`), decoys among them."""
    said = _bitstring(listed, standings, purpose, edition)
    return vc_jwt.issue(bitstring.credential(said, issuer), key.private, key.header)


def bitstring_proof_view(
    listed: OpenList, standings: Mapping[int, Standing], purpose: str, edition: Edition, issuer: Identifier,
    key: Ed25519PrivateKey, method: str,
) -> bytes:  # fmt: skip
    """The same with a proof (eddsa-rdfc-2022), as verifiers of badges expect it; `issuer` controls the `method`."""
    claims = bitstring.credential(_bitstring(listed, standings, purpose, edition), issuer)
    made = data_integrity.issue(claims, key, method=method, created=edition.at, suite=data_integrity.RDFC)
    return jws.dump(made)


def _bitstring(
    listed: OpenList, standings: Mapping[int, Standing], purpose: str, edition: Edition
) -> BitstringStatusList:
    concerned = {index: 1 for index, one in {**listed.decoys, **standings}.items() if one is _CONCERNED[purpose]}
    return BitstringStatusList(
        uri=bitstring_uri(listed.uri, purpose), purpose=purpose,
        valid_from=edition.at, valid_until=edition.until, ttl=edition.ttl,
        bits=pack(concerned, listed.size, 1, Order.MOST_SIGNIFICANT_FIRST),
    )  # fmt: skip


def bitstring_claim(uri: str, index: int) -> list[Claims]:
    """The `credentialStatus` of a W3C credential with this place: one entry for each purpose."""
    return [Entry(purpose, bitstring_uri(uri, purpose), index).claim for purpose in PURPOSES]


def bitstring_uri(uri: str, purpose: str) -> str:
    """The address of the bitstring for one purpose."""
    return f"{uri}/{purpose}"
