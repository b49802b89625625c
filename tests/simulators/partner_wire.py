"""What travels, as docs/integrate/network.md and records.md say it: canonical JSON, addresses, signatures, tokens, requests.

A second implementation of the network's forms. It shares nothing with the project: the standard library and `cryptography`.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SKEW = 60
TAG = "ecvet-x-1"
KINDS = ("propose", "sign", "seal", "event", "result", "decide", "appeal", "retract", "note", "error")
NEWEST_MAJOR = "1"
ADDRESS = re.compile(r"sha-256:[0-9a-f]{64}")
URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
UUID7 = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
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
    _look_at(value, 0)
    return value


def _look_at(value: Any, depth: int) -> None:
    if depth > 80:
        raise ValueError("too deep")
    if value is None or isinstance(value, float):
        raise ValueError("null and floating-point numbers do not occur")
    if isinstance(value, str) and (value != value.strip() or not unicodedata.is_normalized("NFC", value)):
        raise ValueError("a text is not trimmed or not in NFC")
    if isinstance(value, dict):
        for name, each in value.items():
            _look_at(name, depth + 1)
            _look_at(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _look_at(each, depth + 1)


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


def check_token(text: str, kind: str, keys: Keys, *, at: int | None = None, issuer: str | None = None) -> dict[str, Any]:
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


# ---------------------------------------------------------------------------------------- records and signatures


def sign_record(statement: Mapping[str, Any], key: Ed25519PrivateKey, name: str) -> bytes:
    """The canonical bytes of a signature with its detached JWS; the payload is the statement without `jws`."""
    head = b64(canonical({"alg": "Ed25519", "kid": name}))
    made = key.sign(f"{head}.{b64(canonical(statement))}".encode())
    return canonical({**statement, "jws": f"{head}..{b64(made)}"})


def check_signature(data: bytes, keys: Keys) -> tuple[dict[str, Any], str]:
    """The statement of a signature and the name of its key; raises `record.signature.does-not-fit`."""
    try:
        statement = read_json(data)
        if canonical(statement) != data:
            raise ValueError("not in canonical form")
        head, empty, made = statement["jws"].split(".")
        header = read_json(unb64(head))
        if empty or set(header) != {"alg", "kid"} or header["alg"] not in ("Ed25519", "EdDSA"):
            raise ValueError("not a detached JWS with alg and kid")
        if header["kid"] not in keys:
            raise ValueError(f"the key {header['kid']} is not one of those that count")
        said = {name: each for name, each in statement.items() if name != "jws"}
        if not fits(keys[header["kid"]], unb64(made), f"{head}.{b64(canonical(said))}".encode()):
            raise ValueError("it was made over something else")
    except (ValueError, KeyError, AttributeError) as why:
        raise ProblemError("record.signature.does-not-fit", str(why)) from None
    return statement, str(header["kid"])


def read_record(data: bytes) -> dict[str, Any]:
    """A record from its canonical bytes; raises `record.not-canonical` or `federation.object.schema-not-read`."""
    try:
        record = read_json(data)
        if canonical(record) != data:
            raise ValueError("the bytes are not those of the canonical form")
        if not {"type", "thread", "version", "author", "created", "terms"} <= set(record):
            raise ValueError("a member of a record is missing")
    except (ValueError, TypeError) as why:
        raise ProblemError("record.not-canonical", str(why)) from None
    schema = record.get("schema")
    if schema is not None:
        found = re.fullmatch(rf"https://.+/{record['type']}/(\d+)\.(\d+)", schema)
        if found is None or found[1] != NEWEST_MAJOR:
            raise ProblemError("federation.object.schema-not-read", schema, schema=schema, majors=NEWEST_MAJOR)
    for name, limit in (("units", 100), ("outcomes", 50)):
        if len(record["terms"].get(name, ())) > limit:
            raise ProblemError("federation.message.too-long", f"more than {limit} {name}", 413)
    return dict(record)


# ---------------------------------------------------------------------------------------- messages


def read_message(value: Any) -> dict[str, Any]:
    """A message with the form of section 4; raises `federation.message.unreadable` or `too-long`."""
    try:
        _look_at(value, 0)
        if len(canonical(value)) > 256 * 1024:
            raise ProblemError("federation.message.too-long", "more than 256 KiB", 413)
        if not UUID7.fullmatch(value["id"]):
            raise ValueError("id is no UUID of version 7")
        for name in ("from", "to", "thread"):
            if not URI.fullmatch(value[name]):
                raise ValueError(f"{name} is no URI")
        if value["kind"] not in KINDS:
            raise ValueError("kind is not known")
        if not isinstance(value["seq"], int) or isinstance(value["seq"], bool) or not 1 <= value["seq"] < 2**53:
            raise ValueError("seq counts from 1")
        for name in ("objects", "signatures", "statements", "persons"):
            if len(value.get(name, ())) > 64:
                raise ProblemError("federation.message.too-long", f"more than 64 {name}", 413)
        for one in [*value.get("objects", ()), *value.get("signatures", ())]:
            unb64(one)
        if not all(JWS.fullmatch(one) for one in value.get("statements", ())):
            raise ValueError("a statement is no token")
        for one in value.get("persons", ()):
            if len(unb64(one["salt"])) != 32 or not ADDRESS.fullmatch(one["ref"]):
                raise ValueError("a person comes with ref and a salt of 32 bytes")
        if not isinstance(value.get("note", {}), dict):
            raise ValueError("note is an object")
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise ProblemError("federation.message.unreadable", str(why)) from None
    return dict(value)


def read_batch(body: bytes) -> list[Any]:
    """The messages of a request to an inbox, each still to be read; raises `federation.message.*`."""
    if len(body) > 4 * 1024 * 1024:
        raise ProblemError("federation.message.too-long", "more than 4 MiB", 413)
    try:
        found = read_json(body)["messages"]
        if not isinstance(found, list) or not found:
            raise ValueError("no messages")
    except (ValueError, KeyError, TypeError) as why:
        raise ProblemError("federation.message.unreadable", str(why)) from None
    if len(found) > 50:
        raise ProblemError("federation.message.too-long", "more than 50 messages", 413)
    return found


def check_persons(message: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> None:
    """Each person is the one to whom a record of the message commits; raises `federation.person.does-not-fit`."""
    named = {one.get("person_ref") for one in records}
    for one in message.get("persons", ()):
        if one["ref"] not in named or person_ref(unb64(one["salt"]), one["person"]) != one["ref"]:
            raise ProblemError("federation.person.does-not-fit", one["ref"], ref=one["ref"])


# ---------------------------------------------------------------------------------------- requests (RFC 9421)


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
