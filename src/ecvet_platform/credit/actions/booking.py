"""The ledger: what final decisions grant is booked once, and taken back by an entry of its own (R-RECOG-8).

A decision becomes final when its last day of appeal has passed, at once where there is none. Nobody decides here: the
entry follows from decisions that people took, and repeating it changes nothing.
"""

from typing import Final

from django.db import transaction

from ecvet.credit.decision import Extent
from ecvet.credit.ledger import Ledger, book
from ecvet.credit.lifecycle import RecognitionState, Verb
from ecvet.credit.lifecycle import Role as Taking
from ecvet.credit.recognition import Appeal, Recognition, Use
from ecvet.credit.standing import is_final
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import casework, reading
from ecvet_platform.credit.store import cases, facts, ledger
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import CALENDAR as CALENDAR

_DECIDED: Final = (
    RecognitionState.RECOGNISED, RecognitionState.PARTLY_RECOGNISED, RecognitionState.REFUSED,
    RecognitionState.UPHELD, RecognitionState.CHANGED, RecognitionState.REVERSED,
)  # fmt: skip


@transaction.atomic
def settle_due(*, limit: int = 100_000) -> int:
    """Book whatever has become final until today; how many cases moved. For a daily task."""
    moved = 0
    for case in cases.in_recognition(*(one.value for one in _DECIDED), limit=limit):
        moved += settle(case, actor=CALENDAR) != case
    return moved


def settle(case: Case, *, actor: By) -> Case:
    """The case after booking, if its last decision is final by now; else as it is. Only inside a transaction."""
    if casework.recognition_state(case) not in _DECIDED or case.recognised is None:
        return case
    if institutions.elsewhere([case.body]):
        return case  # the body books on its own server
    decision = records.recorded(case.recognised, Recognition)
    appeals = reading.values(facts.of_learner(case.learner, "appeal"), Appeal)
    decisions = reading.recognitions(case.learner)
    if not is_final(decision, on=clock.today(), appeals=appeals, recognitions=decisions):
        return case
    before = ledger.of_learner(case.learner)
    after = book(before, decision, on=clock.today(), appeals=appeals, recognitions=decisions)
    for entry in after.entries[len(before.entries) :]:
        ledger.add(entry)
        journal.write(
            f"credit.{entry.kind}", by=actor, subject=case.learner, record=entry.because,
            detail={"unit": entry.unit, "qualification": entry.qualification, "points": entry.points},
        )  # fmt: skip
    if casework.recognition_state(case) is RecognitionState.REVERSED:
        return case
    case = casework.take(case, Verb.BECOME_FINAL, Taking.CALENDAR)
    if decision.value.extent is Extent.NONE or decision.value.use is not Use.PART:
        return case
    case = casework.take(case, Verb.BOOK, Taking.HOME)
    return casework.take(case, Verb.COMPLETE, Taking.HOME) if decision.value.extent is Extent.FULL else case


def of_learner(learner: Identifier) -> Ledger:
    """A learner's ledger."""
    return ledger.of_learner(learner)
