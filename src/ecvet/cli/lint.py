"""`ecvet lint FILE`: what is wrong, infeasible or ambiguous in a qualification, before it is published."""

from pathlib import Path

import click

from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, refuse
from ecvet.credential.names import visible
from ecvet.errors import EcvetError
from ecvet.terms import Finding, Severity


@click.command("lint")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--path", help="The path to read where the file holds several, for example ops or naytto.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, path: str | None, as_json: bool) -> None:
    """Check the rules of combination of a qualification (ecvet/1 YAML or JSON, ePerusteet JSON, openECVET XML).

    Exit 0 without errors, 1 with errors, 2 when the file cannot be read.
    """
    from ecvet.credit.accumulation.prove import prove
    from ecvet.exchange import read_qualification
    from ecvet.qualification.lint import lint

    try:
        qualification, units = read_qualification(read_bytes(file), file.name, path)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    try:
        findings = lint(qualification, units, prover=prove)
    except EcvetError as error:
        refuse(error, as_json=as_json)
    wrong = sum(finding.severity is Severity.ERROR for finding in findings)
    values: dict[str, object] = {
        "qualification": qualification.code,
        "title": str(qualification.title),
        "path": qualification.path or None,
        "errors": wrong,
        "findings": [_plain(finding) for finding in findings],
    }
    answer(values, _text(findings, str(qualification.title)), as_json=as_json, code=NO if wrong else YES)


def _plain(finding: Finding) -> dict[str, str]:
    return {"rule": finding.rule, "severity": finding.severity.value, "subject": finding.subject,
            "sentence": finding.sentence, "remedy": finding.remedy}  # fmt: skip


def _text(findings: tuple[Finding, ...], title: str) -> str:
    if not findings:
        return f"{title}: nothing found."
    lines = [f"{title}: {len(findings)} findings"]
    for one in findings:
        lines += [f"{one.severity.value}: {one.sentence} ({one.rule})", f"  what to do: {one.remedy}"]
    return "\n".join(map(visible, lines))
