"""Learning at work, without any partner: identification, documentation, assessment, certification (R-NFIL-1 … 6)."""

from dataclasses import replace

from ecvet.examples.cast import GEORG
from ecvet.examples.plan import FromWork
from ecvet.qualification import Unit
from ecvet.record import Address
from ecvet_platform.credit.actions import accumulate, assess, evidence, portfolio, recognise, transcript, validate
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.shell.story import facts
from ecvet_platform.shell.story.days import Tale
from ecvet_platform.shell.story.world import World


def from_work(world: World, plan: FromWork) -> Tale:
    """One portfolio on its way, unit by unit; what was fully shown is certified in full, the rest in part."""
    yield max(plan.learner.since, plan.identified)
    georg, who = world.actor(GEORG), world.learner(plan.learner).id
    learner = world.actor(plan.learner.figure)
    units = {code: _unit(plan, code) for code in plan.results}
    ground = portfolio.identify(
        who, qualification=plan.learner.follows, claims=plan.claims, procedure=plan.procedure,
        experience=plan.experience, actor=georg,
    )  # fmt: skip
    what = f"{len(plan.claims)} outcomes of {len({one.unit for one in plan.claims})} units, found in an interview"
    world.tell(plan.learner, "identify", ground.basis.address, georg, what)

    yield plan.documented
    letter = "\n".join(str(one.description) for one in plan.experience).encode()
    brought = evidence.bring(ground.thread, letter, name="work.txt", actor=learner)
    claims = tuple(replace(one, evidence=(brought.annex,)) for one in plan.claims)
    ground = portfolio.document(ground.thread, claims=claims, actor=learner)
    what = f"a portfolio of {len(claims)} statements with their evidence"
    world.tell(plan.learner, "document", ground.basis.address, learner, what)

    yield plan.assessed
    for code, unit in units.items():
        made = assess.assess(
            ground.thread, unit=unit.id, outcomes=plan.results[code], methods=plan.methods, place=plan.place,
            on=plan.assessed, position=GEORG.position, actor=georg,
        )  # fmt: skip
        world.tell(plan.learner, "assess", made.address, georg, facts.assessed(made.value, unit))

    yield plan.transferred
    sent = transcript.transfer(ground.thread, actor=georg)
    world.tell(plan.learner, "transfer", sent.address, georg, facts.transferred(sent.value))

    yield plan.certified
    last = [_certify(world, plan, sent.address, unit) for unit in units.values()][-1]
    found = accumulate.progress(who, plan.learner.follows, actor=learner)
    world.tell(plan.learner, "accumulate", last, learner, facts.accumulated(found))


def _certify(world: World, plan: FromWork, sent: Address, unit: Unit) -> Address:
    """Validation and recognition on one day, by the institution that awards (R-NFIL-1)."""
    georg = world.actor(GEORG)
    comparison = validate.compare(sent, unit.id, actor=georg).proposal
    validation = validate.validate(
        sent, unit=unit.id, comparison=comparison, ground=plan.ground, position=GEORG.position, actor=georg
    )
    made = recognise.recognise(
        validation.address, ground=plan.ground, explanation=plan.explanation, position=GEORG.position, actor=georg
    )
    world.tell(plan.learner, "certify", made.address, georg, facts.recognised(made.value, unit))
    return made.address


def _unit(plan: FromWork, code: str) -> Unit:
    item = qualifications.qualification(plan.learner.follows).value
    link = item.link(code)
    assert link is not None
    return qualifications.unit(link.unit).value
