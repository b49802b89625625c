"""Every key can be renewed: proofs, records, the platform's own, the anchor; people are told, also before an end."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import CommandError, call_command
from django.test import Client

from albas_story import AUTHORITY, DECIDED, OFFICE, Story
from ecvet.cli import main
from ecvet.credential.ended import Why, warning
from ecvet.credential.issue import issue as sign
from ecvet_platform.credentials.actions import (
    certifying,
    ending,
    issue,
    keys,
    platform_keys,
    proof_keys,
    renewing,
    status_lists,
    trust,
    verify,
)
from ecvet_platform.credentials.actions.renewing import Kind, Own
from ecvet_platform.credentials.store import certificates
from ecvet_platform.institutions.actions import keys as record_keys
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.notices.actions import following
from ecvet_platform.notices.store import notices
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of as named

AT = datetime(2026, 7, 11, 12, tzinfo=UTC)


def issued(story: Story) -> tuple[issue.Issued, bytes]:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        return issue.credential(made.id, actor=story.actor("Alba"))


# ------------------------------------------------------------- the anchor
def test_a_renewed_anchor_certifies_from_now_on_and_the_old_one_stays_trusted(story: Story, tmp_path: Path) -> None:
    _, data = issued(story)
    file, folder = tmp_path / "unit.sd-jwt", tmp_path / "trust"
    file.write_bytes(data)
    item = register.institution(AUTHORITY)
    with clock.fixed(AT):
        old = certifying.current()
        platform_keys.renew_anchor(why=Why.REGULAR, actor=story.actor("Fiona"))
        assert verify.verify(data).verified
        keys.renew(item, why=Why.REGULAR, actor=story.actor("Dimitra"))
        assert verify.verify(data).verified
        new = keys.key_of(item, by=keys.PLATFORM)
        assert new.chain[0].verify_directly_issued_by(certifying.current().certificate) is None
        assert len(trust.trust().anchors) == 2
        assert keys.fingerprint(old.certificate) not in {one.sha256 for one in keys.ended()}
        call_command("export_trust", folder, stdout=io.StringIO())
    answer = CliRunner().invoke(main, ["verify", str(file), "--trust", str(folder), "--at", "2026-07-11T18:00Z"])
    assert answer.exit_code == 0, answer.output
    assert (folder / "anchor.pem").read_text().count("BEGIN CERTIFICATE") == 2


def test_a_compromised_anchor_counts_until_its_end_and_all_keys_are_renewed(story: Story) -> None:
    made, data = issued(story)
    item = register.institution(AUTHORITY)
    with clock.fixed(AT):
        before = keys.key_of(item, by=keys.PLATFORM)
        platform_keys.renew_anchor(why=Why.COMPROMISED, actor=story.actor("Fiona"))
        after = keys.key_of(item, by=keys.PLATFORM)
        assert before.kid != after.kid
    with clock.fixed(AT + timedelta(hours=1)):
        assert verify.verify(data).verified, "what was signed while the anchor was safe"
        draft = issue.draft_of(made.decision, actor=story.actor("Alba"))
        place = status_lists.draw(made.issuer).reference
        assert verify.verify(sign(draft, after, at=clock.now(), salts=chance.salt, status=place)).verified
        refused = verify.verify(sign(draft, before, at=clock.now(), salts=chance.salt, status=place)).error
        assert refused is not None
        assert refused.code == "credential.issuer.not-trusted"
    with clock.fixed(AT + timedelta(hours=2)):
        platform_keys.renew_anchor(why=Why.COMPROMISED, back=AT, actor=story.actor("Fiona"))
        stolen = sign(draft, after, at=AT + timedelta(minutes=30), salts=chance.salt, status=place)
        refused = verify.verify(stolen).error
        assert refused is not None
        assert "anchor" in str(refused)


@pytest.mark.parametrize("name", ["Dimitra", "Bruno", "Erik"])
def test_only_the_register_office_renews_the_platforms_keys(story: Story, name: str) -> None:
    for renew in renewing.RENEW.values():
        with clock.fixed(AT), pytest.raises(NotYourRole):
            renew(why=Why.REGULAR, actor=story.actor(name))


# ------------------------------------------------------------- the key of records
def test_what_a_key_of_records_signed_stays_signed_after_it_is_renewed(story: Story) -> None:
    made, _ = issued(story)
    (before,) = register.public_keys(AUTHORITY)
    with clock.fixed(AT):
        renewing.renew(register.institution(AUTHORITY), Kind.RECORDS, why=Why.LOST, actor=story.actor("Dimitra"))
    old, new = register.public_keys(AUTHORITY)
    assert (old.key.kid, old.valid_until, new.valid_until) == (before.key.kid, AT, None)
    signatures = records.signatures(made.decision)
    assert signatures
    assert all(record_keys.check(one) for one in signatures)
    listed = json.loads(trust.files()["keys.json"])["keys"]
    assert {one["kid"] for one in listed if one["signer"] == AUTHORITY} == {old.key.kid, new.key.kid}


# ------------------------------------------------------------- people are told
def test_those_who_look_after_the_keys_are_told_of_renewals(story: Story) -> None:
    item = register.institution(AUTHORITY)
    story.add("Dario", AUTHORITY, *story.actor("Dimitra").roles)
    with clock.fixed(AT):
        following.follow()
        for kind in Kind:
            renewing.renew(item, kind, why=Why.REGULAR, actor=story.actor("Dimitra"))
        platform_keys.renew_own(why=Why.REGULAR, actor=platform_keys.SERVER)
        following.follow()
        told = {one.told for one in notices.of_person(story.accounts["Dario"].identifier, limit=99)}
        assert {"keys.renewed", "keys.proofs-renewed", "keys.records-renewed"} <= told
        assert not {one for one in told if one.startswith("platform.")}
        assert "platform.renew-key" in {
            one.told for one in notices.of_person(story.accounts["Fiona"].identifier, limit=99)
        }


def test_the_warnings_are_given_once_each_and_missed_days_are_caught_up() -> None:
    ends = datetime(2026, 12, 31, 10, tzinfo=UTC)
    day = ends.date()
    assert warning(ends, day - timedelta(days=61)) is None
    assert warning(ends, day - timedelta(days=60)) == 60
    assert warning(ends, day - timedelta(days=30), told=60) is None
    assert warning(ends, day - timedelta(days=14), told=60) == 14
    assert warning(ends, day - timedelta(days=3)) == 14
    assert warning(ends, day, told=14) is None
    assert warning(ends, day + timedelta(days=1)) is None


def test_before_a_certificate_ends_its_institution_is_told(story: Story) -> None:
    keys.key_of(register.institution(AUTHORITY), by=keys.PLATFORM)
    held = certificates.current(AUTHORITY)
    assert held is not None
    ends = held.certificate.not_valid_after_utc
    with clock.fixed(ends - timedelta(days=50)):
        assert ending.call_day() > 0
        assert ending.call_day() == 0
        following.follow()
        (told,) = (
            one for one in notices.of_person(story.accounts["Dimitra"].identifier, limit=99) if one.told == "keys.end"
        )
        assert told.until == ends.date()
    with clock.fixed(ends - timedelta(days=10)):
        assert ending.call_day() > 0
    entries = [one for one in journal.read(subject=AUTHORITY) if one.verb == "credential.key-ends"]
    assert [json.loads(one.detail)["days"] for one in entries] == [60, 14]


# ------------------------------------------------------------- doors
def test_pages_show_and_renew_every_kind(story: Story, client: Client, signed_in: Callable[[Account], Client]) -> None:
    issued(story)
    page = f"/institutions/{named(AUTHORITY)}/keys"
    with clock.fixed(AT):
        dimitra = signed_in(story.accounts["Dimitra"])
        proof_keys.proof_key_of(register.institution(AUTHORITY), by=keys.PLATFORM)
        shown = dimitra.get(page).content.decode()
        assert "did:web:" in shown
        for kind in (Kind.PROOFS, Kind.RECORDS):
            assert f"{page}/{kind}/renew" in shown
            form = dimitra.get(f"{page}/{kind}/renew").content.decode()
            assert ('name="until"' in form) is (kind is Kind.PROOFS)
            assert dimitra.post(f"{page}/{kind}/renew", {"why": "regular"}).status_code == 302
        assert dimitra.get(f"{page}/nonsense/renew").status_code == 404
        found = client.get(f"/api/v1{page}").json()
        assert [len(found[name]) for name in ("items", "proofs", "records")] == [1, 2, 2]
        said = {"why": "regular", "kind": "proofs"}
        made = dimitra.post(f"/api/v1{page}", said, content_type="application/json")
        assert made.status_code == 201, made.content
        assert dimitra.get("/keys/").status_code == 403
        fiona = signed_in(story.accounts["Fiona"])
        assert "The anchor" in fiona.get("/keys/").content.decode()
        for kind in Own:
            assert fiona.post(f"/keys/{kind}/renew", {"why": "regular"}).status_code == 302
        made = fiona.post("/api/v1/keys/anchor", {"why": "regular"}, content_type="application/json")
        assert made.status_code == 201, made.content
        assert len(fiona.get("/api/v1/keys").json()["anchor"]) == 3
        assert dimitra.get("/api/v1/keys").status_code == 403


def test_whoever_has_the_shell_renews_by_command(story: Story) -> None:
    said = io.StringIO()
    with clock.fixed(AT):
        for one in ("anchor", "platform", AUTHORITY):
            call_command("renew_key", one, stdout=said)
        call_command("renew_key", OFFICE, "--kind", "records", "--why", "lost", stdout=said)
        assert said.getvalue().count("From now on signs") == 4
        for wrong in (
            ("https://nobody.example",),
            ("anchor", "--until", "yesterday"),
            ("anchor", "--until", "2026-07-01"),
        ):
            with pytest.raises(CommandError):
                call_command("renew_key", *wrong, stdout=said)
