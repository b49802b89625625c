"""Issuing: a draft, signed by the institution that decided. Pure: the same arguments give the same bytes."""

from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.formats import sdjwt
from ecvet.credential.formats.key_binding import holder_key
from ecvet.credential.formats.sdjwt import Salts
from ecvet.credential.formats.token_status_list import Reference
from ecvet.credential.keys import IssuerKey
from ecvet.credential.profiles.sdjwt_vc import Encoded, encode
from ecvet.saying import say


def issue(
    draft: CredentialDraft, key: IssuerKey, *, at: datetime, salts: Salts,
    holder: ec.EllipticCurvePublicKey | None = None, until: datetime | None = None, status: Reference | None = None,
) -> bytes:  # fmt: skip
    """An SD-JWT VC of the draft with all its disclosures, for the learner.

    `salts` gives 16 or more fresh random bytes at every call; `holder` binds the credential to the learner's key.
    Without `until` it does not expire; `status` is its place in a status list. Raises `KeyUnusable` when the key's
    certificate is another institution's or not valid at `at`: nobody could verify what it signs.
    """
    return issue_encoded(encode(draft), key, at=at, salts=salts, holder=holder, until=until, status=status)


def issue_encoded(
    encoded: Encoded, key: IssuerKey, *, at: datetime, salts: Salts, holder: ec.EllipticCurvePublicKey | None = None,
    until: datetime | None = None, status: Reference | None = None,
) -> bytes:  # fmt: skip
    """As `issue`, for a draft that was encoded. Raises `KeyUnusable`."""
    _fits(key.chain[0], encoded.claims["iss"], at)
    claims = {**encoded.claims, "iat": int(at.timestamp())}
    if until is not None:
        claims["exp"] = int(until.timestamp())
    if status is not None:
        claims["status"] = status.claim
    if holder is not None:
        claims["cnf"] = holder_key(holder)
    return sdjwt.issue(claims, encoded.hidden, salts, key.private, key.header)


def copy(
    data: bytes, key: IssuerKey, *, at: datetime, salts: Salts, holder: ec.EllipticCurvePublicKey, status: Reference
) -> bytes:
    """The same certificate once more, bound to a key of the holder, with a place of its own in a status list.

    `data` is the credential as this institution issued it, with all disclosures. What it says does not change; salts
    and signature do, so that two copies cannot be told to be of one certificate by them. Raises `KeyUnusable`, and what
    `parse` and `reveal` raise.
    """
    found = sdjwt.reveal(sdjwt.parse(data))
    claims = {name: said for name, said in found.claims.items() if name not in ("iat", "status", "cnf")}
    _fits(key.chain[0], str(claims.get("iss")), at)
    claims |= {"iat": int(at.timestamp()), "status": status.claim, "cnf": holder_key(holder)}
    return sdjwt.issue(claims, frozenset(found.paths), salts, key.private, key.header)


def _fits(certificate: x509.Certificate, issuer: str, at: datetime) -> None:
    names, start, end = _said(certificate)
    if issuer not in names:
        raise KeyUnusable(why=say("its certificate is not that of {issuer}", issuer=issuer))
    if not start <= at <= end:
        raise KeyUnusable(why=say("its certificate is not valid on {at}", at=at.date()))


@lru_cache(maxsize=64)
def _said(certificate: x509.Certificate) -> tuple[frozenset[str], datetime, datetime]:
    """Whose a certificate is, and from when until when it is valid; remembered, because a key signs thousands."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        uris = frozenset(names.get_values_for_type(x509.UniformResourceIdentifier))
    except x509.ExtensionNotFound:
        uris = frozenset()
    return uris, certificate.not_valid_before_utc, certificate.not_valid_after_utc
