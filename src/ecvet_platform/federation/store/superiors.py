"""Rows ↔ who stands above whom: what institutions here state about others, and whom they name above themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ecvet.partnership import Competence
from ecvet.record import plain, value
from ecvet.terms import Identifier
from ecvet_platform.federation.models import StatedRow, SuperiorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What an institution here states about an entity below it."""

    institution: Identifier
    entity: Identifier
    name: str
    competences: tuple[Competence, ...]
    below: bool
    by: Identifier
    since: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superior:
    """An entity that an institution here names above itself, and the marks that it has given."""

    institution: Identifier
    entity: Identifier
    marks: tuple[str, ...]
    since: datetime
    fetched: datetime | None = None
    why: str = ""


_STATED: Final = ("institution", "entity", "name", "competences", "below", "by", "since", "ended")
_SUPERIOR: Final = ("institution", "entity", "marks", "since", "fetched", "why")


def state(item: Stated) -> None:
    """State something about an entity, in the place of what was stated before."""
    StatedRow.objects.update_or_create(
        institution=item.institution, entity=item.entity,
        defaults={
            "name": item.name, "competences": [plain(one) for one in item.competences], "below": item.below,
            "by": item.by, "since": item.since, "ended": item.ended,
        },
    )  # fmt: skip


def stated(institution: Identifier, entity: str | None = None) -> tuple[Stated, ...]:
    """What an institution here states now, about one entity or about all."""
    rows = StatedRow.objects.filter(institution=institution, ended=None)
    if entity is not None:
        rows = rows.filter(entity=entity)
    return tuple(
        Stated(**{**row, "competences": tuple(value(Competence, one, path="competence") for one in row["competences"])})
        for row in rows.values(*_STATED)
    )


def end(institution: Identifier, entity: str, *, at: datetime) -> bool:
    """End what is stated about an entity; whether something was."""
    return StatedRow.objects.filter(institution=institution, entity=entity, ended=None).update(ended=at) > 0


def name_above(institution: Identifier, entity: str, *, by: Identifier, at: datetime) -> None:
    """Name an entity above an institution here."""
    SuperiorRow.objects.get_or_create(institution=institution, entity=entity, defaults={"by": by, "since": at})


def leave(institution: Identifier, entity: str) -> bool:
    """Name it no longer; whether it was."""
    return SuperiorRow.objects.filter(institution=institution, entity=entity).delete()[0] > 0


def marked(institution: Identifier, entity: str, marks: Iterable[str], *, at: datetime) -> None:
    """Keep the marks that a superior has given."""
    SuperiorRow.objects.filter(institution=institution, entity=entity).update(marks=list(marks), fetched=at, why="")


def unmarked(institution: Identifier, entity: str, why: str) -> None:
    """Note why the marks of a superior could not be fetched; those kept stay."""
    SuperiorRow.objects.filter(institution=institution, entity=entity).update(why=why[:500])


def above(institution: Identifier | None = None) -> tuple[Superior, ...]:
    """Whom an institution here names above itself; without one: all of all."""
    rows = SuperiorRow.objects.all() if institution is None else SuperiorRow.objects.filter(institution=institution)
    return tuple(Superior(**{**row, "marks": tuple(row["marks"])}) for row in rows.values(*_SUPERIOR))
