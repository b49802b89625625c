"""`make bench-accumulation`: verdicts and cheapest completions, side by side with a fresh CP-SAT model per question.

Both sides take turns on blocks of fifty questions, so that both meet the same machine at the same time, and neither
has its caches emptied by the other at every question. Times are those of the processor, which a busy machine disturbs
less than the clock; the clock's are printed too. A verdict or number of points on which the two disagree ends the run
with exit status 1. Last comes one line of JSON.
"""

import argparse
import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import cpsat
from learners import CORPUS, Learner, made_up, open_cases, own_qualifications

from ecvet.credit.accumulation import complete, verdict
from ecvet.credit.accumulation.compile import compile_rules, compiled
from ecvet.qualification.reading import S1

BLOCK = 50
Times = list[tuple[float, float]]
"""Milliseconds of the processor and of the clock."""


def timed(times: Times, question: Callable[[], Any]) -> Any:
    """The answer; what it took is added to the times."""
    clock, processor = time.perf_counter_ns(), time.process_time_ns()
    answer = question()
    times.append(((time.process_time_ns() - processor) / 1e6, (time.perf_counter_ns() - clock) / 1e6))
    return answer


def main() -> int:
    """Measure, print the table and the line of figures; 1 on any disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=2000, help="how many are made up beside the open cases")
    parser.add_argument("--seed", type=int, default=2009)
    parser.add_argument("--verdicts-only", action="store_true", help="compare verdicts; no completions, no populations")
    asked = parser.parse_args()
    cases = open_cases()
    towards = list({id(case.towards): case.towards for case in cases}.values()) or own_qualifications()
    learners = [*cases, *made_up(towards, asked.learners, asked.seed)]
    print(f"{len(cases)} open cases and {asked.learners} learners made up over {len(towards)} qualifications"
          + ("" if cases else f" of our own (no corpus at {CORPUS}; set ECVET_CORPUS)"))  # fmt: skip
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    compiling = Times()
    for one in towards:
        timed(compiling, lambda one=one: compile_rules(one, S1))  # type: ignore[misc]
        compiled(one)
    for one in (learners[0], *cases[-3:]):  # both sides have loaded what they need
        cpsat.solve(one.towards, one.held), complete(one.towards, one.held)
    figures, wrong = compare(learners, compiling, finishing=not asked.verdicts_only)
    figures |= {} if asked.verdicts_only else population()
    print(json.dumps(figures))
    for sentence in wrong[:20]:
        print(f"DISAGREEMENT: {sentence}", file=sys.stderr)
    return 1 if wrong else 0


def compare(learners: list[Learner], compiling: Times, *, finishing: bool = True) -> tuple[dict[str, Any], list[str]]:
    """Put every question to both sides and compare the answers."""
    ours, again, theirs, finish = Times(), Times(), Times(), Times()
    wrong, complete_ones = list[str](), 0
    for first in range(0, len(learners), BLOCK):
        block = learners[first : first + BLOCK]
        answers = [timed(ours, lambda one=one: verdict(one.towards, one.held)) for one in block]  # type: ignore[misc]
        for one in block:
            timed(again, lambda one=one: verdict(one.towards, one.held))  # type: ignore[misc]
        for n, (one, answer) in enumerate(zip(block, answers, strict=True), first):
            other = timed(theirs, lambda one=one: cpsat.solve(one.towards, one.held))  # type: ignore[misc]
            complete_ones += bool(answer.complete)
            known = bool(answer.placements)
            if known is not other.complete or one.expected not in (None, answer.complete):
                wrong.append(f"learner {n} towards {one.towards.code}: {answer.complete}, CP-SAT {other.complete}")
            elif known and answer.counted_points not in (None, other.points):
                wrong.append(f"learner {n} towards {one.towards.code}: {answer.counted_points} points, {other.points}")
        for one, answer in zip(block, answers, strict=True):
            if not answer.placements and finishing:
                timed(finish, lambda one=one: complete(one.towards, one.held))  # type: ignore[misc]
    print(f"{len(learners)} verdicts, {complete_ones} complete, {len(wrong)} disagreements")
    print(f"{'milliseconds':34}{'median':>9}{'p99':>9}{'most':>9}   (clock: median, p99)")
    for name, times in (("fresh CP-SAT model, verdict", theirs), ("ours, verdict", ours),
                        ("ours, the same learner again", again), ("ours, cheapest completion", finish),
                        ("ours, compile a tree", compiling)):  # fmt: skip
        if not times:
            continue
        row = [share(times, at) for at in (0.5, 0.99, 1.0)]
        clock = [share(times, at, clock=True) for at in (0.5, 0.99)]
        print(f"{name:34}" + "".join(f"{ms:9.3f}" for ms in row) + "".join(f"{ms:9.3f}" for ms in clock))
    print()
    finished = {
        "completion_ms_median": round(share(finish, 0.5), 3),
        "completion_ms_p99": round(share(finish, 0.99), 2),
    } if finish else {}  # fmt: skip
    return {
        "verdict_ms_median": round(share(ours, 0.5), 4),
        "verdict_ms_p99": round(share(ours, 0.99), 3),
        "times_fresh_cpsat": round(share(theirs, 0.5) / share(ours, 0.5), 1),
        **finished,
        "compile_ms": round(share(compiling, 1.0), 2),
    }, wrong


def share(times: Times, at: float, *, clock: bool = False) -> float:
    """The time that a share of the questions does not exceed."""
    column = sorted(one[clock] for one in times)
    return statistics.median(column) if at == 0.5 else column[min(len(column) - 1, int(len(column) * at))]


def population() -> dict[str, Any]:
    """What `benchmark/population.py` measures of whole populations, where it is there."""
    try:
        module = importlib.import_module("population")
    except ModuleNotFoundError:
        print("populations are not measured here: there is no benchmark/population.py")
        return {}
    return dict(module.measure_population())


if __name__ == "__main__":
    sys.exit(main())
