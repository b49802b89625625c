"""Sealed European Digital Credentials and what carries them on the page and in the API, with trust in seals."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from albas_story import DECIDED, Story
from core.credential.cast import ISSUED, make_world
from core.credential.sealing import make_sealing
from core.credential.test_carriers import pdf
from ecvet.cli import main
from ecvet.credential.issue_sealed import issue_sealed, seal_body
from ecvet_platform.credentials.actions import issue
from ecvet_platform.people.store import Account


@pytest.fixture
def sealed() -> bytes:
    return issue_sealed(make_world().draft, make_sealing().seal, id="urn:credential:1", at=ISSUED)


@pytest.fixture
def trusted(story: Story) -> Iterator[Path]:
    """The folder in which an operator has put the certificate of an authority of seals."""
    folder = Path(settings.DATA) / "trust"
    (folder / "seals").mkdir(parents=True, exist_ok=True)
    file = folder / "seals" / "north.pem"
    file.write_bytes(make_sealing().anchor.public_bytes(Encoding.PEM))
    yield folder
    file.unlink()


def test_a_stranger_drops_a_sealed_credential_or_a_pdf_that_carries_it(
    story: Story, client: Client, sealed: bytes, trusted: Path
) -> None:
    with story.on(DECIDED):
        for data in (sealed, pdf(("credential.json", sealed))):
            page = client.post("/verify", {"file": io.BytesIO(data)}).content.decode()
            assert "Genuine: issued by Koulu Oy." in page
            assert "Alba Álvarez" in page
            assert "Hiusala (in part)" in page or "Hairdressing (in part)" in page
            assert "35 ECVET" in page
            assert "Time-stamps" in page


def test_the_api_answers_step_by_step(story: Story, client: Client, sealed: bytes, trusted: Path) -> None:
    with story.on(DECIDED):
        answer = client.post("/api/v1/verifications", sealed, content_type="application/json").json()
    assert answer["verified"] is True
    assert {one["id"]: one["outcome"] for one in answer["steps"]}["timestamp"] == "unknown"
    assert answer["issuer"]["id"] == "VATFI-01234567"


def test_without_anchors_of_seals_the_issuer_is_unknown_and_unsealed_is_said_so(
    story: Story, client: Client, sealed: bytes
) -> None:
    with story.on(DECIDED):
        page = client.post("/verify", {"file": io.BytesIO(sealed)}).content.decode()
        assert "credential.issuer.unknown" in page
        body = json.loads(sealed)["payload"].encode()
        page = client.post("/verify", {"file": io.BytesIO(body)}).content.decode()
        assert "credential.parse.not-sealed" in page


def test_what_the_operator_trusts_is_in_the_trust_directory(
    story: Story, client: Client, sealed: bytes, trusted: Path, tmp_path: Path
) -> None:
    with story.on(DECIDED):
        answer = client.get("/verify/trust.zip")
        call_command("export_trust", tmp_path / "trust", stdout=io.StringIO())
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "trust/seals/north.pem" in archive.namelist()
    file = tmp_path / "credential.json"
    file.write_bytes(sealed)
    command = ["verify", str(file), "--trust", str(tmp_path / "trust"), "--at", "2026-07-11T12:00Z"]
    found = CliRunner().invoke(main, command)
    assert found.exit_code == 0, found.output
    assert "VERIFIED. Issued by Koulu Oy (named by certificate; VATFI-01234567)" in found.output


def test_an_institution_takes_its_credential_away_to_seal_it(
    story: Story, signed_in: Callable[[Account], Client], trusted: Path, tmp_path: Path
) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        dimitra, alba = (signed_in(story.accounts[name]) for name in ("Dimitra", "Alba"))
        where = f"/credentials/{made.id}/unsealed"
        assert where in dimitra.get(f"/credentials/{made.id}").content.decode()
        assert where not in alba.get(f"/credentials/{made.id}").content.decode()
        assert alba.get(where).status_code == 403
        body = dimitra.get(where).content
        assert dimitra.get(f"/api/v1/credentials/{made.id}/unsealed").content == body
        refused = dimitra.post("/verify", {"file": io.BytesIO(body)}).content.decode()
        assert "credential.parse.not-sealed" in refused
    sealed = seal_body(json.loads(body), make_sealing().seal, at=ISSUED)
    with story.on(DECIDED):
        page = dimitra.post("/verify", {"file": io.BytesIO(sealed)}).content.decode()
        assert "Genuine: issued by Koulu Oy." in page
        assert "Alba Rossi" in page
