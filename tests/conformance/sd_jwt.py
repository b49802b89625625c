"""The families of SD-JWT and SD-JWT VC: issued, presented, bound to the holder's key and revealed as the cases say."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from conformance.case import Case, same
from conformance.marked import disclosed, load, unmark
from ecvet.credential import keys
from ecvet.credential.formats import jws, key_binding, sdjwt

KEY = keys.private_key(b"k" * 48)
DROPPED = "array_none_disclosed"
"""Where nothing of an object is disclosed RFC 9901 leaves the empty object; sd-jwt-js drops it."""


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of the four families."""
    for file in sorted((corpus / "sd-jwt").glob("*.json")):
        yield Case("sd-jwt", file.stem, _js(file))
    settings = load(corpus / "sd-jwt-spec-yaml" / "settings.yml")
    for file in sorted((corpus / "sd-jwt-spec-yaml").glob("*/specification.yml")):
        yield Case("sd-jwt-spec-yaml", file.parent.name, _python(file, settings))
    folder = corpus / "sd-jwt-vc"
    yield Case("sd-jwt-vc", "RFC 9901, A.3: signature and claims", lambda: _pid(folder))
    settings = load(corpus / "sd-jwt-vc-examples" / "settings.yml")
    for file in sorted((corpus / "sd-jwt-vc-examples").glob("*/specification.yml")):
        yield Case("sd-jwt-vc-examples", file.parent.name, _python(file, settings))


def salts() -> Callable[[], bytes]:
    """Salts that differ at every call."""
    counter = itertools.count()
    return lambda: next(counter).to_bytes(16, "big")


def _js(file: Path) -> Callable[[], None]:
    def run() -> None:
        case = json.loads(file.read_text())
        claims = case["claims"]
        hidden = frozenset(_framed(case.get("disclosureFrame") or {}, claims))
        keep = frozenset(_presented(case.get("presentationFrames") or {}, claims))
        shown = sdjwt.present(sdjwt.issue(claims, hidden, salts(), KEY, {}), keep)
        expected = {"is_over": {}} if file.stem == DROPPED else case["presentedClaims"]
        same(sdjwt.reveal(sdjwt.parse(shown)).claims, expected)

    return run


def _framed(frame: Any, claims: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths that a disclosure frame of sd-jwt-js hides; nested frames apply to what they enclose."""
    for name, inner in frame.items():
        if name == "_sd":
            yield from ((*path, one) for one in inner)
        elif name != "_sd_decoy":
            key = int(name) if isinstance(claims, list) else name
            yield from _framed(inner, claims[key], (*path, key))


def _presented(frame: Any, claims: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for name, inner in frame.items():
        key = int(name) if isinstance(claims, list) else name
        yield (*path, key)
        if isinstance(inner, dict):
            yield from _presented(inner, claims[key], (*path, key))


def _python(file: Path, settings: dict[str, Any]) -> Callable[[], None]:
    """Issued with the issuer's key of the settings, shown, bound with the holder's key if the case says so, checked."""

    def run() -> None:
        case = load(file)
        claims, hidden = unmark(case["user_claims"])
        said = settings["key_settings"]
        issuer, holder = _private(said.get("issuer_key") or said["issuer_keys"][0]), _private(said["holder_key"])
        header = {name: one for name, one in case.get("extra_header_parameters", {}).items() if name != "typ"}
        signed = {**claims, "cnf": key_binding.holder_key(holder.public_key())}
        data = sdjwt.present(
            sdjwt.issue(signed, frozenset(hidden), salts(), issuer, header),
            frozenset(disclosed(case["holder_disclosed_claims"])),
        )
        if case.get("key_binding"):
            at = datetime.fromtimestamp(settings["iat"], UTC)
            audience, nonce = settings["identifiers"]["verifier"], settings["key_binding_nonce"]
            data = key_binding.bind(data, holder, audience=audience, nonce=nonce, at=at)
        found = sdjwt.parse(data)
        jws.check_header(found.token, sdjwt.TYP)
        jws.check_signature(found.token, issuer.public_key())
        revealed = sdjwt.reveal(found).claims
        if case.get("key_binding"):
            same(key_binding.check(found, revealed["cnf"]), key_binding.KeyBinding(audience, nonce, at))
        del revealed["cnf"]
        if "expect_verified_user_claims" in case:
            same(revealed, case["expect_verified_user_claims"])
        else:
            shown = {path[0] for path in disclosed(case["holder_disclosed_claims"])}
            open_ = {name for name in claims if (name,) not in hidden}
            same(revealed.keys(), {name for name in claims if name in shown | open_})

    return run


def _private(jwk: dict[str, str]) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(jws.decode(jwk["d"], "key"), "big"), ec.SECP256R1())


def _pid(folder: Path) -> None:
    found = sdjwt.parse((folder / "rfc9901-a3-sd-jwt-vc.txt").read_bytes().strip())
    jwk = json.loads((folder / "rfc9901-a5-issuer-key.json").read_text())
    jws.check_header(found.token, "dc+sd-jwt")
    jws.check_signature(found.token, key_binding.public_key({"jwk": jwk}))
    claims = sdjwt.reveal(found).claims
    same(claims["address"]["locality"], "Köln")
    same(claims["age_equal_or_over"], {"12": True, "14": True, "16": True, "18": True, "21": True, "65": False})
    same("_sd" in str(claims), False)
