"""Credentials: issued once by who decided, handed to the learner unchanged, verified by anybody, exported trust."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.test import Client

from albas_story import AUTHORITY, CUTTING, DECIDED, GROUND, Story, agreed, because, text, until
from ecvet.cli import main
from ecvet.record import Address
from ecvet_platform.credentials.actions import issue, keys, trust, verify
from ecvet_platform.credentials.errors import CredentialUnknown, IssuedAlready, NotInEffect, NotYoursToIssue
from ecvet_platform.credentials.store import keys as key_files
from ecvet_platform.credit.actions import appeal, recognise
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.store import Account


def issued(story: Story) -> tuple[issue.Issued, bytes]:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        return issue.credential(made.id, actor=story.actor("Alba"))


@pytest.mark.rule("R-RECOG-12")
def test_a_decision_has_one_credential(story: Story) -> None:
    made, _ = issued(story)
    with story.on(DECIDED), pytest.raises(IssuedAlready):
        issue.issue(made.decision, actor=story.actor("Dimitra"))


def test_only_the_institution_that_decided_issues(story: Story) -> None:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        with pytest.raises(NotYoursToIssue):
            issue.issue(decision.address, actor=story.actor("Bruno"))
        with pytest.raises(CredentialUnknown):
            issue.issue(decision.address, actor=story.actor("Erik"))


def test_a_refusal_and_a_replaced_decision_have_no_credential(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    refusal = story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(DECIDED))
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        with pytest.raises(NotInEffect):
            issue.issue(refusal.address, actor=dimitra)
        lodged = appeal.appeal(refusal.address, text=text("No"), actor=story.actor("Alba"))
        changed = recognise.answer_appeal(lodged.address, ground=GROUND, actor=dimitra)
        made = issue.issue(changed.address, actor=dimitra)
        assert verify.verify(issue.credential(made.id, actor=dimitra)[1]).verified


def test_a_part_of_a_unit_has_a_credential_that_says_so(story: Story) -> None:
    thread = story.agree(agreed(CUTTING, "measures"))
    story.assess(thread, only=frozenset({"measures"}))
    decision = story.recognise(story.validate(story.transfer(thread).address).address)
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        report = verify.verify(issue.credential(made.id, actor=story.actor("Alba"))[1])
    assert report.verified
    unit = report.verified.claims["ecvet"]["units"][0]
    assert unit["extent"] == "partial"
    assert [one["id"] for one in unit["outcomes"]] == ["measures"]


@pytest.mark.parametrize("name", ["Erik", "Chloé", "Didier"])
def test_others_find_no_credential(story: Story, name: str) -> None:
    made, _ = issued(story)
    with story.on(DECIDED), pytest.raises(CredentialUnknown):
        issue.credential(made.id, actor=story.actor(name))
    assert made.id not in [one.id for one in issue.mine(actor=story.actor(name))]


def test_the_chain_of_proof_leads_back_to_the_agreement(story: Story) -> None:
    _, data = issued(story)
    with story.on(DECIDED):
        report = verify.verify(data)
    assert report.verified
    roles = [one["role"] for one in report.verified.claims["chain"]]
    assert roles == ["recognition", "validation", "transcript", "assessment", "agreement"]
    assert all(Address(one["address"]).startswith("sha-256:") for one in report.verified.claims["chain"])


def test_keys_are_files_for_the_server_alone_and_never_replaced(story: Story) -> None:
    issued(story)
    folder = key_files._folder()
    files = list(folder.glob("*.pem"))
    assert len(files) == 1 + 2 * len(register.lines()), "the anchor, and two for each institution since its entry"
    assert all(one.stat().st_mode & 0o077 == 0 for one in files)
    before = {one: one.read_bytes() for one in files}
    with story.on(DECIDED):
        key_files.keep_authority(keys.authority())
    assert {one: one.read_bytes() for one in files} == before
    assert not list(folder.glob(".*"))


def test_the_exported_trust_verifies_offline_with_the_command(story: Story, tmp_path: Path) -> None:
    _, data = issued(story)
    file, folder = tmp_path / "unit.sd-jwt", tmp_path / "trust"
    file.write_bytes(data)
    with story.on(DECIDED):
        call_command("export_trust", folder, stdout=io.StringIO())
    command = ["verify", str(file), "--trust", str(folder), "--need-function", "--at", "2026-07-10T18:00Z", "--json"]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output)
    assert found["verified"]
    assert found["issuer"] == {"id": AUTHORITY, "name": "Regional authority", "named_by": "register", "flags": []}
    file.write_bytes(data.replace(b".", b".A", 1))
    assert CliRunner().invoke(main, command).exit_code in (1, 2)


def test_the_trust_directory_is_public_and_holds_no_secret(story: Story, client: Client) -> None:
    issued(story)
    answer = client.get("/verify/trust.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert names[:4] == [f"trust/{one}" for one in ("anchor.pem", "institutions.json", "methods.json", "keys.json")]
        assert [one[:13] for one in names[4:]] == ["trust/status/"] * 3
        assert all(b"PRIVATE" not in archive.read(name) for name in archive.namelist())
    assert trust.files()["anchor.pem"].startswith(b"-----BEGIN CERTIFICATE")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "credentials.verify.nothing"),
        (b"hello", "credential.parse.unreadable"),
        (b"x" * 300_000, "credential.limits.exceeded"),
        ("Zürich~".encode(), "credential.parse.unreadable"),
    ],
)
def test_the_public_page_says_in_words_what_is_wrong(story: Story, client: Client, given: bytes, code: str) -> None:
    answer = client.post("/verify", {"text": given.decode()})
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "Not verified" in page or "nothing to verify" in page
    if code != "credentials.verify.nothing":
        assert code in page


def test_a_stranger_needs_no_account_to_verify_and_sees_no_list(
    story: Story, client: Client, signed_in: Callable[[Account], Client]
) -> None:
    _, data = issued(story)
    assert client.get("/verify").status_code == 200
    assert client.get("/credentials/").status_code == 302
    with story.on(DECIDED):
        page = client.post("/verify", {"file": io.BytesIO(data)}).content.decode()
        assert "Genuine: issued by Regional authority." in page
        assert "Alba Rossi" in page
        shown = signed_in(story.accounts["Alba"]).get(f"/credentials/{issue.mine(actor=story.actor('Alba'))[0].id}")
        assert data.decode() in shown.content.decode().replace("&#39;", "'")
