"""One telling fact about each step, read from its record: what `ecvet story` prints beside the verb."""

from collections.abc import Iterable
from decimal import Decimal

from ecvet.credit import Assessment, Award, Extent, Recognition, Transcript, Validation
from ecvet.mobility import LearningAgreement
from ecvet.qualification import Qualification, Unit
from ecvet.record import Act, Recorded, Signature
from ecvet.terms import Points
from ecvet_platform.credentials.store.credentials import Issued
from ecvet_platform.credit.actions.accumulate import Standing


def described(item: Qualification, units: Iterable[Recorded[Unit]]) -> str:
    """How large the qualification is, in units, outcomes and points of its own system."""
    outcomes = sum(len(one.value.outcomes) for one in units)
    level = f", {item.eqf}" if item.eqf else ""
    system = f" of the system {item.system}" if item.points else ""
    return f"“{item.title}”: {len(item.units)} units with {outcomes} outcomes, {_points(item.points)}{system}{level}"


def agreed(item: LearningAgreement, signatures: Iterable[Signature]) -> str:
    """What is to be achieved where and when, and how many have signed."""
    units = ", ".join(f"{one.title} ({len(one.outcomes)} outcomes, {_points(one.home_points)})" for one in item.units)
    signed = len({(one.signer, one.role) for one in signatures if one.act is Act.ACCEPT})
    return f"{units}; {item.hosting_place}, {item.period}; signed by {signed}"


def assessed(made: Assessment, unit: Unit) -> str:
    """How much of the unit was achieved, and what was not."""
    missing = [f"“{one.text}”" for one in unit.outcomes if one.id not in made.achieved]
    rest = f", not: {'; '.join(missing)}" if missing else ""
    return f"{unit.title}: {len(made.achieved)} of {len(unit.outcomes)} outcomes achieved{rest}"


def transferred(sent: Transcript) -> str:
    """What the transcript says of its units."""
    entries = ", ".join(f"{one.title} ({'complete' if one.complete else 'in part'})" for one in sent.entries)
    return f"the personal transcript goes home: {entries}"


def validated(made: Validation, unit: Unit) -> str:
    """How many outcomes correspond to what home requires."""
    return (
        f"{len(made.corresponding)} of {len(unit.outcomes)} outcomes are what home requires: {made.extent} validation"
    )


def verb_of(made: Recognition) -> str:
    """What a decision on recognition is called."""
    return "refuse" if made.extent is Extent.NONE else "recognise"


def recognised(made: Recognition, unit: Unit) -> str:
    """What a decision on recognition grants; for a refusal its reason and until when it can be appealed against."""
    if made.extent is Extent.NONE:
        why = "; ".join(f"“{one.text}”" for one in made.reasons)
        until = made.remedy.appeal_until if made.remedy else None
        return f"{unit.title} is not recognised: {why}" + (f"; appeal until {until}" if until else "")
    if made.extent is Extent.PARTIAL:
        task = made.remedy.task if made.remedy else None
        rest = f"; what remains: “{task}”" if task else ""
        return (
            f"{unit.title} in part, {len(made.outcomes)} of {len(unit.outcomes)} outcomes, {_points(made.points)}{rest}"
        )
    return f"{unit.title} in full: {_points(made.points)} under home rules"


def accumulated(found: Standing, *codes: str) -> str:
    """Where the learner stands, and where units count."""
    progress, whole = found.progress, found.qualification.value
    counted = progress.counted_points or Decimal(0)
    state = {True: "complete", False: "incomplete", None: "undecided"}[progress.complete]
    wanted = f" of {whole.points.value:f}" if whole.points else ""
    why = [f"{one.piece.code}: {one.why}" for one in progress.units if one.piece.code in codes]
    return "; ".join((f"{counted:f}{wanted} points, {state}", *why))


def awarded(made: Award) -> str:
    """What was awarded, and on how many decisions it rests."""
    return f"“{made.title}”, {_points(made.points)}, resting on {len(made.recognitions)} decisions"


def issued(made: Issued, data: bytes) -> str:
    """The credential in the learner's hands."""
    return f"“{made.title}”, a signed credential of {len(data)} bytes, {made.hash}"


def _points(points: Points | None) -> str:
    return "no points" if points is None else f"{points.value:f} points"
