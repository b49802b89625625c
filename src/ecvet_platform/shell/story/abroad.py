"""A stay abroad: agree, assess, transfer, validate, recognise, accumulate, award, issue, each by whom it belongs to.

The same way for everybody; a plan that has a dispute is refused first and recognised after an appeal.
"""

from collections.abc import Generator
from datetime import date, timedelta
from typing import TypeVar

from ecvet.credit import Extent, Recognition, Validation
from ecvet.examples.cast import BRUNO, CHLOE, DIMITRA, Figure
from ecvet.examples.plan import Dispute, Mobility
from ecvet.mobility import Outcome, Verb, WhyNot
from ecvet.record import Act, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credit.actions import accumulate, appeal, assess, booking, recognise, transcript, validate
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, proposing, signing, stays
from ecvet_platform.shell.story import facts
from ecvet_platform.shell.story.days import Tale
from ecvet_platform.shell.story.world import World

T = TypeVar("T")
Chapter = Generator[date, None, T]
"""A part of a tale that ends with what the next part begins with."""


def abroad(world: World, plan: Mobility) -> Tale:
    """The whole stay, from the proposal of the agreement to the last decision that the plan foresees."""
    thread = yield from _agree(world, plan)
    validation = yield from _assess_and_validate(world, plan, thread)
    decision = yield from _recognise(world, plan, validation)
    _accumulate(world, plan, decision)
    _close(world, plan, thread, decision)
    if plan.awarded is not None:
        yield from _award(world, plan)
    if plan.remedy is not None and plan.remedy.appeal_until is not None:
        yield plan.remedy.appeal_until + timedelta(days=1)
        booking.settle_due()


def _agree(world: World, plan: Mobility) -> Chapter[Identifier]:
    yield plan.proposed
    who, bruno = world.learner(plan.learner), world.actor(BRUNO)
    draft = plan.agreement(world.memorandum, learner=who.id, guardian=who.guardian)
    thread = proposing.put_forward(draft, actor=bruno)
    version = agreements.agreement(thread, actor=bruno).item.address
    yield plan.signed
    guardian = (plan.learner.guardian,) if plan.learner.guardian else ()
    for figure in (plan.learner.figure, *guardian, CHLOE, BRUNO):
        signing.answer(thread, version, Act.ACCEPT, actor=world.actor(figure))
    stays.tell(thread, Verb.CONFIRM, on=plan.signed, actor=bruno)
    found = agreements.agreement(thread, actor=bruno)
    assert found.in_force is not None
    world.tell(
        plan.learner, "agree", found.in_force, bruno, facts.agreed(found.item.value, found.versions[-1].signatures)
    )
    return thread


def _assess_and_validate(world: World, plan: Mobility, thread: Identifier) -> Chapter[Recorded[Validation]]:
    yield plan.period.start
    stays.tell(thread, Verb.START, on=plan.period.start, actor=world.actor(plan.mentor or CHLOE))
    yield plan.assessed
    chloe, bruno = world.actor(CHLOE), world.actor(BRUNO)
    assessed = assess.assess(
        thread, unit=plan.unit.id, outcomes=plan.results, methods=plan.methods, place=plan.place, on=plan.assessed,
        position=CHLOE.position, actor=chloe,
    )  # fmt: skip
    world.tell(plan.learner, "assess", assessed.address, chloe, facts.assessed(assessed.value, plan.unit))
    assert plan.period.end is not None
    yield plan.period.end
    stays.tell(thread, Verb.END, on=plan.period.end, actor=world.actor(plan.mentor or CHLOE))
    yield plan.transferred
    sent = transcript.transfer(thread, actor=chloe)
    world.tell(plan.learner, "transfer", sent.address, chloe, facts.transferred(sent.value))
    yield plan.validated
    transcript.acknowledge(thread, actor=bruno)
    comparison = validate.compare(sent.address, plan.unit.id, actor=bruno).proposal
    made = validate.validate(
        sent.address, unit=plan.unit.id, comparison=comparison, ground=plan.validation_ground, reasons=plan.reasons,
        position=BRUNO.position, actor=bruno,
    )  # fmt: skip
    world.tell(plan.learner, "validate", made.address, bruno, facts.validated(made.value, plan.unit))
    return made


