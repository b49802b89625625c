"""`ecvet rules`: the rules of the domain with their status, source, place in the code and test."""

from dataclasses import asdict

import click

from ecvet.cli.output import answer
from ecvet.rules import rules


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: {rules: […]}.")
@click.option("--status", type=click.Choice(["N", "G", "C", "D"]), help="Only rules of this status.")
def command(as_json: bool, status: str | None) -> None:
    """The rules of the domain: what each says, how binding it is, where it is enforced, which test proves it.

    N normative in Recommendation 2009/C 155/02, G advised in guides, C practice of a country or project, D derived.
    """
    chosen = [rule for rule in rules() if status in (None, rule.status)]
    rows = [{name: text for name, text in asdict(rule).items() if text or name != "reason"} for rule in chosen]
    lines = [
        f"{rule.id} ({rule.status})  {rule.rule}\n"
        f"    source    {rule.source}\n"
        + (f"    enforced  {rule.enforced_in}\n" if rule.enforced_in else "")
        + (f"    test      {rule.test}\n" if rule.test else "")
        + (f"    open      {rule.reason}\n" if rule.reason else "")
        for rule in chosen
    ]
    homes = sum(bool(rule.enforced_in and rule.test) for rule in chosen)
    answer(
        {"rules": rows}, "\n".join(lines) + f"\n{len(chosen)} rules, {homes} with a place and a test.", as_json=as_json
    )
