"""The messages of OpenID4VP 1.0 in the profile of HAIP 1.0, 5: a signed request, and an answer encrypted for it.

The request names the verifier by the hash of its certificate (`x509_hash`): they belong together without register, and
who the verifier is, its certificate says. The key for the answer is made for one request. Whether a request
was answered before is the caller's memory.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import jws
from ecvet.credential.formats.key_binding import holder_key
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.keys import IssuerKey
from ecvet.credential.wallet.errors import PresentationInvalid, WalletMessageUnreadable
from ecvet.credential.wallet.query import Query
from ecvet.credential.wallet.reading import json_object, part, text, text_if
from ecvet.saying import say

TYP: Final = "oauth-authz-req+jwt"
AUDIENCE: Final = "https://self-issued.me/v2"
ENCRYPTION: Final = ("ECDH-ES", "A128GCM", "A256GCM")
KEY_ID: Final = "answer"
MAX_ANSWER: Final = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked: by whom (with a key that has a certificate), for which answer, where it is sent."""

    query: Query
    nonce: str
    state: str
    answer_to: str
    encrypt_for: ec.EllipticCurvePublicKey


def client_id(certificate: x509.Certificate) -> str:
    """The name of a verifier: the hash of its certificate (OpenID4VP 1.0, 5.9.3)."""
    digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
    return f"x509_hash:{jws.encode(digest)}"


def signed(asked: Request, key: IssuerKey, wallet_nonce: str | None = None) -> str:
    """The request object, signed (RFC 9101); `wallet_nonce` is given back to a wallet that sent one (5.10)."""
    said: Claims = {
        "response_type": "vp_token",
        "response_mode": "direct_post.jwt",
        "client_id": client_id(key.chain[0]),
        "aud": AUDIENCE,
        "response_uri": asked.answer_to,
        "nonce": asked.nonce,
        "state": asked.state,
        "dcql_query": asked.query.claims,
        "client_metadata": {
            "jwks": {"keys": [{**_jwk(asked.encrypt_for), "use": "enc", "alg": ENCRYPTION[0], "kid": KEY_ID}]},
            "encrypted_response_enc_values_supported": list(ENCRYPTION[1:]),
            "vp_formats_supported": {"dc+sd-jwt": {
                "sd-jwt_alg_values": [jws.ALGORITHM], "kb-jwt_alg_values": [jws.ALGORITHM],
            }},
        },
    }  # fmt: skip
    if wallet_nonce is not None:
        said["wallet_nonce"] = wallet_nonce
    return jws.serialise({"typ": TYP, "x5c": key.header["x5c"]}, said, key.private)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a wallet sent: presentations by the id of the query that they answer, or the name of an error."""

    state: str | None
    presentations: dict[str, tuple[str, ...]]
    error: str | None = None


def encrypted(said: Claims, key: ec.EllipticCurvePublicKey, kid: str = KEY_ID) -> str:
    """An answer encrypted for a request (RFC 7516); the wallet's side, for simulators. Draws a key of its own."""
    header = {"alg": ENCRYPTION[0], "enc": ENCRYPTION[1], "kid": kid}
    return jwe.encrypt_compact(header, jws.dump(said), ECKey.import_key(key), algorithms=list(ENCRYPTION))


def decrypted(text_: str, key: ec.EllipticCurvePrivateKey) -> Answer:
    """Open an answer with the key of its request. Raises `PresentationInvalid`."""
    no = PresentationInvalid
    if len(text_) > MAX_ANSWER:
        raise no(why=say("the answer is too large"))
    try:
        registry = jwe.JWERegistry(algorithms=list(ENCRYPTION), verify_all_recipients=True)
        registry.max_ciphertext_length = MAX_ANSWER
        found = jwe.decrypt_compact(text_, ECKey.import_key(key), registry=registry)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise no(why=say("it is not encrypted for this request")) from error
    return answer(found.plaintext or b"")


def answer(data: bytes) -> Answer:
    """Read the members of an answer. Raises `PresentationInvalid`."""
    no = PresentationInvalid
    said = json_object(data, "answer", no)
    try:
        state, failed = text_if(said, "state"), text_if(said, "error")
        token = part(said, "vp_token")
    except WalletMessageUnreadable as error:
        raise no(why=str(error.facts["why"])) from error
    if failed is not None:
        return Answer(state=state, presentations={}, error=failed)
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in token.items():
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            raise no(why=say("a presentation is no text in a list"))
        found[name] = tuple(listed)
    if not found:
        raise no(why=say("it presents nothing"))
    return Answer(state=state, presentations=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen:
    """A request object as a wallet reads it; one signed by several names its clients in its headers."""

    client: str | None
    nonce: str
    response_type: str
    claims: Claims


def request_seen(data: bytes) -> RequestSeen:
    """Read the claims of a request object; signatures are the wallet's business. Raises `WalletMessageUnreadable`."""
    said = json_object(data, "request")
    return RequestSeen(
        client=text_if(said, "client_id"),
        nonce=text(said, "nonce"),
        response_type=text(said, "response_type"),
        claims=said,
    )


def formats_supported(data: bytes) -> dict[str, Any]:
    """The formats in the metadata of a verifier. Raises `WalletMessageUnreadable`."""
    found = part(json_object(data, "verifier metadata"), "vp_formats_supported")
    if not found:
        raise WalletMessageUnreadable(why=say("vp_formats_supported is missing"))
    return {name: part(found, name) for name in found}


def opened(text_: str) -> tuple[RequestSeen, x509.Certificate]:
    """A signed request object as a wallet opens it: signature, type, and that its name is its certificate's.

    Raises `WalletMessageUnreadable`. Whether the certificate is trusted is the wallet's question.
    """
    from ecvet.credential.formats.certificates import certificates

    try:
        found = jws.parse(text_, "request")
        jws.check_header(found, TYP)
        chain = certificates(found.header.get("x5c"))
        jws.check_signature(found, chain.key)
    except VerificationError as error:
        raise WalletMessageUnreadable(why=str(error.facts.get("why", error))) from error
    seen = request_seen(found.text)
    if seen.client != client_id(chain.certificates[0]):
        raise WalletMessageUnreadable(why=say("it is signed by another than it names"))
    return seen, chain.certificates[0]


def _jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    found: dict[str, str] = holder_key(key)["jwk"]
    return found
