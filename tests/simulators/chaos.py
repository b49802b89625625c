"""Three servers run mobilities with every branch of the state machines, while the network and the machines fail.

`run(…)` begins the nodes, plays rounds until every mobility has come to its end or the time is over, ends all trouble,
exchanges until it is quiet, and compares. Each mobility follows a plan: steps on days, taken again until they are done.
"""

import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any, Final

from simulators.node import Node
from simulators.proxy import Proxy

BEGIN: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
TURIN, LYON, BODY = "https://turin.example/school", "https://lyon.example/lycee", "https://body.example/"
THIRD = "https://nowhere.example/"
PEOPLE: Final = {"turin": "Bruno", "lyon": "Chloé", "third": "Erik"}
PLACES: Final = {"turin": TURIN, "lyon": LYON, "third": THIRD}
SKEW: Final = {"turin": timedelta(0), "lyon": timedelta(seconds=45), "third": timedelta(seconds=20)}
DAYS: Final = ("2026-03-02", "2026-04-01", "2026-04-06", "2026-04-20", "2026-05-29", "2026-06-02", "2026-06-10")
"""The days on which something is done; each takes as many rounds as it needs."""

Step = tuple[int, str, str, dict[str, Any]]
"""On which of the days, at which node, what, with which arguments."""


# ------------------------------------------------------------- plans
def _negotiated(host: str, broker: str | None) -> list[Step]:
    parties = [host, *([broker] if broker else [])]
    return [
        (0, "turin", "answer", {"name": "", "by": "learner"}),
        *((0, one, "answer", {"name": PEOPLE[one], "by": PLACES[one]}) for one in parties),
        (0, "turin", "answer", {"name": "Bruno", "by": TURIN}),
        (0, "turin", "in_force", {}),
    ]  # fmt: skip


def _changed(host: str, by: str, broker: str | None) -> list[Step]:
    own = [host, *([broker] if broker else [])]
    return [
        (1, by, "change", {"name": PEOPLE[by], "by": PLACES[by], "days": 7}),
        (1, "turin", "answer", {"name": "", "by": "learner", "version": 2}),
        *((1, one, "answer", {"name": PEOPLE[one], "by": PLACES[one], "version": 2}) for one in own),
        (1, "turin", "answer", {"name": "Bruno", "by": TURIN, "version": 2}),
        (1, "turin", "in_force", {"version": 2}),
    ]


def _stay(host: str, end: str = "2026-05-29") -> list[Step]:
    me = PEOPLE[host]
    return [
        (1, "turin", "tell", {"verb": "confirm", "name": "Bruno", "on": DAYS[1]}),
        (2, host, "tell", {"verb": "start", "name": me, "on": DAYS[2]}),
        (4 if end == DAYS[4] else 6, host, "tell", {"verb": "end", "name": me, "on": end}),
    ]  # fmt: skip


def _credit(host: str, *, partly: bool = False, day: int = 5) -> list[Step]:
    return [
        (day, host, "transfer", {"name": PEOPLE[host], "partly": partly}),
        (day, "turin", "acknowledge", {}),
        (day, "turin", "decide", {"partly": partly}),
    ]


