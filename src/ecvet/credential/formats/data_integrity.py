"""Data Integrity proofs (W3C): eddsa-jcs-2022 and eddsa-rdfc-2022, issued and verified; their P-256 kin, verified.

The proof travels in the credential. What is signed is the hash of the proof's options followed by the hash of the
credential, both in a canonical form: JSON after RFC 8785, where every member counts, whether a vocabulary knows it or
not; or the statements that are made (RDFC-1.0), where what no vocabulary defines is refused because it would not count.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ecvet.credential.errors import BeyondLimits, Malformed, NotACredential, ProofFails, WrongType
from ecvet.credential.formats import jws, multikey
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.times import stamp, stamped
from ecvet.saying import say

JCS: Final = "eddsa-jcs-2022"
RDFC: Final = "eddsa-rdfc-2022"

MAX_BYTES: Final = 256 * 1024
PURPOSE: Final = "assertionMethod"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """A document and its proof, nothing of it checked. `options` are the members of the proof that are signed too."""

    document: Claims
    suite: str
    method: str
    created: datetime | None
    expires: datetime | None
    options: Claims
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes under the signature; see `signed_bytes` for what is refused."""
        return signed_bytes(self.suite, self.options, self.document)


def issue(document: Claims, key: Ed25519PrivateKey, *, method: str, created: datetime, suite: str = JCS) -> Claims:
    """The document with its proof; `method` is the name of the key, `suite` one of Ed25519.

    Raises `ValueError` if it has a proof already; see `signed_bytes` too.
    """
    if suite not in (JCS, RDFC):
        raise ValueError(f"nothing is issued with {suite}")
    if "proof" in document:
        raise ValueError("the document has a proof")
    proof: Claims = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": stamped(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document and suite == JCS:
        proof["@context"] = document["@context"]
    signature = key.sign(signed_bytes(suite, proof, document))
    return {**document, "proof": {**proof, "proofValue": "z" + multikey.base58(signature)}}


def parse(data: bytes) -> Secured:
    """Take a secured document apart. Raises `BeyondLimits`, `Malformed`, `NotACredential`, `WrongType`."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(
            why=say("it has {number} bytes, more than {max_bytes}", number=len(data), max_bytes=MAX_BYTES)
        )
    return secured(parse_object(data, "credential"))


def secured(found: Claims) -> Secured:
    """Take a secured document apart that was read already. Raises `Malformed`, `NotACredential`, `WrongType`."""
    proof = found.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if isinstance(proof, list) and len(proof) > 1:
        raise WrongType(why=say("it has {number} proofs; one is read", number=len(proof)))
    if not isinstance(proof, dict):
        raise NotACredential(why=say("it is JSON without a proof"))
    suite, method, text = (proof.get(name) for name in ("cryptosuite", "verificationMethod", "proofValue"))
    if proof.get("type") != "DataIntegrityProof" or not isinstance(suite, str) or suite not in SUITES:
        raise WrongType(why=say("its proof is not one of {suites}", suites=tuple(SUITES)))
    if proof.get("proofPurpose") != PURPOSE:
        raise WrongType(why=say("its proof has another purpose than {purpose}", purpose=PURPOSE))
    if "previousProof" in proof or "domain" in proof or "challenge" in proof:
        raise WrongType(why=say("its proof depends on another proof or request"))
    if not isinstance(method, str) or not isinstance(text, str) or not text.startswith("z"):
        raise Malformed(why=say("the proof names no key, or its value is not in base58"))
    document = {name: one for name, one in found.items() if name != "proof"}
    if "@context" in proof and "-jcs-" in suite:
        document = _in_context(document, proof["@context"])
    return Secured(
        document=document,
        suite=suite,
        method=method,
        created=stamp(proof["created"], "the time of the proof") if "created" in proof else None,
        expires=stamp(proof["expires"], "the end of the proof") if "expires" in proof else None,
        options={name: one for name, one in proof.items() if name != "proofValue"},
        signature=multikey.from_base58(text[1:], "proof"),
    )


def check_signature(found: Secured, key: object) -> None:
    """Whether the key signed it.

    Raises `ProofFails`, also for a key that does not fit the suite; see `signed_bytes` too.
    """
    jws.check_raw(found.signed, found.signature, key, SUITES[found.suite][0])


def _in_context(document: Claims, signed: Any) -> Claims:
    """The document with the context that was signed; contexts added later come after those (step 4 of the suite)."""
    has, had = (one if isinstance(one, list) else [one] for one in (document.get("@context"), signed))
    if has[: len(had)] != had:
        raise ProofFails(why=say("the context of the document is not the one that was signed"))
    return {**document, "@context": signed}


def signed_bytes(suite: str, options: Claims, document: Claims) -> bytes:
    """What a suite signs: the hash of the proof's options, then that of the document.

    Raises `Malformed`, and for proofs over statements `WrongType`, `BeyondLimits`, `VocabularyMissing`.
    """
    return b"".join(hashlib.sha256(one).digest() for one in SUITES[suite][1](options, document))


def _json(options: Claims, document: Claims) -> tuple[bytes, bytes]:
    try:
        return rfc8785.dumps(options), rfc8785.dumps(document)
    except (ValueError, UnicodeError) as error:
        raise Malformed(why=say("it contains a number that has no canonical form")) from error


def _statements(options: Claims, document: Claims) -> tuple[bytes, bytes]:
    from ecvet.credential.formats.rdf.statements import canonical_statements  # here, because few proofs are over RDF

    options = {**options, "@context": document.get("@context")}
    return canonical_statements(options).encode(), canonical_statements(document).encode()


SUITES: Final[dict[str, tuple[str, Callable[[Claims, Claims], tuple[bytes, bytes]]]]] = {
    JCS: ("Ed25519", _json),
    "ecdsa-jcs-2019": ("ES256", _json),
    RDFC: ("Ed25519", _statements),
    "ecdsa-rdfc-2019": ("ES256", _statements),
}
"""The suites that are verified here, each with its algorithm and the canonical form of options and document."""
