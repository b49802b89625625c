"""`ecvet seal`: what was sealed is verified, and what cannot be is refused with a reason, and nothing is written."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from core.credential.cast import make_world
from core.credential.sealing import make_sealing
from ecvet.cli import main
from ecvet.credential.keys import to_pem
from ecvet.credential.profiles.edc import SealFacts, encode

WRITTEN = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a seal, an unsealed credential, and the trust of a verifier."""
    sealing, facts = make_sealing(), SealFacts("Somebody", "somebody", "?", "SE")
    seal = sealing.seal
    private = seal.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    (tmp_path / "key.pem").write_bytes(private)
    (tmp_path / "secret").write_text("secret\n")
    (tmp_path / "chain.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in seal.chain))
    (tmp_path / "trust" / "seals").mkdir(parents=True)
    (tmp_path / "trust" / "seals" / "a.pem").write_bytes(sealing.anchor.public_bytes(Encoding.PEM))
    body = encode(make_world().draft, facts, id="urn:credential:1", at=WRITTEN).claims
    del body["issued"], body["issuanceDate"], body["issuer"]["eIDASIdentifier"]
    (tmp_path / "credential.json").write_text(json.dumps(body))
    (tmp_path / "upload.json").write_text(json.dumps({"credential": body, "deliveryDetails": {}}))
    return tmp_path


def seal(files: Path, name: str = "credential.json", *more: str, **changed: str) -> Result:
    given = {"out": "out.json", "key": "key.pem", "certificates": "chain.pem", "secret": "secret", **changed}
    options = [part for option, file in given.items() if file for part in (f"--{option}", str(files / file))]
    return CliRunner().invoke(main, ["seal", str(files / name), *options, *more])


@pytest.mark.parametrize("name", ["credential.json", "upload.json"])
def test_a_credential_is_sealed_as_its_certificate_says_and_verified(files: Path, name: str) -> None:
    answer = seal(files, name)
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("Sealed by Koulu Oy (VATFI-01234567), RS256: ")
    found = CliRunner().invoke(main, ["verify", str(files / "out.json"), "--trust", str(files / "trust"), "--json"])
    assert found.exit_code == 0, found.output
    issuer = json.loads(found.output)["claims"]["issuer"]
    assert issuer["legalName"] == {"fi": "Koulu Oy"}
    assert issuer["eIDASIdentifier"]["notation"] == "VATFI-01234567"
    assert issuer["location"][0]["address"][0]["countryCode"]["id"].endswith("/FIN")


def test_nothing_is_written_over_a_file(files: Path) -> None:
    (files / "out.json").write_text("mine")
    answer = seal(files, "credential.json", "--json")
    assert answer.exit_code == 2
    assert json.loads(answer.output)["error"]["code"] == "cli.file.unreadable"
    assert (files / "out.json").read_text() == "mine"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda body: {**body, "type": ["VerifiableCredential"]}, "credential.claims.do-not-fit"),
        (lambda body: {**body, "@context": body["@context"][:1]}, "credential.claims.do-not-fit"),
        (lambda body: {**body, "issuer": "urn:x:1"}, "credential.claims.do-not-fit"),
        (lambda body: {**body, "displayParameter": {}}, "credential.claims.do-not-fit"),
    ],
)
def test_what_nobody_would_accept_is_not_sealed(files: Path, change, code: str) -> None:  # type: ignore[no-untyped-def]
    body = json.loads((files / "credential.json").read_text())
    (files / "credential.json").write_text(json.dumps(change(body)))
    answer = seal(files, "credential.json", "--json")
    assert (answer.exit_code, json.loads(answer.output)["error"]["code"]) == (1, code)
    assert not (files / "out.json").exists()


@pytest.mark.parametrize(
    "changed",
    [{"secret": ""}, {"key": "chain.pem"}, {"certificates": "key.pem"}, {"certificates": "trust/seals/a.pem"}],
)
def test_a_seal_that_cannot_be_read_is_one_clear_refusal(files: Path, changed: dict[str, str]) -> None:
    answer = seal(files, "credential.json", "--json", **changed)
    assert answer.exit_code == 2
    assert json.loads(answer.output)["error"]["code"] == "credential.key.unusable"


def test_one_seal_is_named(files: Path) -> None:
    assert seal(files, key="").exit_code == 2
    assert seal(files, "credential.json", "--module", "x.so").exit_code == 2
    assert seal(files, "credential.json", "--module", "x.so", key="").exit_code == 2
    missing = seal(files, "credential.json", "--module", "/nowhere.so", "--token", "t", "--label", "l", key="")
    assert "hardware module" in missing.output


def test_an_unknown_issuer_is_refused_unless_accepted_explicitly(files: Path) -> None:
    assert seal(files).exit_code == 0
    (files / "other").mkdir()
    (files / "other" / "anchor.pem").write_bytes(to_pem(make_world().authority.certificate))
    command = ["verify", str(files / "out.json"), "--trust", str(files / "other"), "--json"]
    refused = CliRunner().invoke(main, command)
    assert (refused.exit_code, json.loads(refused.output)["error"]["code"]) == (1, "credential.issuer.unknown")
    accepted = CliRunner().invoke(main, [*command, "--accept-unknown-issuer"])
    found = json.loads(accepted.output)
    assert (accepted.exit_code, found["issuer"]["named_by"]) == (0, "the issuer itself")
    assert {one["id"]: one["outcome"] for one in found["steps"]}["issuer"] == "unknown"
