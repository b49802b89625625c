"""`ecvet up`: serves, says where, ends cleanly; refuses in one sentence with code and remedy."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ecvet_platform.people.models import User
from ecvet_platform.shell import tables
from ecvet_platform.shell.command import TRIES, NoFreePort, free_port

START = [sys.executable, "-c", "from ecvet.cli import main; main()", "up"]
QUIET = {name: value for name, value in os.environ.items() if not name.startswith(("ECVET_", "DJANGO_"))}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*START, *arguments], env=QUIET, capture_output=True, text=True, timeout=120)


@contextmanager
def taken(*ports: int) -> Iterator[None]:
    sockets = [socket.socket() for _ in ports]
    try:
        for one, port in zip(sockets, ports, strict=True):
            one.bind(("127.0.0.1", port))
            one.listen()
        yield
    finally:
        for one in sockets:
            one.close()


def free_row() -> int:
    """The first of eleven free ports in a row."""
    for first in range(18_400, 60_000, 16):
        try:
            with taken(*range(first, first + TRIES + 1)):
                return first
        except OSError:
            continue
    raise AssertionError("no free ports")


def test_the_demo_serves_names_a_link_per_role_and_ends_by_itself(tmp_path: Path):
    first = free_row()
    with taken(first):
        ended = run("--demo", "--seconds", "2", "--port", str(first), "--data", str(tmp_path / "new" / "var"))
    assert ended.returncode == 0, ended.stderr
    assert f"Port {first} is taken" in ended.stdout
    assert f"ecvet is at http://127.0.0.1:{first + 1}" in ended.stdout
    for role in ("learner", "coordinator", "assessor", "mentor", "competent institution", "register office"):
        assert re.search(rf"\(.*{role}.*\) +http://127.0.0.1:{first + 1}/sign-in/\S{{40,}}", ended.stdout)
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "new" / "var" / "ecvet.sqlite3").exists()
    assert (tmp_path / "new" / "var" / "secret").stat().st_mode & 0o077 == 0


def test_it_answers_while_it_runs_and_ends_when_asked(tmp_path: Path):
    port = free_row()
    server = subprocess.Popen(
        [*START, "--seconds", "60", "--port", str(port), "--data", str(tmp_path)],
        env=QUIET | {"ECVET_SECRET": "only-for-this-test-" * 3}, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if line.startswith("End with"):
                break
        page = _page_when_ready(f"http://127.0.0.1:{port}/")
        style = re.search(r'href="(/static/shell/ecvet\.css[^"]*)"', page)
        assert style
        assert "max-width" in urlopen(f"http://127.0.0.1:{port}{style[1]}", timeout=10).read().decode()
    finally:
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Traceback" not in said


def _page_when_ready(address: str) -> str:
    for _ in range(300):
        try:
            return str(urlopen(address, timeout=10).read().decode())
        except OSError:
            Event().wait(0.1)
    raise AssertionError("the server did not answer")


def test_ten_ports_are_tried_and_then_it_says_so():
    first = free_row()
    with taken(*range(first, first + TRIES)), pytest.raises(NoFreePort) as caught:
        free_port("127.0.0.1", first)
    assert caught.value.facts == {"first": first, "last": first + TRIES - 1, "address": "127.0.0.1"}
    with taken(*range(first, first + TRIES - 1)):
        assert free_port("127.0.0.1", first) == first + TRIES - 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--data", "{file}/var"), "shell.data.not-writable"),
        (("--data", "{folder}"), "shell.secret.missing"),
        (("--demo", "--address", "192.0.2.1", "--data", "{folder}"), "shell.address.elsewhere"),
        (("--demo", "--data", "{other}"), "shell.database.unusable"),
    ],
)
def test_what_cannot_be_served_is_refused_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...], code: str):
    file = tmp_path / "file"
    file.write_text("in the way")
    other = tmp_path / "other"
    other.mkdir()
    (other / "ecvet.sqlite3").write_bytes(b"something else, long enough to be no database " * 100)
    ended = run(*(one.format(file=file, folder=tmp_path, other=other) for one in arguments))
    assert ended.returncode == 1
    assert f"code: {code}" in ended.stderr
    assert "what to do:" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.django_db
def test_a_database_of_this_version_is_served_and_one_of_a_newer_version_is_left_alone():
    tables.check()
    MigrationRecorder(connection).record_applied("journal", "0999_of_next_year")
    with pytest.raises(tables.DatabaseNewer) as caught:
        tables.check()
    assert caught.value.facts == {"step": "journal 0999_of_next_year"}


@pytest.mark.django_db
def test_a_database_with_tables_that_are_not_ours_is_left_alone():
    table = User._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME COLUMN language TO tongue")
    with pytest.raises(tables.DatabaseForeign) as caught:
        tables.check()
    assert caught.value.facts == {"table": table, "column": "language"}
