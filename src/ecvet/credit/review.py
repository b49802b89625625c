"""The facts with which a mobility is reviewed: what was recognised of what was agreed, and the reasons given.

Whether a review exists is asked by `ecvet.mobility.review`, when the stay is closed; here stands what it can rest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ecvet.credit.basis import Basis, learner_of, targeted_outcomes
from ecvet.credit.decision import Reason
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import in_effect
from ecvet.credit.validation import Validation
from ecvet.mobility.agreement import LearningAgreement
from ecvet.record import Recorded
from ecvet.terms import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer for one agreed unit: what was recognised, what not, and the reasons given. `decided` False: open."""

    unit: Identifier
    recognised: frozenset[str]
    not_recognised: frozenset[str]
    reasons: tuple[Reason, ...]
    decided: bool

    @property
    def succeeded(self) -> bool:
        """Whether everything agreed was recognised."""
        return not self.not_recognised


def answers(
    basis: Basis, validations: Iterable[Recorded[Validation]], recognitions: Iterable[Recorded[Recognition]]
) -> tuple[Answer, ...]:
    """For each unit that was agreed or claimed, whether recognition succeeded and why not."""
    learner = learner_of(basis)
    said = [(one.value.unit, one.value.reasons) for one in validations if one.value.learner == learner]
    decisions = [one for one in recognitions if one.value.learner == learner]
    standing = [one.value for one in in_effect(decisions)]
    replaced = {one.value.reverses for one in decisions}
    found = []
    for unit in _units(basis):
        asked = targeted_outcomes(basis, unit)
        recognised = frozenset(o for one in standing if one.unit == unit for o in one.outcomes) & asked
        last = [one.value for one in decisions if one.value.unit == unit and one.address not in replaced]
        given = [*said, *((one.unit, one.reasons) for one in last)]
        reasons = tuple(reason for about, some in given if about == unit for reason in some)
        found.append(Answer(unit=unit, recognised=recognised, not_recognised=asked - recognised,
                            reasons=tuple(dict.fromkeys(reasons)), decided=bool(last)))  # fmt: skip
    return tuple(found)


def _units(basis: Basis) -> tuple[Identifier, ...]:
    named = (
        (unit.unit for unit in basis.units) if isinstance(basis, LearningAgreement) else (c.unit for c in basis.claims)
    )
    return tuple(dict.fromkeys(named))
