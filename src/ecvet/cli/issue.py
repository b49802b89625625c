"""`ecvet issue`: the certificates of many learners, signed with an institution's key, resumed after a stop."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecvet.cli.output import NO, UNREADABLE, YES, answer, read_bytes, read_text, refuse
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet.cli.audit_files import Run
    from ecvet.population import Issuing

_RESULT = re.compile(rb'\{"line":([0-9]{1,18}),"(credential|error)":')
_FILE = click.Path(path_type=Path)


@click.command("issue")
@click.argument("drafts", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="Write the credentials here, and go on here after a stop.")
@click.option("--key", type=_FILE, required=True, help="The institution's P-256 key in PEM.")
@click.option("--certificates", type=_FILE, required=True,
              help="The certificates of the key in PEM, its own first, the anchor left out.")  # fmt: skip
@click.option("--secret", type=_FILE, help="A file with the password of the key.  [default: asked for, if it has one]")
@click.option("--kid", help="The name of the key in the credentials.  [default: the hash of its certificate]")
@click.option("--until", metavar="ISO", help="When they expire, e.g. 2031-05-04T12:00Z.  [default: never]")
@click.option("--workers", type=click.IntRange(1, 512), help="Processes on this machine.  [default: one per core]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def command(
    drafts: Path, out: Path, key: Path, certificates: Path, secret: Path | None, kid: str | None, until: str | None,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Issue an SD-JWT VC for every line of DRAFTS: {"draft": {…}, "holder": JWK, "status": {"uri": "…", "index": 7}}.

    Each line of OUT is {"line": 1, "credential": "…"}, in order; a bad draft is answered with an error and stops
    nothing. Call it again after a stop, and it goes on with the same time and salts, which OUT.issue.json remembers:
    keep it as secret as OUT, and delete it when all is handed over. Exit 0 when all were issued, 1 when some lines were
    refused, 2 when a file or the key cannot be read.
    """
    expires = _moment(until)
    from ecvet.cli.audit_files import Input, answers
    from ecvet.cli.workers import open_workers, work_off
    from ecvet.population import issue_all

    try:
        begun = _begun(key, certificates, secret, kid, expires)
        source = Input.of(drafts, known=True)
        with answers(out, source, _run(begun, source.digest)) as results:
            issuing = _with(begun, results.drawn)
            if results.before < (source.total or 0):
                with open_workers(issuing, workers, None) as (executor, number):
                    work_off(source, results, lambda lines, first: issue_all(executor, lines, issuing, first=first,
                                                                             ahead=4 * number))  # fmt: skip
        counts, before = results.counts, results.before
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    lines = [f"{counts.total()} drafts: {counts['issued']} issued, {counts['refused']} refused"]
    lines += [f"issued before: {before}"] if before else []
    values: dict[str, object] = {
        "drafts": counts.total(), "issued": counts["issued"], "refused": counts["refused"], "answered_before": before,
    }  # fmt: skip
    answer(values, "\n".join(lines), as_json=as_json, code=NO if counts["refused"] else YES)


def verdict_of(result: bytes) -> tuple[int, str]:
    """The number and the verdict of a result line, by how it begins. Raises ValueError for what is none."""
    begins = _RESULT.match(result)
    if begins is None or not result.endswith((b"}", b"}\n")):
        raise ValueError("no result line")
    return int(begins[1]), "issued" if begins[2] == b"credential" else "refused"


def _begun(key: Path, certificates: Path, secret: Path | None, kid: str | None, until: datetime | None) -> "Issuing":
    """As if it began just now. Raises `FileUnreadable`, `KeyUnusable`."""
    from ecvet.credential.keys import from_pem, to_pem
    from ecvet.population import Issuing
    from ecvet.population.issuing import SEED_BYTES

    private, chain = read_bytes(key), read_bytes(certificates)
    password = read_text(secret) if secret is not None else b""
    if not password and b"ENCRYPTED" in private:
        password = click.prompt("Password of the key", hide_input=True, err=True).encode()
    opened = from_pem(kid or "", private, chain, password or None)
    named = kid or sha256(to_pem(opened.chain[0])).hexdigest()[:32]
    now = datetime.now(UTC).replace(microsecond=0)
    return Issuing(
        kid=named, private=to_pem(opened.private), chain=chain, seed=secrets.token_bytes(SEED_BYTES), at=now,
        until=until,
    )  # fmt: skip


def _run(begun: "Issuing", digest: str | None) -> "Run":
    """What a run depends on, and what is drawn for it: when it began, and the seed of the salts."""
    from ecvet.cli.audit_files import Run

    state = {
        "input": digest, "kid": begun.kid, "certificates": sha256(begun.chain).hexdigest(),
        "until": begun.until.isoformat() if begun.until else None,
    }  # fmt: skip
    drawn = {"at": begun.at.isoformat(), "seed": begun.seed.hex()}
    return Run(name="issue", state=state, other="key, certificate or time of expiry", verdict=verdict_of, drawn=drawn)


def _with(begun: "Issuing", drawn: Mapping[str, str]) -> "Issuing":
    """The run as it was begun, perhaps long ago."""
    from ecvet.credential.errors import KeyUnusable

    try:
        return replace(begun, at=datetime.fromisoformat(drawn["at"]), seed=bytes.fromhex(drawn["seed"]))
    except (ValueError, TypeError) as error:
        raise KeyUnusable(why="the time and the seed remembered beside the results cannot be read") from error


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}” is not a moment such as 2031-05-04T12:00Z", param_hint="--until") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
