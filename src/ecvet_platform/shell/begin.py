"""`ecvet begin`: the first register office and its first person, in an installation where nobody can sign in yet.

From then on people enter people on pages. Asked again for the same person it gives a new sign-in link, for operators
whose e-mail does not work yet; it never makes a second register office.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from ecvet.errors import EcvetError
from ecvet.partnership import CompetentInstitution
from ecvet.terms import LangString, country, identifier
from ecvet_platform.shell.command import make_ready, migrate
from ecvet_platform.shell.environment import read

LINK_HOURS: Final = 12


class BegunAlready(EcvetError):
    """Somebody has the role of the register office and can enter everybody else."""

    code = "shell.begin.begun-already"
    sentence = "This installation has a register office already."
    remedy = "Ask one of its people to enter you on the page of your institution; {email} is none of them."
    status = 409


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--institution", required=True, help="Identifier of the register office, such as https://office.example/")
@click.option("--title", required=True, help="What the register office is called.")
@click.option("--country", "where", required=True, help="Its country, two letters of ISO 3166-1.")
@click.option("--language", default="en", show_default=True, help="The language of its name.")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder; `var` without it.")
def begin(email: str, name: str, institution: str, title: str, where: str, language: str, data: Path | None) -> None:
    """Enter the first register office and its first person, and print a sign-in link."""
    if data is not None:
        os.environ["ECVET_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecvet_platform.shell.settings"
    try:
        office = CompetentInstitution(
            id=identifier(institution), name=LangString.of({language: title}), country=country(where)
        )
        make_ready(read(os.environ).data)
        migrate()
        path = _begin(email, name, office)
    except EcvetError as error:
        click.echo(f"{error}\n  code: {error.code}\n  what to do: {error.what_to_do}", err=True)
        sys.exit(1)
    click.echo(f"{name} is the register office's first person and enters everybody else.")
    click.echo(f"Serve with `ecvet up`, then open this path of your site; it works once, within {LINK_HOURS} hours:")
    click.echo(f"  {path}")


def _begin(email: str, name: str, office: CompetentInstitution) -> str:
    """The path of a sign-in link. Raises `BegunAlready`, `AddressUnreadable`."""
    from django.db import transaction
    from django.urls import reverse

    from ecvet_platform.institutions.actions import register
    from ecvet_platform.people import actions, store
    from ecvet_platform.people.roles import Role

    with transaction.atomic():
        known = store.account_of(email.strip().lower())
        roles = store.memberships(known.id).values() if known else ()
        if store.holders(Role.REGISTER_OFFICE) and not any(Role.REGISTER_OFFICE in one for one in roles):
            raise BegunAlready(email=email)
        person = actions.register(email=email, name=name)
        if not store.holders(Role.REGISTER_OFFICE):
            for role in (Role.REGISTER_OFFICE, Role.COMPETENT_INSTITUTION):
                actions.give_role(person, office.id, role)
            register.enter(office, actor=actions.actor(person.id, office.id))
        return reverse(
            "people:link", kwargs={"secret": actions.new_link(person, valid_for=timedelta(hours=LINK_HOURS))}
        )


def nobody_yet() -> bool:
    """Whether nobody can enter people and institutions here yet."""
    from django.db import connection

    from ecvet_platform.people import store
    from ecvet_platform.people.roles import Role

    try:
        return not store.holders(Role.REGISTER_OFFICE)
    finally:
        connection.close()
