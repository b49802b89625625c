"""The seal: an institution's own key over the finished file; a changed byte breaks it; the marks stay."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from documents_read import files, marks, seal_of
from ecvet.credential.keys import Authority, IssuerKey, certify, make_authority, private_key
from ecvet.terms import Country, Identifier
from ecvet_platform.documents import actions, fields
from ecvet_platform.documents.seal import seal
from ecvet_platform.documents.typeset import typeset
from ecvet_platform.documents.values import Document
from ecvet_platform.journal import clock

HOME = Identifier("https://home.example")


@pytest.fixture(scope="module")
def anchor() -> Authority:
    start = clock.now() - timedelta(days=1)
    return make_authority("Anchor", Country("EU"), private_key(b"a" * 40), serial=1, start=start,
                          end=start + timedelta(days=99))  # fmt: skip


@pytest.fixture(scope="module")
def key(anchor: Authority) -> IssuerKey:
    private = private_key(b"b" * 40)
    valid = anchor.certificate
    certificate = certify(
        anchor, HOME, "Home", Country("MT"), private.public_key(), serial=2, start=valid.not_valid_before_utc,
        end=valid.not_valid_after_utc,
    )  # fmt: skip
    return IssuerKey(kid="home", private=private, chain=(certificate,))


def document(sealer: Identifier = HOME) -> Document:
    return Document(
        form=fields.TRANSCRIPT, language="mt", title="Transcript", values={}, on=date(2026, 5, 4), record=b"{}",
        verification="https://ecvet.example", sealer=sealer, sealed_by="Home",
    )  # fmt: skip


def test_the_seal_is_good_and_covers_the_whole_file(key: IssuerKey, anchor: Authority) -> None:
    plain = typeset(document(), sealed=True)
    sealed = seal(plain, key, name="Home", reason="Seal")
    found = seal_of(sealed, anchor.certificate)
    assert found.bottom_line, found.pretty_print_details()
    assert found.coverage.name == "ENTIRE_FILE"
    assert sealed.startswith(plain)
    assert all(mark in marks(sealed) for mark in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"))
    assert files(sealed) == {"record.json": b"{}"}


def test_a_seal_is_set_where_an_event_loop_runs_already(key: IssuerKey, anchor: Authority) -> None:
    async def sealing() -> bytes:
        return seal(typeset(document(), sealed=True), key, name="Home", reason="Copy")

    with ThreadPoolExecutor(1) as apart:
        assert seal_of(apart.submit(lambda: asyncio.run(sealing())).result(), anchor.certificate).intact


def test_a_changed_byte_breaks_the_seal(key: IssuerKey, anchor: Authority) -> None:
    sealed = bytearray(seal(typeset(document(), sealed=True), key, name="Home", reason="Seal"))
    at = sealed.index(b"/Title")
    sealed[at - 1] ^= 1
    assert not seal_of(bytes(sealed), anchor.certificate).intact


def test_another_anchor_does_not_trust_it(key: IssuerKey, anchor: Authority) -> None:
    start = anchor.certificate.not_valid_before_utc
    other = make_authority("Other", Country("EU"), private_key(b"c" * 40), serial=1, start=start,
                           end=start + timedelta(days=9))  # fmt: skip
    sealed = seal(typeset(document(), sealed=True), key, name="Home", reason="Seal")
    assert not seal_of(sealed, other.certificate).bottom_line


def test_only_an_institution_with_a_key_seals(
    key: IssuerKey, anchor: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keys:
        def key(self, institution: Identifier) -> IssuerKey | None:
            return key if institution == HOME else None

    monkeypatch.setattr(actions, "_keys", [Keys()])
    assert seal_of(actions.pdf(document()), anchor.certificate).bottom_line
    assert b"/ByteRange" not in actions.pdf(document(Identifier("https://other.example")))
