"""The story told once, from the beginning to the stranger who verifies, on the database that is configured."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from ecvet.examples.cast import ALBA, ERIK
from ecvet.record import Address
from ecvet_platform.credentials.actions import trust
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.shell.story import stranger
from ecvet_platform.shell.story.days import live_through
from ecvet_platform.shell.story.tales import tales
from ecvet_platform.shell.story.world import Step, World

VERIFIED_ON: Final = date(2025, 6, 2)
"""The day on which Erik, who engages Alba, verifies her credential."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was lived through: Alba's ten steps, those of the others by name, what the verifier said, and where."""

    steps: tuple[Step, ...]
    others: dict[str, tuple[Step, ...]]
    verified: dict[str, object]
    database: str
    entries: int
    head: Address


def run(folder: Path) -> Told:
    """Live through the story, all of it or nothing; credential and trust directory are left in `folder`.

    Raises `JournalBroken`.
    """
    world = World()
    with transaction.atomic():
        live_through(*tales(world))
    alba = world.told.pop(ALBA.figure.name.split()[0])
    award = alba[-1].record
    credential, trusted = folder / "alba.sd-jwt", folder / "trust"
    credential.write_bytes(world.credentials[award])
    at = datetime.combine(VERIFIED_ON, time(12), UTC)
    with clock.fixed(at):
        trust.export(trusted)
    said = stranger.verify(credential, trusted, at=at)
    trust.export(trusted)  # what is left counts from now: status lists are in force for a day
    alba.append(Step(verb="verify", record=award, by=ERIK.institution, who=ERIK.name, on=VERIFIED_ON, what=_said(said)))
    entries, head = journal.verify()
    return Told(
        steps=tuple(alba), others={name: tuple(steps) for name, steps in world.told.items()}, verified=said,
        database=_database(), entries=entries, head=head,
    )  # fmt: skip


def _said(answer: dict[str, object]) -> str:
    issuer, error = answer.get("issuer"), answer.get("error")
    steps = answer.get("steps")
    if answer.get("verified") is True and isinstance(issuer, dict) and isinstance(steps, list):
        return f"verified offline in {len(steps)} steps: issued by {issuer['name']}, named by {issuer['named_by']}"
    return f"not verified: {error['detail'] if isinstance(error, dict) else error}"


def _database() -> str:
    connection.ensure_connection()
    version = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.vendor} {version}"
