"""`ecvet network check`: a conformance test of a node of the network, from outside."""

import json
import os
import sys
from dataclasses import asdict
from typing import Final

import click

from ecvet.cli.output import NO, UNREADABLE, refuse
from ecvet.errors import EcvetError

_MARKS: Final = {"ok": "ok", "no": "NO", "unknown": "?"}


@click.group("network")
def command() -> None:
    """The network of institutions: whether a node speaks its protocol."""


@command.command("check")
@click.argument("url")
@click.option("--as", "institution", metavar="ID", help="Sign as this institution of your server.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(url: str, institution: str | None, as_json: bool) -> None:
    """Check the node at URL, the address of an institution in the network, step by step.

    Without --as a made-up key signs: then only what strangers may see can be judged. With --as the node must know
    your institution. Nothing is left behind there but messages that it must refuse. Exits with 1 where a step has not
    passed.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
    try:
        findings = _findings(url, institution, show=not as_json)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    bad = [one for one in findings if one["verdict"] == "no"]
    if as_json:
        click.echo(json.dumps({"node": url, "conforms": not bad, "steps": findings}, ensure_ascii=False, indent=2))
    else:
        known = sum(one["verdict"] == "ok" for one in findings)
        unknown = len(findings) - known - len(bad)
        click.echo(f"\n{known} steps ok, {len(bad)} not, {unknown} unknown.")
    sys.exit(NO if bad else 0)


def _findings(url: str, institution: str | None, *, show: bool) -> list[dict[str, str]]:
    import django

    django.setup()
    from ecvet.record import SigningKey
    from ecvet.terms import identifier
    from ecvet_platform.federation.actions import conformance, connecting, ourselves
    from ecvet_platform.journal import chance

    entity = connecting.written(url)
    if institution is None:
        sender = "https://conformance-test.invalid"
        key = SigningKey.from_seed(f"{sender}#1", chance.salt())
    else:
        name = identifier(institution)
        sender, key = ourselves.entity_of(name), ourselves.key_of_requests(name)
    found = []
    for one in conformance.check(entity, sender=sender, key=key, known=institution is not None):
        found.append({name: str(text) for name, text in asdict(one).items()})
        if show:
            click.echo(f"{_MARKS[one.verdict]:>2}  {one.step}: {one.said}")
            if one.remedy:
                click.echo(f"      what to do: {one.remedy}")
    return found
