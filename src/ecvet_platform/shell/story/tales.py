"""The four stories as tales that run side by side: Alba, Onni and Liisa go to Malta, Farid learned at work."""

from ecvet.examples.story import AT_HOME, FARID_FROM_WORK, MOBILITIES
from ecvet_platform.shell.story.abroad import abroad
from ecvet_platform.shell.story.days import Tale
from ecvet_platform.shell.story.from_work import from_work
from ecvet_platform.shell.story.opening import at_home, opening
from ecvet_platform.shell.story.world import World


def tales(world: World) -> tuple[Tale, ...]:
    """Everything that has happened, from the opening of the platform to Alba's award."""
    return (
        opening(world),
        *(at_home(world, who, passed) for who, passed in AT_HOME),
        *(abroad(world, plan) for plan in MOBILITIES),
        from_work(world, FARID_FROM_WORK),
    )