def _recognise(world: World, plan: Mobility, validation: Recorded[Validation]) -> Chapter[Recorded[Recognition]]:
    yield plan.recognised
    dimitra, dispute = world.actor(DIMITRA), plan.dispute
    reasons, remedy = (dispute.reasons, dispute.remedy) if dispute else (plan.reasons, plan.remedy)
    made = recognise.recognise(
        validation.address, ground=plan.recognition_ground, outcomes=frozenset() if dispute else None,
        reasons=reasons, remedy=remedy, position=DIMITRA.position, actor=dimitra,
    )  # fmt: skip
    world.tell(plan.learner, facts.verb_of(made.value), made.address, dimitra, facts.recognised(made.value, plan.unit))
    if dispute is not None:
        made = yield from _appeal(world, plan, dispute, made)
    issue.issue(made.address, actor=world.actor(DIMITRA))
    return made


def _appeal(
    world: World, plan: Mobility, dispute: Dispute, refusal: Recorded[Recognition]
) -> Chapter[Recorded[Recognition]]:
    yield dispute.appealed
    speaks: Figure = plan.learner.guardian or plan.learner.figure
    actor, dimitra = world.actor(speaks), world.actor(DIMITRA)
    lodged = appeal.appeal(refusal.address, text=dispute.appeal, actor=actor)
    world.tell(plan.learner, "appeal", lodged.address, actor, f"“{dispute.appeal}”")
    yield dispute.answered
    made = recognise.answer_appeal(
        lodged.address, ground=dispute.answer, position=DIMITRA.position, actor=dimitra,
    )  # fmt: skip
    what = f"{facts.recognised(made.value, plan.unit)}; “{dispute.answer}”"
    world.tell(plan.learner, facts.verb_of(made.value), made.address, dimitra, what)
    return made


def _accumulate(world: World, plan: Mobility, decision: Recorded[Recognition]) -> None:
    """Nobody's act: the learner looks, and it follows from what was decided."""
    actor = world.actor(plan.learner.figure)
    found = accumulate.progress(decision.value.learner, plan.learner.follows, actor=actor)
    world.tell(plan.learner, "accumulate", decision.address, actor, facts.accumulated(found, plan.code))


def _close(world: World, plan: Mobility, thread: Identifier, decision: Recorded[Recognition]) -> None:
    full = decision.value.extent is Extent.FULL
    stays.close(
        thread, actor=world.actor(BRUNO), on=clock.today(), recognised=Outcome.FULL if full else Outcome.PARTIAL,
        evaluation=LangString.of(en="Outcomes, assessment and documents were looked at with the host"),
        review=LangString.of(en="The units open to mobility stay as they are"),
        why_not=frozenset() if full else frozenset({WhyNot.NOT_ACHIEVED}), outcomes_suitable=True,
        documentation_sufficient=plan.dispute is None,
    )  # fmt: skip


def _award(world: World, plan: Mobility) -> Chapter[None]:
    assert plan.awarded is not None
    assert plan.award_ground is not None
    yield plan.awarded
    dimitra, learner = world.actor(DIMITRA), world.learner(plan.learner).id
    made = accumulate.award(
        learner, plan.learner.follows, ground=plan.award_ground, actor=dimitra, position=DIMITRA.position
    )
    world.tell(plan.learner, "award", made.address, dimitra, facts.awarded(made.value))
    issued = issue.issue(made.address, actor=dimitra)
    _, data = issue.credential(issued.id, actor=world.actor(plan.learner.figure))
    world.credentials[made.address] = data
    world.tell(plan.learner, "issue", made.address, dimitra, facts.issued(issued, data))
