"""`ecvet show`: what is in a file, in words, and loudly that nothing of it is verified."""

import json

import pytest
from click.testing import CliRunner

from core.credential.cast import ISSUED, NOW, World, make_world
from core.credential.sealing import make_sealing
from ecvet.cli import main
from ecvet.credential.issue_sealed import issue_sealed
from ecvet.exchange import write_ecvet_file
from ecvet.record import record, to_bytes
from ecvet.terms import Identifier


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def run(*words):
    result = CliRunner().invoke(main, ["show", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_credential_is_shown_with_a_loud_warning(world, tmp_path):
    file = tmp_path / "c"
    file.write_bytes(world.signed(world.claims(given_name="A\x1bB"), key=world.stranger))
    result = run(file)
    assert result.exit_code == 0
    assert result.output.startswith("NOT VERIFIED: anybody could have written this.")
    assert "A\\u001bB" in result.output
    said = json.loads(run(file, "--json").output)
    assert (said["kind"], said["verified"]) == ("credential", None)


def test_a_record_is_shown_with_its_address_and_terms(world, tmp_path):
    made = record(world.recognition.value, thread=Identifier("urn:t:1"), author=world.school.id, at=NOW)
    file = tmp_path / "r.json"
    file.write_bytes(to_bytes(made) + b"\n")
    result = run(file)
    assert made.address in result.output
    assert "The outcomes correspond." in result.output
    assert json.loads(run(file, "--json").output)["address"] == made.address


def test_a_qualification_is_shown_with_its_units_and_outcomes(world, tmp_path):
    file = tmp_path / "q.yaml"
    file.write_bytes(write_ecvet_file(world.qualification, (world.unit,)))
    result = run(file)
    assert result.exit_code == 0, result.output
    assert "Hairdressing, EQF 4, FiNQF 4" in result.output
    assert json.loads(run(file, "--json").output)["qualification"]["code"] == "HAIR"


@pytest.mark.parametrize("content", [b"", b"hello", b"{", b"{}", b"a.b.c~", b"<a/>", b"\xff"])
def test_what_cannot_be_read_is_one_sentence_and_exit_2(tmp_path, content):
    file = tmp_path / "f"
    file.write_bytes(content)
    result = run(file, "--json")
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["code"]


def test_a_missing_file_is_exit_2(tmp_path):
    assert run(tmp_path / "none").exit_code == 2


@pytest.mark.parametrize("wrap", [lambda body: body, lambda body: {"credential": body}, None])
def test_a_european_digital_credential_is_shown_sealed_or_not_with_a_loud_warning(world, tmp_path, wrap):
    sealed = issue_sealed(world.draft, make_sealing().seal, id="urn:credential:1", at=ISSUED)
    body = json.loads(json.loads(sealed)["payload"])
    file = tmp_path / "credential.json"
    file.write_bytes(sealed if wrap is None else json.dumps(wrap(body)).encode())
    answer = CliRunner().invoke(main, ["show", str(file)])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("NOT VERIFIED")
    for words in (
        "Alba Álvarez",
        "Achieved in part: Hairdressing, 35 ECVET",
        "Part: Colouring hair",
        "plans a colouring",
    ):
        assert words in answer.output
    assert json.loads(CliRunner().invoke(main, ["show", str(file), "--json"]).output)["claims"] == body
