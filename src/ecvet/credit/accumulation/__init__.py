"""Accumulation: does what a learner holds make up a qualification, why, and what is the cheapest way to finish?

`accumulate(qualification, held)` answers with a `Progress`, `verdict` with yes or no and its proof alone, `complete`
with the cheapest way to finish. Decided are: windows of points, of parts and of units,
surplus capped or forbidden, alternatives, declared groups, open slots, variable sizes, overlays by level, origin,
subject, grade or recognition, barred sets, pre- and corequisites, exemptions, minimum grades, weighted averages, age,
requirements beside units, double counting, and equivalences of one hop.
"""

from ecvet.credit.accumulation.decide import accumulate, complete, verdict
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Completion, Counted, Placement, Progress, Verdict
from ecvet.credit.accumulation.reach import Reach, reach

__all__ = ["Completion", "Counted", "Held", "Piece", "Placement", "Progress", "Reach", "Verdict", "accumulate",
           "complete", "reach", "verdict"]  # fmt: skip
