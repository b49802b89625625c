"""What OpenID Connect asks for and answers, as values and checks: pure, the one place where its bytes become trusted.

Authorisation code with PKCE (RFC 7636, S256), state and nonce; the ID token is checked after OpenID Connect Core 1.0,
3.1.3.7, and the issuer of the answer after RFC 9207. Algorithms are those of public keys, chosen before any is read.
"""

import hashlib
import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeGuard
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ecvet.saying import say
from ecvet_platform.people.errors import ProviderAway, ProviderRefused
from ecvet_platform.people.internet import is_askable
from ecvet_platform.people.providers import Provider

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Never `none`, and never HS256: there whoever checks could also sign."""

LEEWAY: Final = 60
OLDEST: Final = 600
"""Seconds by which clocks may differ, and after which a token is no answer to a question of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where a provider is asked what (OpenID Connect Discovery 1.0, 3)."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    secret_in_form: bool
    names_issuer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What must come back as it was sent: kept in the session of who asked, used once."""

    provider: str
    state: str
    nonce: str
    verifier: str
    back: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a provider says about who came. `email` is there only where it is verified and the provider may vouch."""

    issuer: str
    subject: str
    email: str | None
    second_factor: bool


def metadata(provider: Provider, body: bytes) -> Metadata:
    """Read the description of a provider. Raises `ProviderAway`."""
    found = _object(body)
    if found is None or found.get("issuer") != provider.issuer:
        raise ProviderAway(title=provider.title)
    needed = [found.get(one) for one in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(one, str) and is_askable(one) for one in needed):
        raise ProviderAway(title=provider.title)
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        authorization=str(needed[0]), token=str(needed[1]), keys=str(needed[2]),
        userinfo=_askable(found.get("userinfo_endpoint")), end_session=_askable(found.get("end_session_endpoint")),
        secret_in_form="client_secret_basic" not in methods,
        names_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )  # fmt: skip


def question(provider: Provider, where: Metadata, asked: Asked) -> str:
    """The address to which a person is sent."""
    challenge = urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).decode().rstrip("=")
    said = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": asked.back,
        "scope": " ".join(provider.scopes), "state": asked.state, "nonce": asked.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    if provider.second_factor:
        said["acr_values"] = " ".join(sorted(provider.second_factor))
    return f"{where.authorization}{'&' if '?' in where.authorization else '?'}{urlencode(said)}"


def token_form(provider: Provider, where: Metadata, asked: Asked, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Form and headers with which a code is exchanged for tokens (RFC 6749, 4.1.3 and 2.3.1)."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": asked.back, "client_id": provider.client_id,
        "code_verifier": asked.verifier,
    }  # fmt: skip
    if not provider.client_secret:
        return form, {}
    if where.secret_in_form:
        return {**form, "client_secret": provider.client_secret}, {}
    both = urlencode({provider.client_id: provider.client_secret}).replace("=", ":", 1)
    return form, {"Authorization": "Basic " + _basic(both)}


def id_token(provider: Provider, body: bytes) -> tuple[str, str]:
    """The ID token and the access token of an answer. Raises `ProviderRefused`."""
    found = _object(body) or {}
    token, access = found.get("id_token"), found.get("access_token")
    if not isinstance(token, str) or len(token) > 100_000:
        raise ProviderRefused(title=provider.title, why=say("it holds no ID token"))
    return token, access if isinstance(access, str) else ""


def key_id(token: str) -> str | None:
    """The name of the key that a token gives, to look for; nothing is trusted by it."""
    try:
        header = json.loads(_unpadded(token.partition(".")[0]))
    except ValueError:
        return None
    found = header.get("kid") if isinstance(header, dict) else None
    return found if isinstance(found, str) else None


def key_set(provider: Provider, body: bytes) -> tuple[KeySet, frozenset[str]]:
    """The keys of a provider and their names. Raises `ProviderAway`."""
    found = _object(body)
    keys = found.get("keys") if found else None
    if not isinstance(keys, list):
        raise ProviderAway(title=provider.title)
    usable = [
        one for one in keys
        if isinstance(one, dict) and one.get("kty") in ("RSA", "EC", "OKP") and one.get("use", "sig") == "sig"
    ]  # fmt: skip
    names = frozenset(str(one["kid"]) for one in usable if "kid" in one)
    try:
        return KeySet.import_key_set({"keys": usable}), names
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderAway(title=provider.title) from error


def claims(provider: Provider, token: str, keys: KeySet, *, nonce: str, at: datetime) -> dict[str, Any]:
    """The claims of an ID token after all checks. Raises `ProviderRefused` naming the one that failed."""

    def no(why: str) -> ProviderRefused:
        return ProviderRefused(title=provider.title, why=why)

    try:
        found = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise no(say("its signature cannot be checked")) from error
    now = int(at.timestamp())
    audience = found.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    issued, ends, begins = (found.get(one) for one in ("iat", "exp", "nbf"))
    if found.get("iss") != provider.issuer:
        raise no(say("it is from another issuer"))
    if provider.client_id not in audiences or found.get("azp", provider.client_id) != provider.client_id:
        raise no(say("it is meant for somebody else"))
    if len(audiences) > 1 and "azp" not in found:
        raise no(say("it is meant for several and does not say for whom it was made"))
    if not _is_time(ends) or ends <= now - LEEWAY:
        raise no(say("it has expired"))
    if not _is_time(issued) or not now - OLDEST <= issued <= now + LEEWAY:
        raise no(say("it was not made now"))
    if begins is not None and (not _is_time(begins) or begins > now + LEEWAY):
        raise no(say("it is not valid yet"))
    if not nonce or found.get("nonce") != nonce:
        raise no(say("it answers another question"))
    subject = found.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise no(say("it does not say who came"))
    return dict(found)


def joined(provider: Provider, token: dict[str, Any], body: bytes) -> dict[str, Any]:
    """The claims together with those of the UserInfo endpoint, which must be about the same subject (Core, 5.3.2).

    Raises `ProviderRefused`.
    """
    found = _object(body)
    if found is None or found.get("sub") != token["sub"]:
        raise ProviderRefused(title=provider.title, why=say("its details are about somebody else"))
    return {**found, **token}


def said(provider: Provider, token: dict[str, Any]) -> Said:
    """What is believed of the claims: an address only where it is verified and the provider may vouch for it."""
    email = token.get(provider.email_claim)
    verified = token.get(provider.verified_claim) is True  # never a text, never what is missing
    usable = isinstance(email, str) and verified and provider.vouches_for(email)
    return Said(
        issuer=provider.issuer, subject=str(token["sub"]), email=str(email).strip().lower() if usable else None,
        second_factor=isinstance(token.get("acr"), str) and token["acr"] in provider.second_factor,
    )  # fmt: skip


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _askable(value: object) -> str | None:
    return value if isinstance(value, str) and is_askable(value) else None


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _unpadded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _basic(text: str) -> str:
    return b64encode(text.encode()).decode()
