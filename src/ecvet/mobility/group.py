"""Groups: one common text, and one agreement for each learner made from it (R-LA-8).

Each learner receives and signs an agreement of their own. One who deviates gets a changed agreement that still names
the common text, so that the deviation can be shown. A learning programme with a list of participants, as Erasmus+ uses
for groups, is the common text itself together with the learners; it replaces no agreement here, since outcomes of a
person need a person's agreement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from ecvet.mobility.agreement import LearningAgreement, Party, Role
from ecvet.mobility.changes import Change, difference
from ecvet.record import Recorded
from ecvet.terms import Identifier

_PERSONAL: Final = frozenset({Role.LEARNER, Role.GUARDIAN})
_OWN: Final = frozenset({"group", "progress"})


def one_for_each(
    text: Recorded[LearningAgreement],
    learners: Iterable[Identifier],
    guardians: Mapping[Identifier, Identifier] | None = None,
) -> Mapping[Identifier, LearningAgreement]:
    """An agreement for each learner, made from the common text; `guardians` by learner, for those who are minors."""
    return {learner: _own(text, learner, (guardians or {}).get(learner)) for learner in learners}


def deviations(text: Recorded[LearningAgreement], agreement: LearningAgreement) -> tuple[Change, ...]:
    """Where one learner's agreement differs from the common text, apart from what is personal by nature."""
    return tuple(
        change
        for change in difference(text.value, agreement)
        if change.field not in _OWN and not (change.field == "party" and change.of.split()[0] in _PERSONAL)
    )


def _own(text: Recorded[LearningAgreement], learner: Identifier, guardian: Identifier | None) -> LearningAgreement:
    others = tuple(party for party in text.value.parties if party.role not in _PERSONAL)
    persons = [Party(role=Role.LEARNER, id=learner)]
    if guardian is not None:
        persons.append(Party(role=Role.GUARDIAN, id=guardian))
    return replace(text.value, parties=(*others, *persons), group=text.address)
