"""Seals of several makers: signature, certificate, imprints of time-stamps, and the step at which each one ends."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from ecvet.credential.errors import Step
from ecvet.credential.formats import jades
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.policy import Genuine, Outcome
from ecvet.credential.trust import Trust
from ecvet.credential.verify import examine

pytestmark = pytest.mark.corpus
AT = datetime(2026, 6, 1, tzinfo=UTC)
ENDS = {"edc-coa-signed.jsonld": Step.CLAIMS, "json_to_seal-signed-jades-baseline-lta.json": Step.TYPE}
"""One has a second picture where one may be, one seals a presentation and not a credential."""


@pytest.fixture(scope="module")
def sealed(corpus: Path) -> list[Path]:
    return sorted(one for one in (corpus / "elm").rglob("*signed*") if "unsigned" not in one.name)


def test_every_seal_fits_with_all_its_time_stamps(sealed: list[Path]) -> None:
    assert len(sealed) >= 5
    for file in sealed:
        found = jades.take_apart(parse_object(file.read_bytes(), "credential"))
        jades.check_header(found)
        certificate = base64.b64decode(found.header["x5c"][0])
        jades.check_signature(found, certificate, x509.load_der_x509_certificate(certificate).public_key())
        stamps = jades.check_stamps(found)
        assert len(stamps.signature) == len(stamps.archive) == 1
        assert len(stamps.content) == ("adoTst" in found.header)


def test_every_sealed_credential_ends_where_it_should(sealed: list[Path]) -> None:
    for file in sealed:
        report = examine(file.read_bytes(), Trust(anchors=()), Genuine(), AT)
        if file.name in ENDS:
            assert report.error is not None
            assert report.error.step is ENDS[file.name]
        else:
            assert report.verified is not None
            assert {one.step: one.outcome for one in report.steps}[Step.ISSUER] is Outcome.UNKNOWN


def test_no_seal_survives_a_change_of_one_byte_of_its_text(sealed: list[Path]) -> None:
    for file in sealed:
        data = file.read_bytes()
        place = data.index(b"issuanceDate") if b"issuanceDate" in data else data.index(b"holder")
        changed = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        report = examine(changed, Trust(anchors=()), Genuine(), AT)
        assert report.error is not None
        assert report.error.step in (Step.PROOF, Step.TYPE)
