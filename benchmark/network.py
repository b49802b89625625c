"""`make bench-network`: what the exchange between institutions costs, on SQLite and on PostgreSQL.

* The inbox takes messages of a partner that the core has made: each is read, every signature verified, judged, kept,
  done, and answered with a signed receipt, over the real doors in this process. What counts is the time of the
  processor, of this process (and on PostgreSQL of the database too, by its own figures of the processes).
* `signature_ms` is the work with signatures for one message: the request's share of it, one object's, one receipt's.
* `requests_per_change` counts what goes between two institutions when the hosting one changes an agreement, all accept,
  and it comes into force.
* The catch-up fetches 10,000 messages from the outbox of a partner.
* The journal of a million entries is made in bulk, chained, and verified as `ecvet` does.

Each part runs in a process of its own. Last comes one line of JSON.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
sys.path.insert(0, str(HERE.parent / "tests"))


def _set_up(folder: str) -> None:
    os.environ.update({
        "ECVET_DATA": folder, "ECVET_SITE": "https://here.example", "ECVET_SECRET": "s" * 48, "ECVET_EMAIL": "file",
        "ECVET_DATABASE": os.environ.get("ECVET_DATABASE") or f"sqlite:///{folder}/ecvet.sqlite3", "ECVET_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "ecvet_platform.shell.settings",
    })  # fmt: skip
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)


def _world() -> Any:
    """Turin here, Lyon elsewhere, both in one network."""
    from ecvet_platform.federation import fetcher
    from ecvet_platform.journal import clock
    from simulators.partner import Network
    from simulators.world import made_world

    clock._fixed = NOW
    network = Network()
    fetcher.ask = network.ask
    return made_world(network)


def inbox(agreements: int, each: int = 10, *, profile: bool = False) -> dict[str, float]:
    """Messages per second of the processor: arrivals, interruptions and their ends in many stays."""
    import cProfile
    import pstats

    from django.db import connection

    from ecvet_platform.federation.models import CameRow
    from ecvet_platform.journal import clock

    world = _world()
    threads = [world.another(n + 1) for n in range(agreements)]
    clock._fixed = NOW + timedelta(days=60)
    lines = [world.on_and_off(one, each) for one in threads]
    events = [one for line in zip(*lines, strict=True) for one in line]
    world.lyon.tell(*events[:10])
    events = events[10:]
    signed = [world.lyon.signed_post(*events[n : n + 50]) for n in range(0, len(events), 50)]
    profiler = cProfile.Profile()
    before, database = time.process_time(), _database_seconds(connection)
    if profile:
        profiler.enable()
    answers = [ask() for ask in signed]
    profiler.disable()
    mine, theirs = time.process_time() - before, _database_seconds(connection) - database
    if profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)
    taken = sum(isinstance(one, str) for answer in answers for one in answer.json()["receipts"])
    assert taken == len(events), (taken, len(events))
    strange = CameRow.objects.exclude(state="stored").values_list("state", "problem")
    assert not strange, strange[:3]
    return {"per_cpu_s": len(events) / (mine + theirs), "here_s": mine, "database_s": theirs}


def catch_up(count: int) -> dict[str, float]:
    """Seconds for fetching messages of a partner that was away: notes in a hundred documents."""
    from ecvet.federation import Kind
    from ecvet.record.canonical import JsonObject
    from ecvet.terms import Identifier
    from ecvet_platform.federation.actions import exchanging
    from ecvet_platform.federation.models import CameRow
    from stories_of import TURIN

    world = _world()
    threads = [world.another(n + 1) for n in range(10)]
    world.lyon.said.clear()
    note = JsonObject({"text": "The room is number five."})
    for n in range(count):
        world.lyon.make(Kind.NOTE, threads[n % 10], note=note)
    began, cpu = time.monotonic(), time.process_time()
    found = exchanging.catch_up(TURIN, Identifier(world.lyon.entity))
    took = time.monotonic() - began
    assert found == count, found
    assert CameRow.objects.filter(kind="note", state="stored").count() == count
    return {"seconds": took, "cpu_s": time.process_time() - cpu}


def signatures(count: int = 500) -> dict[str, float]:
    """Milliseconds of the processor for the signatures of one message: checked are the request's (shared by 50) and
    the object's, made is the receipt."""
    from ecvet.federation import JournalHead, Outcome, Request, check, receipt_for, sign, sign_receipt, write_batch
    from ecvet.record import Act, address_of, check_signature
    from ecvet_platform.journal import chance

    world = _world()
    version = world.proposed()
    made = world.lyon.signature(version, Act.ACCEPT)
    item = world.accepting(version)
    key, signer, head = world.lyon.key_of_records(), world.lyon.signer, JournalHead(n=1, hash=address_of(b"1"))
    body = write_batch([item])
    request = Request(method="POST", target="https://here.example/x", fields=(("content-type", "application/json"),),
                      body=body)  # fmt: skip
    added = sign(request, signer, at=NOW, nonce=chance.token())
    asked = Request(method="POST", target=request.target, fields=(*request.fields, *added), body=body)
    began = time.process_time()
    for _ in range(count):
        check(asked, key_of=lambda kid: signer.public, now=NOW, seen=lambda kid, nonce: False)
    of_request = (time.process_time() - began) / count
    began = time.process_time()
    for _ in range(count):
        assert check_signature(made, key.public, at=NOW)
    of_object = (time.process_time() - began) / count
    began = time.process_time()
    for _ in range(count):
        sign_receipt(receipt_for(item, Outcome.STORED, at=NOW, head=head), signer)
    of_receipt = (time.process_time() - began) / count
    return {"ms": 1000 * (of_request + of_object + of_receipt)}


