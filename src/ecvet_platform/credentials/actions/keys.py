"""The keys that sign credentials. Each institution has one, certified by the anchor of this platform.

The anchor is that of a demonstration: a real authority certifies institutions elsewhere and sends the certificates.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings

from ecvet.credential.keys import Authority, IssuerKey, certify, make_authority, private_key, to_pem
from ecvet.partnership.institution import CompetentInstitution
from ecvet.terms import Country, Identifier
from ecvet_platform.credentials.store import keys as store
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import Actor

ANCHOR_NAME: Final = "ecvet platform, demonstration anchor"
PLATFORM_NAME: Final = "ecvet platform"
ANCHOR_YEARS: Final = 20
KEY_YEARS: Final = 10
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


def platform_key() -> IssuerKey:
    """The key of the platform itself: with it those ask wallets who are in no register. Raises `KeyUnusable`."""
    return _key(Identifier(settings.SITE), PLATFORM_NAME, Country("EU"), PLATFORM)


def _key(holder: Identifier, name: str, country: Country, by: By) -> IssuerKey:
    if store.key(holder) is None:
        anchor, private, start = authority(), private_key(_seed()), clock.now() - _EARLIER
        certificate = certify(
            anchor, holder, name, country, private.public_key(),
            serial=_serial(), start=max(start, anchor.certificate.not_valid_before_utc),
            end=min(start + KEY_YEARS * _YEAR, anchor.certificate.not_valid_after_utc),
        )  # fmt: skip
        store.keep_key(holder, to_pem(private), certificate)
        journal.write("credential.certify", by=by, subject=holder, detail={"until": certificate.not_valid_after_utc})
    made = store.key(holder)
    assert made is not None
    return made


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
        known = store.key(institution)
        if known is not None:
            return known
        entered = institutions.institution(institution)
        return None if entered is None else key_of(entered, by=PLATFORM)


def _seed() -> bytes:
    return chance.salt() + chance.salt()


def _serial() -> int:
    return int.from_bytes(chance.salt()[:15], "big") + 1
