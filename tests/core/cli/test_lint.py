"""`ecvet lint`: findings for people and machines, and its three exit codes."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from core.exchange.samples import EPERUSTEET, OPENECVET, eperusteet
from ecvet.cli import main


def lint(folder: Path, data: bytes, *options: str) -> Result:
    (folder / "file").write_bytes(data)
    return CliRunner().invoke(main, ["lint", str(folder / "file"), *options])


def test_clean_rules_give_exit_code_zero(tmp_path: Path) -> None:
    result = lint(tmp_path, OPENECVET)
    assert result.exit_code == 0
    assert result.output == "Welder: nothing found.\n"
    assert json.loads(lint(tmp_path, OPENECVET, "--json").output)["findings"] == []


def test_errors_give_exit_code_one_and_a_remedy_each(tmp_path: Path) -> None:
    way = EPERUSTEET["suoritustavat"][0]
    links = [{**link, "laajuus": None} for link in way["tutkinnonOsaViitteet"]]
    data = eperusteet(suoritustavat=[{**way, "tutkinnonOsaViitteet": links}])
    result = lint(tmp_path, data, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["errors"] >= 2
    assert {"R-POINTS-3", "R-COMP-7"} <= {one["rule"] for one in answer["findings"]}
    assert all(one["sentence"] and one["remedy"] for one in answer["findings"])
    text = lint(tmp_path, data).output
    assert "error: The compulsory unit 100 has no points" in text
    assert "what to do:" in text


def test_an_unreadable_file_gives_exit_code_two(tmp_path: Path) -> None:
    result = lint(tmp_path, b"", "--json")
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["code"] == "exchange.file.not-understood"
    assert CliRunner().invoke(main, ["lint", str(tmp_path / "nothing")]).exit_code == 2
    assert lint(tmp_path, eperusteet(), "--path", "ops").exit_code == 2
