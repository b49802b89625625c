"""What stands before the story begins: institutions in the register, people with roles. The rest happens on pages."""

from typing import Final

from ecvet.examples.cast import BRUNO, CHLOE, DIMITRA, EMPLOYER, GEORG, INSTITUTIONS, Figure
from ecvet_platform.institutions.actions import register
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Actor, Role

CAST: Final = (BRUNO, CHLOE, DIMITRA, GEORG)
"""Those who have an account before; Alba gets hers when she is entered, and Erik never has one."""


def begin() -> dict[str, Actor]:
    """Enter the institutions of the examples and the people who work there; what each acts as, by first name."""
    office = people.register(email="office@register.example", name="Register office")
    people.give_role(office, EMPLOYER, Role.REGISTER_OFFICE)
    for one in INSTITUTIONS:
        register.enter(one, actor=people.actor(office.id))
    return {figure.name.split()[0]: _enter(figure) for figure in CAST}


def _enter(figure: Figure) -> Actor:
    made = people.register(email=figure.email, name=figure.name)
    for role in figure.roles:
        people.give_role(made, figure.institution, Role(role))
    return people.actor(made.id)
