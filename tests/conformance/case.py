"""A vector: what is run, or why it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a vector ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


@dataclass(frozen=True)
class Case:
    """One vector of a family. `run` raises if the vector does not come out as it should; without it, `why` says why.

    Of a vector that is run and cannot pass, `why` says the reason that is known.
    """

    family: str
    name: str
    run: Callable[[], object] | None
    why: str = ""


@dataclass(frozen=True)
class Ended:
    """A vector that was run or left out."""

    case: Case
    verdict: Verdict
    reason: str = ""


def end(case: Case) -> Ended:
    """Run a vector."""
    if case.run is None:
        return Ended(case, Verdict.NOT_RUN, case.why)
    try:
        case.run()
    except Exception as error:  # whatever goes wrong, the vector has failed
        return Ended(case, Verdict.FAILED, case.why or f"{type(error).__name__}: {str(error)[:80]}")
    return Ended(case, Verdict.PASSED)


def same(found: object, expected: object) -> None:
    """Raise unless both are equal."""
    if found != expected:
        raise AssertionError(f"found {str(found)[:60]}, not {str(expected)[:60]}")


def refused(run: Callable[[], object], *errors: type[Exception]) -> None:
    """Raise unless it is refused with one of these errors."""
    try:
        run()
    except errors:
        return
    raise AssertionError("it was accepted")
