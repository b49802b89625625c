"""The families of Data Integrity over canonical JSON, of JCS itself, and of keys by name."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from conformance.case import Case, refused, same
from ecvet.credential.errors import Malformed, ProofFails
from ecvet.credential.formats import data_integrity, jws, multikey
from ecvet.credential.formats.key_binding import public_key


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of the families."""
    for family, suite, key in (
        ("vc-di-eddsa", "eddsa-jcs-2022", "keyPair.json"),
        ("vc-di-ecdsa", "ecdsa-jcs-2019-p256", "p256KeyPair.json"),
    ):
        folder = corpus / family
        pair = json.loads((folder / key).read_text())
        yield from _proof(family, suite, folder / suite, pair["publicKeyMultibase"])
        if family == "vc-di-eddsa":
            yield Case(family, f"{suite}: issued byte for byte", lambda: _issued(corpus / "vc-di-eddsa"))
    folder = corpus / "jcs"
    for file in sorted((folder / "input").iterdir()):
        for kind in ("output", "outhex"):
            yield Case(
                "jcs", f"{file.stem} ({kind})", _canonical(file, next((folder / kind).glob(f"{file.stem}.*")), kind)
            )
    for file in sorted((corpus / "did-key").glob("*.json")):
        for did, said in json.loads(file.read_text()).items():
            yield Case("did-key", did, lambda did=did, said=said: _did(did, said))


def _proof(family: str, suite: str, folder: Path, key: str) -> Iterator[Case]:
    def text(name: str) -> str:
        return next(folder.glob(f"{name}*")).read_text()

    def signed() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(text("signed"))
        return found

    def options() -> dict[str, Any]:
        return {name: one for name, one in signed()["proof"].items() if name != "proofValue"}

    def document() -> dict[str, Any]:
        return {name: one for name, one in signed().items() if name != "proof"}

    def found() -> data_integrity.Secured:
        return data_integrity.secured(signed())

    def check(changed: dict[str, Any]) -> None:
        found = data_integrity.secured(changed)
        data_integrity.check_signature(found, multikey.read_did_key(found.method).key)

    def with_the_key_of_the_family() -> None:
        data_integrity.check_signature(data_integrity.secured(signed()), multikey.decode(key))

    def hashes() -> None:
        same(data_integrity.secured(signed()).signed.hex(), text("combinedHash").strip())
        same(hashlib.sha256(rfc8785.dumps(document())).hexdigest(), text("docHash").strip())
        same(hashlib.sha256(rfc8785.dumps(options())).hexdigest(), text("proofHash").strip())

    for name, run in (
        ("canonical document", lambda: same(rfc8785.dumps(document()).decode(), text("canonDoc"))),
        ("canonical options", lambda: same(rfc8785.dumps(options()).decode(), text("proofCanon"))),
        ("hashes", hashes),
        ("signature in hexadecimal", lambda: same(found().signature.hex(), text("sigHex").strip())),
        ("signature", lambda: check(signed())),
        ("signature, by the key pair", with_the_key_of_the_family),
        ("a changed document is refused", lambda: refused(lambda: check({**signed(), "name": "x"}), ProofFails)),
    ):  # fmt: skip
        yield Case(family, f"{suite}: {name}", run)


def _issued(folder: Path) -> None:
    secret = multikey.from_base58(json.loads((folder / "keyPair.json").read_text())["privateKeyMultibase"][1:], "key")
    key = Ed25519PrivateKey.from_private_bytes(secret[2:])
    expected = json.loads((folder / "eddsa-jcs-2022" / "signedJCS.json").read_text())
    proof = expected["proof"]
    created = datetime.fromisoformat(proof["created"])
    unsigned = json.loads((folder / "unsigned.json").read_text())
    same(data_integrity.issue(unsigned, key, method=proof["verificationMethod"], created=created), expected)


def _canonical(source: Path, expected: Path, kind: str) -> Callable[[], None]:
    def run() -> None:
        found = rfc8785.dumps(json.loads(source.read_text()))
        wanted = bytes.fromhex("".join(expected.read_text().split())) if kind == "outhex" else expected.read_bytes()
        same(found, wanted)

    return run


def _did(did: str, said: dict[str, Any]) -> None:
    """The key of the name is that of the document; a name of another kind of key (P-384, P-521) is refused."""
    method = next(one for one in said["didDocument"]["verificationMethod"] if one["id"].startswith(did))
    jwk = method.get("publicKeyJwk", {})
    if jwk.get("crv", "") in ("P-384", "P-521"):
        return refused(lambda: multikey.read_did_key(did), Malformed)
    key = multikey.read_did_key(did).key
    if jwk.get("crv") == "P-256":
        return same(key, public_key({"jwk": jwk}))
    raw = jws.decode(jwk["x"], "key") if jwk else multikey.from_base58(method["publicKeyBase58"], "key")
    return same(multikey.from_base58(multikey.encode(key)[1:], "key")[2:], raw)
