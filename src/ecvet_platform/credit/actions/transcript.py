"""Transfer: the hosting institution hands over the personal transcript, and corrects it by new versions (step 4)."""

from collections.abc import Iterable

from django.db import transaction

from ecvet.credit.assessment import Assessment
from ecvet.credit.basis import home_unit_of
from ecvet.credit.lifecycle import Role as Taking
from ecvet.credit.lifecycle import Verb
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.transferring import correct as decide_correction
from ecvet.credit.transferring import transfer as decide
from ecvet.qualification.qualification import UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import casework, reading, sides
from ecvet_platform.credit.actions.keeping import keep
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import TranscriptThere
from ecvet_platform.credit.store.cases import Path
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor


@transaction.atomic
def transfer(thread: Identifier, *, actor: Actor) -> Recorded[Transcript]:
    """Issue the transcript of everything that was assessed on an agreement or portfolio.

    Raises `BasisUnknown`, `StepNotYours`, `NotYourRole`, `TranscriptThere`, `NothingAssessed` and what
    `ecvet.credit.transferring` refuses.
    """
    ground = sides.ground_for(thread, actor)
    role = sides.require_step(Verb.TRANSFER, sides.parties(ground), actor)
    if reading.transcript(ground) is not None:
        raise TranscriptThere()
    made = foreseen(ground)
    kept = keep(
        made, kind="transcript", verb="credit.transfer", actor=actor, learner=ground.learner, on=clock.today(),
        basis=ground.thread, qualification=ground.qualification, follows=ground.basis.address,
    )  # fmt: skip
    follow(ground, kept, role)
    return kept


@transaction.atomic
def correct(
    thread: Identifier, *, reason: LangString, without: frozenset[Address] = frozenset(), actor: Actor
) -> Recorded[Transcript]:
    """Issue the next version of the transcript, from the assessments that stand now (R-TRANS-4).

    `without` are assessments made in error, which are left out and stay in the record. Decisions that rest on the old
    version are put up for review; nothing booked changes by itself (R-RECOG-5).
    Raises what `transfer` raises, `CreditUnknown` and `CorrectionWithoutChange`.
    """
    ground = sides.ground_for(thread, actor)
    role = sides.require_step(Verb.CORRECT, sides.parties(ground), actor)
    before = reading.require_transcript(ground)
    standing = [one for one in reading.assessments(ground) if one.address not in without]
    made = decide_correction(
        before, standing, ground.basis, units=_units(standing), issuer=institutions.institution(ground.hosting),
        reason=reason, links=_links(ground), earlier_versions=ground.earlier,
    )  # fmt: skip
    kept = keep(
        made, kind="transcript", verb="credit.correct", actor=actor, learner=ground.learner, on=clock.today(),
        basis=ground.thread, qualification=ground.qualification, follows=before.address,
        prev=records.record(before.address),
    )  # fmt: skip
    follow(ground, kept, role, before=before)
    return kept


@transaction.atomic
def acknowledge(thread: Identifier, *, actor: Actor) -> None:
    """Say that home has received the transcript that stands. Raises `BasisUnknown`, `StepNotYours`, `CreditUnknown`."""
    ground = sides.ground_for(thread, actor)
    role = sides.require_step(Verb.ACKNOWLEDGE, sides.parties(ground), actor)
    found = reading.require_transcript(ground)
    for unit in _entries(ground, found.value):
        casework.take(casework.case_of(ground, unit), Verb.ACKNOWLEDGE, role)
    institutions.acknowledge(found.address, ground.home)
    journal.write("credit.acknowledge", by=actor, subject=thread, record=found.address)


def follow(
    ground: Ground, kept: Recorded[Transcript], role: Taking, *, before: Recorded[Transcript] | None = None
) -> None:
    """Take the cases on to the transcript that now stands, the first one or one in the place of `before`."""
    old, new = _entries(ground, before.value) if before else {}, _entries(ground, kept.value)
    for unit in {**old, **new}:
        case = casework.case_of(ground, unit)
        if unit not in old:
            case = casework.take(casework.take(case, Verb.TRANSFER, role), Verb.EXPECT, role)
        elif old[unit] != new.get(unit):
            case = casework.take(case, Verb.CORRECT, role)
        casework.point(case, transcript=kept.address)


def foreseen(ground: Ground) -> Transcript:
    """The transcript of everything assessed until now, as it would be issued. Raises what `transferring` refuses."""
    assessments = reading.assessments(ground)
    return decide(
        assessments, ground.basis, units=_units(assessments), issuer=institutions.institution(ground.hosting),
        links=_links(ground), earlier_versions=ground.earlier,
    )  # fmt: skip


def versions(thread: Identifier, *, actor: Actor) -> tuple[Recorded[Transcript], ...]:
    """All versions of a transcript, the first one first. Raises `BasisUnknown`."""
    return reading.transcripts(sides.ground_for(thread, actor))


def _entries(ground: Ground, transcript: Transcript) -> dict[Identifier, tuple[TranscriptEntry, ...]]:
    """The entries of a transcript by the home unit that they speak for."""
    found: dict[Identifier, tuple[TranscriptEntry, ...]] = {}
    for entry in transcript.entries:
        home = home_unit_of(ground.basis.value, entry.unit)
        if home is not None:
            found[home] = (*found.get(home, ()), entry)
    return found


def _units(assessments: Iterable[Recorded[Assessment]]) -> list[Unit]:
    return [reading.unit(name) for name in dict.fromkeys(one.value.unit for one in assessments)]


def _links(ground: Ground) -> tuple[UnitLink, ...]:
    """On the way without mobility the points are those of the qualification; abroad the agreement names them."""
    return reading.qualification(ground.qualification).units if ground.path is Path.PORTFOLIO else ()
