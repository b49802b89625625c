"""A programme of whole numbers and its solution by CP-SAT (OR-tools), which is imported only when it is needed.

All columns and coefficients are whole numbers and so is the solver's arithmetic: what it proves is exact. Solutions are
checked all the same (`check`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Any, Final

LARGEST: Final = 1 << 50
"""The largest sum that a row or the costs may reach: the solver reckons in 64 bits, and refuses what could overflow."""
HEAVIEST: Final = LARGEST >> 12
"""The largest weight for costs that leaves room for the sum."""


class Outcome(StrEnum):
    """What the solver could say."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Programme:
    """Columns with bounds and costs, rows between bounds. Minimises the costs."""

    cost: list[int] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def column(self, lower: int, upper: int, cost: int = 0) -> int:
        """A new variable; its number."""
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, terms: Mapping[int, int], lower: float = -inf, upper: float = inf) -> None:
        """A new constraint: lower <= sum of terms <= upper. A row without terms and with zero between is dropped."""
        kept = {column: factor for column, factor in terms.items() if factor}
        if kept or not lower <= 0 <= upper:
            self.rows.append((kept, lower, upper))

    @property
    def too_large(self) -> bool:
        """Whether some sum could grow beyond what the solver reckons exactly."""
        sums = [terms for terms, _, _ in self.rows] + [dict(enumerate(self.cost))]
        return any(
            sum(abs(factor) * max(abs(self.lower[column]), abs(self.upper[column])) for column, factor in terms.items())
            > LARGEST
            for terms in sums
        )


def solve(programme: Programme, seconds: float) -> tuple[Outcome, list[int]]:
    """The best values, if there are any within the time.

    Without presolving, which costs these small programmes more than it saves (measured, docs/decisions/0009).
    """
    if any(not terms for terms, _, _ in programme.rows):  # a constraint that nothing can meet
        return Outcome.INFEASIBLE, []
    if programme.too_large:
        return Outcome.UNKNOWN, []
    from ortools.sat.python import cp_model

    model: Any = cp_model.CpModel()
    columns = [model.new_int_var(low, high, "") for low, high in zip(programme.lower, programme.upper, strict=True)]
    for terms, low, high in programme.rows:
        total = cp_model.LinearExpr.weighted_sum([columns[column] for column in terms], list(terms.values()))
        within = (-LARGEST if low == -inf else int(low), LARGEST if high == inf else int(high))
        model.add_linear_constraint(total, *within)
    if any(programme.cost):
        model.minimize(cp_model.LinearExpr.weighted_sum(columns, programme.cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.OPTIMAL:
        return Outcome.OPTIMAL, [solver.value(column) for column in columns]
    return (Outcome.INFEASIBLE if status == cp_model.INFEASIBLE else Outcome.UNKNOWN), []
