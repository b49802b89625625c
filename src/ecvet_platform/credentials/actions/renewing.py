"""One door to the keys of an institution: which kinds there are, who renews which, and what they are today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ecvet.credential.ended import Why
from ecvet.partnership.institution import CompetentInstitution
from ecvet.terms import Failure, Identifier, Success
from ecvet_platform.credentials.actions import certifying, keys, platform_keys, proof_keys
from ecvet_platform.institutions.actions import keys as record_keys
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.roles import Actor


class Kind(StrEnum):
    """What a key of an institution is for; each has its own, so that one stolen key is one purpose lost."""

    CERTIFICATE = "certificate"
    PROOFS = "proofs"
    RECORDS = "records"


class Own(StrEnum):
    """The keys of the platform itself."""

    PLATFORM = "platform"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A key as people see it: what they compare, since when and until when it signs, why it ended."""

    mark: str
    since: datetime
    until: datetime | None
    why: Why | None = None
    expires: datetime | None = None


def of(institution: CompetentInstitution) -> Mapping[Kind, tuple[Shown, ...]]:
    """The keys of an institution by what they are for, the newest first."""
    return {
        Kind.CERTIFICATE: tuple(map(_certificate, keys.held(institution))),
        Kind.PROOFS: tuple(
            Shown(mark=one.id, since=one.since, until=one.until, why=one.why) for one in proof_keys.held(institution.id)
        ),
        Kind.RECORDS: tuple(
            Shown(mark=one.key.kid, since=one.valid_from, until=one.valid_until)
            for one in reversed(register.public_keys(institution.id))
        ),
    }


def of_platform() -> Mapping[Own, tuple[Shown, ...]]:
    """The keys of the platform, the newest first."""
    certifying.current()
    return {
        Own.PLATFORM: tuple(map(_certificate, platform_keys.held())),
        Own.ANCHOR: tuple(map(_certificate, certifying.held())),
    }


def may_renew(institution: Identifier, kind: Kind, *, actor: Actor) -> Success | Failure:
    """Whether somebody renews a key of this kind."""
    if kind is Kind.RECORDS:
        return record_keys.may_renew(institution, actor=actor)
    return keys.may_renew(institution, actor=actor)


def renew(
    institution: CompetentInstitution, kind: Kind, *, why: Why, back: datetime | None = None, actor: Actor
) -> None:
    """A new key of a kind. `back` is not for the key of records, whose end is never in the past.

    Raises `NotYourRole`, `EndNotPossible`, `KeyRenewedMeanwhile`, `KeyUnusable`.
    """
    if kind is Kind.RECORDS:
        record_keys.renew(institution.id, why=why.value, actor=actor)
    elif kind is Kind.PROOFS:
        proof_keys.renew(institution, why=why, back=back, actor=actor)
    else:
        keys.renew(institution, why=why, back=back, actor=actor)


RENEW: Final = {Own.PLATFORM: platform_keys.renew_own, Own.ANCHOR: platform_keys.renew_anchor}
"""How the keys of the platform are renewed."""


def _certificate(one: keys.Held) -> Shown:
    return Shown(
        mark=keys.fingerprint(one.certificate), since=one.since, until=one.until, why=one.why,
        expires=one.certificate.not_valid_after_utc,
    )  # fmt: skip
