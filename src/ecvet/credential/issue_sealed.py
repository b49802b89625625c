"""Issuing a European Digital Credential: a draft in the words of ELM, sealed. Pure but for the seal, perhaps far."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.errors import ClaimsDoNotFit, KeyUnusable
from ecvet.credential.formats import jades, jws
from ecvet.credential.formats.bitstring_status_list import Entry
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.profiles.edc import SealFacts, encode, organisation
from ecvet.credential.profiles.elm.body import CONTEXTS, is_edc
from ecvet.credential.profiles.elm.fit import check_fit
from ecvet.credential.seals.port import Seal
from ecvet.credential.trust_seals import ORGANISATION
from ecvet.saying import say


def issue_sealed(
    draft: CredentialDraft, seal: Seal, *, id: str, at: datetime, until: datetime | None = None,  # noqa: A002
    status: Entry | None = None, pages: Sequence[bytes] = (),
) -> bytes:  # fmt: skip
    """The sealed credential of a draft, at the basic level; `jades.add_stamp` adds time-stamps.

    `id` is a new IRI, such as urn:credential:<uuid>; `pages` are pictures of it (PNG). Raises `KeyUnusable` for a seal
    that does not say whose it is or is not valid at `at`, `DraftIncomplete`, and `ClaimsDoNotFit` where the profile
    would refuse what was written: a credential that nobody accepts is not sealed.
    """
    certificate = _in_force(seal, at)
    encoded = encode(
        draft, facts_of(certificate), id=id, at=at, until=until, pages=pages,
        status=None if status is None else status.claim,
    )  # fmt: skip
    check_fit(encoded.claims)
    return jades.seal(jws.dump(encoded.claims), seal, at=at)


def seal_body(body: Claims, seal: Seal, *, at: datetime) -> bytes:
    """The sealed credential of a body that somebody else wrote, or of an upload with it (`credential`).

    Sealing says who sealed and when, as EDC does: the issuer's name, identifier and place come from the certificate,
    `issued` and `issuanceDate` are `at`. Raises `KeyUnusable`, `DraftIncomplete` for a country without entry, and
    `ClaimsDoNotFit` for what is no European Digital Credential or does not fit its profile.
    """
    inner = body.get("credential")
    said: Claims = inner if isinstance(inner, dict) else body
    if not is_edc(said) or said.get("@context") != list(CONTEXTS):
        raise ClaimsDoNotFit(why=say("it is not a European Digital Credential (ELM 3, W3C data model 1.1)"))
    issuer = said.get("issuer")
    if not isinstance(issuer, dict) or not isinstance(issuer.get("id"), str):
        raise ClaimsDoNotFit(why=say("it does not name its issuer"))
    named = issuer.get("legalName")
    tongue = next(iter(named), "en") if isinstance(named, dict) else "en"
    facts = facts_of(_in_force(seal, at))
    sealed = {
        **said,
        "issuer": {**issuer, **organisation(facts, tongue)},
        "issuanceDate": stamped(at),
        "issued": stamped(at),
    }
    sealed.setdefault("validFrom", stamped(at))
    check_fit(sealed)
    return jades.seal(jws.dump(sealed), seal, at=at)


def _in_force(seal: Seal, at: datetime) -> x509.Certificate:
    certificate = seal.chain[0]
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise KeyUnusable(why=say("the certificate of the seal is not valid on {at}", at=at.date()))
    return certificate


def facts_of(certificate: x509.Certificate) -> SealFacts:
    """What the certificate of a seal says about its institution (ETSI EN 319 412-3). Raises `KeyUnusable`."""
    said = {}
    for oid in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME, ORGANISATION, x509.NameOID.COUNTRY_NAME):
        said[oid] = next((str(one.value) for one in certificate.subject.get_attributes_for_oid(oid)), "")
    name, common, identifier, country = said.values()
    if not (name and identifier and country):
        raise KeyUnusable(why=say("the certificate of the seal has no organisation, identifier of it, or country"))
    return SealFacts(name, common or name, identifier, country)
