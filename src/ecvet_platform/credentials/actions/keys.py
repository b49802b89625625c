"""The keys that sign credentials. Each institution has one at a time, certified by the anchor of this platform; a key
that was renewed stays known with its end, so that what it signed before stays verified.
"""

from datetime import datetime
from typing import Final

from cryptography import x509
from django.conf import settings
from django.db import transaction

from ecvet.credential.ended import Ended, Why, last_moment
from ecvet.credential.ended import fingerprint as fingerprint
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.keys import IssuerKey, certify, private_key, to_pem
from ecvet.partnership.institution import CompetentInstitution
from ecvet.saying import say
from ecvet.terms import Country, Failure, Identifier, Success, require
from ecvet_platform.credentials.actions.certifying import ANCHOR, EARLIER, EUROPE, YEAR, seed, serial
from ecvet_platform.credentials.actions.certifying import authority as authority
from ecvet_platform.credentials.errors import KeyRenewedMeanwhile
from ecvet_platform.credentials.store import certificates
from ecvet_platform.credentials.store import keys as store
from ecvet_platform.credentials.store.certificates import Held as Held
from ecvet_platform.institutions.actions.keys import keyring
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By
from ecvet_platform.people.errors import SealBroken
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.people.sealing import reseal

PLATFORM_NAME: Final = "ecvet platform"
KEY_YEARS: Final = 10
ISSUERS: Final = (Role.COMPETENT_INSTITUTION,)
PLATFORM: Final = Actor(
    person=Identifier("urn:ecvet:platform"), name="the platform", institution=None, roles=frozenset()
)
"""Who certifies an institution that has no key when a document asks for it."""


def key_of(institution: CompetentInstitution, *, by: By) -> IssuerKey:
    """The key of an institution, made and certified when it is needed for the first time. Raises `KeyUnusable`."""
    return _key(institution.id, str(institution.name), institution.country, by)


def may_renew(institution: Identifier, *, actor: Actor) -> Success | Failure:
    """Whether somebody renews the key: the institution's own people who issue with it, or the register office."""
    return has_one_of(actor, Role.REGISTER_OFFICE, *(ISSUERS if actor.institution == institution else ()))


@transaction.atomic
def renew(institution: CompetentInstitution, *, why: Why, back: datetime | None = None, actor: Actor) -> Held:
    """A new key and certificate from now on; the one before keeps what it signed until its end (`back`, or now).

    Raises `NotYourRole`, `EndNotPossible`, `KeyRenewedMeanwhile`, `KeyUnusable`.
    """
    require(may_renew(institution.id, actor=actor))
    return renewed(institution.id, str(institution.name), institution.country, why=why, back=back, by=actor)


def renewed(
    holder: Identifier, name: str, country: Country, *, why: Why, back: datetime | None = None, by: By,
    verb: str = "credential.renew-key",
) -> Held:  # fmt: skip
    """A new key and certificate of any holder, whoever may ask for it; see `renew`."""
    known, now = certificates.current(holder), clock.now().replace(microsecond=0)
    if known is None:
        _key(holder, name, country, by)
        known = certificates.current(holder)
    assert known is not None
    until = last_moment(why, since=known.since, now=now, back=back)
    if not certificates.end(known, until, why):
        raise KeyRenewedMeanwhile()
    file = f"{store.first_name(holder)}-{chance.uuid7().hex}"
    made = certificates.add(file, holder, _make(file, holder, name, country, now), now)
    journal.write(
        verb, by=by, subject=holder, detail={"before": known.name, "until": until, "why": why.value, "now": file}
    )
    return made


def held(institution: CompetentInstitution) -> tuple[Held, ...]:
    """The certificates of an institution, the newest first; none before it has signed anything."""
    return certificates.of_holder(institution.id)


def since(institution: Identifier) -> datetime | None:
    """Since when an institution signs with the key of now; None before the first."""
    found = certificates.current(institution)
    return found.since if found else None


def ended() -> tuple[Ended, ...]:
    """The certificates of this platform that count no longer, as verifiers are told.

    An anchor is one of them only if somebody else may have its key: what it certified goes on otherwise.
    """
    return tuple(
        Ended(fingerprint(one.certificate), one.until)
        for one in certificates.ended()
        if one.until and (one.holder != ANCHOR or one.why is Why.COMPROMISED)
    )


def platform_key() -> IssuerKey:
    """The key of the platform itself: with it those ask wallets who are in no register. Raises `KeyUnusable`."""
    return _key(platform(), PLATFORM_NAME, EUROPE, PLATFORM)


def platform() -> Identifier:
    """The name of the platform as the holder of a key."""
    return Identifier(settings.SITE)


def _key(holder: Identifier, name: str, country: Country, by: By) -> IssuerKey:
    known = certificates.current(holder)
    if known is not None:
        found = store.key(holder, known.name)
        if found is None:
            raise KeyUnusable(
                why=say("the file {name}.pem is gone; bring it back, or renew the key as lost", name=known.name)
            )
        return found
    if store.key(holder) is None:
        certificate = _make(store.first_name(holder), holder, name, country, clock.now() - EARLIER)
        journal.write("credential.certify", by=by, subject=holder, detail={"until": certificate.not_valid_after_utc})
    made = store.key(holder)
    assert made is not None
    certificates.add(store.first_name(holder), holder, made.chain[0], made.chain[0].not_valid_before_utc)
    return made


def _make(file: str, holder: Identifier, name: str, country: Country, start: datetime) -> x509.Certificate:
    anchor, private = authority(), private_key(seed())
    certificate = certify(
        anchor, holder, name, country, private.public_key(),
        serial=serial(), start=max(start, anchor.certificate.not_valid_before_utc),
        end=min(start + KEY_YEARS * YEAR, anchor.certificate.not_valid_after_utc),
    )  # fmt: skip
    store.keep_key(file, to_pem(private), certificate)
    return certificate


def seal_files() -> tuple[str, ...]:
    """Seal the files of all keys with the secret of now; the names of those that neither secret opens."""
    closed = []
    for path in (*store.files(), *keyring().files()):
        try:
            reseal(path)
        except SealBroken:
            closed.append(path.name)
    return tuple(closed)


class ForDocuments:
    """What the room of documents needs of this one (`documents.actions.rely_on`)."""

    def key(self, institution: Identifier) -> IssuerKey | None:
        """The key of an institution, made with its first document where it was entered before keys came with entry.

        None for one that is not in the register of this platform. Raises `KeyUnusable`.
        """
        entered = institutions.institution(institution)
        return store.key(institution) if entered is None else key_of(entered, by=PLATFORM)
