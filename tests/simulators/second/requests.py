"""Signed requests: the profile of RFC 9421 in docs/integrate/network.md 3."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .forms import SKEW, ProblemError, fits

TAG = "ecvet-x-1"


def digest_of(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_base(method: str, target: str, fields: Mapping[str, str], covered: Iterable[str], params: str) -> str:
    values = {"@method": method, "@target-uri": target, **fields}
    lines = [f'"{name}": {values[name]}' for name in covered]
    return "\n".join([*lines, f'"@signature-params": {params}'])


def sign_request(
    method: str, target: str, body: bytes, key: Ed25519PrivateKey, name: str, *, at: int, nonce: str
) -> dict[str, str]:
    """The fields of a signed request, small letters."""
    fields = {"content-type": "application/json", "content-digest": digest_of(body)} if body else {}
    covered = ["@method", "@target-uri", *fields]
    params = (
        "(" + " ".join(f'"{one}"' for one in covered) + f");created={at};expires={at + 300}"
        f';nonce="{nonce}";keyid="{name}";tag="{TAG}"'
    )
    made = key.sign(signature_base(method, target, fields, covered, params).encode())
    signature = base64.b64encode(made).decode()
    return {**fields, "signature-input": f"ecvet={params}", "signature": f"ecvet=:{signature}:"}


def members(field: str) -> dict[str, str]:
    """The members of a dictionary of RFC 8941 as they are written; enough for signatures."""
    pieces = re.findall(r'\s*([a-z*][a-z0-9_.*-]*)=((?:"(?:[^"\\]|\\.)*"|:[^:]*:|\([^)]*\)|[^,"])*)(?:,|$)', field)
    return dict(pieces)


def signed_as(fields: Iterable[tuple[str, str]]) -> tuple[str, list[str], dict[str, Any], bytes]:
    """The parameters as written, what is covered, the parameters read, the signature; raises `…not-signed`."""
    try:
        by_name: dict[str, str] = {}
        for name, value in fields:
            if name.lower() in ("signature", "signature-input") and name.lower() in by_name:
                raise ValueError(f"{name} stands there twice")
            by_name[name.lower()] = value
        inputs = {
            label: one
            for label, one in members(by_name["signature-input"]).items()
            if re.search(rf';tag="{TAG}"(;|$)', one)
        }
        if len(inputs) != 1:
            raise ValueError(f"not exactly one signature of the tag {TAG}")
        [(label, params)] = inputs.items()
        inner, _, rest = params.removeprefix("(").partition(")")
        read: dict[str, Any] = {}
        for name, text, number in re.findall(r';([a-z]+)=(?:"([^"]*)"|(\d+))', rest):
            read[name] = int(number) if number else text
        if not {"created", "expires", "nonce", "keyid", "tag"} <= set(read) <= {
            "created", "expires", "nonce", "keyid", "tag", "alg"
        } or read.get("alg", "ed25519") != "ed25519":  # fmt: skip
            raise ValueError("parameters are missing, or others than those that the network has")
        if not 16 <= len(read["nonce"]) <= 64:
            raise ValueError("a nonce has 16 to 64 characters")
        covered = [one.strip('"') for one in inner.split()]
        signature = base64.b64decode(members(by_name["signature"])[label].strip(":"), validate=True)
    except (KeyError, ValueError, AttributeError) as why:
        raise ProblemError("federation.request.not-signed", str(why), 401) from None
    return params, covered, read, signature


def check_request(
    method: str, target: str, fields: list[tuple[str, str]], body: bytes, *, at: int,
    key_of: Callable[[str], Ed25519PublicKey | None], seen: Callable[[str, str], bool],
) -> str:  # fmt: skip
    """The name of the key that signed, checked in the documented order: form, time, digest, key, signature, nonce."""
    params, covered, read, signature = signed_as(fields)
    asked = {"@method", "@target-uri", *({"content-type", "content-digest"} if body else ())}
    if set(covered) != asked or len(covered) != len(asked):
        raise ProblemError("federation.request.not-signed", "not exactly what the network asks for is covered", 401)
    if not read["created"] - SKEW <= at <= read["expires"] + SKEW or not 0 < read["expires"] - read["created"] <= 300:
        raise ProblemError("federation.request.out-of-time", "too early, too late or too long", 401)
    by_name = {name.lower(): value for name, value in fields}
    if body and (by_name.get("content-digest"), by_name.get("content-type")) != (digest_of(body), "application/json"):
        raise ProblemError("federation.request.content-changed", "the digest is of another body", 400)
    key = key_of(read["keyid"])
    if key is None:
        raise ProblemError("federation.request.caller-unknown", read["keyid"], 401, keyid=read["keyid"])
    if not fits(key, signature, signature_base(method, target, by_name, covered, params).encode()):
        raise ProblemError("federation.request.forged", "it was made over something else", 401)
    if seen(read["keyid"], read["nonce"]):
        raise ProblemError("federation.request.replayed", "seen before", 401)
    return str(read["keyid"])