def plan(kind: str, host: str, broker: str | None) -> list[Step]:
    """The steps of one mobility of a kind."""
    me, agreed, stay, close = PEOPLE[host], _negotiated(host, broker), _stay(host), (5, "turin", "close", {})
    full = [*_credit(host), (5, "turin", "recognised", {})]
    refuse = (0, host, "answer", {"name": me, "by": PLACES[host], "act": "reject"})
    why = {"name": "Bruno", "on": DAYS[1], "reason": "learner's wish"}
    plans: dict[str, list[Step]] = {
        "straight": [*agreed, *stay, *full, close],
        "changed by home": [*agreed, *_changed(host, "turin", broker), *_stay(host, "2026-06-05"),
                            *_credit(host, day=6), (6, "turin", "recognised", {})],
        "changed by the host": [*agreed, *_changed(host, host, broker), *_stay(host, "2026-06-05"),
                                *_credit(host, day=6), (6, "turin", "recognised", {})],
        "both change": [*agreed, (1, host, "change", {"name": me, "by": PLACES[host], "days": 14}),
                        *_changed(host, "turin", broker)],
        "rejected": [refuse],
        "withdrawn": [*agreed[:1], (0, "turin", "answer", {"name": "Bruno", "by": TURIN, "act": "withdraw"})],
        "cancelled": [*agreed, (1, "turin", "tell", {"verb": "cancel", **why})],
        "no show": [*agreed, stay[0], (2, host, "tell", {"verb": "miss", "name": me, "on": DAYS[2]})],
        "interrupted": [
            *agreed, *stay[:2],
            (3, host, "tell", {"verb": "interrupt", "name": me, "on": DAYS[3], "reason": "illness"}),
            (3, host, "tell", {"verb": "resume", "name": me, "on": DAYS[3]}), stay[2], *full, close,
        ],
        "force majeure": [
            *agreed, *stay[:2],
            (3, "turin", "tell", {"verb": "end early", "name": "Bruno", "on": DAYS[3], "reason": "force majeure"}),
            *_credit(host, partly=True, day=3),
        ],
        "corrected": [*agreed, *stay, full[0], full[1], (5, host, "correct", {"name": me}),
                      (5, "turin", "acknowledge", {"versions": 2}), *full[2:], close],
        "contested": [*agreed, *stay, full[0], (5, "turin", "contest", {}), (5, host, "correct", {"name": me}),
                      (5, "turin", "acknowledge", {"versions": 2}), *full[2:]],
        "more evidence": [*agreed, *stay, full[0], full[1], (5, "turin", "ask", {}), *full[2:]],
        "refused and appealed": [*agreed, *stay, *full[:3], (5, "turin", "recognised", {"refuse": True}),
                                 (6, "turin", "lodge", {}), (6, "turin", "answer_appeal", {})],
        "not validated": [*agreed, *stay, *_credit(host, partly=True)],
        "ended": [*agreed, *stay[:2], (3, host, "end_agreement", {"name": me})],
    }  # fmt: skip
    return plans[kind]


KINDS: Final = (
    "straight", "changed by home", "changed by the host", "both change", "rejected", "withdrawn", "cancelled",
    "no show", "interrupted", "force majeure", "corrected", "contested", "more evidence", "refused and appealed",
    "not validated", "ended",
)  # fmt: skip
WAYS: Final = (("lyon", None), ("third", None), ("lyon", "third"), ("third", "lyon"))


@dataclass
class Mobility:
    """One of many: which steps are still to be taken, and why the next one is not yet."""

    n: int
    kind: str
    host: str
    broker: str | None
    steps: list[Step]
    thread: str | None = None
    why: Any = None


@dataclass
class Result:
    """What was found when everything was quiet."""

    seed: int
    mobilities: int = 0
    finished: int = 0
    lost: int = 0
    doubled: int = 0
    diverged: int = 0
    kills: int = 0
    entries: int = 0
    signatures: int = 0
    messages: int = 0
    seconds: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


