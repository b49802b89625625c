"""Rows ↔ certificates of the keys that sign credentials, with the time in which each signs."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from ecvet.credential.ended import Why
from ecvet.credential.keys import to_pem
from ecvet.terms import Identifier
from ecvet_platform.credentials.models import CertificateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A certificate of an institution; `why` its key ended, where it has."""

    name: str
    holder: Identifier
    certificate: x509.Certificate
    since: datetime
    until: datetime | None
    why: Why | None


def current(holder: Identifier) -> Held | None:
    """The certificate of the key that signs now."""
    row = CertificateRow.objects.filter(holder=holder, until=None).first()
    return _held(row) if row else None


def of_holder(holder: Identifier) -> tuple[Held, ...]:
    """All certificates of an institution, the newest first."""
    return tuple(_held(row) for row in CertificateRow.objects.filter(holder=holder).order_by("-since", "-name"))


def ended() -> tuple[Held, ...]:
    """All certificates whose key has ended."""
    return tuple(_held(row) for row in CertificateRow.objects.exclude(until=None).order_by("name"))


def every_current() -> tuple[tuple[Held, int | None], ...]:
    """The certificates of all keys that sign now, each with the warning that was told last."""
    rows = CertificateRow.objects.filter(until=None).order_by("holder")
    return tuple((_held(row), row.warned) for row in rows)


def warn(held: Held, days: int) -> None:
    """Note that people were told so many days before the end."""
    CertificateRow.objects.filter(name=held.name).update(warned=days)


def add(name: str, holder: Identifier, certificate: x509.Certificate, since: datetime) -> Held:
    """Enter a certificate that signs from now on; one that is there stays as it is."""
    row, _ = CertificateRow.objects.get_or_create(
        name=name, defaults={"holder": holder, "certificate": to_pem(certificate).decode(), "since": since}
    )
    return _held(row)


def end(held: Held, until: datetime, why: Why) -> bool:
    """End the time of a key, once; False where somebody else ended it before."""
    return bool(CertificateRow.objects.filter(name=held.name, until=None).update(until=until, why=why.value))


def _held(row: CertificateRow) -> Held:
    return Held(
        name=row.name,
        holder=Identifier(row.holder),
        certificate=x509.load_pem_x509_certificate(row.certificate.encode()),
        since=row.since,
        until=row.until,
        why=Why(row.why) if row.why else None,
    )
