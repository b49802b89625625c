"""Rows ↔ values of issued credentials."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.status.standing import Standing
from ecvet.record import Address, address_of, plain, value
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.models import BadgeRow, CredentialRow

_MEMBERS = ("id", "decision", "kind", "learner", "issuer", "title", "hash", "at", "standing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A credential that was issued; its bytes are kept beside it. `decision` addresses the record it proves."""

    id: UUID
    decision: Address
    kind: CertificateType
    learner: Identifier
    issuer: Identifier
    title: LangString
    hash: Address
    at: datetime
    standing: Standing


def add(
    data: bytes, *, decision: Address, kind: CertificateType, learner: Identifier, issuer: Identifier,
    title: LangString, at: datetime,
) -> Issued:  # fmt: skip
    """Keep a credential as it was signed."""
    row = CredentialRow.objects.create(
        decision=decision, kind=kind.value, learner=learner, issuer=issuer, title=plain(title),
        hash=address_of(data), bytes=data, at=at,
    )  # fmt: skip
    return _issued({name: getattr(row, name) for name in _MEMBERS})


def of_decision(decision: Address) -> Issued | None:
    """The credential of a decision, if it was issued."""
    return next(iter(_all(CredentialRow.objects.filter(decision=decision))), None)


def of_learner(learner: Identifier) -> tuple[Issued, ...]:
    """A learner's credentials, the latest first."""
    return _all(CredentialRow.objects.filter(learner=learner).order_by("-at", "-id"))


def of_issuer(issuer: Identifier, *, limit: int = 200) -> tuple[Issued, ...]:
    """The credentials that an institution issued, the latest first."""
    return _all(CredentialRow.objects.filter(issuer=issuer).order_by("-at", "-id")[:limit])


def one(key: UUID) -> Issued | None:
    """The credential with this id."""
    return next(iter(_all(CredentialRow.objects.filter(id=key))), None)


def having(decisions: Iterable[Address]) -> frozenset[Address]:
    """Which of these decisions have a credential."""
    rows = CredentialRow.objects.filter(decision__in=list(decisions)).values_list("decision", flat=True)
    return frozenset(map(Address, rows))


def of_decisions(decisions: Iterable[Address]) -> tuple[Issued, ...]:
    """The credentials of these decisions, asked for by the hundred."""
    wanted = iter(decisions)
    return tuple(
        one
        for some in iter(lambda: list(islice(wanted, 100)), [])
        for one in _all(CredentialRow.objects.filter(decision__in=some))
    )


def some(keys: Iterable[UUID]) -> tuple[Issued, ...]:
    """The credentials with these ids, in the order in which they were issued."""
    return _all(CredentialRow.objects.filter(id__in=list(keys)).order_by("at", "id"))


def with_hashes(hashes: Iterable[Address]) -> tuple[Issued, ...]:
    """The credentials whose bytes have these hashes."""
    return _all(CredentialRow.objects.filter(hash__in=list(hashes)))


def file(key: UUID) -> bytes:
    """The bytes of a credential, exactly as they were signed; none once its learner was erased."""
    return bytes(CredentialRow.objects.values_list("bytes", flat=True).get(id=key))


def badge(key: UUID) -> bytes | None:
    """The badge of a credential, byte for byte; None before it was asked for, nothing once its learner was erased."""
    found = BadgeRow.objects.filter(credential_id=key).values_list("bytes", flat=True).first()
    return None if found is None else bytes(found)


def add_badge(key: UUID, data: bytes, at: datetime) -> None:
    """Keep a badge as it was signed."""
    BadgeRow.objects.create(credential_id=key, hash=address_of(data), bytes=data, at=at)


def hold(key: UUID) -> None:
    """Hold a credential until the transaction ends, so that one badge is made of it."""
    list(CredentialRow.objects.select_for_update().filter(id=key).values_list("id"))


def with_hash(name: Address) -> Issued | None:
    """The credential with this hash, or whose badge has it."""
    rows = CredentialRow.objects.filter(Q(hash=name) | Q(badge__hash=name))
    return next(iter(_all(rows)), None)


def erase(learner: Identifier) -> None:
    """Forget the bytes of a learner's credentials, which carry the name; that they were issued stays known."""
    CredentialRow.objects.filter(learner=learner).update(bytes=b"")
    BadgeRow.objects.filter(credential__learner=learner).update(bytes=b"")


def _all(rows: QuerySet[CredentialRow]) -> tuple[Issued, ...]:
    return tuple(_issued(row) for row in rows.values(*_MEMBERS))


def _issued(row: dict[str, object]) -> Issued:
    return Issued(
        id=UUID(str(row["id"])), decision=Address(str(row["decision"])), kind=CertificateType(str(row["kind"])),
        learner=Identifier(str(row["learner"])), issuer=Identifier(str(row["issuer"])),
        title=value(LangString, row["title"]),  # type: ignore[arg-type]
        hash=Address(str(row["hash"])), at=row["at"],  # type: ignore[arg-type]
        standing=Standing(str(row["standing"])),
    )  # fmt: skip
