"""A school with much to do, for `bench-web`: sixty learners abroad at once, sixty qualifications in the register.

Made by the rooms' own actions on an empty database, as the demonstration is, so that lists, journal and permissions
are what they would be in earnest. The data folder is that of the environment.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecvet.examples.cast import CastLearner
    from ecvet_platform.shell.story.world import World

SIZE = 60
FIRST = ("Aino", "Eetu", "Helka", "Ilmari", "Kaisa", "Lauri", "Maija", "Niilo", "Oona", "Pekka")
FAMILY = ("Harju", "Järvinen", "Koskela", "Lehtonen", "Mäkinen", "Nurmi")


def main() -> None:
    """Make tables, story and crowd in the data folder of the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecvet_platform.shell.settings"
    from ecvet_platform.shell.command import migrate

    migrate()
    from django.db import transaction

    with transaction.atomic():
        _live()


def _live() -> None:
    from ecvet.examples.cast import BRUNO, COLLEGE
    from ecvet.examples.story import ALBA_IN_MALTA
    from ecvet_platform.credentials.actions import keys
    from ecvet_platform.shell.story.abroad import abroad
    from ecvet_platform.shell.story.days import live_through
    from ecvet_platform.shell.story.opening import opening
    from ecvet_platform.shell.story.world import World

    world, plan = World(), ALBA_IN_MALTA
    plans = [replace(plan, learner=_learner(number)) for number in range(SIZE)]
    live_through(
        opening(world), _register(world), *(abroad(world, one) for one in plans),
        until=plan.validated + timedelta(days=1),
    )  # fmt: skip
    keys.key_of(COLLEGE, by=world.actor(BRUNO))  # with which its documents are sealed


def _register(world: "World") -> Iterator[date]:
    """Sixty qualifications of one unit each, for the first page of the register."""
    from ecvet.examples import MENS_HAIR, qualification
    from ecvet.examples.cast import PAWLU
    from ecvet.examples.story import MEMORANDUM_PROPOSED
    from ecvet.terms import Identifier, LangString
    from ecvet_platform.qualifications import actions as qualifications

    yield MEMORANDUM_PROPOSED
    item, units = qualification(MENS_HAIR)
    for number in range(SIZE):
        other = replace(
            item, id=Identifier(f"{item.id}/{number}"), code=f"{item.code}-{number:02}",
            title=LangString.of({tag: f"{text} {number}" for tag, text in item.title.texts}),
        )  # fmt: skip
        qualifications.publish(qualifications.Draft(other, units), actor=world.actor(PAWLU))


def _learner(number: int) -> "CastLearner":
    from ecvet.examples.cast import ALBA
    from ecvet.mobility import Learner
    from ecvet.record import Person, commitment
    from ecvet.terms import Identifier

    given, family = FIRST[number % len(FIRST)], FAMILY[number // len(FIRST)]
    person = Person(names=(given,), family_name=family, birth_date=date(2005, 3, 1 + number % 28))
    figure = replace(
        ALBA.figure, id=Identifier(f"{ALBA.figure.id}-{number}"), name=f"{given} {family}",
        email=f"learner-{number}@tampere.example",
    )  # fmt: skip
    learner = Learner(id=figure.id, ref=commitment(person, ALBA.salt), person=person)
    return replace(ALBA, figure=figure, learner=learner)


if __name__ == "__main__":
    main()
