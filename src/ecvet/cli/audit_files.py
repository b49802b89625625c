"""The files of `ecvet audit` and `ecvet issue`: lines in, results out, and how a stopped run goes on.

Results are only appended, whole lines at a time, one for each line of the input; their number says where to go on. What
a kill tore off is cut away. A small file beside them remembers the input and the register, or the key, they belong to,
and what was drawn for the run: nothing is lost, and nothing is there twice.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ecvet.cli.output import FileUnreadable
from ecvet.errors import EcvetError
from ecvet.population.learner import MAX_LINE

if sys.platform != "win32":
    import fcntl


Verdict: TypeAlias = Callable[[bytes], tuple[int, str]]


class OtherRun(EcvetError):
    """Results that belong to another input, register or key, were not written by this command, or are just now."""

    code = "cli.audit.other-run"
    sentence = "{file} cannot be continued: {why}."
    remedy = "Go on with what it was begun with (input, register, key, options), or name another file with --out."
    status = 409


class ResultsUnwritable(EcvetError):
    """The results could not be written on: no space, no permission, a device that is gone."""

    code = "cli.audit.results-unwritable"
    sentence = "The results cannot be written: {why}."
    remedy = "Make room for them and run the same command again: with --out it goes on where it stopped."
    status = 507


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file of lines; its digest and number of lines when they are `known`, which a pipe's are not."""

    file: Path
    digest: str | None = None
    total: int | None = None

    @classmethod
    def of(cls, file: Path, *, known: bool) -> "Input":
        """Raises `FileUnreadable`; so does a pipe whose digest must be known."""
        try:
            if not file.is_file():
                if known or not file.exists():
                    raise FileUnreadable(file=file, why="it is no regular file" if file.exists() else "it is not there")
                return cls(file=file)
            seen, total, last = sha256(), 0, b"\n"
            with file.open("rb") as opened:
                while block := opened.read(1024 * 1024):
                    seen.update(block)
                    total, last = total + block.count(b"\n"), block[-1:]
            return cls(file=file, digest=seen.hexdigest(), total=total + (last != b"\n"))
        except OSError as error:
            raise FileUnreadable(file=file, why=error.strerror or str(error)) from error

    @contextmanager
    def lines(self, *, skip: int) -> Iterator[Iterator[bytes]]:
        """The lines after the first `skip`, without line ends; of a line that is too long, just enough to tell."""
        with self.file.open("rb") as opened:
            every = _lines(opened)
            for _ in range(skip):
                next(every)
            yield every


def _lines(opened: BinaryIO) -> Iterator[bytes]:
    while line := opened.readline(MAX_LINE + 2):
        rest = line
        while not rest.endswith(b"\n") and (rest := opened.readline(MAX_LINE)):
            pass
        yield line.rstrip(b"\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command writes: its name, what its results depend on, what is `drawn` once, how results are counted.

    `verdict` gives the number and the verdict of a result line; it raises ValueError or KeyError for what is none.
    """

    name: str
    state: Mapping[str, str | None]
    other: str
    verdict: Verdict
    drawn: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def beside(self) -> str:
        """The ending of the file that remembers."""
        return f".{self.name}.json"


@dataclass(slots=True)
class Answers:
    """Results as they are written; `before` of them were there already, `counts` are those of all by verdict.

    `drawn` is what was drawn for the run when it began.
    """

    opened: BinaryIO
    verdict: Verdict
    before: int = 0
    drawn: Mapping[str, str] = field(default_factory=dict, repr=False)
    counts: "Counter[str]" = field(default_factory=Counter)

    def write(self, result: bytes) -> None:
        """Append one result line and hand it to the system at once, so that a kill loses nothing that was counted."""
        try:
            self.opened.write(result + b"\n")
            self.opened.flush()
        except BrokenPipeError:  # who reads the standard output has seen enough
            raise
        except OSError as error:
            raise ResultsUnwritable(why=error.strerror or str(error)) from error
        self.counts[self.verdict(result)[1]] += 1


@contextmanager
def answers(out: Path | None, source: Input, run: Run) -> Iterator[Answers]:
    """The results to write to: the standard output, or a file that is continued.

    Raises `OtherRun`, `FileUnreadable`, `ResultsUnwritable`.
    """
    if out is None:
        yield Answers(sys.stdout.buffer, run.verdict, drawn=run.drawn)
        return
    try:
        opened = out.open("ab+")
    except OSError as error:
        raise FileUnreadable(file=out, why=error.strerror or str(error)) from error
    try:
        _alone(opened, out)
        drawn = _belongs(opened, out, run)
        yield _continued(opened, out, source.total or 0, Answers(opened, run.verdict, drawn=drawn))
        os.fsync(opened.fileno())
    finally:
        with suppress(OSError):  # what could not be written was said before
            opened.close()


def _alone(opened: BinaryIO, out: Path) -> None:
    """Two runs may not write one file. The lock ends with the process, however it ends."""
    if sys.platform != "win32":
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OtherRun(file=out, why="another run is writing it just now") from error


def _belongs(opened: BinaryIO, out: Path, run: Run) -> Mapping[str, str]:
    """Compare with what is remembered beside the results, or remember it. What was drawn for them."""
    beside = out.with_name(out.name + run.beside)
    state = {"format": f"ecvet-{run.name}/1", **run.state}
    if not opened.seek(0, os.SEEK_END):
        _remember(beside, {**state, **run.drawn})
        return run.drawn
    try:
        known = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = None
    except (OSError, ValueError) as error:
        raise OtherRun(file=out, why=f"{beside.name} beside it cannot be read") from error
    if not isinstance(known, dict):
        raise OtherRun(file=out, why="it was not written by this command")
    if {name: one for name, one in known.items() if name not in run.drawn} != state:
        raise OtherRun(
            file=out,
            why=f"it was begun with another {'input' if known.get('input') != state['input'] else run.other}",
        )
    if not all(isinstance(known.get(name), str) for name in run.drawn):
        raise OtherRun(file=out, why=f"{beside.name} beside it cannot be read")
    return {name: known[name] for name in run.drawn}


def _remember(beside: Path, state: Mapping[str, str | None]) -> None:
    """Written whole or not at all, and for nobody else: what was drawn may be a secret."""
    new = beside.with_name(beside.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as written:
        json.dump(state, written)
        written.flush()
        os.fsync(written.fileno())
    new.replace(beside)


def _continued(opened: BinaryIO, out: Path, total: int, found: Answers) -> Answers:
    """Count what was answered, and cut off a torn last line."""
    whole = 0
    opened.seek(0)
    for line in opened:
        if not line.endswith(b"\n"):
            break
        try:
            number, verdict = found.verdict(line)
        except (ValueError, KeyError, RecursionError) as error:
            raise OtherRun(file=out, why=f"its line {found.before + 1} is no result") from error
        found.before, whole = found.before + 1, whole + len(line)
        if number != found.before or number > total:
            raise OtherRun(file=out, why=f"its line {found.before} answers line {number} of the input")
        found.counts[verdict] += 1
    opened.truncate(whole)
    opened.seek(0, os.SEEK_END)
    return found


def verdict_of(result: bytes) -> tuple[int, str]:
    """The number and the verdict of a result line of `audit`. Raises ValueError or KeyError for what is none."""
    tree = json.loads(result)
    if not isinstance(tree, dict) or not isinstance(tree.get("line"), int):
        raise ValueError("no result line")
    if "error" in tree:
        return tree["line"], "refused"
    return tree["line"], {True: "complete", False: "incomplete", None: "undecided"}[tree["complete"]]
