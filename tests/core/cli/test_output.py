"""Answers of commands: one JSON object whatever happens, and a text that is only read."""

import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.exchange.samples import OURS
from ecvet.cli import main
from ecvet.cli.output import FileUnreadable, one_object, read_bytes, readable


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing-of-the-kind",),
        ("lint",),
        ("lint", "file", "--unknown"),
        ("accumulate", "one", "two", "--reading", "guess"),
        ("accumulate", "one", "two", "--on", "tomorrow"),
        ("verify", "file"),
        ("verify", "file", "--trust", ".", "--at", "yesterday"),
    ],
)
def test_wrong_usage_is_one_object_too(arguments: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*arguments, "--json"])
    assert told.exit_code == 2
    problem = json.loads(told.stdout)["error"]
    assert problem["code"] == "cli.usage.wrong"
    assert problem["remedy"]
    plainly = CliRunner().invoke(main, arguments)
    assert (plainly.exit_code, plainly.stdout) == (2, "")
    assert plainly.stderr


def test_a_text_cannot_steer_the_terminal(tmp_path: Path) -> None:
    qualification, held = tmp_path / "q.yaml", tmp_path / "held.json"
    qualification.write_text(OURS.replace("title: Cook", 'title: "\\e[31mCook\\u202E"'))
    held.write_text(json.dumps({"units": {"\x1b[2Jx\nVERIFIED": "5"}}))
    for arguments in (["accumulate", qualification, held], ["lint", qualification], ["show", qualification]):
        told = CliRunner().invoke(main, list(map(str, arguments)))
        assert "Cook" in told.output
        assert not {"\x1b", "\u202e"} & set(told.output)
        assert "\nVERIFIED" not in told.output
    missing = CliRunner().invoke(main, ["lint", str(tmp_path / "\x1b[31m")])
    assert missing.exit_code == 2
    assert "\x1b" not in missing.stderr


def test_an_answer_fits_the_encoding_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_object({"title": "Malta’s"}) == '{"title": "Malta’s"}'
    assert readable("Κύπρος") == "Κύπρος"
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert one_object({"title": "Malta’s"}) == '{"title": "Malta\\u2019s"}'
    assert readable("Malta’s") == "Malta\\u2019s"


def test_a_file_without_end_is_not_read_to_the_end(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="larger than 1 MB"):
        read_bytes(Path("/dev/zero"), limit=1024 * 1024)
    (tmp_path / "full").write_bytes(b"12345")
    assert read_bytes(tmp_path / "full", limit=5) == b"12345"
    with pytest.raises(FileUnreadable, match="larger"):
        read_bytes(tmp_path / "full", limit=4)


def test_a_pipe_is_read() -> None:
    end, start = os.pipe()
    os.write(start, b"held")
    os.close(start)
    assert read_bytes(Path(f"/dev/fd/{end}")) == b"held"
    os.close(end)


def test_a_command_of_the_platform_says_when_the_platform_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Story:
        """The entry point of a command whose package is not installed."""

        name = "story"

        def load(self) -> None:
            raise ModuleNotFoundError("No module named 'django'", name="django")

    class Points(list[Story]):
        def select(self, name: str) -> list[Story]:
            return [one for one in self if one.name == name]

    monkeypatch.setattr("ecvet.cli._points", lambda: Points([Story()]))
    told = CliRunner().invoke(main, ["story"])
    assert told.exit_code == 1
    assert "needs the platform (django is missing)" in told.stderr


def test_the_commands_are_listed_and_the_rules_told() -> None:
    listed = CliRunner().invoke(main, ["--help"]).stdout
    assert {"accumulate", "lint", "rules", "show", "verify"} <= set(listed.split())
    rules = json.loads(CliRunner().invoke(main, ["rules", "--json"]).stdout)["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 100
    assert {"id", "status", "source", "enforced_in", "test"} <= rules[0].keys()
    assert rules[0]["id"] in CliRunner().invoke(main, ["rules"]).stdout
