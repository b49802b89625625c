"""The state of a result or of a target unit, derived by walking the life cycle along the records; stored nowhere.

Records that could not have come about in this order raise `StepNotPossible`: the tables are the only truth.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ecvet.credit.assessment import Assessment, Result
from ecvet.credit.decision import Extent
from ecvet.credit.ledger import EMPTY, Ledger
from ecvet.credit.lifecycle import RECOGNITION, RESULT, RecognitionState, ResultState, Verb
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.standing import is_final
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.validation import EvidenceRequest, Validation
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier

_DECIDED = (
    RecognitionState.RECOGNISED, RecognitionState.PARTLY_RECOGNISED, RecognitionState.REFUSED,
    RecognitionState.UPHELD, RecognitionState.CHANGED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecords:
    """All records on one unit of one learner, in any order, as far as they are known.

    `acknowledged` and `confirmed` are the addresses of transcripts that home acknowledged, or that the host confirmed
    after the learner contested them; `nudges` are reminder and escalation, as far as they were sent; `awards` are the
    addresses of recognitions that an award rests on.
    """

    unit: Identifier
    assessed_units: frozenset[Identifier] = frozenset()
    assessments: tuple[Recorded[Assessment], ...] = ()
    transcripts: tuple[Recorded[Transcript], ...] = ()
    acknowledged: frozenset[Address] = frozenset()
    confirmed: frozenset[Address] = frozenset()
    requests: tuple[Recorded[EvidenceRequest], ...] = ()
    validations: tuple[Recorded[Validation], ...] = ()
    recognitions: tuple[Recorded[Recognition], ...] = ()
    appeals: tuple[Recorded[Appeal], ...] = ()
    nudges: tuple[Verb, ...] = ()
    ledger: Ledger = EMPTY
    awards: frozenset[Address] = frozenset()

    @property
    def sources(self) -> frozenset[Identifier]:
        """The units whose results speak for this one: those the agreement pairs with it, else itself."""
        return self.assessed_units or frozenset({self.unit})


def result_state(records: UnitRecords) -> ResultState:
    """Where the result of the unit stands (7.3). Raises `StepNotPossible` for records that do not fit together."""
    state = RESULT.after(None, Verb.AGREE)
    issued = _issues(records)
    first = {address for entry in issued[0].entries for address in entry.assessments} if issued else None
    for one in sorted(records.assessments, key=lambda one: (one.value.on, one.address)):
        if one.value.unit in records.sources and (first is None or one.address in first):
            assessed = any(result.result is not Result.NOT_ASSESSED for result in one.value.outcomes)
            state = RESULT.after(state, Verb.ASSESS if assessed else Verb.NOT_ASSESS)
    for number, issue in enumerate(issued):
        if number:
            state = RESULT.after(state, Verb.CORRECT)
        else:
            state = RESULT.after(ResultState.ASSESSED if state is ResultState.OPEN else state, Verb.TRANSFER)
        if issue.addresses & records.acknowledged:
            state = RESULT.after(state, Verb.ACKNOWLEDGE)
        if any(one.value.decision in issue.addresses for one in records.appeals):
            state = RESULT.after(state, Verb.CONTEST)
            if issue.addresses & records.confirmed:
                state = RESULT.after(state, Verb.CONFIRM)
    return state


def recognition_state(records: UnitRecords, *, on: date) -> RecognitionState:
    """Where the target unit stands on that day (7.4). Raises `StepNotPossible` for records that do not fit together."""
    walk = _Walk(records)
    for number, issue in enumerate(_issues(records)):
        if number:
            walk.step(Verb.CORRECT)
        walk.through(issue)
    last = walk.last
    if last is None or walk.state not in _DECIDED:
        return walk.state
    if is_final(last, on=on, appeals=records.appeals, recognitions=records.recognitions):
        walk.step(Verb.BECOME_FINAL)
        if any(entry.because == last.address for entry in records.ledger.standing):
            walk.step(Verb.BOOK)
            if last.value.extent is Extent.FULL:
                walk.step(Verb.COMPLETE)
                if last.address in records.awards:
                    walk.step(Verb.AWARD)
    return walk.state


@dataclass(frozen=True, slots=True)
class _Issue:
    """What a transcript says of the unit, and the addresses of the versions that say so."""

    entries: tuple[TranscriptEntry, ...]
    addresses: frozenset[Address]


def _issues(records: UnitRecords) -> list[_Issue]:
    """The versions of the transcript that changed this unit, oldest first; another unit's correction is none."""
    found: list[_Issue] = []
    for version in _versions(records.transcripts):
        entries = tuple(entry for entry in version.value.entries if entry.unit in records.sources)
        if found and found[-1].entries == entries:
            found[-1] = _Issue(entries, found[-1].addresses | {version.address})
        elif entries or found:
            found.append(_Issue(entries, frozenset({version.address})))
    return found


