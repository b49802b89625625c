"""JSON, addresses, keys and tokens, as docs/integrate/network.md and records.md say them."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SKEW = 60
ADDRESS = re.compile(r"sha-256:[0-9a-f]{64}")
JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")

Keys = Mapping[str, Ed25519PublicKey]


class ProblemError(Exception):
    """A problem of RFC 9457 with one of the documented codes."""

    def __init__(self, code: str, why: str, status: int = 422, **facts: Any) -> None:
        super().__init__(f"{code}: {why}")
        self.code, self.status = code, status
        self.facts = {"why": why, **facts}

    def plain(self) -> dict[str, Any]:
        return {
            "type": f"urn:ecvet:problem:{self.code}", "title": self.facts["why"], "status": self.status,
            "facts": {name: each if isinstance(each, int) else str(each) for name, each in self.facts.items()},
        }  # fmt: skip


# ---------------------------------------------------------------------------------------- JSON


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: Any) -> bytes:
    """Bytes of base64url without padding, in its one spelling; raises ValueError."""
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(data) != text:
        raise ValueError("not in the one spelling of base64url")
    return data


def canonical(value: Any) -> bytes:
    """RFC 8785, for what the network allows: objects, lists, texts, truth values and whole numbers."""
    return _written(value, 0).encode()


def _written(value: Any, depth: int) -> str:
    if depth > 64:
        raise ValueError("deeper than 64 levels")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(one, depth + 1) for one in value) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_written(one, depth)}:{_written(value[one], depth + 1)}" for one in names) + "}"
    raise ValueError("null and floating-point numbers do not occur")


def read_json(data: bytes | str) -> Any:
    """JSON with no member twice, nothing null, no floating point, texts trimmed and in NFC; raises ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a member stands there twice")
        return found

    try:
        value = json.loads(data, object_pairs_hook=once)
    except RecursionError:
        raise ValueError("too deep") from None
    look_at(value, 0)
    return value


def look_at(value: Any, depth: int) -> None:
    if depth > 80:
        raise ValueError("too deep")
    if value is None or isinstance(value, float):
        raise ValueError("null and floating-point numbers do not occur")
    if isinstance(value, str) and (value != value.strip() or not unicodedata.is_normalized("NFC", value)):
        raise ValueError("a text is not trimmed or not in NFC")
    if isinstance(value, dict):
        for name, each in value.items():
            look_at(name, depth + 1)
            look_at(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            look_at(each, depth + 1)


def address_of(data: bytes) -> str:
    return "sha-256:" + hashlib.sha256(data).hexdigest()


def person_ref(salt: bytes, person: Mapping[str, Any]) -> str:
    return address_of(salt + canonical(person))


# ---------------------------------------------------------------------------------------- keys and tokens


def public_key(x: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(unb64(x))


def raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes_raw()


def jwk(key: Ed25519PublicKey, name: str) -> dict[str, Any]:
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(raw(key)), "kid": name, "use": "sig"}


def keys_in(jwks: Mapping[str, Any], at: int | None = None) -> dict[str, Ed25519PublicKey]:
    """The Ed25519 keys of a set by name; with `at` those that sign at that moment."""
    return {
        one["kid"]: public_key(one["x"])
        for one in jwks["keys"]
        if one.get("kty") == "OKP" and one.get("crv") == "Ed25519"
        and (at is None or one.get("nbf", at) - SKEW <= at <= one.get("exp", at) + SKEW)
    }  # fmt: skip


def fits(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def token(claims: Mapping[str, Any], kind: str, key: Ed25519PrivateKey, name: str) -> str:
    head = b64(canonical({"alg": "Ed25519", "kid": name, "typ": kind}))
    signed = f"{head}.{b64(canonical(claims))}"
    return f"{signed}.{b64(key.sign(signed.encode()))}"


def read_token(text: Any, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, not yet checked against a key; raises `federation.statement.unreadable`."""
    try:
        if not isinstance(text, str) or len(text) > 128 * 1024 or not JWS.fullmatch(text):
            raise ValueError("not a compact JWS of at most 128 KiB")
        head, claims, signature = text.split(".")
        header = read_json(unb64(head))
        if header.get("typ") != kind:
            raise ValueError(f"not of the type {kind}")
        if set(header) != {"alg", "kid", "typ"} or header["alg"] not in ("Ed25519", "EdDSA"):
            raise ValueError("the header is exactly alg, kid and typ")
        unb64(signature)
        read = read_json(unb64(claims))
        if not isinstance(read, dict):
            raise ValueError("the claims are no object")
    except (ValueError, AttributeError) as why:
        raise ProblemError("federation.statement.unreadable", str(why)) from None
    return header, read


def check_token(
    text: str, kind: str, keys: Keys, *, at: int | None = None, issuer: str | None = None
) -> dict[str, Any]:
    """The claims, signed with one of the keys, in time at `at`; raises `federation.statement.*`."""
    header, claims = read_token(text, kind)
    signed, _, signature = text.rpartition(".")
    key = keys.get(header["kid"])
    if key is None or not fits(key, unb64(signature), signed.encode()):
        raise ProblemError("federation.statement.forged", "none of the keys that count has signed it", 403)
    if issuer is not None and claims.get("iss") != issuer:
        raise ProblemError("federation.statement.forged", f"it is not of {issuer}", 403)
    if at is not None and not claims.get("iat", at) - SKEW <= at <= claims.get("exp", at) + SKEW:
        raise ProblemError("federation.statement.out-of-time", "not valid at this moment")
    return claims
