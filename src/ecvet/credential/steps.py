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
    """The results so far; a later finding about a step replaces the earlier one."""

    results: dict[Step, StepResult] = field(default_factory=dict)

    def add(self, step: Step, reason: Said, outcome: Outcome = Outcome.PASS, code: str = "") -> Outcome:
        """Note what a step found."""
        self.results[step] = StepResult(step, outcome, reason, code)
        return outcome

    def listed(self) -> tuple[StepResult, ...]:
        """The results in the order of the procedure."""
        return tuple(self.results[step] for step in _ORDER if step in self.results)
