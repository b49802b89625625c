"""The keys that sign credentials. Each institution has one at a time, certified by the anchor of this platform; a key
that was renewed stays known with its end, so that what it signed before stays verified.

The anchor is that of a demonstration: a real authority certifies institutions elsewhere and sends the certificates.
"""

from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from django.conf import settings
from django.db import transaction

from ecvet.credential.ended import Ended, Why, last_moment
from ecvet.credential.ended import fingerprint as fingerprint
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.keys import Authority, IssuerKey, certify, make_authority, private_key, to_pem
from ecvet.partnership.institution import CompetentInstitution
from ecvet.saying import say
from ecvet.terms import Country, Failure, Identifier, Success, require
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

ANCHOR_NAME: Final = "ecvet platform, demonstration anchor"
PLATFORM_NAME: Final = "ecvet platform"
ANCHOR_YEARS: Final = 20
KEY_YEARS: Final = 10
ISSUERS: Final = (Role.COMPETENT_INSTITUTION,)
PLATFORM: Final = Actor(
    person=Identifier("urn:ecvet:platform"), name="the platform", institution=None, roles=frozenset()
)
"""Who certifies an institution that has no key when a document asks for it."""
_YEAR: Final = timedelta(days=365)
_EARLIER: Final = timedelta(days=400)  # a demonstration also tells stories of last year


def authority() -> Authority:
    """The anchor of this platform, made when it is needed for the first time. Raises `KeyUnusable`."""
    if store.authority() is None:
        start = clock.now() - _EARLIER
        made = make_authority(
            ANCHOR_NAME, Country("EU"), private_key(_seed()), serial=_serial(), start=start,
            end=start + ANCHOR_YEARS * _YEAR,
        )  # fmt: skip
        store.keep_authority(made)
    known = store.authority()
    assert known is not None
    return known


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
    known, now = certificates.current(institution.id), clock.now().replace(microsecond=0)
    if known is None:
        key_of(institution, by=actor)
        known = certificates.current(institution.id)
    assert known is not None
    until = last_moment(why, since=known.since, now=now, back=back)
    if not certificates.end(known, until, why):
        raise KeyRenewedMeanwhile()
    name = f"{store.first_name(institution.id)}-{chance.uuid7().hex}"
    certificate = _make(name, institution.id, str(institution.name), institution.country, now)
    made = certificates.add(name, institution.id, certificate, now)
    journal.write(
        "credential.renew-key", by=actor, subject=institution.id,
        detail={"before": known.name, "until": until, "why": why.value, "now": name},
    )  # fmt: skip
    return made


def held(institution: CompetentInstitution) -> tuple[Held, ...]:
    """The certificates of an institution, the newest first; none before it has signed anything."""
    return certificates.of_holder(institution.id)


def since(institution: Identifier) -> datetime | None:
    """Since when an institution signs with the key of now; None before the first."""
    found = certificates.current(institution)
    return found.since if found else None


def ended() -> tuple[Ended, ...]:
    """The certificates of this platform that count no longer, as verifiers are told."""
    return tuple(Ended(fingerprint(one.certificate), one.until) for one in certificates.ended() if one.until)


def platform_key() -> IssuerKey:
    """The key of the platform itself: with it those ask wallets who are in no register. Raises `KeyUnusable`."""
    return _key(Identifier(settings.SITE), PLATFORM_NAME, Country("EU"), PLATFORM)


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
        certificate = _make(store.first_name(holder), holder, name, country, clock.now() - _EARLIER)
        journal.write("credential.certify", by=by, subject=holder, detail={"until": certificate.not_valid_after_utc})
    made = store.key(holder)
    assert made is not None
    certificates.add(store.first_name(holder), holder, made.chain[0], made.chain[0].not_valid_before_utc)
    return made


def _make(file: str, holder: Identifier, name: str, country: Country, start: datetime) -> x509.Certificate:
    anchor, private = authority(), private_key(_seed())
    certificate = certify(
        anchor, holder, name, country, private.public_key(),
        serial=_serial(), start=max(start, anchor.certificate.not_valid_before_utc),
        end=min(start + KEY_YEARS * _YEAR, anchor.certificate.not_valid_after_utc),
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


class ForInstitutions:
    """What the room of institutions needs of this one (`institutions.actions.keys.rely_on`)."""

    def certify(self, institution: CompetentInstitution, *, by: By) -> None:
        """Give an institution its key and certificate when it is entered. Raises `KeyUnusable`."""
        key_of(institution, by=by)


class ForDocuments:
    """What the room of documents needs of this one (`documents.actions.rely_on`)."""

    def key(self, institution: Identifier) -> IssuerKey | None:
        """The key of an institution, made with its first document where it was entered before keys came with entry.

        None for one that is not in the register of this platform. Raises `KeyUnusable`.
        """
        entered = institutions.institution(institution)
        return store.key(institution) if entered is None else key_of(entered, by=PLATFORM)


def _seed() -> bytes:
    return chance.salt() + chance.salt()


def _serial() -> int:
    return int.from_bytes(chance.salt()[:15], "big") + 1