def requests_per_change() -> dict[str, float]:
    """Requests between the two while a change that Turin proposes is accepted by all and comes into force."""
    from dataclasses import replace

    from ecvet.record import Act
    from ecvet.terms import Period
    from ecvet_platform.mobility.actions import agreements, proposing, signing

    world = _world()
    version = world.agreed()
    world.sent()
    asked, posted = len(world.network.asked), world.lyon.posts
    item = agreements.agreement(version.thread, actor=world.actor()).item
    longer = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 5)))
    changed = proposing.change(version.thread, longer, base=version.address, actor=world.actor())
    signing.answer(version.thread, changed, Act.ACCEPT, actor=world.actor("Alba"))
    world.sent()
    world.lyon.tell(world.accepting(world.version(version.thread)))
    signing.answer(version.thread, changed, Act.ACCEPT, actor=world.actor())
    world.sent()
    assert agreements.line(version.thread, actor=world.actor()).in_force == changed
    return {"requests": len(world.network.asked) - asked + world.lyon.posts - posted}


def journal(count: int) -> dict[str, float]:
    """Seconds for verifying a journal of so many entries."""
    from dataclasses import replace

    from ecvet.terms import Identifier
    from ecvet_platform.journal import actions, store
    from ecvet_platform.journal.chain import BEGINNING, Entry, hash_of
    from ecvet_platform.journal.models import EntryRow

    who, prev, rows = Identifier("https://turin.example/school"), BEGINNING, []
    detail = '{"role":"home","signer":"https://turin.example/school"}'
    for n in range(1, count + 1):
        draft = Entry(n=n, at=NOW + timedelta(seconds=n), person=who, institution=who, verb="agreement.accept",
                      subject=who, record=BEGINNING, detail=detail, prev=prev, hash=BEGINNING)  # fmt: skip
        made = replace(draft, hash=hash_of(draft))
        prev = made.hash
        rows.append(EntryRow(**{name: getattr(made, name) for name in store._MEMBERS}))
        if len(rows) == 5000:
            EntryRow.objects.bulk_create(rows)
            rows = []
    EntryRow.objects.bulk_create(rows)
    began, cpu = time.monotonic(), time.process_time()
    assert actions.verify()[0] == count
    return {"seconds": time.monotonic() - began, "cpu_s": time.process_time() - cpu}


def _database_seconds(connection: Any) -> float:
    """Seconds of the processor that the server's process of this connection has used; 0 on SQLite."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


PARTS = {
    "inbox": lambda asked: inbox(asked.agreements, profile=asked.profile),
    "catch-up": lambda asked: catch_up(asked.messages),
    "signatures": lambda asked: signatures(),
    "requests": lambda asked: requests_per_change(),
    "journal": lambda asked: journal(asked.entries),
}


def _part(name: str, *more: str, postgresql: bool = False) -> dict[str, float]:
    own = [sys.executable, __file__, "--part", name, *more]
    tool = str(HERE.parent / "tools" / "on-postgresql")
    asked = ["pg_virtualenv", "-o", "fsync=off", tool, *own] if postgresql else own
    answer = subprocess.run(asked, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    if answer.returncode:
        print(answer.stdout[-2000:], answer.stderr[-4000:], sep="\n", file=sys.stderr)
        raise SystemExit(f"{name} failed")
    found: dict[str, float] = json.loads(answer.stdout.strip().splitlines()[-1])
    print(f"{name}{' on PostgreSQL' if postgresql else ''}: {found}, load {os.getloadavg()[0]:.1f}", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--agreements", type=int, default=40)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    if asked.part:
        with tempfile.TemporaryDirectory() as folder:
            _set_up(folder)
            print(json.dumps(PARTS[asked.part](asked)))
        return
    sizes = ("--agreements", str(asked.agreements), "--messages", str(asked.messages), "--entries", str(asked.entries))
    print(json.dumps({
        "inbox_per_cpu_s_sqlite": round(_part("inbox", *sizes)["per_cpu_s"], 1),
        "inbox_per_cpu_s_postgresql": round(_part("inbox", *sizes, postgresql=True)["per_cpu_s"], 1),
        "signature_ms": round(_part("signatures")["ms"], 3),
        "requests_per_change": _part("requests")["requests"],
        "catch_up_10k_s": round(_part("catch-up", *sizes)["seconds"], 1),
        "journal_1m_s": round(_part("journal", *sizes)["seconds"], 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
