"""How a command answers: a text for people or one JSON object, and the exit code that goes with it."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from ecvet.errors import EcvetError

YES, NO, UNREADABLE = 0, 1, 2


class FileUnreadable(EcvetError):
    """A file that is not there, too large, or not what its name says."""

    code = "cli.file.unreadable"
    sentence = "{file} cannot be read: {why}."
    remedy = "Check the name of the file and its format; `ecvet COMMAND --help` names the formats it reads."
    status = 400


def read_bytes(file: Path, limit: int = 64 * 1024 * 1024) -> bytes:
    """The content of a file of at most `limit` bytes. Raises `FileUnreadable`."""
    try:
        if file.stat().st_size > limit:
            raise FileUnreadable(file=file, why=f"it is larger than {limit // 1024 // 1024} MB")
        return file.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=file, why=error.strerror or str(error)) from error


def answer(values: dict[str, object], text: str, *, as_json: bool, code: int = YES) -> NoReturn:
    """Print the answer and end with its exit code."""
    click.echo(json.dumps(values, ensure_ascii=False, default=str) if as_json else text)
    sys.exit(code)


def refuse(error: EcvetError, *, as_json: bool, code: int = NO) -> NoReturn:
    """Print one sentence with code and remedy and end; nothing has been written."""
    if as_json:
        click.echo(json.dumps({"error": error.as_problem()}, ensure_ascii=False))
    else:
        click.echo(f"{error}\n  code: {error.code}\n  what to do: {error.what_to_do}", err=True)
    sys.exit(UNREADABLE if isinstance(error, FileUnreadable) else code)
