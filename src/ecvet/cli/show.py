"""`ecvet show`: what is in a file, in words: a credential, a record, or a qualification. It verifies nothing."""

from pathlib import Path
from typing import NoReturn

import click

from ecvet.cli.output import UNREADABLE, answer, read_text, refuse
from ecvet.cli.readable import credential_lines, european_lines, tree
from ecvet.credential.names import visible
from ecvet.errors import EcvetError

_UNVERIFIED = (
    "NOT VERIFIED: anybody could have written this. Whether it is genuine, `ecvet verify FILE --trust DIR` tells."
)


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--path", help="Which way to the qualification, where a file holds several (ops, naytto, reformi …).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, path: str | None, as_json: bool) -> None:
    """Show the credential, record or qualification in FILE. Exit 0: shown; 2: unreadable."""
    try:
        data = read_text(file)
        if data.count(b".") >= 2 and b"~" in data and not data.startswith((b"{", b"[", b"<")):
            _show_credential(data, as_json)
        if data.startswith(b"{") and b"EuropeanDigitalCredential" in data:
            _show_european(data, as_json)
        if data.startswith(b"{") and _is_record(data):
            _show_record(data, as_json)
        _show_qualification(data, file.name, path, as_json)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)


def _show_credential(data: bytes, as_json: bool) -> NoReturn:
    from ecvet.credential.formats import sdjwt

    credential = sdjwt.parse(data)
    claims = sdjwt.reveal(credential).claims
    values: dict[str, object] = {"kind": "credential", "verified": None, "warning": _UNVERIFIED, "claims": claims}
    answer(values, "\n".join((_UNVERIFIED, *credential_lines(claims))), as_json=as_json)


def _show_european(data: bytes, as_json: bool) -> None:
    """Show a European Digital Credential, sealed or not; return if it is none."""
    from ecvet.credential.formats.strict_json import parse_object
    from ecvet.credential.profiles.elm.body import is_edc

    said = parse_object(data, "file")
    sealed, inner = said.get("payload"), said.get("credential")
    if "signatures" in said and isinstance(sealed, str):
        claims = parse_object(sealed.encode("utf-8"), "sealed credential")
    else:
        claims = inner if isinstance(inner, dict) else said
    if is_edc(claims):
        values: dict[str, object] = {"kind": "credential", "verified": None, "warning": _UNVERIFIED, "claims": claims}
        answer(values, "\n".join((_UNVERIFIED, *european_lines(claims))), as_json=as_json)


def _is_record(data: bytes) -> bool:
    from ecvet.credential.errors import VerificationError
    from ecvet.credential.formats.strict_json import parse_object

    try:
        return {"terms", "thread", "version", "type"} <= parse_object(data, "file").keys()
    except VerificationError:
        return False


def _show_record(data: bytes, as_json: bool) -> NoReturn:
    from ecvet.record import from_bytes, plain

    found = from_bytes(data)
    values: dict[str, object] = {"kind": "record", "address": found.address, "record": plain(found)}
    lines = [
        f"Record of type {found.type}, version {found.version}. NOT VERIFIED: a record is signed apart from itself.",
        f"  address: {found.address}",
        *tree({"author": found.author, "created": found.created.isoformat(), "thread": found.thread}, 1),
        *tree(found.terms, 1, "terms"),
    ]
    answer(values, "\n".join(lines), as_json=as_json)


def _show_qualification(data: bytes, name: str, path: str | None, as_json: bool) -> NoReturn:
    from ecvet.exchange import read_qualification
    from ecvet.record import plain

    qualification, units = read_qualification(data, name, path)
    values: dict[str, object] = {
        "kind": "qualification",
        "qualification": plain(qualification),
        "units": [plain(one) for one in units],
    }
    titles = {one.id: one for one in units}
    level = "".join(f", {one}" for one in (qualification.eqf, qualification.nqf) if one is not None)
    lines = [
        f"Qualification {visible(qualification.code)}: {visible(str(qualification.title))}{level}",
        f"  {visible(qualification.id)}, version {visible(qualification.version)}",
        f"  awarded by {visible(qualification.institution)} ({qualification.country})",
        *([f"  {qualification.points} in all"] if qualification.points else []),
    ]
    for link in qualification.units:
        unit = titles.get(link.unit)
        points = f", {link.points}" if link.points else ""
        lines.append(f"  {visible(link.code)}: {visible(str(unit.title)) if unit else '…'}{points}")
        lines += [f"    - {visible(str(one.text))} ({one.kind})" for one in (unit.outcomes if unit else ())]
    answer(values, "\n".join(lines), as_json=as_json)
