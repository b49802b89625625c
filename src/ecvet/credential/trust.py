"""Whom a verifier trusts: anchors that certify institutions, and a register of what institutions may do.

Trust is an argument of every verification, never a global, and never taken from the credential itself. Without a
register an issuer is shown by the name in its certificate; what a credential says about its issuer is marked as such.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import verification

from ecvet.credential.ended import Ended, end_of
from ecvet.credential.errors import IssuerNotTrusted, TrustUnreadable, VerificationError
from ecvet.credential.formats import multikey
from ecvet.credential.formats.certificates import MAX_CHAIN, UNREADABLE, Certified, Chain, Path, public_key
from ecvet.credential.formats.multikey import PublicKey
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.formats.times import stamp
from ecvet.credential.keys import DOCUMENT_SIGNING
from ecvet.errors import EcvetError
from ecvet.partnership.institution import CompetentInstitution
from ecvet.record import value
from ecvet.saying import say
from ecvet.terms import Identifier

_ANY_USE: Final = x509.oid.ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE


class NameSource(StrEnum):
    """Who says what the issuer is called."""

    REGISTER = "register"
    CERTIFICATE = "certificate"
    ITSELF = "the issuer itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A key that its controller signs with, under the name that proofs give it, and from when until when it does.

    Keys of the past stay, with their end: what was signed before it is verified, what is signed after it is not
    (security statements 21 and 23). Whoever takes over a domain has no key in the interval of another. `institution`
    is whom the controller is another name for (a did:web), by the register.
    """

    id: str
    controller: Identifier
    key: PublicKey
    start: datetime
    end: datetime | None = None
    institution: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Anchors, keys without certificates, and the register when there is one: its institutions, else None.

    `seal_anchors` certify seals of European Digital Credentials, `time_anchors` make time-stamps (`trust_seals`).
    `ended` are certificates of institutions whose keys were renewed before they expired.
    """

    anchors: tuple[x509.Certificate, ...]
    register: tuple[CompetentInstitution, ...] | None = None
    methods: tuple[Method, ...] = ()
    seal_anchors: tuple[x509.Certificate, ...] = ()
    time_anchors: tuple[x509.Certificate, ...] = ()
    ended: tuple[Ended, ...] = ()
    _entries: dict[Identifier, CompetentInstitution] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_entries", {one.id: one for one in reversed(self.register or ())})

    def institution(self, issuer: Identifier) -> CompetentInstitution | None:
        """The register's entry of an institution."""
        return self._entries.get(issuer)

    def known_as(self, names: frozenset[str]) -> CompetentInstitution | None:
        """The register's entry of an institution with one of these names, its own or one that it has elsewhere."""
        listed = self.register or ()
        return next((one for one in listed if not names.isdisjoint({one.id, *one.other_ids})), None)

    def method(self, name: str) -> Method | None:
        """The key with this name."""
        return next((one for one in self.methods if one.id == name), None)


def read_trust(anchors: Iterable[bytes], register: bytes | None = None, *, needed: bool = True) -> Trust:
    """Trust from PEM files and the bytes of institutions.json. Raises `TrustUnreadable`, for no anchor if `needed`.

    The register is `{"institutions": [...]}`, each the plain form of a `CompetentInstitution`.
    """
    found: list[x509.Certificate] = []
    for pem in anchors:
        try:
            found += x509.load_pem_x509_certificates(pem)
        except UNREADABLE as error:
            raise TrustUnreadable(why=say("a file is not a certificate in PEM")) from error
    if needed and not found:
        raise TrustUnreadable(why=say("it has no anchor"))
    for one in found:
        if not _is_authority(one):
            raise TrustUnreadable(
                why=say("{shown} is not an authority with an elliptic-curve key", shown=_shown(one.subject))
            )
    return Trust(anchors=tuple(found), register=None if register is None else _read_register(register))


def read_methods(data: bytes) -> tuple[Method, ...]:
    """Keys from `{"methods": [{"id", "controller", "publicKeyMultibase", "from", "until"?, "institution"?}]}`.

    A did:key needs no `publicKeyMultibase`: its name is the key. Raises `TrustUnreadable`.
    """
    try:
        return tuple(map(_method, parse_object(data, "list of methods")["methods"]))
    except (VerificationError, EcvetError, KeyError, TypeError, AttributeError) as error:
        raise TrustUnreadable(why=say("methods.json is not a list of keys with id, controller and from")) from error


