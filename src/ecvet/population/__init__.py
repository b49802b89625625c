"""The same decisions over a whole population: any `concurrent.futures.Executor`, one result line per learner, in order.

`read_register(files)` makes the qualifications ready; `audit(executor, lines, register)` streams. What a line holds is
told in `ecvet.population.learner`.
"""

from ecvet.population.learner import decide
from ecvet.population.register import Register, read_register
from ecvet.population.streaming import audit, keep

__all__ = ["Register", "audit", "decide", "keep", "read_register"]
