"""Rows ↔ competent institutions and their public keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from ecvet.partnership import CompetentInstitution
from ecvet.record import VerificationKey, canonical, plain, value
from ecvet.record.canonical import parse_canonical
from ecvet.terms import Identifier
from ecvet_platform.institutions.models import InstitutionRow, KeyRow
from ecvet_platform.qualifications.naming import fold, fold_all, key_of
from ecvet_platform.qualifications.paging import one_of, select

CONTACT: Final = ("address", "telephone", "e-mail", "website", "person", "position")
"""What is known about reaching an institution; plain text that is never part of a record."""

_LINE: Final = ("id", "key", "name", "country", "since")


@dataclass(frozen=True, slots=True)
class Line:
    """One institution as lists show it."""

    id: Identifier
    key: UUID
    name: str
    country: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """The public half of a key and the time in which it signs."""

    key: VerificationKey
    institution: Identifier
    valid_from: datetime
    valid_until: datetime | None


def put(item: CompetentInstitution, *, contact: Mapping[str, str], since: date) -> None:
    """Enter an institution, or what is known of it now."""
    known: dict[str, object] = {
        "key": key_of(item.id), "name": str(item.name), "country": item.country,
        "value": canonical(plain(item)).decode(), "contact": {name: text for name, text in contact.items() if text},
        "folded": fold_all(item.name, item.id, item.country, *item.other_ids),
    }  # fmt: skip
    InstitutionRow.objects.update_or_create(
        id=item.id, defaults=known, create_defaults={"id": item.id, "since": since, **known}
    )


def settle_at(name: Identifier, node: str | None) -> None:
    """Note on which server an institution signs; None: here."""
    InstitutionRow.objects.filter(id=name).update(node=node)


def nodes(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """The servers of those among these institutions that sign elsewhere."""
    rows = InstitutionRow.objects.filter(id__in=list(ids)).exclude(node=None)
    return {Identifier(name): str(node) for name, node in rows.values_list("id", "node")}


def at_node(node: str) -> Identifier | None:
    """The institution that signs on a server elsewhere."""
    found = InstitutionRow.objects.filter(node=node).values_list("id", flat=True).first()
    return Identifier(found) if found else None


def here() -> frozenset[Identifier]:
    """The institutions that sign on this server."""
    return frozenset(map(Identifier, InstitutionRow.objects.filter(node=None).values_list("id", flat=True)))


def institution(name: Identifier) -> CompetentInstitution | None:
    """An institution by its identifier."""
    return next(iter(institutions([name]).values()), None)


def institutions(ids: Iterable[Identifier] | None = None) -> dict[Identifier, CompetentInstitution]:
    """Institutions by identifier, all of them when none is named; those unknown here are left out."""
    rows = InstitutionRow.objects.all() if ids is None else InstitutionRow.objects.filter(id__in=list(ids))
    return {Identifier(name): _read(text) for name, text in rows.values_list("id", "value")}


def contact(name: Identifier) -> dict[str, str]:
    """How to reach an institution."""
    found = InstitutionRow.objects.filter(id=name).values_list("contact", flat=True).first()
    return dict(found or {})


def id_of(key: UUID) -> Identifier | None:
    """The institution with this key in addresses."""
    found = InstitutionRow.objects.filter(key=key).values_list("id", flat=True).first()
    return Identifier(found) if found else None


def names(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """The names of institutions, English or authoritative; one that is unknown here is called by its identifier."""
    wanted = list(dict.fromkeys(ids))
    known = dict(select(f"SELECT id, name FROM institutions_institution WHERE id {one_of(wanted)}", *wanted))
    return {name: known.get(name, name) for name in wanted}


def country_of(ids: Iterable[Identifier]) -> dict[Identifier, str]:
    """The countries of institutions; those unknown here are left out."""
    wanted = list(dict.fromkeys(ids))
    found = select(f"SELECT id, country FROM institutions_institution WHERE id {one_of(wanted)}", *wanted)
    return {Identifier(name): country for name, country in found}


def lines(*, search: str = "", country: str = "", after: str = "", limit: int = 50) -> tuple[Line, ...]:
    """Institutions in the order of their identifiers, after a cursor."""
    rows = _found(search, country).filter(id__gt=after).order_by("id")
    return tuple(Line(*row) for row in rows.values_list(*_LINE)[:limit])


def page(*, search: str = "", country: str = "", skip: int = 0, limit: int = 50) -> tuple[tuple[Line, ...], int]:
    """The same by name, and how many there are."""
    rows = _found(search, country)
    found = rows.order_by("name", "id").values_list(*_LINE)[skip : skip + limit]
    return tuple(Line(*row) for row in found), rows.count()


def countries() -> tuple[str, ...]:
    """The countries there are, for the filter."""
    return tuple(InstitutionRow.objects.order_by("country").values_list("country", flat=True).distinct())


# ------------------------------------------------------------- keys
def add_key(item: PublicKey) -> None:
    """Enter a public key; those that signed before stop at that moment and keep what they signed."""
    KeyRow.objects.filter(institution_id=item.institution, valid_until=None).update(valid_until=item.valid_from)
    put_key(item)


def put_key(item: PublicKey) -> None:
    """Enter a public key of an institution that signs elsewhere, or how long it signs; other keys stay as they are."""
    KeyRow.objects.update_or_create(
        kid=item.key.kid,
        defaults={"valid_until": item.valid_until},
        create_defaults={
            "institution_id": item.institution, "jwk": dict(item.key.jwk), "valid_from": item.valid_from,
            "valid_until": item.valid_until,
        },
    )  # fmt: skip


def keys(name: Identifier) -> tuple[PublicKey, ...]:
    """All public keys of an institution, the oldest first."""
    return tuple(_key(row) for row in KeyRow.objects.filter(institution_id=name).order_by("valid_from", "kid"))


def every_key() -> tuple[PublicKey, ...]:
    """All public keys of all institutions, with those of the past."""
    return tuple(_key(row) for row in KeyRow.objects.order_by("institution_id", "valid_from", "kid"))


def key_named(kid: str) -> PublicKey | None:
    """A public key by its name."""
    row = KeyRow.objects.filter(kid=kid).first()
    return _key(row) if row else None


def key_at(name: Identifier, at: datetime) -> PublicKey | None:
    """The key with which an institution signs at a moment."""
    rows = KeyRow.objects.filter(institution_id=name, valid_from__lte=at)
    row = rows.filter(Q(valid_until=None) | Q(valid_until__gt=at)).order_by("-valid_from").first()
    return _key(row) if row else None


def _key(row: KeyRow) -> PublicKey:
    return PublicKey(
        key=VerificationKey(row.kid, dict(row.jwk)), institution=Identifier(row.institution_id),
        valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip


def _read(text: str) -> CompetentInstitution:
    return value(CompetentInstitution, parse_canonical(text.encode()), path="institution")


def _found(search: str, country: str) -> "QuerySet[InstitutionRow]":
    rows = InstitutionRow.objects.all()
    if country:
        rows = rows.filter(country=country)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    return rows
