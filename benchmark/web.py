"""`make bench-web`: pages of fifty lines beside lists in Django (two ways) and in FastAPI, and what people must do.

The platform is served as `ecvet up` serves it, on a database of its own that is thrown away, with all middleware, a
person who signed in by an e-mailed link, and the permission filter. Counted are answers for each second of the
processor that the server's processes used, in turns with the peers, so that all meet the same machine. Last comes one
line of JSON.

The aim of 500 was set on a machine where fifty rows of Django's ORM in Jinja2, with full middleware but nobody signed
in, gave 559. That peer runs here too, so that the aim can be read on any machine. FastAPI comes from the package index
into a folder that is thrown away; without it that peer is left out.
"""

import argparse
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
from serving import Browser, Load, Server, free_port, load, serving

HERE = Path(__file__).parent
OURS = Path(sys.executable).parent
LISTS = ("learners", "agreements", "qualifications", "credit")
THREADS = max(4, 2 * (os.cpu_count() or 1))
READER = "bruno@tampere.example"
AIM, AIMED_BESIDE = 500, 559
MANY = 16


def main() -> int:
    """Measure in turns, print a table and the line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each page is asked for in a round")
    parser.add_argument("--without-fastapi", action="store_true", help="install nothing")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ecvet-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        platform, reader = _platform(folder, stack)
        targets = [(one, platform, f"/{one}/", reader.cookie) for one in LISTS]
        targets += _peers(folder, stack, fastapi=not asked.without_fastapi)
        for _, server, path, cookie in targets:
            load(server, path, cookie, seconds=1)
        found: dict[str, list[Load]] = {target: [] for target, *_ in targets}
        for _ in range(asked.rounds):
            for target, server, path, cookie in targets:
                found[target].append(load(server, path, cookie, seconds=asked.seconds))
        crowded = [load(platform, f"/{one}/", reader.cookie, seconds=asked.seconds, at_once=MANY) for one in LISTS]
        figures = _told(found, max(one.p99_ms for one in crowded)) | _documents(platform, reader)
    figures |= _inputs()
    print(json.dumps(figures))
    return 0


def _platform(folder: Path, stack: ExitStack) -> tuple[Server, Browser]:
    """The platform with its crowd, and somebody who has signed in."""
    data, port = folder / "platform", free_port()
    environment = {
        **os.environ, "ECVET_DATA": str(data), "ECVET_EMAIL": "file", "ECVET_SECRET": os.urandom(32).hex(),
        "ECVET_DATABASE": f"sqlite:///{data}/ecvet.sqlite3",
    }  # fmt: skip
    data.mkdir()
    print("making sixty learners abroad and sixty qualifications …", flush=True)
    subprocess.run([sys.executable, HERE / "crowd.py"], env=environment, check=True, timeout=300)
    command = [str(OURS / "ecvet"), "up", "--port", str(port), "--data", str(data), "--seconds", "900"]
    server = stack.enter_context(serving(command, port, environment=environment, folder=folder))
    return server, _sign_in(port, data / "mail")


def _sign_in(port: int, mail: Path) -> Browser:
    """Ask for the link, take it from the mail, open it, press the button."""
    reader = Browser(port)
    _send(reader, "/sign-in", email=READER)
    letter = next(mail.glob("*.log")).read_text()
    link = re.search(r"https?://[^\s/]+(/sign-in/\S+)", letter.replace("=\n", ""))
    assert link is not None, letter
    _send(reader, link[1])
    return reader


def _send(reader: Browser, path: str, **fields: str) -> None:
    _, page = reader.ask("GET", path)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None, page
    status, page = reader.ask("POST", path, urlencode({"csrfmiddlewaretoken": token[1].decode(), **fields}))
    assert status in (200, 302), page


def _peers(folder: Path, stack: ExitStack, *, fastapi: bool) -> list[tuple[str, Server, str, str]]:
    """The peers, on copies of the platform's agreements."""
    database = folder / "peer.sqlite3"
    _copy(folder / "platform" / "ecvet.sqlite3", database)
    environment = {**os.environ, "PEER_DATABASE": str(database), "PYTHONPATH": str(HERE / "peers")}
    made = subprocess.run(
        [sys.executable, HERE / "peers" / "plain_django.py"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    command = [str(OURS / "granian"), "--interface", "wsgi", "--blocking-threads", str(THREADS), "plain_django:app"]
    django = _peer(command, environment, folder, stack)
    peers = [("plain Django", django, "/agreements/", made.stdout), ("Django, Jinja2", django, "/open/", "")]
    python = _fastapi(folder) if fastapi else None
    if python is not None:
        command = [str(python.with_name("granian")), "--interface", "asgi", "fastapi_sqlalchemy:app"]
        server = _peer(command, environment, folder, stack)
        peers.append(("FastAPI", server, "/agreements/", "session=benchmark"))
    return peers


def _peer(command: list[str], environment: dict[str, str], folder: Path, stack: ExitStack) -> Server:
    port = free_port()
    command = [*command, "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--log-level", "warning"]
    return stack.enter_context(serving(command, port, environment=environment, folder=folder))


def _copy(source: Path, target: Path) -> None:
    """The rows of the platform's list, in tables as a beginner would make them."""
    read, write = sqlite3.connect(source), sqlite3.connect(target)
    write.executescript("""
        create table institution (id integer primary key, name text, name_of text);
        create table member (id integer primary key, user_id bigint, institution_id integer);
        create table token (token text primary key, name text, institution_id integer);
        create table agreement (id integer primary key, thread text, learner text, title text, home_id integer,
            hosting_id integer, starts date, ends date, state text, stay text);
        create table unit (id integer primary key, code text, title text, level integer, points numeric(6, 2),
            language text, starts date, changed datetime, hours integer, institution_id integer);
        create index agreement_home on agreement (home_id, starts);
    """)
    write.execute("pragma journal_mode=wal")
    rows = read.execute("""
        select a.thread, l.name, a.title, h.name, g.name, a.starts, a.ends, a.state, a.stay from mobility_agreement a
        join mobility_learner l on l.id = a.learner_id join institutions_institution h on h.id = a.home
        join institutions_institution g on g.id = a.hosting""").fetchall()
    places = {name: number for number, name in enumerate(dict.fromkeys(name for row in rows for name in row[3:5]), 1)}
    write.executemany("insert into institution (id, name) values (?, ?)", [(n, name) for name, n in places.items()])
    write.executemany(
        "insert into agreement (thread, learner, title, home_id, hosting_id, starts, ends, state, stay) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*row[:3], places[row[3]], places[row[4]], *row[5:]) for row in rows],
    )
    write.execute("update institution set name_of = 'INST-' || id")
    write.executemany(
        "insert into unit values (?, ?, 'Advise a client, cut and style the hair of a client', ?, ?, 'en', ?, ?, ?, ?)",
        [
            (n, f"UNIT-{n:04}", 3 + n % 3, f"{n % 7 + 1}.50", f"2026-01-{1 + n % 28:02}",
             f"2026-0{n % 9 + 1}-10 08:30:00.123456", 25 * (n % 7 + 1), n % len(places) + 1)
            for n in range(1, 501)
        ],
    )  # fmt: skip
    write.execute("insert into token values ('benchmark', 'bruno', 1)")
    write.commit()
    write.close()
    read.close()


def _fastapi(folder: Path) -> Path | None:
    """An interpreter that has FastAPI, SQLAlchemy and Jinja2, in a folder that is thrown away."""
    python = folder / "fastapi" / "bin" / "python"
    wanted = ("fastapi", "sqlalchemy", "jinja2", "granian")
    print(f"installing {', '.join(wanted)} into a folder that is thrown away …", flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", folder / "fastapi"], check=True, timeout=120)
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True, timeout=240, capture_output=True)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"without FastAPI, which could not be installed: {error}")
        return None
    return python


def _told(found: dict[str, list[Load]], crowded_ms: float) -> dict[str, float | int | None]:
    print(f"\nload of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'list of fifty':16}{'per CPU-second':>16}{'p50 ms':>9}{'p99 ms':>9}{'asking, ms':>12}")
    per_cpu: dict[str, float] = {}
    for target, loads in found.items():
        per_cpu[target] = statistics.median(one.per_cpu_s for one in loads)
        times = [statistics.median(getattr(one, name) for one in loads) for name in ("p50_ms", "p99_ms", "asking_ms")]
        print(f"{target:16}{per_cpu[target]:16.0f}{times[0]:9.1f}{times[1]:9.1f}{times[2]:12.2f}")
    same, least = per_cpu["agreements"], min(per_cpu[one] for one in LISTS)
    here = AIM / AIMED_BESIDE * per_cpu["Django, Jinja2"]
    print(f"\nthe aim of {AIM} is {here:.0f} on this machine now; the dearest list gives {least / here:.2f} of it")
    print(f"at {MANY} connections p99 of the dearest list is {crowded_ms:.0f} ms")
    return {
        "html_list_per_cpu_s": round(least),
        "html_list_aim_here": round(here),
        **{f"{one}_per_cpu_s": round(per_cpu[one]) for one in LISTS},
        "html_p99_ms": round(max(statistics.median(load.p99_ms for load in found[one]) for one in LISTS), 1),
        "html_p99_at_16_ms": round(crowded_ms, 1),
        "times_django_jinja2": round(least / per_cpu["Django, Jinja2"], 2),
        "times_plain_django": round(same / per_cpu["plain Django"], 2),
        "times_fastapi": round(same / per_cpu["FastAPI"], 2) if "FastAPI" in per_cpu else None,
    }


def _documents(server: Server, reader: Browser) -> dict[str, float]:
    """A learning agreement as a sealed PDF, one after the other, each of another learner."""
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    _, page = reader.ask("GET", "/agreements/")
    keys = re.findall(rb'href="(/agreements/[0-9a-f-]{36})"', page)[:20]
    times, pages, before = list[float](), 0, 0.0
    for key in keys:
        began = time.perf_counter()
        status, data = reader.ask("GET", f"{key.decode()}/pdf")
        times.append(time.perf_counter() - began)
        before = before or server.cpu()  # the first one fills what is kept for all
        assert status == 200, data[:500]
        read = PdfFileReader(BytesIO(data))
        assert read.embedded_signatures, "the document is not sealed"
        pages = int(read.root["/Pages"]["/Count"])
    cpu = (server.cpu() - before) / (len(keys) - 1) * 1000
    median = statistics.median(times[1:]) * 1000
    print(f"\nsigned PDF of {pages} pages, {len(data) / 1024:.0f} KB: {median:.0f} ms, first {times[0] * 1000:.0f} ms")
    print(f"of these {cpu:.0f} ms of the processor")
    return {"signed_pdf_ms": round(median, 1), "signed_pdf_cpu_ms": round(cpu, 1), "pdf_pages": pages}


def _inputs() -> dict[str, int]:
    """What the test of the walk from “new mobility” to “all signed” counts."""
    test = "tests/platform/mobility/test_effort.py"
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", test]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, timeout=300)
    line = next((one for one in done.stdout.splitlines() if one.startswith('{"coordinator_inputs"')), None)
    if line is None:
        raise SystemExit(done.stdout[-2000:])
    return dict(json.loads(line))


if __name__ == "__main__":
    sys.exit(main())
