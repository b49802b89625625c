"""The family of sealed European Digital Credentials: seal, certificate, imprints, profile, trust, and changes."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from conformance.case import Case, refused, same
from ecvet.credential.errors import IssuerNotTrusted, NotSealed, ProofFails, TimeStampNotTrusted
from ecvet.credential.formats import jades
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.policy import Genuine, Outcome
from ecvet.credential.profiles.elm.shapes import check
from ecvet.credential.steps import Step
from ecvet.credential.trust import Trust
from ecvet.credential.verify import examine, verify

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FAMILY = "edc-elm3"
NOBODY = Trust(anchors=())


def cases(corpus: Path) -> Iterator[Case]:
    """All vectors of the family."""
    folder = corpus / FAMILY
    for file in sorted(folder.glob("*-signed.json*")):
        for name, run in (
            ("seal, certificate and imprints", _seal), ("verified but for trust", _verified),
            ("the payload written anew is refused", _anew), ("a changed time-stamp is refused", _stamps),
            ("its certificate is believed only where it is trusted", _trusted),
            ("its time-stamps are of a test authority", _test_authority),
        ):  # fmt: skip
            yield Case(FAMILY, f"{file.stem}: {name}", lambda run=run, file=file: run(file))
    for file in sorted(folder.glob("*-unsigned*")):
        yield Case(FAMILY, f"{file.stem}: refused, and short of what sealing adds", lambda file=file: _unsealed(file))


def _read(file: Path) -> jades.Sealed:
    return jades.take_apart(parse_object(file.read_bytes(), "credential"))


def _certificate(file: Path) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(_read(file).header["x5c"][0]))


def _seal(file: Path) -> None:
    found = _read(file)
    jades.check_header(found)
    der = base64.b64decode(found.header["x5c"][0])
    jades.check_signature(found, der, x509.load_der_x509_certificate(der).public_key())
    stamps = jades.check_stamps(found)
    same([len(one) for one in (stamps.content, stamps.signature, stamps.archive)], [1, 1, 1])
    same({one.at.date() for one in stamps.all}, {jades.signed_at(found).date()})


def _verified(file: Path) -> None:
    report = examine(file.read_bytes(), NOBODY, Genuine(), NOW)
    assert report.verified is not None, report.error
    found = {one.step: one.outcome for one in report.steps}
    same({found[Step.STAMP], found[Step.ISSUER], found[Step.FUNCTION]}, {Outcome.UNKNOWN})
    same({found[Step.PROOF], found[Step.TIME], found[Step.CLAIMS]}, {Outcome.PASS})


def _anew(file: Path) -> None:
    said = json.loads(file.read_bytes())
    said["payload"] = json.dumps(json.loads(said["payload"]))
    refused(lambda: verify(json.dumps(said).encode(), NOBODY, Genuine(), NOW), ProofFails)


def _stamps(file: Path) -> None:
    """Without the property before it, the archive time-stamp is over other bytes."""
    said: dict[str, Any] = json.loads(file.read_bytes())
    del said["signatures"][0]["header"]["etsiU"][1]
    refused(lambda: verify(json.dumps(said).encode(), NOBODY, Genuine(), NOW), ProofFails)


def _trusted(file: Path) -> None:
    sealed = _certificate(file)
    stamped = jades.check_stamps(_read(file)).signature[0].certificates[0]
    report = examine(file.read_bytes(), Trust(anchors=(), seal_anchors=(sealed,)), Genuine(), NOW)
    same({one.step: one.outcome for one in report.steps}[Step.ISSUER], Outcome.PASS)
    other = Trust(anchors=(), seal_anchors=(stamped,))
    refused(lambda: verify(file.read_bytes(), other, Genuine(), NOW), IssuerNotTrusted)


def _test_authority(file: Path) -> None:
    other = Trust(anchors=(), time_anchors=(_certificate(file),))
    refused(lambda: verify(file.read_bytes(), other, Genuine(), NOW), TimeStampNotTrusted)
    clocks = jades.check_stamps(_read(file)).signature[0].certificates[1:]  # the root that it brings itself
    report = examine(file.read_bytes(), Trust(anchors=(), time_anchors=clocks), Genuine(), NOW)
    same({one.step: one.outcome for one in report.steps}[Step.STAMP], Outcome.PASS)


def _unsealed(file: Path) -> None:
    refused(lambda: verify(file.read_bytes(), NOBODY, Genuine(), NOW), NotSealed)
    said = json.loads(file.read_bytes())
    faults = check(said.get("credential", said))
    same(sorted(one.property.rpartition("/")[2].rpartition("#")[2] for one in faults), ["issued", "issuer"])
