"""A small register of our own, learners for it, and an executor that does nothing until it is asked."""

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from core.exchange.samples import EPERUSTEET, OURS, eperusteet
from ecvet.population import Register, decide, read_register

WAY = EPERUSTEET["suoritustavat"][0]
FILES = {
    "example.json": eperusteet(suoritustavat=[WAY, {**WAY, "suoritustapakoodi": "ops"}]),
    "cook.yaml": OURS.encode(),
    "notes.json": b'{"just": "notes"}',
}


def register() -> Register:
    return read_register(FILES.items())[0]


def learner(number: int, **more: Any) -> bytes:
    units = {"100": 40, "200": "15"} if number % 2 else {"200": "15"}
    line = {"learner": f"n{number}", "qualification": "example", "path": "ops", "units": units,
            "other_units_points": [5.0, "15"]}  # fmt: skip
    return json.dumps(line | more).encode()


def expected(lines: list[bytes]) -> bytes:
    """What `ecvet audit` answers to these lines."""
    known = register()
    return b"".join(decide(known, n, line) + b"\n" for n, line in enumerate(lines, 1))


def write_register(folder: Path) -> None:
    """The register as a folder of files, with one that is hidden and one that is none."""
    (folder / "register" / "fi").mkdir(parents=True)
    for name, data in FILES.items():
        (folder / "register" / "fi" / name).write_bytes(data)
    (folder / "register" / ".hidden").write_text("no")


def arguments(folder: Path) -> list[str]:
    return ["--register", str(folder / "register"), "--held", str(folder / "held.jsonl")]


class Lazy(Executor):
    """Runs a task when its result is asked for, as a worker that has kept nothing; counts what it was sent."""

    def __init__(self, forget: Callable[[], object] = lambda: None):
        self.forget, self.registers, self.tasks, self.cancelled = forget, 0, 0, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        self.tasks += 1
        self.registers += any(isinstance(one, Register) for one in args)
        lazy = self

        class Later(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                if not self.done():
                    lazy.forget()
                    self.set_result(fn(*args, **kwargs))
                return super().result(timeout)

            def cancel(self) -> bool:
                lazy.cancelled += 1
                return super().cancel()

        return Later()
