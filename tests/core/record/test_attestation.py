"""What stands behind an act without an account: a link and a code, or a paper that two people have seen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ecvet.record import (
    Act,
    Annex,
    Attestation,
    Level,
    Signature,
    SigningKey,
    address_of,
    check_signature,
    plain,
    sealed,
    sign,
    value,
)
from ecvet.record.errors import AttestationIncomplete, SecondPersonMissing
from ecvet.terms import Identifier, LangString

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
VERSION = address_of(b"the version that was shown")
BRUNO, BIANCA = Identifier("urn:uuid:1"), Identifier("urn:uuid:2")
SCAN = Annex(hash=address_of(b"scan"), media="application/pdf", size=4)
GUEST = Attestation(
    level=Level.GUEST, thread=Identifier("urn:uuid:9"), role="guardian", verb="accept", shown=VERSION,
    text=LangString.of(it="Firmo"), at=AT, institution=Identifier("https://turin.example"), by=BRUNO,
    address=sealed("gaia@example.org", b"s" * 32), checked=AT,
)  # fmt: skip
PAPER = replace(GUEST, level=Level.PAPER, address="", checked=None, scan=SCAN, confirmed_by=BIANCA)


def test_a_attestation_is_read_back_from_its_record() -> None:
    assert value(Attestation, plain(GUEST)) == GUEST
    assert value(Attestation, plain(PAPER)) == PAPER


@pytest.mark.parametrize("missing", [{"address": ""}, {"checked": None}])
def test_a_guest_is_known_by_address_and_code(missing: dict[str, object]) -> None:
    with pytest.raises(AttestationIncomplete):
        replace(GUEST, **missing)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", [None, BRUNO])
def test_a_paper_counts_only_when_a_second_person_confirms_it(by: Identifier | None) -> None:
    with pytest.raises(SecondPersonMissing):
        replace(PAPER, confirmed_by=by)


def test_a_paper_has_its_scan() -> None:
    with pytest.raises(AttestationIncomplete):
        replace(PAPER, scan=None)


def test_an_address_is_sealed_with_salt_and_whatever_way_it_is_written() -> None:
    assert sealed(" Gaia@Example.org ", b"s" * 32) == GUEST.address
    assert sealed("gaia@example.org", b"t" * 32) != GUEST.address
    with pytest.raises(ValueError, match="32 bytes"):
        sealed("gaia@example.org", b"short")


def test_the_level_is_signed_and_absent_from_signatures_through_an_account() -> None:
    key = SigningKey.from_seed("https://turin.example#1", b"k" * 32)
    plainly = Signature(object=VERSION, signer=BIANCA, role="guardian", act=Act.ACCEPT, at=AT)
    assert not {"level", "evidence"} & plain(plainly).keys()  # type: ignore[union-attr]
    guest = sign(replace(plainly, level=Level.GUEST, evidence=address_of(b"attestation")), key)
    assert check_signature(guest, key.public, at=AT)
    assert not check_signature(replace(guest, level=Level.PAPER), key.public, at=AT)
    assert not check_signature(replace(guest, level=None), key.public, at=AT)
