"""Keys of institutions: renewed by their people, with what was signed before still verified, and nothing after."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.test import Client

from albas_story import AUTHORITY, DECIDED, Story
from ecvet.cli import main
from ecvet.credential.ended import Why
from ecvet.credential.errors import EndNotPossible, KeyUnusable
from ecvet.credential.issue import issue as sign
from ecvet_platform.credentials.actions import issue, keys, status_lists, verify
from ecvet_platform.credentials.store import keys as files
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.actions.keys import keyring
from ecvet_platform.institutions.errors import KeySealed
from ecvet_platform.institutions.store import institutions as public
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of as named


def issued(story: Story) -> bytes:
    decision = story.through(story.agree())
    with story.on(DECIDED):
        made = issue.issue(decision.address, actor=story.actor("Dimitra"))
        return issue.credential(made.id, actor=story.actor("Alba"))[1]


def later(**more: float) -> datetime:
    return datetime(DECIDED.year, DECIDED.month, DECIDED.day, 12, tzinfo=UTC) + timedelta(days=1) + timedelta(**more)


def renew(story: Story, *, why: Why = Why.REGULAR, back: datetime | None = None, by: str = "Dimitra") -> None:
    keys.renew(register.institution(AUTHORITY), why=why, back=back, actor=story.actor(by))


def test_what_was_signed_before_stays_verified_with_its_status_and_nothing_signed_after(story: Story) -> None:
    data, item = issued(story), register.institution(AUTHORITY)
    (made,) = issue.mine(actor=story.actor("Alba"))
    old = keys.key_of(item, by=keys.PLATFORM)
    with clock.fixed(later()):
        assert verify.verify(data).verified
        renew(story)
        new = keys.key_of(item, by=keys.PLATFORM)
        report = verify.verify(data)
        assert report.verified, report.error
    assert new.kid != old.kid
    assert new.chain[0].public_key() != old.chain[0].public_key()
    with clock.fixed(later(hours=1)):
        draft, place = (
            issue.draft_of(made.decision, actor=story.actor("Alba")),
            status_lists.draw(made.issuer).reference,
        )
        forged, true = (sign(draft, one, at=clock.now(), salts=chance.salt, status=place) for one in (old, new))
        assert verify.verify(data).verified
        refused = verify.verify(forged).error
        assert refused is not None
        assert refused.code == "credential.issuer.not-trusted"
        assert "no longer" in str(refused)
        assert verify.verify(true).verified
    entry = next(one for one in journal.read(subject=AUTHORITY) if one.verb == "credential.renew-key")
    assert json.loads(entry.detail)["why"] == "regular"


def test_only_its_people_and_the_register_office_renew(story: Story) -> None:
    for name in ("Bruno", "Erik", "Alba"):
        with clock.fixed(later()), pytest.raises(NotYourRole):
            renew(story, by=name)


def test_a_compromised_key_ends_earlier_and_what_it_signed_since_is_refused(story: Story) -> None:
    data = issued(story)
    with clock.fixed(later()):
        with pytest.raises(EndNotPossible):
            renew(story, back=later(days=-40))
        renew(story, why=Why.COMPROMISED, back=later(days=-40))
        refused = verify.verify(data).error
    assert refused is not None
    assert refused.code == "credential.issuer.not-trusted"


def test_a_lost_key_is_said_to_be_lost_and_renewed(story: Story) -> None:
    data, item = issued(story), register.institution(AUTHORITY)
    (files._folder() / f"{files.first_name(AUTHORITY)}.pem").unlink()
    with clock.fixed(later()):
        with pytest.raises(KeyUnusable, match="renew the key as lost"):
            keys.key_of(item, by=keys.PLATFORM)
        renew(story, why=Why.LOST)
        assert verify.verify(data).verified


def test_the_exported_trust_knows_ends(story: Story, tmp_path: Path) -> None:
    data = issued(story)
    file, folder = tmp_path / "unit.sd-jwt", tmp_path / "trust"
    file.write_bytes(data)
    at = later()
    with clock.fixed(at):
        renew(story)
        call_command("export_trust", folder, stdout=io.StringIO())
    (end,) = json.loads((folder / "ended.json").read_bytes())["certificates"]
    assert end["until"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    command = ["verify", str(file), "--trust", str(folder), "--at", f"{at + timedelta(hours=1):%Y-%m-%dT%H:%MZ}"]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0, answer.output


def test_pages_and_programs_show_and_renew(
    story: Story, client: Client, signed_in: Callable[[Account], Client]
) -> None:
    issued(story)
    page = f"/institutions/{named(AUTHORITY)}/keys"
    assert page in client.get(f"/institutions/{named(AUTHORITY)}").content.decode()
    shown = client.get(page).content.decode()
    assert "signs today" in shown
    assert "/renew" not in shown
    with clock.fixed(later()):
        dimitra = signed_in(story.accounts["Dimitra"])
        assert "/renew" in dimitra.get(page).content.decode()
        assert dimitra.post(f"{page}/renew", {"why": ""}).status_code == 422
        wrong = dimitra.post(f"{page}/renew", {"why": "lost", "until": "2026-01-02"})
        assert wrong.status_code == 422
        assert "2026-01-02" in wrong.content.decode()
        assert dimitra.post(f"{page}/renew", {"why": "regular"}).status_code == 302
        found = client.get(f"/api/v1{page}").json()["items"]
        assert [one["why"] for one in found] == [None, "regular"]
        assert found[0]["since"] == found[1]["until"]
        said = {"why": "compromised", "until": found[0]["since"]}
        made = dimitra.post(f"/api/v1{page}", said, content_type="application/json")
        assert made.status_code == 201, made.content
        assert signed_in(story.accounts["Bruno"]).get(f"{page}/renew").status_code == 403


def test_key_files_are_sealed_with_the_secret_and_follow_it_when_it_changes(story: Story, settings: Any) -> None:
    issued(story)
    item, ring = register.institution(AUTHORITY), keyring()
    kid = public.keys(AUTHORITY)[0].key.kid
    before, seed = keys.key_of(item, by=keys.PLATFORM), ring.key(kid).public
    every = (*files.files(), *ring.files())
    assert len(every) > 4
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.SEALS_KEYS = "a" * 40, [], True
    assert keys.seal_files() == ()
    sealed = {one: one.read_bytes() for one in every}
    assert all(data.startswith(b"ecvet-sealed-1 ") for data in sealed.values())
    assert all(one.stat().st_mode & 0o077 == 0 for one in every)
    assert keys.seal_files() == ()
    assert {one: one.read_bytes() for one in every} == sealed, "what is sealed with the secret of now stays"
    assert keys.key_of(item, by=keys.PLATFORM).chain == before.chain
    assert ring.key(kid).public == seed

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 40, ["a" * 40]
    assert keys.seal_files() == ()
    settings.SECRET_KEY_FALLBACKS = []
    assert keys.key_of(item, by=keys.PLATFORM).chain == before.chain
    assert ring.key(kid).public == seed
    with clock.fixed(later()):
        renew(story)
    assert all(one.read_bytes().startswith(b"ecvet-sealed-1 ") for one in files.files()), "new ones too"

    settings.SECRET_KEY = "c" * 40
    kept = {one: one.read_bytes() for one in every}
    assert set(keys.seal_files()) >= {one.name for one in every}
    assert {one: one.read_bytes() for one in every} == kept
    with pytest.raises(KeyUnusable, match="another secret"):
        keys.key_of(item, by=keys.PLATFORM)
    with pytest.raises(KeySealed):
        ring.key(kid)
    every[0].write_bytes(kept[every[1]])
    settings.SECRET_KEY = "b" * 40
    assert keys.seal_files() == (every[0].name,), "a file in the place of another opens nothing"