# ------------------------------------------------------------- nodes
class Chaos:
    """The nodes with their proxies, and what is done to them."""

    def __init__(self, folder: Path, random: Random, databases: dict[str, str]) -> None:
        self.random, self.at, self.kills = random, BEGIN, 0
        self.nodes: dict[str, Node] = {}
        self.proxies: dict[str, Proxy] = {}
        self.locks = {name: threading.RLock() for name in PLACES}
        for name in PLACES:
            node = Node(folder / name, database=databases.get(name))
            self.proxies[name] = proxy = Proxy(node.port, random)
            node.reached_at = proxy.site
            self.nodes[name] = node

    def clock_of(self, name: str) -> datetime:
        return self.at + SKEW[name]

    def begin(self) -> None:
        """Institutions, people, and who knows whom."""
        self._each(lambda name: self.nodes[name].start(at=self.clock_of(name)))
        own = {"turin": "TURIN, BODY", "lyon": "LYON", "third": "STRANGERS"}
        self._each(lambda name: self.nodes[name].said(f"enter({own[name]}); resume()"))
        self.nodes["turin"].said("qualifications.publish(DRAFT, actor=actor('Office'))")
        where = {
            name: self.nodes[name].said(f"result = ourselves.entity_of(Identifier({PLACES[name]!r}))")
            for name in PLACES
        }
        for name in PLACES:
            for other in PLACES:
                if other != name:
                    self.nodes[name].said(f"tied({where[other]!r}, 'Office', {own[other]})")

    def end(self) -> None:
        for node in self.nodes.values():
            node.kill()
        for proxy in self.proxies.values():
            proxy.close()

    def ask(self, name: str, code: str, **values: Any) -> Any:
        """Run code in a node; None when it was killed meanwhile (it is begun again)."""
        with self.locks[name]:
            try:
                return self.nodes[name].said(code, **values)
            except (AssertionError, OSError, ValueError) as error:
                node = self.nodes[name]
                assert node.process is not None
                if node.process.poll() is None:
                    try:
                        node.process.wait(timeout=5)  # killed a moment ago
                    except Exception:
                        raise error from None
                self._again(name)
                return None

    def kill(self, name: str) -> None:
        """As a power cut, in the middle of whatever it does."""
        process = self.nodes[name].process
        if process is not None and process.poll() is None:
            process.kill()
            self.kills += 1

    def _again(self, name: str) -> None:
        self.nodes[name].start(at=self.clock_of(name))
        self.nodes[name].said("resume()")

    def _each(self, do: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        failed: list[BaseException] = []

        def one(name: str) -> None:
            try:
                found[name] = do(name)
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=one, args=(name,)) for name in PLACES]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        if failed:
            raise failed[0]
        return found

    def round(self, steps: dict[str, list[Any]], *, compare: bool = False) -> dict[str, Any]:
        """Each node takes its steps and exchanges, all at once."""
        code = "clock._fixed = datetime.fromisoformat(at); result = [run(steps), exchange_once(compare)]"

        def one(name: str) -> Any:
            said = {"at": self.clock_of(name).isoformat(), "steps": steps.get(name, []), "compare": compare}
            return self.ask(name, code, **said)

        return self._each(one)


def run(
    folder: Path, *, mobilities: int, seed: int, databases: dict[str, str] | None = None, kills: int = 6,
    seconds: float = 540, trouble: float = 0.25, say: Any = lambda _: None,
) -> Result:  # fmt: skip
    """Play it, and look at the end."""
    began, random = time.monotonic(), Random(seed)
    result, chaos = Result(seed=seed, mobilities=mobilities), Chaos(folder, random, databases or {})
    try:
        chaos.begin()
        say(f"three nodes after {time.monotonic() - began:.0f} s")
        _framed(chaos)
        made = _mobilities(mobilities, random)
        for proxy in chaos.proxies.values():
            proxy.trouble = trouble
        _played(chaos, made, kills, began + seconds * 0.75, say)
        _quiet(chaos, say, began + seconds)
        _looked_at(chaos, made, result)
    finally:
        chaos.end()
    result.kills, result.seconds = chaos.kills, round(time.monotonic() - began, 1)
    result.faults = dict(sum((Counter(one.count) for one in chaos.proxies.values()), Counter()))
    return result


def _framed(chaos: Chaos) -> None:
    """A memorandum of the three comes into force."""
    [[_, thread, _]] = chaos.round({"turin": [[0, None, [["found_frame", {}]]]]})["turin"][0]
    accept = {name: [["accept_frame", {"name": PEOPLE[name], "by": PLACES[name]}]] for name in PLACES}
    steps = {name: [[0, thread, accept[name]]] for name in ("lyon", "third")}
    for _ in range(8):
        found = chaos.round(steps)
        chaos.at += timedelta(minutes=2)
        if all(found[name] and found[name][0][0][0] == 1 for name in steps):
            break
    chaos.round({})
    found = chaos.round({"turin": [[0, thread, [*accept["turin"], ["frame_in_force", {}]]]]})["turin"][0]
    assert found[0][0] == 2, found
    chaos.round({})


