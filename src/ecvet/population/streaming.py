"""Streaming over an executor: chunks of lines out, result lines back in the order of the input, few chunks at a time.

A worker keeps what all lines need (the register, the key) as it was given; one that has not got it says so and is sent
it, whichever executor it belongs to and whenever it joined. Nothing here knows processes, files or networks.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from ecvet.population.issuing import Issuing, issue_line
from ecvet.population.learner import decide
from ecvet.population.register import Register


class Kept(Protocol):
    """What all lines need, the same for all: frozen, and it can be pickled."""

    @property
    def fingerprint(self) -> str:
        """Another one for anything else."""
        ...


K = TypeVar("K", bound=Kept)

CHUNK: Final = 200
CHUNK_BYTES: Final = 256 * 1024
_KEPT: Final[dict[str, Kept]] = {}
_KEPT_MOST: Final = 2


@dataclass(slots=True)
class _Asked:
    first: int
    lines: tuple[bytes, ...]
    answer: "Future[tuple[bytes, ...] | None]"


def audit(
    executor: Executor, lines: Iterable[bytes], register: Register, *, first: int = 1, ahead: int = 8
) -> Iterator[bytes]:
    """The result line of each learner; see `stream`."""
    return stream(executor, lines, decide, register, first=first, ahead=ahead)


def issue_all(
    executor: Executor, lines: Iterable[bytes], issuing: Issuing, *, first: int = 1, ahead: int = 8
) -> Iterator[bytes]:
    """The line with the credential of each draft; see `stream`. Workers are given the key: let them be your own."""
    return stream(executor, lines, issue_line, issuing, first=first, ahead=ahead)


def stream(
    executor: Executor, lines: Iterable[bytes], work: Callable[[K, int, bytes], bytes], kept: K,
    *, first: int = 1, ahead: int = 8,
) -> Iterator[bytes]:  # fmt: skip
    """The result line of each line, in order: `work(kept, number, line)`. `first` is the number of the first line.

    At most `ahead` chunks, each of at most `CHUNK` lines and about `CHUNK_BYTES`, are read ahead of what was answered.
    Raises what the executor raises when it loses its workers; no line is then lost or answered twice.
    """
    waiting: deque[_Asked] = deque()
    chunks = _chunks(lines, first)
    try:
        while True:
            while len(waiting) < ahead and (chunk := next(chunks, None)):
                waiting.append(_Asked(*chunk, executor.submit(work_all, work, kept.fingerprint, *chunk)))
            if not waiting:
                return
            found = waiting[0].answer.result()
            if found is None:
                _send(executor, work, kept, waiting)
            else:
                waiting.popleft()
                yield from found
    finally:
        for asked in waiting:
            asked.answer.cancel()


def keep(kept: Kept) -> None:
    """Give a worker what all lines need beforehand: as the initializer of a pool, or on each worker of a cluster."""
    while len(_KEPT) >= _KEPT_MOST:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[kept.fingerprint] = kept


def work_all(
    work: Callable[..., bytes], fingerprint: str, first: int, lines: tuple[bytes, ...], kept: Kept | None = None
) -> tuple[bytes, ...] | None:
    """The work of a worker: the result lines of a chunk, or None when it has not what they need."""
    if kept is not None and fingerprint not in _KEPT:
        keep(kept)
    known = kept or _KEPT.get(fingerprint)
    return None if known is None else tuple(work(known, number, line) for number, line in enumerate(lines, first))


def _send(executor: Executor, work: Callable[..., bytes], kept: Kept, waiting: Iterable[_Asked]) -> None:
    """Ask again, with what they need, what workers without it gave back."""
    for asked in waiting:
        if asked.answer.done() and asked.answer.result() is None:
            asked.answer = executor.submit(work_all, work, kept.fingerprint, asked.first, asked.lines, kept)


def _chunks(lines: Iterable[bytes], first: int) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    chunk, size = list[bytes](), 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield first, tuple(chunk)
            first, chunk, size = first + len(chunk), [], 0
    if chunk:
        yield first, tuple(chunk)
