"""Streaming: the same bytes whoever works, in order, and little in memory whatever the size of the input."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import islice
from typing import Any

import pytest

from core.population.samples import Lazy, learner, register
from ecvet.population import Register, audit, decide, keep
from ecvet.population.streaming import _KEPT, CHUNK, CHUNK_BYTES

LINES = [learner(n) if n < 3 or n % 20 == 0 else learner(n, path="none") for n in range(250)] + [b"{"]


@pytest.fixture(autouse=True)
def no_worker_knows_a_register() -> Iterator[None]:
    _KEPT.clear()
    yield
    _KEPT.clear()


@pytest.fixture(scope="module")
def known() -> Register:
    return register()


@pytest.fixture(scope="module")
def expected(known: Register) -> list[bytes]:
    return [decide(known, n, line) for n, line in enumerate(LINES, 1)]


def test_results_come_in_the_order_of_the_input_one_for_each_line(known: Register, expected: list[bytes]) -> None:
    found = [json.loads(result) for result in expected]
    assert [one["line"] for one in found] == list(range(1, 252))
    assert [one["learner"] for one in found[:3]] == ["n0", "n1", "n2"]
    assert [one.get("complete") for one in found[:3]] == [False, True, False]
    assert ("error" in found[3], "error" in found[240], "error" in found[250]) == (True, False, True)


@pytest.mark.parametrize("make", [Lazy, lambda: Lazy(_KEPT.clear), lambda: ThreadPoolExecutor(3)])
def test_every_executor_gives_the_same_bytes(make: Any, known: Register, expected: list[bytes]) -> None:
    with make() as executor:
        assert list(audit(executor, LINES, known, ahead=3)) == expected


def test_a_worker_is_sent_the_register_once_and_not_with_every_chunk(known: Register) -> None:
    executor = Lazy()
    assert len(list(audit(executor, [b"{"] * (5 * CHUNK), known, ahead=2))) == 5 * CHUNK
    assert (executor.registers, executor.tasks) == (1, 6)
    again = Lazy()
    keep(known)
    list(audit(again, [learner(0)], known))
    assert again.registers == 0


def test_a_worker_keeps_few_registers(known: Register) -> None:
    for n in range(5):
        keep(Register(fingerprint=str(n), reading=known.reading, packed=(), index={}))
    assert list(_KEPT) == ["3", "4"]


def test_a_million_lines_are_not_read_ahead(known: Register) -> None:
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1_000_000):
            read += 1
            yield b"{"

    executor = Lazy()
    results = audit(executor, lines(), known, ahead=3)
    assert [json.loads(next(results))["line"] for _ in range(2 * CHUNK + 1)][-1] == 2 * CHUNK + 1
    assert read == 5 * CHUNK
    results.close()  # type: ignore[attr-defined]
    assert (read, executor.cancelled) == (5 * CHUNK, 2)


def test_long_lines_make_small_chunks(known: Register) -> None:
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * CHUNK_BYTES

    assert len(list(islice(audit(Lazy(), lines(), known, ahead=4), 1))) == 1
    assert read == 4


def test_what_an_executor_raises_is_not_hidden(known: Register) -> None:
    class Broken(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        next(audit(Broken(), LINES, known))
    assert list(audit(Broken(), [], known)) == []


def test_numbers_go_on_where_a_stopped_run_ended(known: Register, expected: list[bytes]) -> None:
    assert list(audit(Lazy(), LINES[120:], known, first=121)) == expected[120:]
