"""Renewing the keys of the platform itself: the one with which it asks wallets, and its anchor.

The register office does it, or whoever has the server's shell. A new anchor certifies from now on; the one before stays
trusted for what it certified. When somebody else may have it, it counts until its last safe moment only, and every key
that it certified is renewed in the same step.
"""

from datetime import datetime

from django.db import transaction

from ecvet.credential.ended import Why, last_moment
from ecvet.terms import Failure, Identifier, Success, require
from ecvet_platform.credentials.actions import certifying
from ecvet_platform.credentials.actions.certifying import ANCHOR, EUROPE
from ecvet_platform.credentials.actions.keys import PLATFORM_NAME, platform, platform_key, renewed
from ecvet_platform.credentials.errors import KeyRenewedMeanwhile
from ecvet_platform.credentials.store import certificates
from ecvet_platform.credentials.store import keys as files
from ecvet_platform.credentials.store.certificates import Held
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor, Role, has_one_of

SERVER = Actor(
    person=Identifier("urn:ecvet:server"), name="the server's operator", institution=None,
    roles=frozenset({Role.REGISTER_OFFICE}),
)  # fmt: skip
"""Who has the server's shell."""


def may_renew(*, actor: Actor) -> Success | Failure:
    """Whether somebody renews the keys of the platform."""
    return has_one_of(actor, Role.REGISTER_OFFICE)


def held() -> tuple[Held, ...]:
    """The certificates of the platform's own key, the newest first."""
    return certificates.of_holder(platform())


@transaction.atomic
def renew_own(*, why: Why, back: datetime | None = None, actor: Actor) -> Held:
    """A new key of the platform itself. Raises `NotYourRole`, `EndNotPossible`, `KeyRenewedMeanwhile`."""
    require(may_renew(actor=actor))
    if not held():
        platform_key()
    return renewed(platform(), PLATFORM_NAME, EUROPE, why=why, back=back, by=actor, verb="platform.renew-key")


@transaction.atomic
def renew_anchor(*, why: Why, back: datetime | None = None, actor: Actor) -> Held:
    """A new anchor. Raises `NotYourRole`, `EndNotPossible`, `KeyRenewedMeanwhile`, `KeyUnusable`."""
    require(may_renew(actor=actor))
    known, now = certifying.current(), clock.now().replace(microsecond=0)
    until = last_moment(why, since=known.since, now=now, back=back)
    if not certificates.end(known, until, why):
        raise KeyRenewedMeanwhile()
    name = f"{files.ANCHOR}-{chance.uuid7().hex}"
    made = certificates.add(name, ANCHOR, certifying.make(name).certificate, now)
    journal.write(
        "platform.renew-anchor", by=actor, subject=ANCHOR,
        detail={"before": known.name, "until": until, "why": why.value, "now": name},
    )  # fmt: skip
    if why is Why.COMPROMISED:
        _certify_anew(actor)
    return made


def _certify_anew(actor: Actor) -> None:
    """New keys for everybody: certificates of the anchor before count no longer."""
    for one, _ in certificates.every_current():
        if one.holder == ANCHOR:
            continue
        if one.holder == platform():
            renewed(one.holder, PLATFORM_NAME, EUROPE, why=Why.REGULAR, by=actor, verb="platform.renew-key")
        elif (entered := institutions.institution(one.holder)) is not None:
            renewed(one.holder, str(entered.name), entered.country, why=Why.REGULAR, by=actor)
