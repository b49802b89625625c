"""`ecvet accumulate` on a published record and the rules that it is judged by."""

import json
from pathlib import Path

from click.testing import CliRunner

from ecvet.cli import main


def test_the_graduated_record_from_the_command_line(corpus: Path) -> None:
    file = next((corpus / "register/records").glob("koski-ammatillinen-perustutkinto*.json"))
    rules = corpus / "register/qualifications/fi-62-011-2014-luonto-ja-ymparistoala.json"
    result = CliRunner().invoke(main, ["accumulate", str(rules), str(file), "--json"])
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert (found["path"], found["complete"], found["free_assignment"]["complete"]) == ("ops", False, True)
    assert found["free_assignment"]["counted_points"] == "180"
    assert found["free_assignment"]["surplus_points"] == "3"
    assert found["declared_differs"] is True
    text = CliRunner().invoke(main, ["accumulate", str(rules), str(file)]).output
    assert "with free assignment: complete, 180 points counted" in text
