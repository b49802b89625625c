"""Data Integrity over canonical JSON (W3C): eddsa-jcs-2022, issued and verified; ecdsa-jcs-2019 (P-256), verified.

The proof travels in the credential. What is signed is the hash of the proof's options followed by the hash of the
credential, both in the canonical form of RFC 8785: every member counts, whether a vocabulary knows it or not.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential, ProofFails, WrongType
from ecvet.credential.formats import jws, multikey
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.times import stamp, stamped

SUITES: Final = {"eddsa-jcs-2022": "Ed25519", "ecdsa-jcs-2019": "ES256"}
"""The suites that are verified here, each with its algorithm; only the first one is issued."""

MAX_BYTES: Final = 256 * 1024
PURPOSE: Final = "assertionMethod"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """A document and its proof, nothing of it checked. `signed` are the bytes under the signature."""

    document: Claims
    suite: str
    method: str
    created: datetime | None
    expires: datetime | None
    signed: bytes
    signature: bytes


def issue(document: Claims, key: Ed25519PrivateKey, *, method: str, created: datetime) -> Claims:
    """The document with its proof; `method` is the name of the key. Raises `ValueError` if it has one already."""
    if "proof" in document:
        raise ValueError("the document has a proof")
    proof: Claims = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": stamped(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        proof["@context"] = document["@context"]
    signature = key.sign(_hashed(proof, document))
    return {**document, "proof": {**proof, "proofValue": "z" + multikey.base58(signature)}}


def parse(data: bytes) -> Secured:
    """Take a secured document apart. Raises `BeyondLimits`, `Malformed`, `NotACredential`, `WrongType`."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(why=f"it has {len(data)} bytes, more than {MAX_BYTES}")
    return secured(parse_object(data, "credential"))


def secured(found: Claims) -> Secured:
    """Take a secured document apart that was read already. Raises `Malformed`, `NotACredential`, `WrongType`."""
    proof = found.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if isinstance(proof, list) and len(proof) > 1:
        raise WrongType(why=f"it has {len(proof)} proofs; one is read")
    if not isinstance(proof, dict):
        raise NotACredential(why="it is JSON without a proof")
    suite, method, text = (proof.get(name) for name in ("cryptosuite", "verificationMethod", "proofValue"))
    if proof.get("type") != "DataIntegrityProof" or not isinstance(suite, str) or suite not in SUITES:
        raise WrongType(why=f"its proof is not one of {', '.join(SUITES)}")
    if proof.get("proofPurpose") != PURPOSE:
        raise WrongType(why=f"its proof has another purpose than {PURPOSE}")
    if "previousProof" in proof or "domain" in proof or "challenge" in proof:
        raise WrongType(why="its proof depends on another proof or request")
    if not isinstance(method, str) or not isinstance(text, str) or not text.startswith("z"):
        raise Malformed(why="the proof names no key, or its value is not in base58")
    document = {name: one for name, one in found.items() if name != "proof"}
    if "@context" in proof:
        document = _in_context(document, proof["@context"])
    return Secured(
        document=document,
        suite=suite,
        method=method,
        created=stamp(proof["created"], "the time of the proof") if "created" in proof else None,
        expires=stamp(proof["expires"], "the end of the proof") if "expires" in proof else None,
        signed=_hashed({name: one for name, one in proof.items() if name != "proofValue"}, document),
        signature=multikey.from_base58(text[1:], "proof"),
    )


def check_signature(found: Secured, key: object) -> None:
    """Whether the key signed it. Raises `ProofFails`, also for a key that does not fit the suite."""
    jws.check_raw(found.signed, found.signature, key, SUITES[found.suite])


def _in_context(document: Claims, signed: Any) -> Claims:
    """The document with the context that was signed; contexts added later come after those (step 4 of the suite)."""
    has, had = (one if isinstance(one, list) else [one] for one in (document.get("@context"), signed))
    if has[: len(had)] != had:
        raise ProofFails(why="the context of the document is not the one that was signed")
    return {**document, "@context": signed}


def _hashed(proof: Claims, document: Claims) -> bytes:
    try:
        return b"".join(hashlib.sha256(rfc8785.dumps(one)).digest() for one in (proof, document))
    except (ValueError, UnicodeError) as error:
        raise Malformed(why="it contains a number that has no canonical form") from error
