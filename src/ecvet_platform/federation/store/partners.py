"""Rows ↔ institutions on other servers: what each publishes, and the tie that an institution here has with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from ecvet.federation import JournalHead, Pin
from ecvet.partnership import Competence
from ecvet.record import Address, canonical, plain, value
from ecvet.record.canonical import parse_canonical
from ecvet.terms import Identifier
from ecvet_platform.federation.models import AnchorRow, EntityRow, SentRow, TieRow
from ecvet_platform.qualifications.naming import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An institution elsewhere as it describes itself, and the chain to an anchor where one was found."""

    entity: Identifier
    name: str
    configuration: str
    fetched: datetime
    met: datetime
    resolved: tuple[str, ...] = ()
    until: datetime | None = None
    head: JournalHead | None = None
    heard: datetime | None = None
    entered: tuple[Competence, ...] = ()
    why: str = ""

    @property
    def key(self) -> UUID:
        """The key in addresses."""
        return key_of(self.entity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What an institution here has with one elsewhere; `pin` is None until people have compared the code."""

    institution: Identifier
    entity: Identifier
    pin: Pin | None = None
    paused: bool = False
    compared: datetime | None = None
    differs: tuple[Identifier, ...] = ()


_KNOWN: Final = (
    "entity", "name", "configuration", "fetched", "met", "resolved", "until", "head_n", "head_hash", "heard",
    "entered", "why",
)  # fmt: skip
_TIE: Final = ("institution", "entity_id", "pin", "paused", "compared", "differs")


def meet(entity: Identifier, *, name: str, configuration: str, at: datetime) -> None:
    """Know an institution elsewhere, or its latest configuration."""
    EntityRow.objects.update_or_create(
        entity=entity,
        defaults={"name": name, "configuration": configuration, "fetched": at},
        create_defaults={
            "key": key_of(entity), "name": name, "configuration": configuration, "fetched": at, "met": at,
        },
    )  # fmt: skip


def vouched(entity: Identifier, tokens: Iterable[str], *, until: datetime | None) -> None:
    """Keep the chain that leads from an institution to an anchor, and until when it counts."""
    EntityRow.objects.filter(entity=entity).update(resolved=list(tokens), until=until)


def heard(entity: Identifier, *, at: datetime, head: JournalHead | None = None) -> None:
    """Note that an institution elsewhere has answered, and the head of its journal that a receipt has shown."""
    shown = {"head_n": head.n, "head_hash": head.hash} if head is not None else {}
    EntityRow.objects.filter(entity=entity).update(heard=at, **shown)


def put_entered(entity: Identifier, competences: Iterable[Competence]) -> None:
    """Note which competences the network has put into the list of institutions."""
    EntityRow.objects.filter(entity=entity).update(entered=[plain(one) for one in competences])


def failed(entity: str, why: str) -> None:
    """Note what went wrong when it was last asked; an empty text: nothing."""
    EntityRow.objects.filter(entity=entity).update(why=why[:500])


def known(entity: str) -> Known | None:
    """An institution elsewhere by its address."""
    return next(iter(_known(entity=entity)), None)


def with_key(key: UUID) -> Known | None:
    """The one with a key in addresses."""
    return next(iter(_known(key=key)), None)


def everybody() -> tuple[Known, ...]:
    """All institutions elsewhere that are known here, by name."""
    return _known()


# ------------------------------------------------------------- ties
def tie(institution: Identifier, entity: str) -> Tie | None:
    """What an institution here has with one elsewhere."""
    return next(iter(_ties(institution=institution, entity_id=entity)), None)


def ties(institution: Identifier) -> tuple[Tie, ...]:
    """What an institution here has with others."""
    return _ties(institution=institution)


def all_ties() -> tuple[Tie, ...]:
    """All ties of institutions here."""
    return _ties()


def with_entity(entity: str) -> tuple[Tie, ...]:
    """What institutions here have with one elsewhere."""
    return _ties(entity_id=entity)


def bind(institution: Identifier, entity: Identifier, pin: Pin | None = None) -> None:
    """Tie an institution here to one elsewhere, and keep the pin that people have confirmed."""
    changes = {} if pin is None else {"pin": canonical(plain(pin)).decode()}
    TieRow.objects.update_or_create(institution=institution, entity_id=entity, defaults=changes)


def pause(institution: Identifier, entity: str, *, paused: bool) -> None:
    """Hold back what is to be sent, or let it go."""
    TieRow.objects.filter(institution=institution, entity_id=entity).update(paused=paused)


def compared(institution: Identifier, entity: str, *, at: datetime, differs: Iterable[Identifier]) -> None:
    """Note what came of comparing what both sides hold."""
    rows = TieRow.objects.filter(institution=institution, entity_id=entity)
    rows.update(compared=at, differs=sorted(differs))


# ------------------------------------------------------------- what does not arrive
def unanswered(institution: Identifier, entity: str) -> tuple[int, int]:
    """How many messages to somebody have no receipt, and how many of these are for a person."""
    rows = SentRow.objects.filter(institution=institution, entity=entity, receipt="")
    found = rows.aggregate(all=Count("id"), stuck=Count("id", filter=Q(due=None)))
    return found["all"], found["stuck"]


def given_up(institution: Identifier) -> dict[str, int]:
    """How many messages of an institution here are for a person, by whom they do not reach."""
    rows = SentRow.objects.filter(institution=institution, receipt="", due=None).values("entity")
    return {row["entity"]: row["count"] for row in rows.annotate(count=Count("id"))}


def named(entities: Iterable[str]) -> tuple[Known, ...]:
    """Those among these that are known here, by name."""
    return _known(entity__in=list(entities))


# ------------------------------------------------------------- anchors
def choose(entity: str, keys: dict[str, dict[str, str]], *, by: Identifier, at: datetime) -> None:
    """Keep an anchor with its keys (JWK by name)."""
    AnchorRow.objects.update_or_create(entity=entity, defaults={"keys": keys, "by": by, "since": at})


def give_up(entity: str) -> bool:
    """Let an anchor count no longer; whether it did."""
    return AnchorRow.objects.filter(entity=entity).delete()[0] > 0


def anchor_lines() -> tuple[tuple[Identifier, tuple[str, ...], datetime], ...]:
    """The anchors chosen here, with the names of their keys, and since when."""
    rows = AnchorRow.objects.order_by("entity").values_list("entity", "keys", "since")
    return tuple((Identifier(entity), tuple(keys), since) for entity, keys, since in rows)


def anchors() -> dict[str, dict[str, dict[str, str]]]:
    """The keys of the anchors chosen here, JWK by name, by entity."""
    return dict(AnchorRow.objects.values_list("entity", "keys"))


# ------------------------------------------------------------- inside
def _known(**which: object) -> tuple[Known, ...]:
    rows = EntityRow.objects.filter(**which).values_list(*_KNOWN)
    return tuple(
        Known(
            entity=Identifier(entity), name=name, configuration=configuration, fetched=fetched, met=met,
            resolved=tuple(resolved), until=until, head=JournalHead(n=n, hash=Address(of)) if of else None, heard=at,
            entered=tuple(value(Competence, one, path="competence") for one in entered), why=why,
        )
        for entity, name, configuration, fetched, met, resolved, until, n, of, at, entered, why in rows
    )  # fmt: skip


def _ties(**which: object) -> tuple[Tie, ...]:
    rows = TieRow.objects.filter(**which).order_by("entity__name", "entity_id").values_list(*_TIE)
    return tuple(
        Tie(
            institution=Identifier(institution), entity=Identifier(entity),
            pin=value(Pin, parse_canonical(pin.encode()), path="pin") if pin else None, paused=paused,
            compared=at, differs=tuple(map(Identifier, differs)),
        )
        for institution, entity, pin, paused, at, differs in rows
    )  # fmt: skip
