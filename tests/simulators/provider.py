"""A provider of OpenID Connect with its people, its keys and its sessions; it lies where a test has it lie."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from ecvet_platform.journal import chance, clock
from ecvet_platform.people.internet import Reply

Claims = dict[str, Any]


@dataclass
class OpenIDProvider:
    """`lie` changes the claims of a token before it is signed; `header` and `signs` what it is signed as and with."""

    issuer: str = "https://login.school.example"
    client: str = "ecvet"
    secret: str = "a secret"
    lie: Callable[[Claims], Claims] = lambda claims: claims
    signs: Any = None
    header: dict[str, str] = field(default_factory=dict)
    names_issuer: bool = True
    says_issuer: str = ""
    described_as: str = ""
    details: Claims | None = None
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "first", "use": "sig"}))
    codes: dict[str, Claims] = field(default_factory=dict)

    def turn_key(self, kid: str) -> None:
        """Sign with another key from now on."""
        self.key = ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})

    def visit(self, url: str, **person: Any) -> str:
        """Somebody is sent here by `url` and signs in; the address to which she is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = chance.token()
        self.codes[code] = {**asked, "person": person}
        answer = {"code": code, "state": asked["state"]}
        if self.names_issuer:
            answer["iss"] = self.says_issuer or self.issuer
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def __call__(self, method: str, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """Answer as a site of `FakeInternet`."""
        path = url.removeprefix(self.issuer)
        if path == "/.well-known/openid-configuration":
            return self._said(self._description())
        if path == "/keys":
            return self._said(KeySet([self.key]).as_dict(private=False))
        if path == "/token" and method == "POST":
            return self._token(form, headers)
        if path == "/userinfo" and self.details is not None:
            return self._said(self.details)
        return Reply(404, b"")

    def _description(self) -> Claims:
        return {
            "issuer": self.described_as or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
            "authorization_response_iss_parameter_supported": self.names_issuer,
            **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.details is not None else {}),
        }

    def _token(self, form: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        asked = self.codes.pop(form["code"], None)
        mine = b64decode(headers.get("Authorization", "").removeprefix("Basic ")).decode().replace("+", " ")
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if asked is None or mine != f"{self.client}:{self.secret}" or asked["code_challenge"] != challenge:
            return Reply(400, b'{"error": "invalid_grant"}')
        if asked["redirect_uri"] != form["redirect_uri"]:
            return Reply(400, b'{"error": "invalid_grant"}')
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": self.client, "sub": "person-1", "nonce": asked["nonce"], "iat": now,
            "exp": now + 300, **asked["person"],
        }  # fmt: skip
        header = {"alg": "ES256", "kid": str(self.key.kid), **self.header}
        return self._said({
            "access_token": "opaque", "token_type": "Bearer",
            "id_token": signed(header, self.lie(claims), self.signs or self.key),
        })  # fmt: skip

    @staticmethod
    def _said(value: Claims) -> Reply:
        return Reply(200, json.dumps(value).encode())


def signed(header: dict[str, str], claims: Claims, key: Any) -> str:
    """A token under any algorithm, also under none."""
    if header["alg"] == "none":
        parts = (urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in (header, claims))
        return ".".join([*parts, ""])
    key = OctKey.import_key(key) if isinstance(key, bytes) else key
    return jwt.encode(header, claims, key, algorithms=["ES256", "HS256"])
