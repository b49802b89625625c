"""Whom a verifier trusts to certify seals, and to say what time it was; kept apart from the anchors of other forms.

Seals of Europe lead to authorities with RSA keys, and time-stamps to authorities of their own; neither may vouch for
anything else. A certificate may also be trusted itself, as received from the institution. Whether a certificate was
revoked is not asked: nothing is fetched, and the answers that a seal brings (rVals) are not read.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509 import verification

from ecvet.credential.errors import IssuerNotTrusted, TimeStampNotTrusted, TrustUnreadable
from ecvet.credential.formats.certificates import MAX_CHAIN, UNREADABLE, Chain
from ecvet.credential.formats.time_stamps import TimeStamp
from ecvet.saying import say

ORGANISATION: Final = x509.ObjectIdentifier("2.5.4.97")
"""organizationIdentifier (ETSI EN 319 412-1, 5.1.4): kind, country, hyphen, number, such as VATFI-01234567."""


def read_anchors(files: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    """Certificates from PEM files. Raises `TrustUnreadable`."""
    try:
        return tuple(one for pem in files for one in x509.load_pem_x509_certificates(pem))
    except UNREADABLE as error:
        raise TrustUnreadable(why=say("a file is not a certificate in PEM")) from error


def check_seal(chain: Chain, anchors: tuple[x509.Certificate, ...], at: datetime) -> None:
    """Whether the certificates led to an anchor of seals when it was sealed. Raises `IssuerNotTrusted`."""
    try:
        for extension in chain.certificates[0].extensions:
            content = extension.value
            if isinstance(content, x509.BasicConstraints) and content.ca:
                raise IssuerNotTrusted(why=say("the certificate of the seal is an authority's"))
            if isinstance(content, x509.KeyUsage) and not (content.digital_signature or content.content_commitment):
                raise IssuerNotTrusted(why=say("the certificate of the seal is not for sealing"))
        led = _leads(chain.certificates, anchors, at)
    except UNREADABLE as error:
        raise IssuerNotTrusted(why=say("a certificate of the seal is malformed")) from error
    if not led:
        raise IssuerNotTrusted(
            why=say("the certificate of the seal did not lead to an anchor of yours on {at}", at=at.date())
        )


def check_time_stamp(stamp: TimeStamp, anchors: tuple[x509.Certificate, ...]) -> None:
    """Whether a time-stamp is of an authority that leads to an anchor. Raises `TimeStampNotTrusted`."""
    try:
        use = stamp.certificates[0].extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        is_for_time = list(use.value) == [
            x509.oid.ExtendedKeyUsageOID.TIME_STAMPING
        ]  # for nothing else (RFC 3161, 2.3)
        led = is_for_time and _leads(stamp.certificates, anchors, stamp.at)
    except (*UNREADABLE, x509.ExtensionNotFound):
        led = False
    if not led:
        raise TimeStampNotTrusted(why=say("that of {at} does not lead to an anchor of yours", at=stamp.at.date()))


def names_of(certificate: x509.Certificate) -> frozenset[str]:
    """What the institution of a seal is called: addresses, and the identifier of the organisation."""
    identifier = organisation_identifier(certificate)
    found = {identifier} - {""}
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (*UNREADABLE, x509.ExtensionNotFound):
        return frozenset(found)
    return frozenset(found) | frozenset(names.get_values_for_type(x509.UniformResourceIdentifier))


def organisation_identifier(certificate: x509.Certificate) -> str:
    """The identifier of the organisation; empty where there is none, or several."""
    found = [str(one.value) for one in certificate.subject.get_attributes_for_oid(ORGANISATION)]
    return found[0] if len(found) == 1 else ""


def _leads(certificates: tuple[x509.Certificate, ...], anchors: tuple[x509.Certificate, ...], at: datetime) -> bool:
    """Whether certificates lead to an anchor at a time, as RFC 5280 demands, or the first is an anchor itself."""
    first = certificates[0]
    if first in anchors:
        return first.not_valid_before_utc <= at <= first.not_valid_after_utc
    policy = (
        verification.PolicyBuilder()
        .store(verification.Store(list(anchors)))
        .time(at)
        .max_chain_depth(MAX_CHAIN)
        .extension_policies(
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
            ee_policy=verification.ExtensionPolicy.permit_all(),
        )
    )
    try:
        policy.build_client_verifier().verify(first, list(certificates[1:]))
    except verification.VerificationError:
        return False
    return True
