"""How a command answers: a text for people or one JSON object, and the exit code that goes with it."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from ecvet.credential.names import visible
from ecvet.errors import EcvetError

YES, NO, UNREADABLE = 0, 1, 2


class FileUnreadable(EcvetError):
    """A file that is not there, too large, or not what its name says."""

    code = "cli.file.unreadable"
    sentence = "{file} cannot be read: {why}."
    remedy = "Check the name of the file and its format; `ecvet COMMAND --help` names the formats it reads."
    status = 400


class WrongUsage(EcvetError):
    """A command called with options or arguments that it does not have."""

    code = "cli.usage.wrong"
    sentence = "The command was called wrongly: {why}."
    remedy = "`ecvet COMMAND --help` names its arguments and options."
    status = 400


def read_bytes(file: Path, limit: int = 64 * 1024 * 1024) -> bytes:
    """The content of a file or pipe of at most `limit` bytes. Raises `FileUnreadable`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise FileUnreadable(file=file, why=getattr(error, "strerror", None) or str(error)) from error
    if len(data) > limit:
        raise FileUnreadable(file=file, why=f"it is larger than {limit // 1024 // 1024} MB")
    return data


def read_text(file: Path) -> bytes:
    """The content of a file without what editors and mail put around it: a byte order mark, blanks, line ends."""
    return read_bytes(file).removeprefix(b"\xef\xbb\xbf").strip()


def answer(values: dict[str, object], text: str, *, as_json: bool, code: int = YES) -> NoReturn:
    """Print the answer and end with its exit code."""
    click.echo(one_object(values) if as_json else readable(text))
    sys.exit(code)


def refuse(error: EcvetError, *, as_json: bool, code: int = NO) -> NoReturn:
    """Print one sentence with code and remedy and end; nothing has been written."""
    if as_json:
        click.echo(one_object({"error": error.as_problem()}))
    else:
        lines = (str(error), f"  code: {error.code}", f"  what to do: {error.what_to_do}")
        click.echo(readable("\n".join(map(visible, lines))), err=True)
    sys.exit(UNREADABLE if isinstance(error, FileUnreadable) else code)


def one_object(values: dict[str, object]) -> str:
    """One JSON object on one line, in characters that the terminal or file can take."""
    text = json.dumps(values, ensure_ascii=False, default=str)
    return text if _fits(text) else json.dumps(values, default=str)


def readable(text: str) -> str:
    """The text so that it is only read: no character of it steers the terminal, and none is beyond its encoding."""
    shown = text if text.isascii() and text.replace("\n", "").isprintable() else visible(text, lines=True)
    return shown if _fits(shown) else shown.encode(_encoding(), "backslashreplace").decode(_encoding())


def _fits(text: str) -> bool:
    try:
        text.encode(_encoding())
    except UnicodeEncodeError:
        return False
    return True


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
