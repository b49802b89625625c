"""`ecvet up`: make the data folder ready, bring the tables up to date, and serve until it is told to end.

Django is imported only after the folder, the port and the environment have been found usable, so that every refusal is
one sentence with a remedy.
"""

import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

import click

from ecvet.errors import EcvetError
from ecvet_platform.shell.environment import SecretMissing, read

TRIES: Final = 10
THREADS: Final = max(4, 2 * (os.cpu_count() or 1))


class FolderUnusable(EcvetError):
    """The data folder cannot be made or written to."""

    code = "shell.data.not-writable"
    sentence = "The folder {folder} cannot be written to: {why}."
    remedy = "Give this user the right to write there, or name another folder with --data or ECVET_DATA."
    status = 500


class NoFreePort(EcvetError):
    """All ports that were tried are taken."""

    code = "shell.port.none-free"
    sentence = "None of the ports {first} to {last} on {address} is free."
    remedy = "End the program that uses them, or name another port with --port."
    status = 500


class AddressElsewhere(EcvetError):
    """An address to listen on that this machine does not have."""

    code = "shell.address.elsewhere"
    sentence = "This machine has no address {address} to listen on."
    remedy = "Name one of its own addresses with --address; without it only this machine itself is served."
    status = 500


class DatabaseUnusable(EcvetError):
    """The database does not answer, or its tables cannot be brought up to date."""

    code = "shell.database.unusable"
    sentence = "The database cannot be used: {why}."
    remedy = "Check ECVET_DATABASE, that the database server runs, and that the user may create tables."
    status = 500


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo story and allow plain HTTP on this machine.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The first port to try.")
@click.option("--address", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--seconds", type=click.FloatRange(min=0), help="End after this time.")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder; `var` without it.")
def up(demo: bool, port: int, address: str, seconds: float | None, data: Path | None) -> None:
    """Serve the platform: creates its folder and tables where they are missing."""
    try:
        _serve(demo=demo, port=port, address=address, seconds=seconds, data=data)
    except EcvetError as error:
        click.echo(f"{error}\n  code: {error.code}\n  what to do: {error.what_to_do}", err=True)
        sys.exit(1)


def _serve(*, demo: bool, port: int, address: str, seconds: float | None, data: Path | None) -> None:
    if data is not None:
        os.environ["ECVET_DATA"] = str(data)
    if demo:
        os.environ["ECVET_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecvet_platform.shell.settings"
    found = read(os.environ)
    make_ready(found.data)
    if found.secret is None and not found.demo:
        raise SecretMissing()
    if found.secret is None:
        os.environ["ECVET_SECRET"] = _kept_secret(found.data / "secret")
    free = free_port(address, port)
    if found.demo:
        os.environ.setdefault("ECVET_SITE", f"http://{address}:{free}")
    migrate()
    links = _demo_links() if found.demo else {}
    _announce(f"http://{address}:{free}", taken=port if free != port else None, links=links, empty=_nobody_yet())
    with _telling() if found.demo else nullcontext():
        _run(address, free, seconds)


@contextmanager
def _telling() -> Iterator[None]:
    """In the demo notices are sent by a process beside the server; elsewhere the operator's timer runs the command."""
    command = (sys.executable, "-m", "django", "send_notices", "--every", "20")
    teller = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        teller.terminate()
        teller.wait(timeout=10)


def make_ready(folder: Path) -> None:
    """Make the data folder and write into it once. Raises `FolderUnusable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError as error:
        raise FolderUnusable(folder=folder, why="it is a file") from error
    except OSError as error:
        raise FolderUnusable(folder=folder, why=error.strerror or str(error)) from error


def free_port(address: str, first: int) -> int:
    """The first free port of ten, counted from `first`. Raises `NoFreePort`, `AddressElsewhere`."""
    last = min(first + TRIES - 1, 65535)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in range(first, last + 1):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except socket.gaierror as error:
                raise AddressElsewhere(address=address) from error
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise AddressElsewhere(address=address) from error
                continue
            return port
    raise NoFreePort(first=first, last=last, address=address)


def _kept_secret(file: Path) -> str:
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    return file.read_text()


def migrate() -> None:
    """Bring the tables of the database up to date. Raises `DatabaseUnusable`, `DatabaseNewer`, `DatabaseForeign`."""
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    django.setup()
    from ecvet_platform.shell import tables

    try:
        call_command("migrate", verbosity=0, interactive=False)
        tables.check()
    except DatabaseError as error:
        raise DatabaseUnusable(why=str(error).strip().splitlines()[0]) from error
    finally:
        connection.close()


def _demo_links() -> dict[str, str]:
    from django.db import connection

    from ecvet_platform.shell import demo

    try:
        loaded = demo.load()
        click.echo("The demo story has been loaded." if loaded else "The demo story is here already; nothing changed.")
        return demo.sign_in_links()
    finally:
        connection.close()


def _nobody_yet() -> bool:
    from ecvet_platform.shell.begin import nobody_yet

    return nobody_yet()


def _announce(site: str, *, taken: int | None, links: dict[str, str], empty: bool) -> None:
    if taken is not None:
        click.echo(f"Port {taken} is taken; using the next free one.")
    click.echo(f"\necvet is at {site}")
    if links:
        click.echo("\nSign in as (each link works once, until the server ends or for 12 hours):")
        width = max(map(len, links))
        for who, path in links.items():
            click.echo(f"  {who:<{width}}  {site}{path}")
    if empty:
        click.echo(
            "\nNobody can sign in yet. Enter the first register office and its first person, in another terminal:"
        )
        click.echo('  ecvet begin you@office.example --name "Your Name" --institution https://office.example/ \\')
        click.echo('    --title "Register office" --country FI')
    click.echo("\nEnd with Ctrl-C.\n")
    sys.stdout.flush()


def _run(address: str, port: int, seconds: float | None) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "ecvet_platform.shell.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=THREADS * 16,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )
    if seconds is not None:
        end = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGTERM))
        end.daemon = True
        end.start()
    server.serve()
