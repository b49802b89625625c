"""Open Badges, learner records and the records behind: verified by us and by another processor."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pyld import jsonld

from albas_story import AUTHORITY, COLOURING, CUTTING, DECIDED, Story, agreed
from ecvet.cli import main
from ecvet.credential.ended import Why
from ecvet.credential.formats import multikey
from ecvet.credential.formats.carriers import carried
from ecvet.credential.formats.vocabularies import vocabulary
from ecvet.credential.status.standing import Verb
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import badges, issue, keys, proof_keys, status, trust, verify
from ecvet_platform.credentials.errors import CredentialUnknown, NotValidToday
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.dossier.actions.export import export
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of as named

WHY = LangString.of(en="Issued for another learner by mistake")


def of(story: Story, *units: Any) -> tuple[issue.Issued, ...]:
    thread = story.agree(*(agreed(one) for one in units))
    for one in units:
        story.assess(thread, one)
    sent, made = story.transfer(thread), []
    for one in units:
        decision = story.recognise(story.validate(sent.address, one).address)
        with story.on(DECIDED):
            made.append(issue.issue(decision.address, actor=story.actor("Dimitra")))
    return tuple(made)


def taken(story: Story, made: issue.Issued, by: str = "Alba") -> bytes:
    with story.on(DECIDED):
        return badges.badge(made.id, actor=story.actor(by))[1]


def oracle(credential: dict[str, Any], document: dict[str, Any]) -> None:
    """Verify as a stranger does: JSON-LD by another processor, the key out of the published document."""

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": vocabulary(url)}

    def digest(item: dict[str, Any]) -> bytes:
        rdf = jsonld.normalize(
            item, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
        )
        return sha256(rdf.encode()).digest()

    body = {name: one for name, one in credential.items() if name != "proof"}
    options = {name: one for name, one in credential["proof"].items() if name != "proofValue"}
    method = credential["proof"]["verificationMethod"]
    assert method in document["assertionMethod"]
    (shown,) = (one for one in document["verificationMethod"] if one["id"] == method)
    assert shown["controller"] == document["id"] == credential["issuer"]["id"]
    key = multikey.decode(shown["publicKeyMultibase"])
    assert isinstance(key, Ed25519PublicKey)
    signature = multikey.from_base58(credential["proof"]["proofValue"][1:], "proof")
    key.verify(signature, digest({**options, "@context": body["@context"]}) + digest(body))


# ------------------------------------------------------------- badges
def test_a_badge_is_made_once_and_verified_by_us_and_by_another_processor(story: Story, client: Client) -> None:
    (made,) = of(story, CUTTING)
    data = taken(story, made)
    assert taken(story, made, by="Dimitra") == data, "it is kept byte for byte"
    with story.on(DECIDED):
        report = verify.verify(data)
        document = json.loads(client.get(f"/institutions/{named(AUTHORITY)}/did.json").content)
    assert report.verified, report.error
    assert report.verified.issuer.id == AUTHORITY
    assert report.verified.issuer.name == "Regional authority"
    assert {one.step: str(one.outcome) for one in report.steps}["function"] == "pass"
    oracle(json.loads(data), document)
    assert document["alsoKnownAs"] == [AUTHORITY]


def test_a_part_of_a_unit_and_an_award_are_badges_too(story: Story) -> None:
    thread = story.agree(agreed(CUTTING, "measures"))
    story.assess(thread, only=frozenset({"measures"}))
    decision = story.recognise(story.validate(story.transfer(thread).address).address)
    with story.on(DECIDED):
        part = issue.issue(decision.address, actor=story.actor("Dimitra"))
    said = json.loads(taken(story, part))
    assert said["name"].endswith("(part of the unit)")
    with story.on(DECIDED):
        assert verify.verify(taken(story, part)).verified


@pytest.mark.rule("R-RECOG-14")
def test_a_badge_follows_the_standing_of_its_credential(story: Story) -> None:
    (made,) = of(story, CUTTING)
    data = taken(story, made)
    for verb, code in (
        (Verb.SUSPEND, "credential.status.suspended"),
        (Verb.REINSTATE, ""),
        (Verb.REVOKE, "credential.status.revoked"),
    ):
        with story.on(DECIDED):
            status.decide((str(made.id),), verb, WHY, actor=story.actor("Dimitra"))
            report = verify.verify(data)
        assert (report.error.code if report.error else "") == code
    assert taken(story, made) == data, "what was handed out once is still the learner's"


def test_of_what_is_not_valid_no_badge_is_made_and_strangers_find_none(story: Story) -> None:
    (made,) = of(story, CUTTING)
    with story.on(DECIDED):
        for name in ("Erik", "Chloé", "Didier"):
            with pytest.raises(CredentialUnknown):
                badges.badge(made.id, actor=story.actor(name))
        status.decide((str(made.id),), Verb.REVOKE, WHY, actor=story.actor("Dimitra"))
        for make in (badges.badge, badges.learner_record):
            with pytest.raises(NotValidToday):
                make(made.id, actor=story.actor("Alba"))


def test_a_badge_is_baked_into_pictures(story: Story) -> None:
    (made,) = of(story, CUTTING)
    data = taken(story, made)
    with story.on(DECIDED):
        for form in badges.Picture:
            _, picture = badges.baked(made.id, form, actor=story.actor("Alba"))
            assert json.loads(carried(picture)) == json.loads(data)
            assert verify.verify(picture).verified


def test_the_badge_is_part_of_what_the_learner_takes_away(story: Story) -> None:
    (made,) = of(story, CUTTING)
    data = taken(story, made)
    with story.on(DECIDED), zipfile.ZipFile(export(made.learner, actor=story.actor("Alba"))) as archive:
        kept = [archive.read(name) for name in archive.namelist() if name.endswith(".badge.json")]
    assert kept == [data]


def test_erasure_forgets_the_badge(story: Story) -> None:
    (made,) = of(story, CUTTING)
    taken(story, made)
    store.erase(made.learner)
    assert store.badge(made.id) == b""
    with story.on(DECIDED), pytest.raises(CredentialUnknown):
        badges.badge(made.id, actor=story.actor("Alba"))


# ------------------------------------------------------------- learner records
def test_a_learner_record_holds_all_that_is_valid_and_falls_with_one_of_them(story: Story, client: Client) -> None:
    one, _other = of(story, CUTTING, COLOURING)
    with story.on(DECIDED):
        made = badges.learner_record(one.id, actor=story.actor("Alba"))
        assert made.count == 2
        said = json.loads(made.data)
        report = verify.verify(made.data)
        assert report.verified, report.error
        assert len(made.data) < 20_000
        document = json.loads(client.get(f"/institutions/{named(AUTHORITY)}/did.json").content)
        for each in (said, *said["credentialSubject"]["verifiableCredential"]):
            oracle(each, document)
        status.decide((str(one.id),), Verb.REVOKE, WHY, actor=story.actor("Dimitra"))
        refused = verify.verify(made.data).error
        assert refused is not None
        assert refused.code == "credential.claims.part"
        again = badges.learner_record(one.id, actor=story.actor("Alba"))
        assert again.count == 1
        assert verify.verify(again.data).verified


# ------------------------------------------------------------- keys
def test_23_a_badge_from_before_the_renewal_verifies_and_one_made_after_with_the_old_key_does_not(story: Story) -> None:
    one, other = of(story, CUTTING, COLOURING)
    data, item = taken(story, one), register.institution(AUTHORITY)
    at = clock.now().replace(year=DECIDED.year, month=DECIDED.month, day=DECIDED.day) + timedelta(days=1)
    with clock.fixed(at):
        old = proof_keys.proof_key_of(item, by=keys.PLATFORM)
        proof_keys.renew(item, why=Why.REGULAR, actor=story.actor("Dimitra"))
        new = proof_keys.proof_key_of(item, by=keys.PLATFORM)
        assert new.method != old.method
        assert verify.verify(data).verified
    with clock.fixed(at + timedelta(hours=1)):
        again = badges.badge(other.id, actor=story.actor("Alba"))[1]
        assert json.loads(again)["proof"]["verificationMethod"] == new.method
        assert verify.verify(again).verified
        assert verify.verify(data).verified
        body = {name: said for name, said in json.loads(again).items() if name != "proof"}
        forged = badges._signed(body, old, clock.now())
        refused = verify.verify(forged).error
        assert refused is not None
        assert refused.code == "credential.issuer.not-trusted"
        document = proof_keys.did_document(item)
        assert set(document["assertionMethod"]) == {old.method, new.method}  # type: ignore[arg-type]
        proof_keys.renew(item, why=Why.COMPROMISED, actor=story.actor("Dimitra"))
        assert new.method not in proof_keys.did_document(item)["assertionMethod"]  # type: ignore[operator]


def test_when_the_platform_moves_old_badges_verify_and_new_ones_have_the_new_name(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = of(story, CUTTING, COLOURING)
    data = taken(story, one)
    monkeypatch.setattr(settings, "SITE", "https://moved.example")
    with clock.fixed(clock.now().replace(year=DECIDED.year, month=DECIDED.month, day=DECIDED.day)):
        assert json.loads(taken(story, other))["issuer"]["id"].startswith("did:web:moved.example:institutions:")
        old = next(one for one in trust.trust().methods if one.id == json.loads(data)["proof"]["verificationMethod"])
        assert old.end is not None


# ------------------------------------------------------------- offline, with the chain
def test_the_command_verifies_every_form_offline_and_walks_the_chain(story: Story, tmp_path: Path) -> None:
    (made,) = of(story, CUTTING)
    folder, bundle = tmp_path / "trust", tmp_path / "records.json"
    with story.on(DECIDED):
        alba = story.actor("Alba")
        files = {
            "unit.sd-jwt": issue.credential(made.id, actor=alba)[1], "badge.json": badges.badge(made.id, actor=alba)[1],
            "badge.png": badges.baked(made.id, badges.Picture.PNG, actor=alba)[1],
            "record.json": badges.learner_record(made.id, actor=alba).data,
        }  # fmt: skip
        from ecvet_platform.credentials.actions.proof import bundle as behind

        bundle.write_bytes(behind(made.id, actor=alba)[1])
        call_command("export_trust", folder, stdout=io.StringIO())
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        command = ["verify", str(tmp_path / name), "--trust", str(folder), "--need-function", "--bundle", str(bundle),
                   "--at", "2026-07-10T18:00Z", "--json"]  # fmt: skip
        answer = CliRunner().invoke(main, command)
        assert answer.exit_code == 0, (name, answer.output)
        found = json.loads(answer.output)
        assert found["issuer"]["id"] == AUTHORITY
        assert [one["role"] for one in found["chain"]] == [
            "recognition", "validation", "transcript", "assessment", "agreement"
        ], name  # fmt: skip
        assert {one["outcome"] for one in found["chain"]} == {"pass"}, (name, found["chain"])
    told = CliRunner().invoke(main, [one for one in command if one != "--json"]).output
    assert "Learner record: Hairdresser" in told
    assert "Open Badge: Cutting (cutting)" in told


# ------------------------------------------------------------- doors
def test_learners_and_programs_take_them_away(story: Story, signed_in: Callable[[Account], Client]) -> None:
    (made,) = of(story, CUTTING)
    with story.on(DECIDED):
        alba, dimitra = signed_in(story.accounts["Alba"]), signed_in(story.accounts["Dimitra"])
        page = alba.get(f"/credentials/{made.id}").content.decode()
        for end, media in (
            ("badge", "application/vc"),
            ("badge.png", "image/png"),
            ("badge.svg", "image/svg+xml"),
            ("records", "application/json"),
        ):
            assert f"/credentials/{made.id}/{end}" in page
            answer = alba.get(f"/credentials/{made.id}/{end}")
            assert (answer.status_code, answer["Content-Type"]) == (200, media)
        assert alba.post(f"/credentials/{made.id}/learner-record").status_code == 200
        assert "What each form leaves out" not in page
        issuers = dimitra.get(f"/credentials/{made.id}").content.decode()
        assert "What each form leaves out" in issuers
        assert "criteria of assessment" in issuers
        api = f"/api/v1/credentials/{made.id}"
        assert alba.get(f"{api}/badge").content == taken(story, made)
        assert alba.get(f"{api}/badge?picture=svg")["Content-Type"] == "image/svg+xml"
        assert alba.get(f"{api}/badge?picture=gif").status_code == 422
        assert alba.post(f"{api}/learner-record").status_code == 201
        assert alba.get(f"{api}/losses").json()["items"] == []
        forms = {one["form"] for one in dimitra.get(f"{api}/losses").json()["items"]}
        assert forms == {"sd-jwt", "open-badge", "european"}
        assert signed_in(story.accounts["Erik"]).get(f"/credentials/{made.id}/badge").status_code == 404
        shown = alba.post("/verify", {"file": io.BytesIO(taken(story, made))}).content.decode()
        assert "Genuine: issued by Regional authority." in shown
        assert "Alba Rossi" in shown


def test_the_list_of_keys_is_for_everybody(story: Story, client: Client) -> None:
    (made,) = of(story, CUTTING)
    taken(story, made)
    found = json.loads(client.get("/verify/methods.json").content)["methods"]
    assert {"id", "controller", "publicKeyMultibase", "from", "institution"} <= found[0].keys()
    assert AUTHORITY in {one["institution"] for one in found}
    answer = client.get(f"/institutions/{named(AUTHORITY)}/did.json")
    assert answer["Content-Type"] == "application/did+ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
