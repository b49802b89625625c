"""The same decisions over a whole population: any `concurrent.futures.Executor`, one result line per line, in order.

`read_register(files)` makes the qualifications ready; `audit(executor, lines, register)` streams. What a line holds is
told in `ecvet.population.learner`; for `issue_all(executor, lines, issuing)` in `ecvet.population.issuing`.
"""

from ecvet.population.issuing import Issuing, issue_line
from ecvet.population.learner import decide
from ecvet.population.register import Register, read_register
from ecvet.population.streaming import audit, issue_all, keep

__all__ = ["Issuing", "Register", "audit", "decide", "issue_all", "issue_line", "keep", "read_register"]
