"""One agreement to be judged, with all that is needed to judge it, and the answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ecvet.errors import EcvetError
from ecvet.mobility.agreement import LearningAgreement
from ecvet.mobility.learner import Learner
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.terms import Failure, Finding, Identifier, Severity, Success


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A draft on a day. `before` is the version in force that the draft is to replace, None for a first version."""

    draft: LearningAgreement
    memorandum: Recorded[MemorandumOfUnderstanding] | None
    units: Mapping[Identifier, Unit]
    qualification: Qualification | None
    achieved: Mapping[Identifier, frozenset[str]]
    learner: Learner
    adult_age: int
    on: date
    before: Recorded[LearningAgreement] | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A fact that stands in the way, the rule it breaks, and the part of the agreement it is about."""

    rule: str
    subject: str
    reason: EcvetError


Remark: TypeAlias = Finding | Obstacle
Check: TypeAlias = Callable[[Case], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whether the draft may be put to the parties, and everything that was found, errors among it."""

    findings: tuple[Finding, ...]
    may: Success | Failure


def judge(case: Case, checks: Iterable[Check]) -> Proposal:
    """The answer of all checks; the first obstacle is the reason of a no, all of them are among the findings."""
    remarks = [remark for check in checks for remark in check(case)]
    obstacles = [remark for remark in remarks if isinstance(remark, Obstacle)]
    return Proposal(
        tuple(_finding(remark) for remark in remarks),
        Failure(obstacles[0].reason) if obstacles else Success(),
    )


def _finding(remark: Remark) -> Finding:
    if isinstance(remark, Finding):
        return remark
    return Finding(remark.rule, Severity.ERROR, remark.subject, remark.reason.said, remark.reason.what_to_do)
