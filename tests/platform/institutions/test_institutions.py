"""Institutions: who may enter them, what they may do on which day, and keys that are files and never rows."""

import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

import stories_of as story
from ecvet.partnership import Function
from ecvet.record import Act, SigningKey
from ecvet.terms import Identifier, Period
from ecvet_platform.institutions.actions import keys, register
from ecvet_platform.institutions.errors import InstitutionUnknown, KeyLost, KeyMissing
from ecvet_platform.institutions.keyring import Keyring
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast


@pytest.mark.parametrize("role", list(Role))
def test_only_a_register_office_enters_institutions(everybody: Cast, role: Role):
    who = Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=story.BODY, roles=frozenset([role]))
    new = story.institution(Identifier("https://new.example/"), "New", "PT", Function.ASSESS)
    if role is Role.REGISTER_OFFICE:
        register.enter(new, actor=who)
        assert register.institution(new.id) == new
        assert len(register.public_keys(new.id)) == 1
    else:
        with pytest.raises(NotYourRole):
            register.enter(new, actor=who)
        with pytest.raises(InstitutionUnknown):
            register.institution(new.id)


@pytest.mark.rule("R-RECOG-14")
def test_a_function_is_held_for_its_qualifications_within_its_dates(everybody: Cast):
    until = Period(date(2020, 1, 1), date(2026, 12, 31))
    old = register.institution(story.LYON)
    assess = replace(old.competences[0], valid=until, qualifications=frozenset([story.QUALIFICATION]))
    register.enter(replace(old, competences=(assess,)), actor=everybody.actor("Dimitra"))
    assert register.may_do(story.LYON, Function.ASSESS, story.QUALIFICATION, date(2026, 12, 31))
    assert not register.may_do(story.LYON, Function.ASSESS, story.QUALIFICATION, date(2027, 1, 1))
    assert not register.may_do(story.LYON, Function.ASSESS, story.CUTTING, date(2026, 12, 31))
    assert not register.may_do(story.LYON, Function.AWARD, story.QUALIFICATION, date(2026, 12, 31))
    assert not register.may_do(Identifier("https://unknown.example/"), Function.ASSESS, None, date(2026, 1, 1))


def test_contact_data_are_kept_when_what_an_institution_may_do_changes(everybody: Cast):
    register.enter(register.institution(story.LYON), actor=everybody.actor("Dimitra"))
    assert register.contact(story.LYON) == {"e-mail": "office@example.org"}


def test_a_private_key_is_a_file_for_the_server_alone_and_not_in_the_database(everybody: Cast, tmp_path: Path):
    files = list((tmp_path / "keys").glob("*.key"))
    assert len(files) == len(story.INSTITUTIONS)
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        secret = file.read_text()
        with connection.cursor() as cursor:
            cursor.execute("SELECT jwk FROM institutions_key")
            assert not any(secret in str(row) or '"d"' in str(row) for row in cursor.fetchall())


def test_a_keyring_never_replaces_a_key_and_says_when_one_is_lost(tmp_path: Path):
    ring = Keyring(tmp_path / "deep" / "keys")
    ring.keep("https://a.example/#1", bytes(32))
    with pytest.raises(FileExistsError):
        ring.keep("https://a.example/#1", bytes(32))
    assert ring.key("https://a.example/#1").public == SigningKey.from_seed("https://a.example/#1", bytes(32)).public
    with pytest.raises(KeyLost):
        ring.key("https://a.example/#2")


def test_a_new_key_signs_from_now_on_and_the_old_one_still_proves_what_it_signed(everybody: Cast):
    address = qualifications.qualification(story.QUALIFICATION).address
    before = keys.sign_for(story.TURIN, address, role="author", act=Act.ACKNOWLEDGE)
    with clock.fixed(story.NOW + timedelta(hours=1)):
        renewed = keys.renew(story.TURIN, actor=everybody.actor("Bruno"))
        after = keys.sign_for(story.TURIN, address, role="author", act=Act.ACKNOWLEDGE)
    assert keys.check(before)
    assert keys.check(after)
    assert keys.kid_of(after) == renewed.key.kid != keys.kid_of(before)
    forged = replace(before, at=story.NOW + timedelta(days=1))
    assert not keys.check(forged)


def test_a_stranger_cannot_renew_a_key(everybody: Cast):
    with pytest.raises(NotYourRole):
        keys.renew(story.TURIN, actor=everybody.actor("Erik"))


def test_an_institution_without_a_key_cannot_sign(everybody: Cast):
    address = qualifications.qualification(story.QUALIFICATION).address
    with pytest.raises(KeyMissing):
        keys.sign_for(Identifier("https://unknown.example/"), address, role="author", act=Act.ISSUE)


def test_pages_and_api_of_institutions_are_public_but_contact_is_not(everybody: Cast):
    client, page = Client(), f"/institutions/{key_of(story.LYON)}"
    listed = client.get("/institutions/?q=lycee").content.decode()
    assert "Lycée de Lyon" in listed
    assert "Istituto" not in listed
    assert "assess" in client.get(page).content.decode()
    assert "office@example.org" not in client.get(page).content.decode()
    assert "office@example.org" in everybody.browser("Bruno").get(page).content.decode()
    found = client.get(f"/api/v1{page}").json()
    assert found["institution"]["country"] == "FR"
    assert found["keys"][0]["jwk"]["crv"] == "Ed25519"
    first = client.get("/api/v1/institutions?limit=3").json()
    rest = client.get("/api/v1/institutions", {"limit": 3, "after": first["next"]}).json()
    assert len({one["id"] for one in (*first["items"], *rest["items"])}) == len(story.INSTITUTIONS)
    assert client.get(f"/institutions/{key_of(story.QUALIFICATION)}").status_code == 404
