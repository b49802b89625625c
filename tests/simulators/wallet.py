"""A wallet: the other side of OpenID4VCI and OpenID4VP, through HTTP, and every way in which one can cheat.

It knows the specifications and not the platform: it reads metadata, follows links and signs with its own keys. Each
method takes what shall be different (`**instead`), so that an attack is one line of a test.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from ecvet.credential.formats import jws, key_binding, sdjwt
from ecvet.credential.formats.key_binding import holder_key
from ecvet.credential.wallet import issuance, presentation, query, tokens
from ecvet_platform.journal import chance, clock

SITE = "http://testserver"
BACK = "eu.example.wallet://back"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Answer:
    """What came back: status, JSON, headers."""

    status: int
    body: dict[str, Any]
    headers: Any

    @property
    def error(self) -> str:
        return str(self.body.get("error", ""))


@dataclass
class Wallet:
    """One wallet with its key for tokens, its keys for credentials, and the credentials it keeps."""

    site: str
    http: Client = field(default_factory=Client)
    client: str = "https://wallet.example"
    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    holders: list[ec.EllipticCurvePrivateKey] = field(default_factory=lambda: [new_key()])
    token: str = ""
    kept: list[bytes] = field(default_factory=list)
    shown: bytes = b""

    # ------------------------------------------------------------- HTTP

    def path(self, url: str) -> str:
        assert url.startswith(self.site), url
        return url.removeprefix(self.site)

    def get(self, url: str) -> Answer:
        return _answer(self.http.get(self.path(url)))

    def post(self, url: str, body: Any, *, token: str = "", form: bool = False, proof: str | None = None) -> Answer:
        headers = {"DPoP": self.proof(url, token=token) if proof is None else proof}
        if token:
            headers["Authorization"] = f"DPoP {token}"
        if form:
            return _answer(self.http.post(self.path(url), body, headers=headers))
        return _answer(
            self.http.post(self.path(url), json.dumps(body), content_type="application/json", headers=headers)
        )

    # ------------------------------------------------------------- tokens of its own

    def proof(self, url: str, *, token: str = "", key: ec.EllipticCurvePrivateKey | None = None, **instead: Any) -> str:
        """A DPoP proof."""
        signer = key or self.key
        claims = {"jti": chance.token(), "htm": "POST", "htu": url, "iat": int(clock.now().timestamp())}
        if token:
            claims["ath"] = tokens.token_hash(token)
        header = {"typ": tokens.DPOP, **holder_key(signer.public_key())}
        return jws.serialise(header, {**claims, **instead}, signer)

    def key_proof(self, holder: ec.EllipticCurvePrivateKey, given: str, **instead: Any) -> str:
        """A proof of the key for a credential."""
        claims = {"aud": self.site, "iat": int(clock.now().timestamp()), "nonce": given, **instead}
        return jws.serialise({"typ": tokens.PROOF, **holder_key(holder.public_key())}, claims, holder)

    # ------------------------------------------------------------- issuance

    def metadata(self) -> tuple[issuance.IssuerMetadata, dict[str, Any]]:
        """What the issuer and its authorisation server say about themselves."""
        issuer = self.http.get("/.well-known/openid-credential-issuer")
        return issuance.issuer_metadata(issuer.content), self.get(
            f"{self.site}/.well-known/oauth-authorization-server"
        ).body

    def read(self, link: str) -> issuance.CredentialOffer:
        """The offer behind a link or QR code."""
        where = parse_qs(urlsplit(link).query)["credential_offer_uri"][0]
        return issuance.offer(self.http.get(self.path(where)).content)

    def redeem(self, code: str | None, typed: str, **instead: Any) -> Answer:
        """A pre-authorised code for a token."""
        form = {"grant_type": issuance.PRE_AUTHORISED, "pre-authorized_code": code, "tx_code": typed}
        proof = instead.pop("proof", None)
        return self._token({**form, **instead}, proof)

    def push(self, kind: str, verifier: str, **instead: Any) -> Answer:
        """A pushed authorisation request."""
        challenge = jws.encode(hashlib.sha256(verifier.encode()).digest())
        form = {
            "response_type": "code", "client_id": self.client, "redirect_uri": BACK, "scope": kind, "state": "s-1",
            "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        proof = instead.pop("proof", None)
        url = self.metadata()[1]["pushed_authorization_request_endpoint"]
        return self.post(url, {name: one for name, one in {**form, **instead}.items() if one is not None}, form=True,
                         proof=proof)  # fmt: skip

    def exchange(self, code: str, verifier: str, **instead: Any) -> Answer:
        """An authorisation code for a token."""
        form = {
            "grant_type": issuance.CODE, "code": code, "client_id": self.client, "redirect_uri": BACK,
            "code_verifier": verifier,
        }  # fmt: skip
        proof = instead.pop("proof", None)
        return self._token({**form, **instead}, proof)

    def _token(self, form: dict[str, Any], proof: str | None) -> Answer:
        found = self.post(self.metadata()[1]["token_endpoint"], form, form=True, proof=proof)
        self.token = found.body.get("access_token", self.token)
        return found

    def nonce(self) -> str:
        where = self.metadata()[0].nonce_endpoint
        assert where is not None
        return str(self.post(where, {}, proof="").body["c_nonce"])

    def ask(self, kind: str, *proofs: str, token: str = "", proof: str | None = None, **instead: Any) -> Answer:
        """A credential for the keys proved."""
        made = proofs or tuple(self.key_proof(one, self.nonce()) for one in self.holders)
        body = {"credential_configuration_id": kind, "proofs": {"jwt": list(made)}, **instead}
        body = {name: one for name, one in body.items() if one is not None}
        found = self.post(self.metadata()[0].credential_endpoint, body, token=token or self.token, proof=proof)
        self._keep(found)
        return found

    def fetch(self, transaction: str) -> Answer:
        """A deferred credential."""
        where = self.metadata()[0].deferred_endpoint
        assert where is not None
        found = self.post(where, {"transaction_id": transaction}, token=self.token)
        self._keep(found)
        return found

    def notify(self, name: str, event: str = "credential_accepted") -> Answer:
        """What became of a credential."""
        where = self.metadata()[0].notification_endpoint
        assert where is not None
        return self.post(where, {"notification_id": name, "event": event}, token=self.token)

    def _keep(self, found: Answer) -> None:
        if found.status == 200:
            answer = issuance.credential_response(json.dumps(found.body).encode())
            self.kept += [one.encode() for one in answer.credentials]

    # ------------------------------------------------------------- presentation

    def seen(self, link: str) -> presentation.RequestSeen:
        """The question behind a link, signed by who it names."""
        asked = parse_qs(urlsplit(link).query)
        answer = self.http.get(self.path(asked["request_uri"][0]))
        assert answer["Content-Type"] == "application/oauth-authz-req+jwt", answer.content
        found, _ = presentation.opened(answer.content.decode())
        assert found.client == asked["client_id"][0]
        return found

    def present(
        self, link: str, *, change: Callable[[bytes], bytes] = lambda data: data,
        holder: ec.EllipticCurvePrivateKey | None = None, show: frozenset[str] | None = None,
        seen: presentation.RequestSeen | None = None, again: bytes | None = None, **instead: Any,
    ) -> Answer:  # fmt: skip
        """Show the first credential kept; `change` alters the presentation, `instead` what is signed or said."""
        found = seen or self.seen(link)
        asked = query.query(json.dumps(found.claims["dcql_query"]).encode()).credentials[0]
        wanted = show if show is not None else frozenset(str(one.path[0]) for one in asked.claims)
        data = sdjwt.present(self.kept[0], frozenset((name,) for name in wanted))
        shown = again or key_binding.bind(
            data, holder or self.holders[0], audience=instead.get("audience", found.client),
            nonce=instead.get("nonce", found.nonce), at=instead.get("at", clock.now()),
        )  # fmt: skip
        self.shown = change(shown)
        said = {"state": instead.get("state", found.claims["state"]), "vp_token": {asked.id: [self.shown.decode()]}}
        return self.answer(found, instead.get("said", said), instead.get("encrypt_for"))

    def answer(
        self,
        found: presentation.RequestSeen,
        said: dict[str, Any],
        encrypt_for: ec.EllipticCurvePublicKey | None = None,
    ) -> Answer:
        """Send an answer, encrypted as the question says."""
        (jwk,) = found.claims["client_metadata"]["jwks"]["keys"]
        key = encrypt_for or key_binding.public_key({"jwk": jwk})
        body = {"response": presentation.encrypted(said, key, jwk["kid"])}
        return _answer(self.http.post(self.path(found.claims["response_uri"]), body))


def _answer(response: Any) -> Answer:
    json_ = response.get("Content-Type", "").startswith("application/json") and response.content
    return Answer(response.status_code, json.loads(response.content) if json_ else {}, response.headers)
