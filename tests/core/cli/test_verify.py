"""`ecvet verify`: 0 for verified, 1 for a reasoned no, 2 for what cannot be read; one JSON object on demand."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.credential.cast import NOW, World, make_world
from ecvet.cli import main
from ecvet.credential import keys
from ecvet.credential.formats import data_integrity, key_binding, multikey
from ecvet.credential.formats.token_status_list import Reference
from ecvet.credential.status.allocation import OpenList
from ecvet.credential.status.editions import Edition, token_view
from ecvet.credential.status.standing import Standing
from ecvet.record import Act, Signature, SigningKey, plain, record, sign, to_bytes
from ecvet.terms import Identifier

AT = ("--at", NOW.isoformat())


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture
def files(world, tmp_path):
    """A credential and a trust directory."""
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "Agency.PEM").write_bytes(keys.to_pem(world.authority.certificate))
    (trust / "institutions.json").write_text(json.dumps({"institutions": [plain(world.school)]}))
    credential = tmp_path / "credential.sdjwt"
    credential.write_bytes(world.issue() + b"\n")
    return credential, trust


def run(*words):
    result = CliRunner().invoke(main, ["verify", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_genuine_credential_is_verified_with_exit_0(files):
    credential, trust = files
    result = run(credential, "--trust", trust, *AT)
    assert result.exit_code == 0
    assert result.output.startswith("VERIFIED. Issued by The School")
    assert "Colouring hair, 35 points (ecvet)" in result.output
    assert "  ?  holder" in result.output


def test_json_is_one_object_with_verdict_steps_issuer_type_and_claims(files):
    credential, trust = files
    result = run(credential, "--trust", trust, "--json", *AT)
    said = json.loads(result.output)
    assert (result.exit_code, said["verified"]) == (0, True)
    assert {one["outcome"] for one in said["steps"]} == {"pass", "unknown"}
    assert said["issuer"]["named_by"] == "register"
    assert said["claims"]["family_name"] == "Álvarez"
    assert said["type"].endswith("/recognised-unit/1.0")


def test_a_tampered_credential_is_a_reasoned_no_with_exit_1(files):
    credential, trust = files
    data = bytearray(credential.read_bytes())
    for place in (5, 2000, 3000, len(data) - 10):
        changed = bytes(data[:place]) + bytes([data[place] ^ 1]) + bytes(data[place + 1 :])
        credential.write_bytes(changed)
        result = run(credential, "--trust", trust, "--json", *AT)
        said = json.loads(result.output)
        assert result.exit_code == 1, place
        assert said["verified"] is False
        assert said["error"]["code"].startswith("credential.")
        assert "claims" not in said
    text = run(credential, "--trust", trust, *AT)
    assert text.output.startswith("NOT VERIFIED.")
    assert "what to do:" in text.output


@pytest.mark.parametrize("content", [b"", b"hello", b"{}", b"\xff\xfe", b"a.b.c~" + b"x" * 300_000])
def test_what_is_no_credential_is_unreadable_with_exit_2(files, content):
    credential, trust = files
    credential.write_bytes(content)
    result = run(credential, "--trust", trust, "--json")
    assert result.exit_code == 2
    assert json.loads(result.output)["verified"] is False


def test_a_missing_file_trust_or_moment_is_unreadable_with_exit_2(files, tmp_path):
    credential, trust = files
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.pem").write_text("nothing")
    for words in (
        (tmp_path / "none", "--trust", trust),
        (credential, "--trust", tmp_path / "none"),
        (credential, "--trust", empty),
        (credential, "--trust", tmp_path / "bad"),
        (credential, "--trust", trust, "--at", "yesterday"),
        (credential,),
    ):
        assert run(*words).exit_code == 2, words


def test_a_moment_without_a_zone_is_read_in_utc(files):
    credential, trust = files
    assert run(credential, "--trust", trust, "--at", "2026-05-04T09:00").exit_code == 0
    assert run(credential, "--trust", trust, "--at", "2026-05-04T08:00").exit_code == 1
    assert run(credential, "--trust", trust, "--at", "2026-05-04T10:00+02:00").exit_code == 1


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00"])
def test_the_ends_of_the_calendar_are_moments_like_others(files, moment):
    credential, trust = files
    said = json.loads(run(credential, "--trust", trust, "--at", moment, "--json").output)
    assert said["verified"] is moment.startswith("9999")


@pytest.mark.parametrize(("before", "after"), [(b"\xef\xbb\xbf", b"\r\n"), (b"\n ", b"\n\n"), (b"", b"\r\n")])
def test_what_a_download_puts_around_a_credential_does_not_matter(files, before, after):
    credential, trust = files
    credential.write_bytes(before + credential.read_bytes().strip() + after)
    assert run(credential, "--trust", trust, *AT).exit_code == 0
    assert CliRunner().invoke(main, ["show", str(credential)]).output.startswith("NOT VERIFIED")


def test_another_authority_is_not_trusted(files, world):
    credential, trust = files
    other = keys.make_authority(
        "Other", "FI", world.stranger, serial=1, start=world.authority.certificate.not_valid_before_utc,
        end=world.authority.certificate.not_valid_after_utc,
    )  # fmt: skip
    (trust / "Agency.PEM").write_bytes(keys.to_pem(other.certificate))
    said = json.loads(run(credential, "--trust", trust, "--json", *AT).output)
    assert said["error"]["step"] == "issuer"


def test_type_function_status_and_holder_can_be_demanded(files, world):
    credential, trust = files
    assert run(credential, "--trust", trust, *AT, "--type", "https://other.example").exit_code == 1
    assert run(credential, "--trust", trust, *AT, "--need-function").exit_code == 0
    (trust / "institutions.json").unlink()
    assert run(credential, "--trust", trust, *AT).exit_code == 0
    assert run(credential, "--trust", trust, *AT, "--need-function").exit_code == 1
    credential.write_bytes(world.signed(world.claims(status={"status_list": {"idx": 1, "uri": "https://x.example"}})))
    assert run(credential, "--trust", trust, *AT).exit_code == 1
    assert run(credential, "--trust", trust, *AT, "--accept-unknown-status").exit_code == 0
    data = world.issue(holder=world.holder.public_key())
    credential.write_bytes(key_binding.bind(data, world.holder, audience="a", nonce="n", at=NOW))
    assert run(credential, "--trust", trust, *AT, "--holder", "a", "n").exit_code == 0
    assert run(credential, "--trust", trust, *AT, "--holder", "a", "m").exit_code == 1


def test_text_from_a_credential_cannot_command_the_terminal(files, world):
    credential, trust = files
    credential.write_bytes(
        world.signed(
            world.claims(
                title={"en": "\x1b[2Jx\u202e"}, given_name=7, decision={"by": world.school.id, "ground": ["\x07"]}
            )
        )
    )
    result = run(credential, "--trust", trust, *AT)
    assert result.exit_code == 0
    assert "\\u001b[2Jx\\u202e" in result.output
    assert not {"\x1b", "\u202e", "\x07"} & set(result.output)


def test_a_credential_of_a_foreign_type_is_shown_as_a_tree(files, world):
    credential, trust = files
    claims = {
        "iss": world.school.id,
        "iat": world.claims()["iat"],
        "vct": "urn:x:1",
        "a": [{"b": 1, "c": []}, "d"],
        "e": {},
    }
    credential.write_bytes(world.signed(claims))
    output = run(credential, "--trust", trust, *AT).output
    assert "a type that ECVET does not know: urn:x:1" in output
    assert "- b: 1" in output


@pytest.fixture
def bundle(world, files, tmp_path):
    """The record of the recognition with its signature, and a credential that names it."""
    from dataclasses import replace

    from ecvet.credential.draft import draft_of_recognition
    from ecvet.credential.issue import issue
    from ecvet.record import Recorded

    credential, trust = files
    made = record(world.recognition.value, thread=Identifier("urn:t:1"), author=world.school.id, at=NOW)
    key = SigningKey.from_seed("k1", b"s" * 32)
    signature = sign(Signature(object=made.address, signer=world.school.id, role="home", act=Act.ISSUE, at=NOW), key)
    draft = draft_of_recognition(
        Recorded(world.recognition.value, made.address), world.unit, world.qualification, world.school
    )
    counter = iter(range(99))
    at = NOW.replace(month=5, day=4)
    credential.write_bytes(issue(replace(draft), world.key, at=at, salts=lambda: next(counter).to_bytes(16, "big")))
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "recognition.json").write_bytes(to_bytes(made))
    (folder / "signature.json").write_text(json.dumps(plain(signature)))
    (trust / "keys.json").write_text(
        json.dumps({"keys": [{"signer": world.school.id, "kid": "k1", "jwk": key.public.jwk}]})
    )
    return folder


def test_the_records_beside_a_credential_say_who_confirmed_it(files, bundle, tmp_path):
    credential, trust = files
    said = json.loads(run(credential, "--trust", trust, *AT, "--records", bundle, "--json").output)
    (link,) = said["chain"]
    assert (said["verified"], link["outcome"], link["on"]) == (True, "pass", "2026-05-03")
    whole = {"records": [json.loads((bundle / "recognition.json").read_text())],
             "signatures": [json.loads((bundle / "signature.json").read_text())]}  # fmt: skip
    one = tmp_path / "bundle.json"
    one.write_text(json.dumps(whole))
    text = run(credential, "--trust", trust, *AT, "--records", one)
    assert "The records behind it:" in text.output
    (trust / "keys.json").unlink()
    assert "no signature could be checked" in run(credential, "--trust", trust, *AT, "--records", one).output


def test_records_that_do_not_prove_the_credential_are_a_reasoned_no(files, bundle):
    credential, trust = files
    other = SigningKey.from_seed("k1", b"o" * 32).public.jwk
    keys_file = json.loads((trust / "keys.json").read_text())
    (trust / "keys.json").write_text(json.dumps({"keys": [{**keys_file["keys"][0], "jwk": other}]}))
    result = run(credential, "--trust", trust, *AT, "--records", bundle, "--json")
    said = json.loads(result.output)
    assert (result.exit_code, said["verified"], said["error"]["step"]) == (1, False, "chain")
    assert "claims" not in said


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"records": {}}', '{"records": [1]}', '{"records": [{"x": 1}]}', '{"signatures": [{"jws": 1}]}'],
)
def test_records_that_cannot_be_read_are_exit_2(files, bundle, tmp_path, content):
    credential, trust = files
    one = tmp_path / "bundle.json"
    one.write_text(content)
    assert run(credential, "--trust", trust, *AT, "--records", one).exit_code == 2
    assert run(credential, "--trust", trust, *AT, "--records", tmp_path / "none").exit_code == 2
    (trust / "keys.json").write_text(content)
    assert run(credential, "--trust", trust, *AT, "--records", bundle).exit_code == 2


def listed(world, state):
    """A credential with a place in a status list, and the list with the credential in that state."""
    at = Edition(at=NOW, until=NOW + timedelta(days=1), ttl=timedelta(hours=1))
    data = world.issue(status=Reference("https://koulu.example/status/1", 7))
    return data, token_view(OpenList("https://koulu.example/status/1"), {7: state}, at, world.key)


def test_a_status_list_at_hand_tells_whether_it_was_revoked(world, files, tmp_path):
    _, trust = files
    for state, code, said in (
        (Standing.VALID, 0, "neither revoked nor suspended"),
        (Standing.REVOKED, 1, "credential.status.revoked"),
        (Standing.SUSPENDED, 1, "credential.status.suspended"),
    ):
        data, signed = listed(world, state)
        (tmp_path / "c").write_bytes(data)
        (tmp_path / "list.jwt").write_bytes(signed + b"\n")
        result = run(tmp_path / "c", "--trust", trust, "--status", tmp_path / "list.jwt", *AT)
        assert (result.exit_code, said in result.output) == (code, True), result.output
    assert run(tmp_path / "c", "--trust", trust, *AT).exit_code == 1
    (tmp_path / "list.jwt").write_bytes(b"nothing")
    assert run(tmp_path / "c", "--trust", trust, "--status", tmp_path / "list.jwt", *AT).exit_code == 2


def test_a_w3c_credential_is_verified_with_the_keys_of_methods_json(files, tmp_path):
    _, trust = files
    key = Ed25519PrivateKey.from_private_bytes(b"e" * 32)
    did = multikey.did_key(key.public_key())
    name = f"{did}#{did.removeprefix('did:key:')}"
    said = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": did,
            "credentialSubject": {"id": "urn:x"}}  # fmt: skip
    (tmp_path / "c.json").write_text(json.dumps(data_integrity.issue(said, key, method=name, created=NOW)))
    assert run(tmp_path / "c.json", "--trust", trust, *AT).exit_code == 1
    known = {"methods": [{"id": name, "controller": did, "from": "2026-01-01T00:00:00Z"}]}
    (trust / "methods.json").write_text(json.dumps(known))
    result = run(tmp_path / "c.json", "--trust", trust, *AT)
    assert result.exit_code == 0, result.output
    (trust / "methods.json").write_text("{}")
    assert run(tmp_path / "c.json", "--trust", trust, *AT).exit_code == 2
