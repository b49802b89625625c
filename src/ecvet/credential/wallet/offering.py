"""What this side publishes about itself as issuer and as authorisation server, and how it reads what a wallet asks.

HAIP 1.0, 4: authorisation code with PKCE (S256 only), pushed requests, DPoP, a nonce endpoint, a scope for every kind.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ecvet.credential.formats import jws
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles.types import TYPES, WITHHELD, CertificateType, metadata
from ecvet.credential.wallet.errors import GrantInvalid, ScopeUnknown, WalletMessageUnreadable
from ecvet.credential.wallet.issuance import CODE, PRE_AUTHORISED, details
from ecvet.credential.wallet.reading import json_object
from ecvet.saying import say

BATCH: Final = 10
"""Copies of a credential at once, each for a key of its own, so that two verifiers cannot compare them (HAIP, 6)."""

_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the endpoints of this issuer are; `issuer` is also the authorisation server."""

    issuer: str
    credential: str
    nonce: str
    deferred: str
    notification: str
    authorise: str
    push: str
    token: str


def issuer_description(where: Addresses, name: str) -> Claims:
    """The metadata of the issuer (OpenID4VCI 1.0, 12.2.4)."""
    return {
        "credential_issuer": where.issuer,
        "credential_endpoint": where.credential,
        "nonce_endpoint": where.nonce,
        "deferred_credential_endpoint": where.deferred,
        "notification_endpoint": where.notification,
        "batch_credential_issuance": {"batch_size": BATCH},
        "display": [{"name": name, "locale": "en"}],
        "credential_configurations_supported": {kind.value: _kind(kind) for kind in TYPES},
    }


def server_description(where: Addresses) -> Claims:
    """The metadata of the authorisation server (RFC 8414)."""
    return {
        "issuer": where.issuer,
        "authorization_endpoint": where.authorise,
        "pushed_authorization_request_endpoint": where.push,
        "require_pushed_authorization_requests": True,
        "token_endpoint": where.token,
        "token_endpoint_auth_methods_supported": ["none"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [CODE, PRE_AUTHORISED],
        "pre-authorized_grant_anonymous_access_supported": True,
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": [jws.ALGORITHM],
        "authorization_response_iss_parameter_supported": True,
        "scopes_supported": [kind.value for kind in TYPES],
        "authorization_details_types_supported": ["openid_credential"],
    }


def _kind(kind: CertificateType) -> Claims:
    published = TYPES[kind]
    claims = json_object(metadata(published), "type metadata")["claims"]
    return {
        "format": "dc+sd-jwt",
        "scope": kind.value,
        "vct": published.vct,
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": [jws.ALGORITHM],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": [jws.ALGORITHM]}},
        "credential_metadata": {
            "display": [{"name": name, "locale": tag} for tag, name in published.names],
            "claims": [
                {"path": one["path"], "mandatory": one["path"][0] not in WITHHELD,
                 "display": [{"name": label["label"], "locale": label["locale"]} for label in one["display"]]}
                for one in claims
            ],
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a wallet asks a person to grant: one kind of credential, and where the answer goes (RFC 6749, 4.1.1)."""

    client: str
    kind: str
    redirect: str
    state: str
    challenge: str
    by_details: bool
    issuer_state: str


def asked(form: Mapping[str, str]) -> Asked:
    """Read a pushed authorisation request; whether answers go to its address is the caller's question.

    Raises `WalletMessageUnreadable`, `ScopeUnknown`.
    """
    no = WalletMessageUnreadable
    if "request" in form or "request_uri" in form:
        raise no(why=say("a request object is not understood here"))
    if form.get("response_type") != "code":
        raise no(why=say("response_type is not code"))
    client, redirect = form.get("client_id", ""), form.get("redirect_uri", "")
    if not 0 < len(client) <= 300:
        raise no(why=say("client_id is missing"))
    if not redirect:
        raise no(why=say("redirect_uri is missing"))
    challenge = form.get("code_challenge", "")
    if form.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise no(why=say("there is no code_challenge of the method S256"))
    said = form.get("authorization_details", "")
    kinds = {one.configuration for one in details(said.encode())} if said else set(form.get("scope", "").split())
    known = sorted(kinds & {kind.value for kind in TYPES})
    if len(known) != 1:
        raise ScopeUnknown()
    state, issuer_state = form.get("state", ""), form.get("issuer_state", "")
    if len(state) > 2000 or len(issuer_state) > 300:
        raise no(why=say("state is too long"))
    return Asked(
        client=client, kind=known[0], redirect=redirect, state=state, challenge=challenge, by_details=bool(said),
        issuer_state=issuer_state,
    )  # fmt: skip


def check_verifier(verifier: str, challenge: str) -> None:
    """Whether the wallet that has a code is the one that asked for it (RFC 7636, 4.6). Raises `GrantInvalid`."""
    if not _VERIFIER.fullmatch(verifier):
        raise GrantInvalid(why=say("it comes without its verifier"))
    made = jws.encode(hashlib.sha256(verifier.encode()).digest())
    if not hmac.compare_digest(made, challenge):
        raise GrantInvalid(why=say("its verifier does not fit"))
