"""JAdES seals (ETSI TS 119 182-1) as European Digital Credentials wear them: made, and checked.

A JWS in the general JSON form with one signature, whose payload is a text that stands in it as it is (`b64: false`, RFC
7797): what is sealed are exactly its bytes, and they are never written anew. The seal brings its certificate (x5c,
x5t#S256) and time (sigT), and unsigned properties (`etsiU`), of which the time-stamps are checked. This is the one
place where RSA is accepted, from 2048 bits (security statement 3).
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from ecvet.credential.errors import BeyondLimits, ClaimsDoNotFit, Malformed, ProofFails, WrongType
from ecvet.credential.formats import jws, time_stamps
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.time_stamps import TimeStamp
from ecvet.credential.formats.times import stamp, stamped
from ecvet.credential.seals.port import Seal
from ecvet.saying import say

TYP: Final = "jose+json"
RS256: Final = "RS256"
ALGORITHMS: Final = frozenset({RS256, jws.ALGORITHM})
MAX_BYTES: Final = 5 * 1024 * 1024
MAX_PROPERTIES: Final = 32
LEAST_BITS: Final = 2048
UNDERSTOOD: Final = frozenset({"b64", "sigT", "adoTst"})
"""The extensions (`crit`) that are understood; all others are refused."""

_STAMPS: Final = ("sigTst", "arcTst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed text taken apart, nothing of it checked. `properties` are those of etsiU, each as it was written."""

    payload: bytes
    protected: str
    header: Claims
    signature: bytes
    properties: tuple[str, ...]

    @property
    def signed(self) -> bytes:
        """The bytes under the seal (RFC 7797, 3)."""
        return self.protected.encode("ascii") + b"." + self.payload


@dataclass(frozen=True, slots=True)
class Stamps:
    """The time-stamps of a seal whose imprints fit: over the payload, over the signature, over all before them."""

    content: tuple[TimeStamp, ...] = ()
    signature: tuple[TimeStamp, ...] = ()
    archive: tuple[TimeStamp, ...] = ()

    @property
    def all(self) -> tuple[TimeStamp, ...]:
        """Every one of them."""
        return (*self.content, *self.signature, *self.archive)


def is_sealed(found: Claims) -> bool:
    """Whether a JSON object has the outer form of a seal."""
    return {"payload", "signatures"} <= found.keys()


