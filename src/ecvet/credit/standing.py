"""What stands: the recognitions in effect, and what follows from them for the learner.

Decisions are only appended (R-RECOG-14); which of them stand is derived from all of them, whatever their order.
"""

from collections.abc import Iterable
from datetime import date

from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Appeal, Recognition, Use
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier


def in_effect(recognitions: Iterable[Recorded[Recognition]]) -> tuple[Recorded[Recognition], ...]:
    """The decisions that grant something and whose place no other has taken, in the order of day and address."""
    known = {one.address: one for one in recognitions}
    replaced = {one.value.reverses for one in known.values()}
    standing = [one for one in known.values() if one.address not in replaced and one.value.extent is not Extent.NONE]
    return tuple(sorted(standing, key=lambda one: (one.value.on, one.address)))


def of_unit(
    recognitions: Iterable[Recorded[Recognition]], *, learner: Identifier, unit: Identifier, qualification: Identifier
) -> tuple[Recorded[Recognition], ...]:
    """The recognitions in effect of one learner in one unit towards one qualification."""
    return tuple(
        one for one in in_effect(recognitions)
        if (one.value.learner, one.value.unit, one.value.qualification) == (learner, unit, qualification)
    )  # fmt: skip


def recognised_outcomes(recognitions: Iterable[Recorded[Recognition]], unit: Identifier) -> frozenset[str]:
    """The outcomes of a unit that are recognised by the decisions given, as far as they stand."""
    return frozenset(
        outcome for one in in_effect(recognitions) if one.value.unit == unit for outcome in one.value.outcomes
    )


def to_be_examined(
    unit: Unit, recognitions: Iterable[Recorded[Recognition]], *, learner: Identifier, qualification: Identifier
) -> frozenset[str]:
    """What remains to be examined of a unit (R-NFIL-5): a recognised outcome is not examined again (R-RECOG-11).

    Empty once the unit is recognised in full, also where its own pass rule left an outcome open.
    """
    standing = of_unit(recognitions, learner=learner, unit=unit.id, qualification=qualification)
    if any(one.value.extent is Extent.FULL and one.value.use is Use.PART for one in standing):
        return frozenset()
    return (unit.required_outcomes or unit.outcome_ids) - recognised_outcomes(standing, unit.id)


def is_final(
    decision: Recorded[Recognition], *, on: date, appeals: Iterable[Recorded[Appeal]] = (),
    recognitions: Iterable[Recorded[Recognition]] = (),
) -> bool:  # fmt: skip
    """Whether a decision can no longer change by appeal: none is open, and its last day has passed or there is none."""
    answered: set[Address | None] = {one.value.after_appeal for one in recognitions}
    if any(one.value.decision == decision.address and one.address not in answered for one in appeals):
        return False
    remedy = decision.value.remedy
    return remedy is None or remedy.appeal_until is None or on > remedy.appeal_until
