"""Who may give which role: in one's own institution what the table says, a register office everywhere."""

import pytest

from ecvet.terms import Failure, Identifier
from ecvet_platform.people import actions, store
from ecvet_platform.people.errors import LastRegisterOffice
from ecvet_platform.people.granting import GRANTS, grantable, may_give
from ecvet_platform.people.roles import Actor, Role

HERE, THERE = Identifier("https://home.example"), Identifier("https://hosting.example")


def acting(role: Role) -> Actor:
    return Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=HERE, roles=frozenset([role]))


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_what_the_table_does_not_say(role: Role):
    assert grantable(acting(role), HERE) == GRANTS.get(role, frozenset())
    for given in Role:
        assert bool(may_give(acting(role), HERE, given)) == (given in GRANTS.get(role, frozenset()))


@pytest.mark.parametrize("role", list(Role))
def test_in_another_institution_only_a_register_office_gives_roles(role: Role):
    assert bool(may_give(acting(role), THERE)) == (role is Role.REGISTER_OFFICE)


def test_a_coordinator_cannot_raise_herself():
    answer = may_give(acting(Role.COORDINATOR), HERE, Role.ASSESSOR, Role.REGISTER_OFFICE)
    assert isinstance(answer, Failure)
    assert "register office" in str(answer.reason)


def test_the_last_register_office_stays(person):
    office = person("Anna", Role.REGISTER_OFFICE)
    with pytest.raises(LastRegisterOffice):
        actions.take_role(office, HERE, Role.REGISTER_OFFICE, by=actions.actor(office.id))
    person("Berit", Role.REGISTER_OFFICE, institution=THERE)
    actions.take_role(office, HERE, Role.REGISTER_OFFICE, by=actions.actor(office.id))
    assert store.holders(Role.REGISTER_OFFICE) == 1
