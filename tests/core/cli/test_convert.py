"""`ecvet convert`: a report first, a file only where one is asked for, and every loss told."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.credit import cast
from core.exchange.foreign import HOSTILE, SIGNED, agreement, component, course, credit, elmo, iia
from ecvet.cli import main
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_document import Dialect
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_agreement import agreed, to_be
from ecvet.record import Act, Signature, plain, record, to_bytes
from ecvet.terms import Identifier

AT = datetime(2024, 7, 1, 8, tzinfo=UTC)
LISTS = f"<first-version><components-studied>{component('Dough')}</components-studied>{SIGNED}</first-version>"


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, ["convert", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    """A bundle: agreement, transcript, decision, unit and qualification as records."""
    basis = record(cast.AGREEMENT.value, thread=Identifier("urn:t:1"), author=cast.TURIN, at=AT)
    document = cast.transcript(cast.assessed(), basis=cast.AGREEMENT)
    values = (document.value, cast.recognised(cast.validated(document)).value, cast.CUTTING, cast.HAIRDRESSER)
    records = [basis, *(record(one, thread=Identifier(f"urn:t:{n}"), author=cast.TURIN, at=AT)
                        for n, one in enumerate(values, 2))]  # fmt: skip
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps({"records": [json.loads(to_bytes(one)) for one in records], "signatures": []}))
    return file


def test_an_elmo_file_becomes_held_credit_after_a_report(tmp_path: Path) -> None:
    file, out = tmp_path / "t.xml", tmp_path / "held.json"
    part = course("P", "Dough", credit("4.000"))
    file.write_bytes(elmo(course("W", "Bakery", credit("60"), parts=part), course("", "Ovens", credit("2"))))
    shown = run(file)
    assert shown.exit_code == 0
    for words in ("read: Dough: 4 ects from University of Nowhere.", "skipped: Bakery: Its 60 ects are not taken up",
                  "“4.000” was read as 4", "Nothing was written"):  # fmt: skip
        assert words in shown.output
    assert not out.exists()
    assert run(file, "--output", out).exit_code == 0
    assert json.loads(out.read_text()) == {"units": {"P": "4"}, "other_units_points": ["2"]}
    said = json.loads(run(file, "--scheme", "ecvet", "--json").output)
    assert json.loads(said["content"]) == {"units": {}, "other_units_points": []}


def test_a_code_that_comes_twice_is_other_credit(tmp_path: Path) -> None:
    file = tmp_path / "t.xml"
    file.write_bytes(elmo(course("A", "One", credit("4")), course("A", "Two", credit("5"))))
    said = json.loads(run(file, "--json").output)
    assert json.loads(said["content"]) == {"units": {}, "other_units_points": ["4", "5"]}
    assert any("more than once" in one["sentence"] for one in said["report"])


def test_elmo_is_written_in_another_version(tmp_path: Path) -> None:
    file, out = tmp_path / "t.xml", tmp_path / "new.xml"
    file.write_bytes(elmo(course("A", "Baking", credit("5")), space="http://purl.org/net/elmo"))
    assert run(file, "--to", "elmo-2.1", "--output", out).exit_code == 0
    (found,) = read_elmo(out.read_bytes(), "new.xml").documents
    assert found.dialect is Dialect.V2_1


def test_a_learning_agreement_of_ewp_is_begun_from_or_put_right(tmp_path: Path) -> None:
    file, out = tmp_path / "la.xml", tmp_path / "la2.xml"
    file.write_bytes(agreement(LISTS, space=""))
    said = json.loads(run(file, "--json").output)
    assert said["to"] == "agreement"
    assert json.loads(said["content"])["activities"] == "Dough (5 ECTS)"
    assert run(file, "--to", "ewp", "--output", out).exit_code == 0
    assert not any(one.subject == "namespace" for one in read_ewp(out.read_bytes(), "la2.xml").remarks)


def test_an_agreement_between_institutions_becomes_a_memorandum_to_draft_on(tmp_path: Path) -> None:
    file = tmp_path / "iia.xml"
    file.write_bytes(iia(7, "", ""))
    said = json.loads(run(file, "--json").output)
    assert json.loads(said["content"])["parties"] == ["urn:schac:turin.example", "urn:schac:nowhere.example"]


def test_our_transcript_with_its_decision_becomes_elmo(transcript: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.xml"
    made = run(transcript, "--given-names", "Alba", "--family-name", "Rossi", "--born", "2005-05-20", "--output", out)
    assert made.exit_code == 0, made.output
    (found,) = read_elmo(out.read_bytes(), "t.xml").documents
    assert str(found.learner) == "Alba Rossi"
    assert [str(one.title) for one in found.reports[0].learned[0].walk()] == ["Hairdresser", "cutting"]
    assert [str(one.title) for one in found.reports[1].decided] == ["cutting"]
    assert "lost: assessment" in made.output
    assert "not verified" in made.output
    lost = run(transcript, "--to", "elmo-1.7")
    assert "ELMO 1.7 has no place for a decision" in lost.output


@pytest.mark.parametrize("signed", [True, False])
def test_our_agreement_becomes_one_of_ewp(tmp_path: Path, signed: bool) -> None:
    made = record(cast.AGREEMENT.value, thread=Identifier("urn:t:1"), author=cast.TURIN, at=AT)
    (tmp_path / "la.json").write_bytes(to_bytes(made))
    for role in ("home", "hosting", "learner") if signed else ("home",):
        one = Signature(object=made.address, signer=cast.TURIN, role=role, act=Act.ACCEPT, at=AT, jws="a..b")
        (tmp_path / f"{role}.json").write_text(json.dumps(plain(one)))
    (found,) = read_ewp(json.loads(run(tmp_path, "--json").output)["content"].encode(), "la.xml").agreements
    assert bool(agreed(found)) == signed
    assert [one.title for one in to_be(found)] == ["cutting", "cutting"]
    assert found.mobility == "urn:t:1"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_with_exit_2_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    file, out = tmp_path / "f.xml", tmp_path / "out"
    file.write_bytes(HOSTILE[name])
    result = run(file, "--output", out)
    assert result.exit_code == 2
    assert "what to do:" in result.output
    assert not out.exists()


def test_a_form_that_a_file_does_not_have_is_refused_with_those_it_has(tmp_path: Path, transcript: Path) -> None:
    for content, to in ((elmo(), "ewp"), (agreement(LISTS), "held"), (iia(7, "", ""), "held")):
        file = tmp_path / "f.xml"
        file.write_bytes(content)
        result = run(file, "--to", to)
        assert result.exit_code == 2
        assert "cli.convert.unknown" in result.output
    assert "elmo-2.1" in run(transcript, "--to", "held").output
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(empty).exit_code == 2
    assert run(file, "--output", tmp_path / "no" / "such").exit_code == 2
    assert run(transcript, "--born", "yesterday").exit_code == 2