def check_chain(chain: Chain, trust: Trust, signed_at: datetime) -> Certified:
    """Whether the certificates led to one of the anchors when the credential was signed. Raises `IssuerNotTrusted`.

    Signatures, validity, CA flags, path lengths and names are checked as RFC 5280 demands; beyond that the chain holds
    no self-signed certificate and no RSA key, and the issuer's certificate is for signing documents. After the end of
    a key that was renewed its certificate counts no longer, nor after the end of an anchor that somebody else may have.
    """
    end = end_of(chain.certificates, trust.ended)
    if end is not None and signed_at > end:
        raise IssuerNotTrusted(why=say("its key signs no longer since {end}", end=end))
    path = next(
        (one for one in tuple(chain.known) if one.start <= signed_at <= one.end and one.anchors == trust.anchors), None
    )  # whether a path holds depends on nothing but its certificates and the time
    if path is None:
        try:
            path = _path(chain.certificates, trust, signed_at)
        except UNREADABLE as error:
            raise IssuerNotTrusted(why=say("a certificate in the credential is malformed")) from error
        chain.known.append(path)
    gone = end_of((path.anchor,), trust.ended) if trust.ended else None
    if gone is not None and signed_at > gone:
        raise IssuerNotTrusted(why=say("the anchor of its certificate counts no longer since {gone}", gone=gone))
    return path.certified


def _path(chain: tuple[x509.Certificate, ...], trust: Trust, signed_at: datetime) -> Path:
    if any(one.subject == one.issuer for one in chain):
        raise IssuerNotTrusted(
            why=say("a certificate in the credential is self-signed; anchors come from the verifier")
        )
    if not all(isinstance(public_key(one), ec.EllipticCurvePublicKey) for one in chain):
        raise IssuerNotTrusted(why=say("a certificate has a key that is not on an elliptic curve"))
    _check_use(chain[0])
    policy = (
        verification.PolicyBuilder()
        .store(verification.Store(list(trust.anchors)))
        .time(signed_at)
        .max_chain_depth(MAX_CHAIN)
        .extension_policies(
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
            ee_policy=verification.ExtensionPolicy.permit_all(),
        )
    )
    try:
        found = policy.build_client_verifier().verify(chain[0], list(chain[1:])).chain
    except verification.VerificationError as error:
        raise IssuerNotTrusted(
            why=say("its certificate did not lead to an anchor of yours on {signed_at}", signed_at=signed_at.date())
        ) from error
    return Path(
        trust.anchors,
        Certified(_ids(chain[0]), organisation(chain[0].subject)),
        found[-1],
        max(one.not_valid_before_utc for one in found),
        min(one.not_valid_after_utc for one in found),
    )


def _check_use(certificate: x509.Certificate) -> None:
    """The issuer's certificate is no authority's and may sign documents (key usage, RFC 9336)."""
    for extension in certificate.extensions:
        content = extension.value
        if isinstance(content, x509.BasicConstraints) and content.ca:
            raise IssuerNotTrusted(why=say("its certificate is an authority's, not an institution's"))
        if isinstance(content, x509.KeyUsage) and not content.digital_signature:
            raise IssuerNotTrusted(why=say("its certificate is not for signing"))
        if isinstance(content, x509.ExtendedKeyUsage) and not {DOCUMENT_SIGNING, _ANY_USE} & set(content):
            raise IssuerNotTrusted(why=say("its certificate is for another use than signing documents"))
        if extension.critical and isinstance(content, x509.UnrecognizedExtension):
            raise IssuerNotTrusted(why=say("its certificate has a condition that is not understood"))


def _ids(certificate: x509.Certificate) -> frozenset[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(names.get_values_for_type(x509.UniformResourceIdentifier))


def organisation(subject: x509.Name) -> str | None:
    """What a certificate calls its subject: the organisation, else the common name."""
    for oid in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
        for attribute in subject.get_attributes_for_oid(oid):
            return str(attribute.value)
    return None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (*UNREADABLE, x509.ExtensionNotFound):
        return False
    return constraints.ca and isinstance(public_key(certificate), ec.EllipticCurvePublicKey)


def _shown(name: x509.Name) -> str:
    return organisation(name) or "a nameless subject"


def _method(said: dict[str, object]) -> Method:
    name, text = str(said["id"]), said.get("publicKeyMultibase")
    return Method(
        id=name,
        controller=Identifier(str(said["controller"])),
        key=multikey.read_did_key(name).key if text is None else multikey.decode(str(text)),
        start=stamp(said["from"], "the beginning of a key"),
        end=stamp(said["until"], "the end of a key") if "until" in said else None,
        institution=Identifier(str(said["institution"])) if "institution" in said else None,
    )


def _read_register(data: bytes) -> tuple[CompetentInstitution, ...]:
    try:
        listed = parse_object(data, "register").get("institutions")
        if not isinstance(listed, list):
            raise TrustUnreadable(why=say("institutions.json has no list “institutions”"))
        found = tuple(value(CompetentInstitution, one, f"institutions[{n}]") for n, one in enumerate(listed))
    except VerificationError as error:
        raise TrustUnreadable(why=say("institutions.json is not plain, unambiguous JSON")) from error
    except TrustUnreadable:
        raise
    except EcvetError as error:
        raise TrustUnreadable(why=say("institutions.json is unreadable: {error}", error=error)) from error
    if len({one.id for one in found}) < len(found):
        raise TrustUnreadable(why=say("institutions.json has an institution twice"))
    return found
