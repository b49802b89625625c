"""What the steps of the verification found: one result for each, in their order."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ecvet.credential.errors import Step
from ecvet.credential.policy import Outcome
from ecvet.saying import Said


class StepResult(NamedTuple):
    """What a step found: outcome, a sentence, and for a failure its stable code."""

    step: Step
    outcome: Outcome
    reason: Said
    code: str = ""


_ORDER: Final = tuple(Step)


@dataclass(slots=True)
class Notes:
    """The results so far, in the order of the procedure."""

    results: list[StepResult] = field(default_factory=list)

    def keep(self, *results: StepResult) -> None:
        """Note what steps found that say the same of every credential."""
        self.results += results

    def add(self, step: Step, reason: Said, outcome: Outcome = Outcome.PASS) -> Outcome:
        """Note what a step found."""
        self.results.append(StepResult(step, outcome, reason))
        return outcome

    def listed(self) -> tuple[StepResult, ...]:
        """The results of a procedure that came to its end."""
        return tuple(self.results)

    def ended_by(self, failure: StepResult) -> tuple[StepResult, ...]:
        """The results of a procedure that failed; a failure replaces what its step had found before."""
        found = {one.step: one for one in (*self.results, failure)}
        return tuple(found[step] for step in _ORDER if step in found)
