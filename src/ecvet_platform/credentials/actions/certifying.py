"""The anchor of this platform, which certifies the keys of its institutions: the one of now, and those of the past.

It is that of a demonstration: a real authority certifies institutions elsewhere and sends the certificates. An anchor
that was renewed certifies nothing more and stays trusted for what it certified: verifiers need both for a while.
"""

from datetime import timedelta
from typing import Final

from cryptography import x509

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.keys import Authority, make_authority, private_key
from ecvet.saying import say
from ecvet.terms import Country, Identifier
from ecvet_platform.credentials.store import certificates
from ecvet_platform.credentials.store import keys as store
from ecvet_platform.credentials.store.certificates import Held
from ecvet_platform.journal import chance, clock

ANCHOR: Final = Identifier("urn:ecvet:anchor")
"""The holder under which the anchors stand among the certificates."""

ANCHOR_NAME: Final = "ecvet platform, demonstration anchor"
ANCHOR_YEARS: Final = 20
EUROPE: Final = Country("EU")
YEAR: Final = timedelta(days=365)
EARLIER: Final = timedelta(days=400)  # a demonstration also tells stories of last year


def authority() -> Authority:
    """The anchor that certifies now, made when it is needed for the first time. Raises `KeyUnusable`."""
    known = current()
    found = store.authority(known.name)
    if found is None:
        raise KeyUnusable(
            why=say("the file {name}.pem is gone; bring it back, or renew the anchor as lost", name=known.name)
        )
    return found


def current() -> Held:
    """The certificate of the anchor that certifies now. Raises `KeyUnusable`."""
    known = certificates.current(ANCHOR)
    if known is not None:
        return known
    if store.authority() is None:
        make(store.ANCHOR, EARLIER)
    first = store.authority()
    assert first is not None
    return certificates.add(store.ANCHOR, ANCHOR, first.certificate, first.certificate.not_valid_before_utc)


def anchors() -> tuple[x509.Certificate, ...]:
    """All anchors, the one of now first: what those of the past certified is trusted until its end."""
    known = current()
    return (known.certificate, *(one.certificate for one in held() if one.name != known.name))


def held() -> tuple[Held, ...]:
    """The certificates of all anchors, the newest first."""
    return certificates.of_holder(ANCHOR)


def make(name: str, earlier: timedelta = timedelta()) -> Authority:
    """A new anchor under a name for its file; it counts from now on, or from so much earlier."""
    start = clock.now().replace(microsecond=0) - earlier
    made = make_authority(
        ANCHOR_NAME, EUROPE, private_key(seed()), serial=serial(), start=start, end=start + ANCHOR_YEARS * YEAR
    )
    store.keep_authority(made, name)
    return made


def seed() -> bytes:
    """What a new key is made from."""
    return chance.salt() + chance.salt()


def serial() -> int:
    """The number of a new certificate."""
    return int.from_bytes(chance.salt()[:15], "big") + 1
