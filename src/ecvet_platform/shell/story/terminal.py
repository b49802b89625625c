"""`ecvet story`: the ten steps in the terminal, lived through on a platform of its own that is gone afterwards.

Nothing is written into the demo's folder: without a database named it is SQLite in a temporary folder, and a database
that has records already is refused. Django is imported only after folder and environment have been found usable.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from ecvet.cli.output import NO, YES, answer, refuse
from ecvet.errors import EcvetError

if TYPE_CHECKING:
    from ecvet_platform.shell.story.run import Told


class DatabaseNotEmpty(EcvetError):
    """The story would be told into a database that has records of its own."""

    code = "shell.story.database-not-empty"
    sentence = "The database has records already; the story is told only in an empty one, since records stay for ever."
    remedy = "Name an empty database or folder, or leave both out to use a temporary one."
    status = 409


@click.command("story")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--database", metavar="URL", help="An empty database; ECVET_DATABASE, or a temporary SQLite without it.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep data, credential and trust in this folder.",
)
def command(as_json: bool, database: str | None, keep: Path | None) -> None:
    """The ten steps, from the description of a qualification to a credential that a stranger verifies."""
    try:
        with _folder(keep) as data:
            told = _tell(data, database or os.environ.get("ECVET_DATABASE"))
    except EcvetError as error:
        refuse(error, as_json=as_json)
    from ecvet_platform.shell.story import readable

    code = YES if told.verified.get("verified") is True else NO
    answer(readable.values(told), readable.text(told, kept=keep), as_json=as_json, code=code)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    from ecvet_platform.shell.command import make_ready

    if keep is not None:
        make_ready(keep)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="ecvet-story-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _tell(data: Path, database: str | None) -> "Told":
    from ecvet_platform.shell.command import migrate
    from ecvet_platform.shell.environment import read

    os.environ["ECVET_DATA"] = str(data)
    os.environ["ECVET_DATABASE"] = database or f"sqlite:///{quote(str(data / 'ecvet.sqlite3'))}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecvet_platform.shell.settings"
    read(os.environ)
    migrate()
    from django.db import connection

    from ecvet_platform.journal import actions as journal
    from ecvet_platform.shell.story.run import run

    try:
        if journal.read(limit=1):
            raise DatabaseNotEmpty()
        return run(data)
    finally:
        connection.close()
