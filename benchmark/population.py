"""A whole population: learners per second on two cores, memory of all processes, and Dask against a pool.

`measure_population()` returns `population_per_s`, `population_mb` and `dask_share`. The trees are those of the corpus
(ECVET_CORPUS), the learners are made from their units with a fixed seed.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Event, Thread

from ecvet.population import Register, audit, keep, read_register

ROOT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("ECVET_CORPUS", ROOT.parent / "shared" / "data"))
LEARNERS, SECONDS = 20_000, 30.0


def measure_population(learners: int = LEARNERS, seconds: float = SECONDS) -> dict[str, float | None]:
    """The figures; `dask_share` is None where distributed is not installed.

    A pilot finds how many learners fit into the time; every measured run is then completed, since results come by
    chunks. Pool and Dask take turns on the same input, and the best turn of each counts: others may use the machine.
    """
    folder = CORPUS / "register" / "qualifications"
    register, _ = read_register((file.name, file.read_bytes()) for file in sorted(folder.glob("fi-*.json")))
    with _pool(register) as pool:
        _pace(pool, list(islice(made(register), 200)), register)
        pilot = _pace(pool, list(islice(made(register), 200)), register)
        lines = list(islice(made(register), max(200, min(learners, int(pilot * seconds)))))
        with _watch() as most:
            pace = _pace(pool, lines, register)
        figures: dict[str, float | None] = {"population_per_s": round(pace), "population_mb": round(most[0])}
        try:
            with _dask(register) as executor:
                _pace(executor, lines[:200], register)
                turns = [(_pace(executor, lines, register), _pace(pool, lines, register)) for _ in range(3)]
        except ModuleNotFoundError:
            return {**figures, "dask_share": None}
    together, alone = map(max, zip(*turns, strict=True))
    return {**figures, "dask_share": round(together / alone, 2)}


def made(register: Register) -> Iterator[bytes]:
    """Learners over all trees in turn: some hold nearly everything, some little, some credit from elsewhere."""
    chance = random.Random(2009)
    ways = sorted({(name, path) for name, found in register.index.items() for path, _ in found if "/" not in name})
    towards = [(name, path, register.find(name, path)) for name, path in ways]
    number = 0
    while True:
        for name, path, qualification in towards:
            number += 1
            share = chance.choice((0.2, 0.5, 0.9))
            units = {link.code: str(link.points.value) if link.points else None
                     for link in qualification.units if chance.random() < share}  # fmt: skip
            other = [str(chance.choice((1, 5, 5, 10, 15))) for _ in range(chance.randrange(5))]
            yield json.dumps({"learner": str(number), "qualification": name, "path": path or None, "units": units,
                              "other_units_points": other}).encode()  # fmt: skip


def _pace(executor: Executor, lines: list[bytes], register: Register) -> float:
    """Learners per second, over all lines; none may be refused."""
    begin = time.perf_counter()
    for result in audit(executor, lines, register):
        assert b'"error"' not in result, result
    return len(lines) / (time.perf_counter() - begin)


@contextmanager
def _pool(register: Register) -> Iterator[Executor]:
    with ProcessPoolExecutor(2, get_context("spawn"), initializer=keep, initargs=(register,)) as pool:
        yield pool


@contextmanager
def _dask(register: Register) -> Iterator[Executor]:
    from distributed import Client

    sys.path.insert(0, str(ROOT / "tests"))
    from cluster import cluster

    with cluster() as address, Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.run(keep, register)
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]


@contextmanager
def _watch() -> Iterator[list[float]]:
    """The most memory (MB) of this process and its children together, looked at ten times a second (Linux only)."""
    most, over = [0.0], Event()

    def look() -> None:
        while not over.wait(0.1):
            pids = [os.getpid(), *(child.pid for child in active_children())]
            most[0] = max(most[0], sum(map(_resident, pids)))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _resident(pid: int | None) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


if __name__ == "__main__":
    print(json.dumps(measure_population()))
