"""Sealed documents long after: good when their key was renewed later, and not when it had ended before."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client

from albas_story import AUTHORITY, Story
from ecvet.credential.ended import Why
from ecvet_platform.credentials.actions import keys, platform_keys, trust
from ecvet_platform.credentials.actions.sealed_pdf import judge
from ecvet_platform.documents import actions, fields
from ecvet_platform.documents.seal import seal
from ecvet_platform.documents.typeset import typeset
from ecvet_platform.documents.values import Document
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock

DOCUMENT = Document(
    form=fields.TRANSCRIPT, language="en", title="Transcript", values={}, on=date(2026, 5, 4), record=b"{}",
    verification="https://ecvet.example", sealer=AUTHORITY, sealed_by="Regional authority",
)  # fmt: skip


@pytest.fixture
def pdf(story: Story) -> bytes:
    """Sealed now, by the clock of the machine, as a seal always is."""
    return actions.pdf(DOCUMENT)


def test_a_document_stays_good_when_its_key_and_the_anchor_are_renewed(
    story: Story, pdf: bytes, client: Client
) -> None:
    item = register.institution(AUTHORITY)
    with clock.fixed(clock.now() + timedelta(days=1)):
        keys.renew(item, why=Why.REGULAR, actor=story.actor("Dimitra"))
        platform_keys.renew_anchor(why=Why.REGULAR, actor=story.actor("Fiona"))
        found = judge(pdf, trust.trust())
        page = client.post("/verify", {"file": io.BytesIO(pdf)}).content.decode()
        said = client.post("/api/v1/verifications", pdf, content_type="application/pdf").json()
    assert found is not None
    assert (found.by, found.fact) == ("Regional authority", None)
    assert "sealed by Regional authority, and nothing was changed since" in page
    assert said["seal"]["good"] is True


def test_a_document_that_was_sealed_after_the_end_of_its_key_is_not(story: Story, pdf: bytes, client: Client) -> None:
    back = clock.now() - timedelta(hours=1)
    keys.renew(register.institution(AUTHORITY), why=Why.COMPROMISED, back=back, actor=story.actor("Dimitra"))
    found = judge(pdf, trust.trust())
    assert found is not None
    assert found.fact is not None
    assert found.fact.code == "credential.issuer.not-trusted"
    assert "does not count" in client.post("/verify", {"file": io.BytesIO(pdf)}).content.decode()
    again = judge(actions.pdf(DOCUMENT), trust.trust())
    assert again is not None
    assert again.fact is None, "the new key's seal is good"


def test_a_changed_document_is_refused_and_one_without_a_seal_is_none(story: Story, pdf: bytes) -> None:
    changed = bytearray(pdf)
    changed[changed.index(b"/Title") - 1] ^= 1
    found = judge(bytes(changed), trust.trust())
    assert found is not None
    assert found.fact is not None
    assert found.fact.code == "credential.proof.does-not-fit"
    more = judge(pdf + b"\n% more", trust.trust())
    assert more is not None
    assert more.fact is not None
    plain = typeset(DOCUMENT, sealed=False)
    assert judge(plain, trust.trust()) is None
    assert judge(b"%PDF-1.7 nonsense", trust.trust()) is None
    platforms = judge(seal(plain, keys.platform_key(), name="x", reason="y"), trust.trust())
    assert platforms is not None
    assert platforms.by == "ecvet platform", "named by its certificate, as no institution of the register"