def _mobilities(count: int, random: Random) -> list[Mobility]:
    made = []
    for n in range(count):
        kind, (host, broker) = KINDS[n % len(KINDS)], WAYS[(n // len(KINDS) + n) % len(WAYS)]
        first: Step = (0, "turin", "propose", {"host": PLACES[host], "broker": PLACES[broker] if broker else None})
        made.append(Mobility(n, kind, host, broker, [first, *plan(kind, host, broker)]))
    random.shuffle(made)
    return made


def _played(chaos: Chaos, made: list[Mobility], kills: int, until: float, say: Any) -> None:
    began, random = time.monotonic(), chaos.random
    planned = sorted(random.random() * (until - began) * 0.7 for _ in range(kills))
    killer = threading.Event()

    def kill_now_and_then() -> None:
        for at in planned:
            if killer.wait(max(0.0, began + at - time.monotonic())):
                return
            chaos.kill(random.choice(list(PLACES)))

    threading.Thread(target=kill_now_and_then, daemon=True).start()
    for day, text in enumerate(DAYS):
        chaos.at = max(chaos.at, datetime.fromisoformat(f"{text}T09:00+00:00"))
        for turn in range(40):
            if time.monotonic() > until:
                break
            _partition(chaos, random, turn)
            steps, asked = _next(made, day)
            if not any(steps.values()):
                break
            found = chaos.round(steps)
            _taken(asked, found)
            for proxy in chaos.proxies.values():
                proxy.let_go()
            chaos.at += timedelta(minutes=5) if turn < 12 else timedelta(minutes=30)
        open_ = [one for one in made if one.steps and one.steps[0][0] <= day]
        say(f"{text}: {len(open_)} behind, {chaos.kills} kills, {time.monotonic() - began:.0f} s")
    killer.set()


def _partition(chaos: Chaos, random: Random, turn: int) -> None:
    """Two cannot reach each other for some rounds, then two others."""
    for proxy in chaos.proxies.values():
        proxy.apart.clear()
    if turn % 6 in (2, 3):
        one, other = random.sample(list(PLACES), 2)
        chaos.proxies[one].apart.add(chaos.proxies[other].site)
        chaos.proxies[other].apart.add(chaos.proxies[one].site)


def _next(made: list[Mobility], day: int) -> tuple[dict[str, list[Any]], dict[str, list[Mobility]]]:
    """For each node what it can try now: of each mobility its next steps, as far as they are all at this node."""
    steps: dict[str, list[Any]] = {name: [] for name in PLACES}
    asked: dict[str, list[Mobility]] = {name: [] for name in PLACES}
    for one in made:
        if one.steps and one.steps[0][0] <= day:
            name = one.steps[0][1]
            own = takewhile(lambda step: step[0] <= day and step[1] == name, one.steps)  # noqa: B023
            steps[name].append([one.n, one.thread, [[what, arguments] for _, _, what, arguments in own]])
            asked[name].append(one)
    return steps, asked


def _taken(asked: dict[str, list[Mobility]], found: dict[str, Any]) -> None:
    for name, answers in found.items():
        for one, (done, thread, why) in zip(asked[name], answers[0] if answers else (), strict=False):
            one.thread, one.why = thread, why
            del one.steps[:done]


def _quiet(chaos: Chaos, say: Any, until: float) -> None:
    """No trouble any more: exchange until nobody has anything to send."""
    for proxy in chaos.proxies.values():
        proxy.trouble = 0.0
        proxy.apart.clear()
        proxy.let_go()
    found: dict[str, Any] = {}
    for turn in range(30):
        chaos.at += timedelta(hours=7)
        chaos.round({}, compare=turn > 0)
        found = chaos._each(lambda name: chaos.ask(name, "result = quiet()"))
        if all(one == [0, 0, 0] for one in found.values()) and turn > 1:
            break
        if time.monotonic() > until and turn > 8:
            break  # what still has no receipt counts as lost
    say(f"quiet: {found}")


def _looked_at(chaos: Chaos, made: list[Mobility], result: Result) -> None:
    held = chaos._each(lambda name: chaos.ask(name, "result = held()"))
    names = {thread for one in held.values() for thread in one["states"]}
    for thread in sorted(names):
        states = {name: one["states"][thread] for name, one in held.items() if thread in one["states"]}
        if len(set(states.values())) > 1:
            result.diverged += 1
            kinds = [f"{one.kind} ({one.host}, {one.broker})" for one in made if one.thread == thread]
            result.remarks.append(f"diverged: {thread} {kinds} {states}")
    came = {name: Counter(one[0] for one in found["came"]) for name, found in held.items()}
    everywhere = sum(came.values(), Counter[str]())
    for name, found in held.items():
        for message, (entity, kind, outcome, receipt, why, title) in found["sent"].items():
            result.messages += 1
            if not receipt or everywhere[message] != 1:
                result.lost += 1
                result.remarks.append(f"lost: {name} → {entity} {kind} {why}")
            elif outcome not in ("stored", "duplicate"):
                result.remarks.append(f"{outcome}: {name} {kind}: {title}")
        for _, state, title, kind, _ in found["came"]:
            if state not in ("stored", "refused", "failed"):
                result.remarks.append(f"{state}: {name} {kind} {title}")
    for name in PLACES:
        twice = chaos.ask(name, "result = doubled()")
        result.doubled += len(twice)
        result.remarks += [f"doubled: {name} {one[:3]}" for one in twice]
        entries, signatures = chaos.ask(name, "result = proved()")
        result.entries, result.signatures = result.entries + entries, result.signatures + signatures
    result.finished = sum(not one.steps for one in made)
    for one in made:
        if one.steps:
            result.remarks.append(f"unfinished: {one.kind} ({one.host}, {one.broker}) at {one.steps[0][2]}: {one.why}")


# ------------------------------------------------------------- make chaos
@contextmanager
def two_databases() -> Iterator[dict[str, str]]:
    """Two databases on the PostgreSQL that the environment names (pg_virtualenv); none without it."""
    if not os.environ.get("PGHOST"):
        yield {}
        return
    import subprocess
    from urllib.parse import quote

    user, password = (
        quote(os.environ.get("PGUSER", "postgres"), safe=""),
        quote(os.environ.get("PGPASSWORD", ""), safe=""),
    )
    place = f"{os.environ['PGHOST']}:{os.environ.get('PGPORT', '5432')}"
    made = {name: f"ecvet_chaos_{name}_{os.getpid()}" for name in ("lyon", "third")}
    for one in made.values():
        subprocess.run(["createdb", "--encoding=UTF8", "--template=template0", one], check=True)
    try:
        yield {name: f"postgresql://{user}:{password}@{place}/{one}" for name, one in made.items()}
    finally:
        for one in made.values():
            subprocess.run(["dropdb", "--if-exists", "--force", one], check=False)


def main() -> int:
    """As `make chaos` runs it; the last line is JSON."""
    import argparse
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mobilities", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=570)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else int.from_bytes(os.urandom(4))
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, two_databases() as databases:
        found = run(
            Path(folder), mobilities=asked.mobilities, seed=seed, databases=databases, kills=asked.kills,
            seconds=asked.seconds, say=lambda text: print(text, flush=True),
        )  # fmt: skip
    for text, count in Counter(found.remarks).most_common(60):
        print(f"{count:4} × {text}")
    print(f"what the proxies did: {found.faults}")
    shown = {
        "mobilities": found.mobilities, "finished": found.finished, "lost": found.lost, "doubled": found.doubled,
        "diverged": found.diverged, "kills": found.kills, "seed": found.seed, "messages": found.messages,
        "entries": found.entries, "signatures": found.signatures, "postgresql": len(databases),
        "seconds": found.seconds,
    }  # fmt: skip
    print(json.dumps(shown))
    return int(bool(found.lost or found.doubled or found.diverged))


if __name__ == "__main__":
    sys.exit(main())
