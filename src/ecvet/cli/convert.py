"""`ecvet convert FILE`: documents of neighbours (ELMO, EWP) in ours, our records in theirs, with every loss told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ecvet.cli.output import UNREADABLE, FileUnreadable, answer, read_bytes, refuse
from ecvet.credential.names import visible
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet.exchange.report import Remark

FORMATS: Final = ("held", "agreement", "memorandum", "elmo-1.7", "elmo-2.1", "ewp")


class ConversionUnknown(EcvetError):
    """A file that has no form in the format asked for."""

    code = "cli.convert.unknown"
    sentence = "{file} holds {what}, which has no form as {to}."
    remedy = "Choose one of {known} with --to, or leave it out."
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What a file holds, in the form asked for, with what became of its parts. `to` is the form it was given."""

    what: str
    to: str
    content: bytes
    remarks: "tuple[Remark, ...]"


@click.command("convert")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", type=click.Choice(FORMATS), help="The form wanted; else the one that fits what FILE holds.")
@click.option("--output", type=click.Path(path_type=Path), help="Write it there; without, only the report is shown.")
@click.option("--scheme", default="ects", show_default=True, help="Which credit of an ELMO file becomes held credit.")
@click.option("--given-names", default="", help="The learner's given names, which records do not hold.")
@click.option("--family-name", default="", help="The learner's family name.")
@click.option("--born", help="The learner's day of birth, such as 2004-05-20.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with the content.")
def command(file: Path, to: str | None, output: Path | None, scheme: str, given_names: str, family_name: str,
            born: str | None, as_json: bool) -> None:  # fmt: skip
    """Convert between our records and the documents of EMREX (ELMO) and Erasmus Without Paper (EWP).

    FILE is an ELMO transcript, an EWP learning agreement or inter-institutional agreement (XML), or records: a folder
    of them or one bundle, with a transcript and the decisions on it, or with the versions of a learning agreement.
    What was read, is to be looked at, was left out or is lost is told part by part. Nothing is verified.
    Exit 0 when it was converted, 2 when FILE cannot be read or has no such form.
    """
    from ecvet.cli.held_credit import day

    on = day(born, "--born")
    try:
        made = _converted(file, to, scheme, (given_names, family_name, on))
        if output is not None:
            _write(output, made.content)
    except EcvetError as error:
        refuse(error, as_json=as_json, code=UNREADABLE)
    values: dict[str, object] = {
        "what": made.what, "to": made.to, "written": str(output) if output else None,
        "report": [{"became": one.became.value, "subject": one.subject, "sentence": one.sentence, "remedy": one.remedy}
                   for one in made.remarks],
        "content": made.content.decode(),
    }  # fmt: skip
    answer(values, _text(made, output), as_json=as_json)


def _converted(file: Path, to: str | None, scheme: str, learner: tuple[str, str, object]) -> Converted:
    from ecvet.cli import convert_foreign, convert_records

    if file.is_dir():
        return convert_records.convert(file, to, learner, refuse=_unknown(file.name, to))
    data = read_bytes(file)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return convert_records.convert(file, to, learner, refuse=_unknown(file.name, to))
    return convert_foreign.convert(data, file.name, to, scheme, refuse=_unknown(file.name, to))


def _unknown(file: str, to: str | None) -> "Callable[[str, tuple[str, ...]], ConversionUnknown]":
    """How it is said that a content has no such form: what it is, and the forms it has."""
    return lambda what, known: ConversionUnknown(file=file, what=what, to=to or "anything", known=", ".join(known))


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise FileUnreadable(file=output, why=error.strerror or str(error)) from error


def _text(made: Converted, output: Path | None) -> str:
    lines = [f"{made.what} → {made.to}"]
    for one in made.remarks:
        lines.append(f"{one.became.value}: {visible(one.subject)}: {visible(one.sentence)}")
        lines += [f"  what to do: {visible(one.remedy)}"] if one.remedy else []
    lines.append(
        f"Written to {visible(str(output))}." if output else "Nothing was written; choose a file with --output."
    )
    return "\n".join(lines)
