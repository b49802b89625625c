"""Putting an agreement to its parties: the first version, and every change of it (R-LA-1 … 14).

All rules are checks over one `Case`, listed in tables by what they are about: `parties`, `frame`, `outcomes`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from ecvet.mobility import frame, outcomes, parties
from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.mobility.case import Case, Check, Obstacle, Proposal, Remark, judge
from ecvet.mobility.changes import difference
from ecvet.mobility.errors import AnotherLearner, ChangeIsLate, NothingChanges
from ecvet.mobility.learner import Learner
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.saying import say
from ecvet.terms import Failure, Finding, Identifier, Severity, Success

CHECKS: Final[tuple[Check, ...]] = (*parties.CHECKS, *frame.CHECKS, *outcomes.CHECKS)


def propose(
    draft: LearningAgreement, *, memorandum: Recorded[MemorandumOfUnderstanding] | None,
    units: Mapping[Identifier, Unit], qualification: Qualification | None,
    achieved: Mapping[Identifier, frozenset[str]], learner: Learner, adult_age: int, on: date,
) -> Proposal:  # fmt: skip
    """Whether a first version may be proposed on a day, with everything that was found.

    `memorandum` is the version in force (`memorandum_for`), None outside ECVET; `units` are the published versions by
    identifier, `qualification` the home one, `achieved` the outcomes that the learner already
    holds by unit, `adult_age` the age from which nobody signs for a learner in the home country.
    """
    return judge(
        Case(
            draft=draft, memorandum=memorandum, units=units, qualification=qualification, achieved=achieved,
            learner=learner, adult_age=adult_age, on=on,
        ),
        CHECKS,
    )  # fmt: skip


def amend(
    before: Recorded[LearningAgreement], draft: LearningAgreement, *,
    memorandum: Recorded[MemorandumOfUnderstanding] | None, units: Mapping[Identifier, Unit],
    qualification: Qualification | None, achieved: Mapping[Identifier, frozenset[str]], learner: Learner,
    adult_age: int, on: date,
) -> Proposal:  # fmt: skip
    """Whether a complete new version may replace `before`, the version in force; all sign it again (R-LA-12).

    An extension, another hosting institution or company, other units: each is such a version. `memorandum` is the
    version that `before` named, which may have ended since (R-MOU-10), or a newer one in force.
    """
    return judge(
        Case(
            draft=draft, memorandum=memorandum, units=units, qualification=qualification, achieved=achieved,
            learner=learner, adult_age=adult_age, on=on, before=before,
        ),
        (_something_changes, _says_why, _same_learner_and_home, _in_time, *CHECKS),
    )  # fmt: skip


def in_time(draft: LearningAgreement, before: LearningAgreement, on: date) -> Success | Failure:
    """Whether the version may still come into force on that day: until the end agreed before, or as retroactive.

    Asked when a change is proposed and again when it is sealed (7.2).
    """
    end = before.period.end
    if end is None or on <= end or draft.retroactive:
        return Success()
    return Failure(ChangeIsLate(on=on, end=end))


def duplicates(draft: LearningAgreement, others: Iterable[LearningAgreement]) -> tuple[Finding, ...]:
    """Other agreements of the same learner in an overlapping period, with the same host or another (edge case 10).

    `others` are the versions in force or proposed of other threads whose stay is not called off: neither rejected,
    withdrawn or superseded versions nor the agreement's own ones belong among them. All are warnings, so that an
    agreement can be made anew after a refusal (edge case 7).
    """
    found = [one for one in others if _same(draft, one, Role.LEARNER) and _overlap(draft, one)]
    return tuple(_twice(one) if _same(draft, one, Role.HOSTING) else _two_places(one) for one in found)


def _overlap(one: LearningAgreement, other: LearningAgreement) -> bool:
    return one.period.start in other.period or other.period.start in one.period


def _twice(other: LearningAgreement) -> Finding:
    return Finding(
        "R-LA-4",
        Severity.WARNING,
        "period",
        say("The learner already has an agreement with this host for {period}.", period=other.period),
        say("Change that agreement with a new version, or withdraw it."),
    )


def _two_places(other: LearningAgreement) -> Finding:
    return Finding(
        "R-LA-4",
        Severity.WARNING,
        "period",
        say(
            "The learner already has an agreement with another host for {period}, which overlaps with this one.",
            period=other.period,
        ),
        say("Correct one of the two periods, or withdraw the other agreement if this one takes its place."),
    )


def _something_changes(case: Case) -> Iterator[Remark]:
    """A version that says the same needs no signatures (R-LA-12)."""
    if case.before is not None and not difference(case.before.value, case.draft):
        yield Obstacle("R-LA-12", "agreement", NothingChanges())


def _says_why(case: Case) -> Iterator[Remark]:
    """A change gives its reasons by code, so that the parties know why they sign again (R-LA-12, edge case 1)."""
    if case.draft.amendment is None or not case.draft.amendment.reasons:
        yield Finding(
            "R-LA-12",
            Severity.FLAG,
            "amendment",
            say("The change does not say why it is made."),
            say("Choose a reason, such as a task that is not available."),
        )


def _same_learner_and_home(case: Case) -> Iterator[Remark]:
    """A thread belongs to one learner and one home institution, which owns it (R-LA-12)."""
    for role in (Role.LEARNER, Role.HOME):
        if case.before is not None and not _same(case.before.value, case.draft, role):
            yield Obstacle("R-LA-12", "parties", AnotherLearner(role=role))


def _in_time(case: Case) -> Iterator[Remark]:
    """A change is in force before the agreed end, or is marked as retroactive (R-LA-12, 7.2)."""
    answer = in_time(case.draft, case.before.value, case.on) if case.before is not None else Success()
    if isinstance(answer, Failure):
        yield Obstacle("R-LA-12", "period", answer.reason)


def _same(one: LearningAgreement, other: LearningAgreement, role: Role) -> bool:
    return one.party(role) == other.party(role)
