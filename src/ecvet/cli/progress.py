"""A line on a terminal that says how far a long command is: share done, pace, time left."""

import sys
import time

WIDTH = 24
EVERY = 0.25


class Progress:
    """Counts steps, and tells them on the standard error when that is a terminal. `total` None: not known."""

    def __init__(self, total: int | None, before: int = 0):
        self._total, self._before, self._done = total, before, before
        self._begin = self._told = time.monotonic()
        self._shown = terminal()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._shown and time.monotonic() - self._told >= EVERY:
            self._tell()

    def end(self) -> None:
        """All that will be done is done."""
        if self._shown:
            self._tell()
            sys.stderr.write("\n")

    def _tell(self) -> None:
        self._told = time.monotonic()
        pace = (self._done - self._before) / max(self._told - self._begin, 1e-9)
        sys.stderr.write(f"\r{told(self._done, self._total, pace):<79}")
        sys.stderr.flush()


def terminal() -> bool:
    """Whether somebody is looking."""
    return sys.stderr.isatty()


def told(done: int, total: int | None, pace: float) -> str:
    """The line for a person: `[######······]  50 %  100 of 200, 20/s, 5 s left`."""
    if not total:
        return f"{done} done, {pace:.0f}/s"
    filled = WIDTH * done // total
    left = f", {(total - done) / pace:.0f} s left" if pace and done < total else ""
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {100 * done // total:3} %  {done} of {total}, {pace:.0f}/s{left}"
