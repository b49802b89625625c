"""Rows ↔ status lists, the places given in them, and the decisions that changed a status."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ecvet.credential.status.standing import Standing, StatusChange, Verb
from ecvet.credit.decision import Decider
from ecvet.record import plain, value
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.models import CredentialRow, StatusChangeRow, StatusListRow, StatusPlaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A status list as it is kept: whose, its decoys, how many places are given, and since when it is as it is."""

    id: UUID
    issuer: Identifier
    decoys: Mapping[int, Standing]
    used: int
    edition: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class Given(Collection[int]):
    """The places of a list that were given: asked one by one, so that a full list is never read for one credential."""

    kept: Kept

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, int):
            return False
        return StatusPlaceRow.objects.filter(listed_id=self.kept.id, index=place).exists()

    def __iter__(self) -> Iterator[int]:
        return iter(StatusPlaceRow.objects.filter(listed_id=self.kept.id).values_list("index", flat=True))

    def __len__(self) -> int:
        return self.kept.used


def open_of(issuer: Identifier) -> Kept | None:
    """The list of an issuer that still takes credentials, held until the transaction ends."""
    rows = StatusListRow.objects.select_for_update().filter(issuer=issuer, full=False).order_by("changed", "id")
    return next(map(_kept, rows[:1]), None)


def one(key: UUID) -> Kept | None:
    """The list with this id."""
    return next(map(_kept, StatusListRow.objects.filter(id=key)), None)


def of_issuers(issuers: Iterable[Identifier] | None = None) -> tuple[Kept, ...]:
    """All lists, or those of some issuers."""
    rows = StatusListRow.objects.all() if issuers is None else StatusListRow.objects.filter(issuer__in=list(issuers))
    return tuple(map(_kept, rows.order_by("issuer", "id")))


def add(key: UUID, issuer: Identifier, decoys: Mapping[int, Standing], at: datetime) -> Kept:
    """Keep a new list."""
    return _kept(StatusListRow.objects.create(id=key, issuer=issuer, decoys=_written(decoys), changed=at))


def close(kept: Kept) -> None:
    """The list takes no more credentials; those it has keep their places."""
    StatusListRow.objects.filter(id=kept.id).update(full=True)


def give(kept: Kept, index: int, credential: UUID) -> None:
    """Give a place for ever."""
    StatusPlaceRow.objects.create(listed_id=kept.id, index=index, credential_id=credential)
    StatusListRow.objects.filter(id=kept.id).update(used=kept.used + 1)


def renew(kept: Kept, decoys: Mapping[int, Standing], at: datetime) -> None:
    """The list has changed: a new edition."""
    StatusListRow.objects.filter(id=kept.id).update(decoys=_written(decoys), edition=kept.edition + 1, changed=at)


def standings(kept: Kept) -> dict[int, Standing]:
    """What stands at the places of credentials that are not simply valid."""
    rows = StatusPlaceRow.objects.filter(listed_id=kept.id).exclude(credential__standing=Standing.VALID.value)
    return {index: Standing(stands) for index, stands in rows.values_list("index", "credential__standing")}


def lists_with(credentials: Iterable[UUID]) -> tuple[Kept, ...]:
    """The lists in which some of these credentials have places, held until the transaction ends."""
    keys = StatusPlaceRow.objects.filter(credential_id__in=list(credentials)).values_list("listed_id", flat=True)
    rows = StatusListRow.objects.select_for_update().filter(id__in=set(keys)).order_by("id")
    return tuple(map(_kept, rows))


def placed(credentials: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these credentials have a place in a list."""
    rows = StatusPlaceRow.objects.filter(credential_id__in=list(credentials))
    return frozenset(rows.values_list("credential_id", flat=True))


def changes(credentials: Iterable[UUID]) -> dict[UUID, tuple[StatusChange, ...]]:
    """What was decided about credentials, the first decision first."""
    found: dict[UUID, tuple[StatusChange, ...]] = dict.fromkeys(credentials, ())
    for row in StatusChangeRow.objects.filter(credential_id__in=list(found)).order_by("id"):
        found[row.credential_id] += (_change(row),)
    return found


def append(credential: UUID, made: StatusChange, at: datetime) -> None:
    """Keep a decision, and where the credential stands after it."""
    StatusChangeRow.objects.create(
        credential_id=credential, verb=made.verb.value, to=made.to.value, institution=made.by.institution,
        person=made.by.person, name=made.by.name, on=made.on, reason=plain(made.reason), at=at,
    )  # fmt: skip
    CredentialRow.objects.filter(id=credential).update(standing=made.to.value)


def forget_reasons(learner: Identifier) -> None:
    """Forget why, which may tell about the learner; that it was decided stays known."""
    StatusChangeRow.objects.filter(credential__learner=learner).update(reason=None)


def _kept(row: StatusListRow) -> Kept:
    return Kept(
        id=row.id, issuer=Identifier(row.issuer), used=row.used, edition=row.edition, changed=row.changed,
        decoys={int(place): Standing(stands) for place, stands in row.decoys.items()},
    )  # fmt: skip


def _written(decoys: Mapping[int, Standing]) -> dict[str, str]:
    return {str(place): decoys[place].value for place in sorted(decoys)}


def _change(row: StatusChangeRow) -> StatusChange:
    return StatusChange(
        verb=Verb(row.verb), to=Standing(row.to), on=row.on,
        by=Decider(institution=Identifier(row.institution), person=Identifier(row.person), name=row.name),
        reason=value(LangString, row.reason) if row.reason else LangString.of(en="–"),
    )  # fmt: skip
