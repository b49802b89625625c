"""`ecvet seal`: a European Digital Credential becomes one that strangers can verify, with the key of a seal."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecvet.cli.output import NO, UNREADABLE, FileUnreadable, answer, read_bytes, read_text, refuse
from ecvet.credential.errors import VerificationError
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet.credential.seals.port import Seal

_FILE = click.Path(path_type=Path)


@click.command("seal")
@click.argument("file", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="Where the sealed credential is written; never over a file.")
@click.option(
    "--certificates",
    type=_FILE,
    required=True,
    help="The certificates of the seal in PEM, its own first, the anchor left out.",
)
@click.option("--key", type=_FILE, help="The key of the seal in PEM, where it lies in a file.")
@click.option("--module", type=_FILE, help="The PKCS #11 library of the hardware module in which the key lies instead.")
@click.option("--token", help="The label of the token in the hardware module.")
@click.option("--label", help="The label of the key on the token.")
@click.option("--secret", type=_FILE, help="A file with the password of the key, or the PIN of the token.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    file: Path, out: Path, certificates: Path, key: Path | None, module: Path | None, token: str | None,
    label: str | None, secret: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Seal the European Digital Credential in FILE (ELM 3.2, also with the wrapper of uploads).

    The issuer, its identifier and the time are written as the certificate and the clock say.

    Exit 0: sealed; 1: refused, with the reason; 2: unreadable.
    """
    if (key is None) is (module is None):
        raise click.UsageError("give either --key or --module")
    if module is not None and not (token and label):
        raise click.UsageError("--module needs --token and --label")
    from ecvet.credential.formats.strict_json import parse_object
    from ecvet.credential.issue_sealed import facts_of, seal_body

    try:
        body = parse_object(read_text(file), "credential")
        password = read_text(secret) if secret is not None else b""
        seal = _seal(certificates, key, module, token or "", label or "", password)
        if out.exists():
            raise FileUnreadable(file=out, why="it exists already, and nothing is written over it")
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    try:
        sealed = seal_body(body, seal, at=datetime.now(UTC))
        _write(out, sealed)
    except (EcvetError, VerificationError) as error:
        refuse(error, as_json=as_json, code=NO)
    facts = facts_of(seal.chain[0])
    text = f"Sealed by {facts.name} ({facts.identifier}), {seal.algorithm}: {out}"
    values: dict[str, object] = {"sealed": str(out), "issuer": facts.name, "identifier": facts.identifier}
    answer({**values, "algorithm": seal.algorithm}, text, as_json=as_json)


def _seal(certificates: Path, key: Path | None, module: Path | None, token: str, label: str, secret: bytes) -> "Seal":
    from ecvet.credential.seals.file import read_chain, seal_from_pem

    chain = read_bytes(certificates)
    if key is not None:
        return seal_from_pem(read_bytes(key), chain, secret or None)
    from ecvet.credential.seals.pkcs11 import Pkcs11Seal

    return Pkcs11Seal(
        library=str(module), token=token, label=label, pin=secret.decode("utf-8", "replace"), chain=read_chain(chain)
    )


def _write(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        raise FileUnreadable(file=file, why=error.strerror or "it cannot be written") from error
