"""`ecvet verify`: whether a credential is genuine and by whom, offline, with the trust in a directory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from ecvet.cli.output import NO, UNREADABLE, YES, FileUnreadable, answer, read_bytes, read_text, refuse
from ecvet.credential.ended import read_ended
from ecvet.credential.errors import BeyondLimits, NotACredential, TrustUnreadable, VerificationError
from ecvet.credential.names import visible
from ecvet.credential.opening import Form
from ecvet.credential.policy import (
    AllOf,
    FunctionKnown,
    Genuine,
    HolderBound,
    IssuerKnown,
    Outcome,
    Policy,
    StatusKnown,
    TypeIs,
)
from ecvet.credential.profiles.types import BADGE, LEARNER_RECORD
from ecvet.credential.steps import StepResult
from ecvet.credential.trust import Trust, read_methods, read_trust
from ecvet.credential.verify import Report, Verified, examine
from ecvet.errors import EcvetError

_MARKS = {"pass": "yes", "fail": "NO", "unknown": "?"}


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--trust",
    "trust_dir",
    type=click.Path(path_type=Path),
    required=True,
    help="Directory with the anchors you trust (*.pem, *.crt), those of seals and time-stamps in its folders seals and "
    "time-stamps; institutions.json, methods.json, ended.json and signed status lists "
    "(in status) if you have them.",
)
@click.option("--at", "at_text", metavar="ISO", help="Verify for this moment instead of now, e.g. 2026-05-04T12:00Z.")
@click.option("--type", "types", multiple=True, metavar="VCT", help="Accept only this type; may be repeated.")
@click.option("--need-function", is_flag=True, help="Refuse if no register says that the issuer held its function.")
@click.option("--accept-unknown-status", is_flag=True, help="Accept a credential whose status cannot be found out.")
@click.option("--accept-unknown-issuer", is_flag=True, help="Accept a seal for which you have no anchors at all.")
@click.option(
    "--holder",
    nargs=2,
    metavar="AUDIENCE NONCE",
    help="Demand that the holder's key signed it for this audience and nonce.",
)
@click.option(
    "--records",
    "--bundle",
    "records",
    type=click.Path(path_type=Path),
    help="Directory or file with the records behind it: say who confirmed what, and when.",
)
@click.option(
    "--status",
    "status_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A signed status list, as fetched from the address that the credential names; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    file: Path, trust_dir: Path, at_text: str | None, types: tuple[str, ...], need_function: bool,
    accept_unknown_status: bool, accept_unknown_issuer: bool, holder: tuple[str, str] | None, records: Path | None,
    status_files: tuple[Path, ...], as_json: bool,
) -> None:  # fmt: skip
    """Verify the credential in FILE, or attached to it (PDF, PNG, SVG).

    Exit 0: verified; 1: not, with the reason; 2: unreadable.
    """
    try:
        at = _moment(at_text)
        trust = _trust(trust_dir)
        data = read_text(file)
        lists = _lists((*_status_files(trust_dir), *status_files))
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    accepted = _policy(types, need_function, accept_unknown_status, accept_unknown_issuer, holder)
    report = examine(data, trust, accepted, at, lists=lists)
    extra: dict[str, object] = {}
    text = ""
    if report.verified is not None and records is not None:
        from ecvet.cli.records import read_bundle, walked

        try:
            chain = walked(report.verified.claims, report.verified.issuer.id, read_bundle(records, trust_dir))
        except VerificationError as error:
            broken = StepResult(error.step, Outcome.FAIL, error.said, error.code)
            report = Report((*report.steps, broken), error=error)
        except EcvetError as error:
            refuse(error, as_json=as_json, code=UNREADABLE)
        else:
            extra, text = {"chain": chain.values}, f"\n{chain.text}"
    unreadable = isinstance(report.error, BeyondLimits | NotACredential)
    code = YES if report.verified is not None else UNREADABLE if unreadable else NO
    answer({**_as_json(report), **extra}, _as_text(report) + text, as_json=as_json, code=code)


def _policy(
    types: tuple[str, ...], need_function: bool, accept_unknown_status: bool, accept_unknown_issuer: bool,
    holder: tuple[str, str] | None,
) -> Policy:  # fmt: skip
    wanted: list[Policy] = []
    if not accept_unknown_issuer:
        wanted.append(IssuerKnown())
    if not accept_unknown_status:
        wanted.append(StatusKnown())
    if types:
        wanted.append(TypeIs(frozenset(types)))
    if need_function:
        wanted.append(FunctionKnown())
    if holder:
        wanted.append(HolderBound(*holder))
    return AllOf(tuple(wanted)) if wanted else Genuine()


def _status_files(trust: Path) -> list[Path]:
    return sorted(one for one in trust.glob("status/*") if one.suffix in (".jwt", ".json"))


def _lists(files: tuple[Path, ...]) -> dict[str, bytes]:
    if not files:
        return {}
    from ecvet.credential.status.check import by_address

    return by_address(map(read_text, files))


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}” is not a moment such as 2026-05-04T12:00Z", param_hint="--at") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _trust(directory: Path) -> Trust:
    if not directory.is_dir():
        raise FileUnreadable(file=directory, why="it is not a directory")
    anchors, seals, times = (_certificates(directory / name) for name in (".", "seals", "time-stamps"))
    if not (anchors or seals):
        raise TrustUnreadable(why=f"{directory} has no certificate (*.pem, *.crt)")
    register, methods = directory / "institutions.json", directory / "methods.json"
    listed = read_bytes(register) if register.exists() else None
    trust = read_trust(map(read_bytes, anchors), listed, needed=bool(anchors))
    if methods.exists():
        trust = replace(trust, methods=read_methods(read_bytes(methods)))
    if (ended := directory / "ended.json").exists():
        trust = replace(trust, ended=read_ended(read_bytes(ended)))
    if seals or times:
        from ecvet.credential.trust_seals import read_anchors

        of_seals, of_times = (read_anchors(map(read_bytes, files)) for files in (seals, times))
        trust = replace(trust, seal_anchors=of_seals, time_anchors=of_times)
    return trust


def _certificates(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.suffix.lower() in (".pem", ".crt"))


def _as_json(report: Report) -> dict[str, object]:
    steps = [{"id": one.step, "outcome": one.outcome, "reason": one.reason, "code": one.code} for one in report.steps]
    if report.verified is None:
        assert report.error is not None
        return {"verified": False, "steps": steps, "error": {**report.error.as_problem(), "step": report.error.step}}
    found = report.verified
    issuer = {
        "id": found.issuer.id,
        "name": found.issuer.name,
        "named_by": found.issuer.named_by,
        "flags": found.issuer.flags,
    }
    return {
        "verified": True,
        "steps": steps,
        "issuer": issuer,
        "type": found.type,
        "issued_at": found.issued_at.isoformat(),
        "expires": found.expires.isoformat() if found.expires else None,
        "claims": found.claims,
    }


def _as_text(report: Report) -> str:
    lines = [f"  {_MARKS[one.outcome]:>3}  {one.step:<9} {visible(one.reason)}" for one in report.steps]
    if report.verified is None:
        assert report.error is not None
        return "\n".join((
            f"NOT VERIFIED. {visible(str(report.error))}", *lines,
            f"  code: {report.error.code}", f"  what to do: {visible(report.error.what_to_do)}",
        ))  # fmt: skip
    return "\n".join((*_verified(report.verified), *lines))


def _verified(found: Verified) -> list[str]:
    issuer = found.issuer
    return [
        f"VERIFIED. Issued by {visible(issuer.name)} (named by {issuer.named_by}; {visible(issuer.id)})"
        f" on {found.issued_at.date()}.",
        *(f"  Beware: {one}." for one in issuer.flags),
        *_lines_of(found),
    ]


def _lines_of(found: Verified) -> Iterable[str]:
    from ecvet.cli.readable import badge_lines, credential_lines, european_lines

    if found.form is Form.SEALED:
        return european_lines(found.claims)
    return (badge_lines if found.type in (BADGE, LEARNER_RECORD) else credential_lines)(found.claims)
