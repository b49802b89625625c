"""Rows ↔ keys that make proofs under did:web, with the time in which each counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ecvet.credential.ended import Why
from ecvet.credential.formats import multikey
from ecvet.credential.trust import Method
from ecvet.terms import Identifier
from ecvet_platform.credentials.models import MethodRow

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """A key of a holder that makes proofs; `until` is the last moment at which it did, `why` it ended."""

    name: str
    holder: Identifier
    controller: Identifier
    key: multikey.PublicKey
    since: datetime
    until: datetime | None
    why: Why | None

    @property
    def id(self) -> str:
        """Its name in proofs."""
        return f"{self.controller}#{self.name}"

    @property
    def method(self) -> Method:
        """As verifiers know it: proofs of its last second count."""
        return Method(
            id=self.id, controller=self.controller, key=self.key, start=self.since, institution=self.holder,
            end=None if self.until is None else self.until + _SECOND,
        )  # fmt: skip


def current(holder: Identifier) -> Proving | None:
    """The key that makes proofs now."""
    row = MethodRow.objects.filter(holder=holder, until=None).first()
    return _read(row) if row else None


def of_holder(holder: Identifier) -> tuple[Proving, ...]:
    """All keys of a holder, the newest first."""
    return tuple(map(_read, MethodRow.objects.filter(holder=holder).order_by("-since", "-name")))


def every() -> tuple[Proving, ...]:
    """All keys of all holders."""
    return tuple(map(_read, MethodRow.objects.order_by("holder", "since", "name")))


def add(name: str, holder: Identifier, controller: Identifier, key: multikey.PublicKey, since: datetime) -> Proving:
    """Enter a key that makes proofs from now on."""
    return _read(
        MethodRow.objects.create(
            name=name, holder=holder, controller=controller, multibase=multikey.encode(key), since=since
        )
    )


def end(one: Proving, until: datetime, why: Why) -> bool:
    """End the time of a key, once; False where somebody else ended it before."""
    return bool(MethodRow.objects.filter(name=one.name, until=None).update(until=until, why=why.value))


def _read(row: MethodRow) -> Proving:
    return Proving(
        name=row.name, holder=Identifier(row.holder), controller=Identifier(row.controller),
        key=multikey.decode(row.multibase), since=row.since, until=row.until, why=Why(row.why) if row.why else None,
    )  # fmt: skip
