"""Each event of a stay is told by the people of the side that the table names."""

from pathlib import Path

import pytest

import stories_of as story
from ecvet.mobility import STAY, Reason, State, Verb
from ecvet.record import StepNotYours
from ecvet.terms import Identifier
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import stays
from ecvet_platform.mobility.errors import AgreementUnknown, NotYourPart
from ecvet_platform.people.roles import Actor, Role
from stories_of import Cast

ROLES = [*Role]


@pytest.fixture(scope="module")
def ready(begun_cast: tuple[Cast, Path]) -> Identifier:
    """A stay for which everything is ready, the same for all tests here."""
    everybody, _folder = begun_cast
    with clock.fixed(story.NOW):
        thread, _version = story.in_force(everybody)
        stays.tell(thread, Verb.CONFIRM, on=clock.today(), actor=everybody.actor("Bruno"))
    return thread


@pytest.mark.parametrize("side", [story.TURIN, story.LYON])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", [Verb.START, Verb.CANCEL, Verb.MISS])
def test_each_event_is_for_the_side_of_the_table_and_for_nobody_else(
    ready: Identifier, everybody: Cast, side: Identifier, role: Role, verb: Verb
):
    who = Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=side, roles=frozenset([role]))
    part = "home" if side == story.TURIN else "hosting"
    allowed = {role for name, roles in stays.TELLERS.items() if name == part for role in roles}
    (step,) = (one for one in STAY.possible(State.READY) if one.verb == verb)

    def tell() -> None:
        stays.tell(ready, verb, on=story.STAY.start, actor=who, reason=Reason.HOSTS_WISH)

    if role in allowed and part in step.by:
        tell()
    else:
        with pytest.raises((NotYourPart, StepNotYours, AgreementUnknown)) as caught:
            tell()
        assert caught.value.status in (403, 404)