def take_apart(found: Claims) -> Sealed:
    """Take a sealed object apart. Raises `Malformed`, `WrongType`, `BeyondLimits`."""
    payload, listed = found["payload"], found["signatures"]
    if not isinstance(payload, str) or not isinstance(listed, list) or not listed:
        raise Malformed(why=say("the seal has no text or no signature"))
    if len(listed) != 1:
        raise WrongType(why=say("it has {number} seals; one is read", number=len(listed)))
    one = listed[0]
    protected, signature = (one.get(name) if isinstance(one, dict) else None for name in ("protected", "signature"))
    if not isinstance(protected, str) or not isinstance(signature, str):
        raise Malformed(why=say("the seal has no protected header or no signature"))
    if len(protected) > jws.MAX_HEADER * 2:
        raise BeyondLimits(
            why=say("the header of the seal is larger than {max_header} kB", max_header=jws.MAX_HEADER * 2 // 1024)
        )
    header, beside = parse_object(jws.decode(protected, "header of the seal"), "header of the seal"), one.get("header")
    beside = {} if beside is None else beside
    if not isinstance(beside, dict) or not header.keys().isdisjoint(beside):
        raise Malformed(why=say("the seal has two headers that say the same"))
    properties = beside.get("etsiU", [])
    if not isinstance(properties, list) or not all(isinstance(item, str) for item in properties):
        raise Malformed(why=say("the unsigned properties of the seal (etsiU) are not texts in base64url"))
    if len(properties) > MAX_PROPERTIES:
        raise BeyondLimits(
            why=say("the seal has more than {max_properties} unsigned properties", max_properties=MAX_PROPERTIES)
        )
    return Sealed(
        payload=payload.encode("utf-8"), protected=protected, header=header,
        signature=jws.decode(signature, "signature of the seal"), properties=tuple(properties),
    )  # fmt: skip


def check_header(found: Sealed) -> None:
    """Type, algorithm and extensions, before any cryptography. Raises `WrongType`."""
    header = found.header
    if header.get("typ") != TYP:
        raise WrongType(why=say("its type is not {typ}", typ=TYP))
    if header.get("alg") not in tuple(ALGORITHMS):
        raise WrongType(why=say("its algorithm is not {algorithms}", algorithms=tuple(sorted(ALGORITHMS))))
    if header.get("b64") is not False or "sigD" in header:
        raise WrongType(why=say("the sealed text does not stand in it as it is (b64)"))
    critical = header.get("crit")
    if not isinstance(critical, list) or not all(isinstance(one, str) for one in critical):
        raise WrongType(why=say("it does not say which extensions it needs (crit)"))
    if not set(critical) <= UNDERSTOOD or "b64" not in critical or not header.keys() >= set(critical):
        raise WrongType(why=say("it demands extensions (crit) that are not understood or not there"))


def signed_at(found: Sealed) -> datetime:
    """When it was sealed, by its own words. Raises `ClaimsDoNotFit`."""
    return stamp(found.header.get("sigT"), "the time of sealing (sigT)")


def check_signature(found: Sealed, certificate: bytes, key: object) -> None:
    """Whether the key of this certificate (DER), which the seal names by its hash, sealed these bytes.

    Raises `ProofFails`, also for an RSA key under 2048 bits and for one that does not fit the algorithm.
    """
    if found.header.get("x5t#S256") != jws.encode(hashlib.sha256(certificate).digest()):
        raise ProofFails(why=say("the seal does not name the certificate that it brings (x5t#S256)"))
    if found.header["alg"] != RS256:
        jws.check_raw(found.signed, found.signature, key, str(found.header["alg"]))
        return
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < LEAST_BITS:
        raise ProofFails(
            why=say("the key of the seal is not an RSA key of at least {least_bits} bits", least_bits=LEAST_BITS)
        )
    try:
        key.verify(found.signature, found.signed, padding.PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise ProofFails(why=say("the seal was made over other bytes or with another key")) from error


def check_stamps(found: Sealed) -> Stamps:
    """The time-stamps, each over the bytes that it must be over. Raises `ProofFails`, `Malformed`, `BeyondLimits`.

    A content time-stamp (adoTst) is over the payload; one of the signature (sigTst) over its base64url; an archive
    time-stamp (arcTst) over payload, protected header, signature and the properties before it.
    """
    content: tuple[TimeStamp, ...] = ()
    if "adoTst" in found.header:
        content = _checked(found.header["adoTst"], found.payload)
    signature: tuple[TimeStamp, ...] = ()
    archive: tuple[TimeStamp, ...] = ()
    for place, text in enumerate(found.properties):
        said = parse_object(jws.decode(text, "unsigned property"), "unsigned property of the seal")
        if "sigTst" in said:
            signature += _checked(said["sigTst"], _over_signature(found))
        if "arcTst" in said:
            archive += _checked(said["arcTst"], _over_all(found, place))
    return Stamps(content, signature, archive)


def seal(payload: bytes, by: Seal, *, at: datetime) -> bytes:
    """A text sealed at the basic level (B-B): certificate, time, signature. Raises `KeyUnusable` of the seal.

    `payload` is JSON in UTF-8; its bytes are what a verifier will see.
    """
    chain = [one.public_bytes(Encoding.DER) for one in by.chain]
    header: Claims = {
        "alg": by.algorithm,
        "typ": TYP,
        "cty": "json",
        "x5t#S256": jws.encode(hashlib.sha256(chain[0]).digest()),
        "x5c": [base64.b64encode(one).decode("ascii") for one in chain],
        "b64": False,
        "sigT": stamped(at),
        "crit": ["b64", "sigT"],
    }
    protected = jws.encode(jws.dump(header))
    signature = by.sign(protected.encode("ascii") + b"." + payload)
    entry = {"protected": protected, "header": {"etsiU": []}, "signature": jws.encode(signature)}
    return jws.dump({"payload": payload.decode("utf-8"), "signatures": [entry]})


def add_stamp(data: bytes, kind: str, ask: Callable[[bytes], bytes]) -> bytes:
    """A sealed text with one more time-stamp: `sigTst` (level B-T) or `arcTst`, over all that is there.

    `ask` is given the bytes and answers with the token of a time-stamping authority over them (DER).
    """
    if kind not in _STAMPS:
        raise ValueError(f"{kind} is not a time-stamp that is added to a seal")
    said = parse_object(data, "credential")
    found = take_apart(said)
    over = _over_signature(found) if kind == "sigTst" else _over_all(found, len(found.properties))
    token = base64.b64encode(ask(over)).decode("ascii")
    property_ = jws.encode(jws.dump({kind: {"tstTokens": [{"val": token}]}}))
    said["signatures"][0]["header"] = {"etsiU": [*found.properties, property_]}
    return jws.dump(said)


def _over_signature(found: Sealed) -> bytes:
    return jws.encode(found.signature).encode("ascii")


def _over_all(found: Sealed, place: int) -> bytes:
    """What an archive time-stamp at this place is over: all before it (found on seals of three makers)."""
    before = "".join(found.properties[:place]).encode("ascii")
    return b".".join((found.payload, found.protected.encode("ascii"), _over_signature(found), before))


def _checked(said: object, over: bytes) -> tuple[TimeStamp, ...]:
    tokens = said.get("tstTokens") if isinstance(said, dict) else None
    if not isinstance(tokens, list) or not 1 <= len(tokens) <= MAX_PROPERTIES:
        raise ClaimsDoNotFit(why=say("a time-stamp of the seal has no tokens"))
    found = []
    for one in tokens:
        text = one.get("val") if isinstance(one, dict) else None
        try:
            token = base64.b64decode(text if isinstance(text, str) else "", validate=True)
        except ValueError as error:
            raise Malformed(why=say("a time-stamp of the seal is not base64")) from error
        found.append(time_stamps.read(token))
        time_stamps.check(found[-1], over)
    return tuple(found)
