"""The families of the W3C data model, of contexts, and of what must be refused as it was published."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from conformance.case import Case, refused, same
from ecvet.credential.errors import NotSealed, VerificationError
from ecvet.credential.formats import data_integrity, multikey, vcdm
from ecvet.credential.formats.vocabularies import PINNED, named
from ecvet.credential.policy import Genuine
from ecvet.credential.trust import Method, Trust
from ecvet.credential.verify import verify
from ecvet.terms import Identifier

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
DID = multikey.did_key(KEY.public_key())
METHOD = f"{DID}#{DID.removeprefix('did:key:')}"
TRUST = Trust(
    anchors=(), methods=(Method(id=METHOD, controller=Identifier(DID), key=KEY.public_key(), start=NOW),)
)  # fmt: skip
INLINE = "a vocabulary written into the credential is refused on purpose (security statement 8)"
FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.jsonld",
    "https://www.w3.org/ns/credentials/examples/v2": "examples-v2.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr-v2p0-2.0.1.json",
}


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of the families."""
    for file in sorted((corpus / "vcdm2").rglob("*.json")):
        yield Case("vcdm2", file.stem, lambda file=file: _model(file), INLINE if _is_inline(file) else "")
    pinned = {FILES[url]: digest for url, digest in PINNED.items() if url in FILES}
    for file in sorted((corpus / "contexts").iterdir()):
        if file.name in pinned:
            yield Case("contexts", file.name, lambda file=file: same(_digest(file), pinned[file.name]))
        else:
            yield Case("contexts", file.name, None, "not accepted here, or with other line ends")
    for file in sorted((corpus / "dc4eu-education").rglob("*.json")):
        if "signed" in file.name:
            yield Case("dc4eu-education", f"{file.name}: placeholder refused", lambda file=file: _refused(file))
        elif "example" in file.name:
            name = f"{file.name}: unsealed, refused"
            yield Case("dc4eu-education", name, lambda file=file: _refused(file, NotSealed))
        else:
            yield Case("dc4eu-education", file.name, None, "no example fits its own schema, and one schema is no JSON")


def _model(file: Path) -> None:
    """Issued and verified if the name ends in -ok; refused at one of the two if it ends in -fail."""
    said = json.loads(file.read_text())
    if file.stem.endswith("-ok"):
        return _round(said)
    return refused(lambda: _round(said), VerificationError)


def _round(said: dict[str, Any]) -> None:
    if "VerifiablePresentation" in said.get("type", ()) or "verifiableCredential" in said:
        named(said)
        vcdm.check_presentation(said)
        return
    dates = {"PAST DATE": NOW - timedelta(days=1), "FUTURE DATE": NOW + timedelta(days=1)}
    said = {
        name: dates[one].strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(one, str) and one in dates else one
        for name, one in said.items()
    }
    issuer = said.get("issuer")
    if issuer is None or (isinstance(issuer, dict) and "id" not in issuer):  # the suite leaves it to the implementation
        said["issuer"] = DID if issuer is None else {**issuer, "id": DID}
    until = said.get("validUntil", "")
    at = NOW - timedelta(days=2000) if until.startswith("2023") else NOW
    named(said)
    vcdm.check_form(said)
    signed = data_integrity.issue(said, KEY, method=METHOD, created=NOW)
    found = data_integrity.secured(json.loads(json.dumps(signed)))
    data_integrity.check_signature(found, KEY.public_key())
    same(found.document, said)
    if "credentialStatus" not in said and not until and at is NOW:
        verify(json.dumps(signed).encode(), TRUST, Genuine(), NOW)


def _is_inline(file: Path) -> bool:
    contexts = json.loads(file.read_text()).get("@context")
    return file.stem.endswith("-ok") and any(isinstance(one, dict) for one in contexts)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _refused(file: Path, error: type[Exception] = VerificationError) -> None:
    refused(lambda: verify(file.read_bytes(), TRUST, Genuine(), NOW), error)
