"""A small mixed-integer programme and its solution by HiGHS, which is imported only when it is needed.

All coefficients are whole numbers (`Scale` in `formulate`), so that the solver's tolerances cannot turn a no into a yes
unnoticed: solutions are rounded and then checked exactly elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Any, Final

LARGEST: Final = 10**9
"""The largest coefficient that double precision carries safely through the solver's tolerances."""


_OPTIONS: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,  # exact: the default would stop at a gap
    "mip_abs_gap": 0.5,  # whole numbers differ by one at least
    "mip_heuristic_run_feasibility_jump": False,  # costs more than half of the time and finds nothing sooner
    "mip_heuristic_run_rins": False,  # these three cost a quarter of the slowest questions
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


class Outcome(StrEnum):
    """What the solver could say."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Programme:
    """Columns with bounds and costs, rows between bounds. Minimises the costs."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float, cost: float = 0, whole: bool = True) -> int:
        """A new variable; its number."""
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Mapping[int, int], lower: float = -inf, upper: float = inf) -> None:
        """A new constraint: lower <= sum of terms <= upper. A row without terms and with zero between is dropped."""
        kept = {column: factor for column, factor in terms.items() if factor}
        if kept or not lower <= 0 <= upper:
            self.rows.append((kept, lower, upper))

    @property
    def too_large(self) -> bool:
        """Whether some coefficient or bound is beyond what the solver carries exactly."""
        amounts = [abs(bound) for _, low, high in self.rows for bound in (low, high) if abs(bound) != inf]
        factors = [abs(factor) for terms, _, _ in self.rows for factor in terms.values()]
        return max([*amounts, *factors, *map(abs, self.cost)], default=0) > LARGEST


def solve(programme: Programme, seconds: float, *, presolve: bool = True) -> tuple[Outcome, list[int]]:
    """The best values, rounded to whole numbers, if there are any within the time.

    Presolving pays for the verdict; the cheapest completion is found five times sooner without it (measured).
    """
    if any(not terms for terms, _, _ in programme.rows):  # a constraint that nothing can meet
        return Outcome.INFEASIBLE, []
    if programme.too_large:
        return Outcome.UNKNOWN, []
    import highspy
    import numpy as np

    starts, indices, factors = [0], list[int](), list[int]()
    for terms, _, _ in programme.rows:
        indices.extend(terms)
        factors.extend(terms.values())
        starts.append(len(indices))
    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(programme.cost), len(programme.rows)
    lp.col_cost_ = np.array(programme.cost, dtype=np.double)
    lp.col_lower_ = np.array(programme.lower, dtype=np.double)
    lp.col_upper_ = np.array(programme.upper, dtype=np.double)
    lp.row_lower_ = np.array([low for _, low, _ in programme.rows], dtype=np.double)
    lp.row_upper_ = np.array([high for _, _, high in programme.rows], dtype=np.double)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(factors, dtype=np.double)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in programme.whole]
    solver: Any = highspy._core._Highs()  # the class around it prints a banner to standard output
    for option, value in {
        **_OPTIONS,
        "time_limit": float(seconds),
        "presolve": "choose" if presolve else "off",
    }.items():
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return Outcome.OPTIMAL, [round(value) for value in solver.getSolution().col_value]
    infeasible = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    return (Outcome.INFEASIBLE if status in infeasible else Outcome.UNKNOWN), []