def _versions(transcripts: Iterable[Recorded[Transcript]]) -> Iterator[Recorded[Transcript]]:
    next_of = {one.value.corrects: one for one in transcripts}
    version = next_of.get(None)
    while version is not None:
        yield version
        version = next_of.get(version.address)


class _Walk:
    """One walk along the records of a target unit."""

    def __init__(self, records: UnitRecords):
        self.records = records
        self.state = RECOGNITION.after(None, Verb.EXPECT)
        self.last: Recorded[Recognition] | None = None
        for verb in records.nudges:
            self.step(verb)

    def step(self, verb: Verb) -> None:
        """Take an arrow of the table, or raise `StepNotPossible`."""
        self.state = RECOGNITION.after(self.state, verb)

    def through(self, issue: _Issue) -> None:
        """Everything that followed one version of the transcript, in the order of the days."""
        for request in self.records.requests:
            if request.value.transcript in issue.addresses:
                self.step(Verb.ASK)
        for validation in sorted(self.records.validations, key=lambda one: (one.value.on, one.address)):
            if validation.value.transcript in issue.addresses and validation.value.unit == self.records.unit:
                self._validation(validation)

    def _validation(self, validation: Recorded[Validation]) -> None:
        if self.state in (RecognitionState.RECOGNISED, RecognitionState.REFUSED):
            self.step(Verb.REOPEN)
        self.step(Verb.NOT_VALIDATE if validation.value.extent is Extent.NONE else Verb.VALIDATE)
        if any(appeal.value.decision == validation.address for appeal in self.records.appeals):
            self.step(Verb.APPEAL)
        for decision in _after_each_other(self.records.recognitions):
            if decision.value.validation == validation.address:
                self._decision(decision)

    def _decision(self, decision: Recorded[Recognition]) -> None:
        value, before = decision.value, self.last
        if value.after_appeal is not None:
            same = before is not None and before.value.outcomes == value.outcomes
            self.step(Verb.UPHOLD if same else Verb.CHANGE)
        else:
            open_to = (RecognitionState.VALIDATED, RecognitionState.NOT_VALIDATED, RecognitionState.REVIEW)
            if value.reverses is not None and self.state not in open_to:
                self.step(Verb.REOPEN)
            self.step(_verb(value))
        self.last = decision
        if any(appeal.value.decision == decision.address for appeal in self.records.appeals):
            self.step(Verb.APPEAL)


def _verb(value: Recognition) -> Verb:
    if value.extent is Extent.NONE:
        return Verb.REFUSE if value.reverses is None else Verb.REVERSE
    return Verb.RECOGNISE if value.extent is Extent.FULL else Verb.RECOGNISE_PART


def _after_each_other(recognitions: Iterable[Recorded[Recognition]]) -> list[Recorded[Recognition]]:
    """By day; of one day, a decision after the one whose place it takes."""
    known = {one.address: one for one in recognitions}

    def depth(one: Recorded[Recognition]) -> int:
        former = known.get(one.value.reverses) if one.value.reverses else None
        return 0 if former is None else 1 + depth(former)

    return sorted(known.values(), key=lambda one: (one.value.on, depth(one), one.address))
