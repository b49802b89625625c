"""Rows ↔ papers signed by hand; their scans lie with the evidence, under the hash of their bytes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ecvet.mobility import Role
from ecvet.record import Address, Annex
from ecvet.terms import Identifier
from ecvet_platform.guests.models import PaperRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A scan of a version signed by hand. It counts for nothing until a second person has confirmed it."""

    id: UUID
    thread: Identifier
    version: Address
    role: Role
    institution: Identifier
    by: Identifier
    scan: Annex
    at: datetime
    decided: datetime | None = None
    decided_by: Identifier | None = None
    refused_because: str = ""


def add(paper: Paper) -> None:
    """Keep a paper."""
    PaperRow.objects.create(
        id=paper.id, thread=paper.thread, version=paper.version, role=paper.role.value, institution=paper.institution,
        by=paper.by, hash=paper.scan.hash, media=paper.scan.media, size=paper.scan.size, at=paper.at,
    )  # fmt: skip


def one(key: UUID) -> Paper | None:
    """The paper with this id."""
    return next(map(_paper, PaperRow.objects.filter(id=key)), None)


def of_thread(thread: Identifier) -> tuple[Paper, ...]:
    """All papers of a thread, the latest first."""
    return tuple(map(_paper, PaperRow.objects.filter(thread=thread).order_by("-at", "-id")))


def undecided(institution: Identifier) -> tuple[Paper, ...]:
    """The papers of an institution that nobody has looked at, the first one first."""
    return tuple(map(_paper, PaperRow.objects.filter(institution=institution, decided=None).order_by("at", "id")))


def decide(key: UUID, *, by: Identifier, at: datetime, refused_because: str = "") -> bool:
    """Note the decision; False where there is one already."""
    waiting = PaperRow.objects.filter(id=key, decided=None)
    return waiting.update(decided=at, decided_by=by, refused_because=refused_because) > 0


def _paper(row: PaperRow) -> Paper:
    return Paper(
        id=row.id, thread=Identifier(row.thread), version=Address(row.version), role=Role(row.role),
        institution=Identifier(row.institution), by=Identifier(row.by),
        scan=Annex(hash=Address(row.hash), media=row.media, size=row.size), at=row.at, decided=row.decided,
        decided_by=Identifier(row.decided_by) if row.decided_by else None, refused_because=row.refused_because,
    )  # fmt: skip
