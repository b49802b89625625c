"""How it begins: institutions and their people arrive, qualifications are published, a memorandum is signed.

Beside it runs what learners achieve at home in the ordinary way.
"""

from typing import Final

from ecvet.examples import BODY_AND_PAINT, CLAY_PLASTERING, HAIRDRESSING, MENS_HAIR, VEHICLE, qualification
from ecvet.examples.cast import ALBA, BRUNO, CHLOE, DIMITRA, GEORG, INSTITUTIONS, PAWLU, CastLearner, Figure
from ecvet.examples.plan import AtHome
from ecvet.examples.story import MEMORANDUM, MEMORANDUM_PROPOSED, MEMORANDUM_SIGNED, PUBLISHED
from ecvet.record import Act
from ecvet_platform.credit.actions import accumulate
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.shell.story import facts
from ecvet_platform.shell.story.days import Tale
from ecvet_platform.shell.story.world import World

PUBLISHERS: Final[tuple[tuple[str, Figure], ...]] = (
    (HAIRDRESSING, DIMITRA),
    (VEHICLE, DIMITRA),
    (MENS_HAIR, PAWLU),
    (BODY_AND_PAINT, PAWLU),
    (CLAY_PLASTERING, GEORG),
)
"""Who publishes which qualification: somebody of the competent institution in charge of it."""


def opening(world: World) -> Tale:
    """Institutions, people, five qualifications, and the memorandum between Tampere and Malta."""
    yield PUBLISHED
    world.arrive()
    for one in INSTITUTIONS:
        register.enter(one, actor=world.actor(DIMITRA), contact={"e-mail": f"office@{one.id.split('/')[2]}"})
    for name, figure in PUBLISHERS:
        actor = world.actor(figure)
        published = qualifications.publish(qualifications.Draft(*qualification(name)), actor=actor)
        if name == ALBA.example:
            units = qualifications.units_of(published.value.id)
            world.tell(ALBA, "describe", published.address, actor, facts.described(published.value, units))
    yield MEMORANDUM_PROPOSED
    thread = memoranda.propose(MEMORANDUM, actor=world.actor(BRUNO))
    version = memoranda.memorandum(thread, actor=world.actor(BRUNO)).item.address
    yield MEMORANDUM_SIGNED
    for figure in (CHLOE, BRUNO):  # Bruno's institution proposed it; its acceptance, the last, brings it into force
        memoranda.answer(thread, version, Act.ACCEPT, actor=world.actor(figure))
    world.memorandum = memoranda.memorandum(thread, actor=world.actor(BRUNO)).in_force


def at_home(world: World, who: CastLearner, passed: tuple[AtHome, ...]) -> Tale:
    """What a learner passes at home, entered by the coordinator on the day."""
    yield who.since
    world.learner(who)
    for one in sorted(passed, key=lambda each: each.on):
        yield one.on
        made = one.achievement(who, world.learner(who).id)
        accumulate.enter_achievement(
            made.learner, unit=made.unit, qualification=who.follows, actor=world.actor(BRUNO), code=made.code,
            points=made.points, sort=made.sort,
        )  # fmt: skip
