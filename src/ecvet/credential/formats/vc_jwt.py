"""W3C credentials secured as a JWT (`vc+jwt`, VC-JOSE-COSE): the payload is the credential itself, nothing withheld.

Signed with ES256 by a certificate in x5c, or with ES256 or Ed25519 by a key that the header's `kid` names and the
issuer controls. Which key that is, and what it is worth, is the verification's question.
"""

from typing import Final

from ecvet.credential.errors import BeyondLimits, ClaimsDoNotFit, NotACredential
from ecvet.credential.formats import jws, vcdm, vocabularies
from ecvet.credential.formats.strict_json import Claims
from ecvet.saying import say

TYP: Final = "vc+jwt"
ALGORITHMS: Final = frozenset({"ES256", "Ed25519", "EdDSA"})
MAX_BYTES: Final = 256 * 1024


def issue(credential: Claims, key: jws.PrivateKey, header: Claims) -> bytes:
    """Sign a credential; `header` holds kid, and x5c if there is one. Raises `ClaimsDoNotFit`, `WrongType`."""
    vcdm.check_form(credential)
    vocabularies.named(credential)
    return jws.serialise({"typ": TYP, "cty": "vc", **header}, credential, key).encode("ascii")


def parse(data: bytes, limit: int = MAX_BYTES) -> jws.Token:
    """Take a token apart, nothing of it checked. Raises `BeyondLimits`, `NotACredential`, `Malformed`."""
    if len(data) > limit:
        raise BeyondLimits(why=say("it has {number} bytes, more than {limit}", number=len(data), limit=limit))
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise NotACredential(why=say("it contains characters that no credential contains")) from error
    return jws.parse(text, "credential")


def check_header(token: jws.Token) -> None:
    """Type, algorithm and content type. Raises `WrongType`."""
    jws.check_header(token, TYP, ALGORITHMS)


def read(token: jws.Token) -> vcdm.Credential:
    """The credential of a token whose signature was checked. Raises `ClaimsDoNotFit`, `WrongType`."""
    vocabularies.named(token.payload)
    found = vcdm.check_form(token.payload)
    if {"vc", "vp"} & found.claims.keys():
        raise ClaimsDoNotFit(why=say("it wraps a credential in another one (vc, vp)"))
    for part in (token.header, token.payload):
        if part.get("iss", found.issuer) != found.issuer:
            raise ClaimsDoNotFit(why=say("the token names another issuer than the credential"))
    if found.claims.get("jti", found.id) != found.id:
        raise ClaimsDoNotFit(why=say("the token has another id than the credential"))
    return found
