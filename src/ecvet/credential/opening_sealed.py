"""Steps 1 to 6 of the verification for sealed European Digital Credentials (JAdES), and the no to unsealed ones.

A verifier without anchors of seals learns that the seal fits, and that nobody it trusts knows whose it is: “unknown”,
which is neither yes nor no. A verifier with anchors gets a no from a seal that does not lead to one of them.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from ecvet.credential.errors import (
    BeyondLimits,
    ClaimsDoNotFit,
    IssuerNotTrusted,
    NotSealed,
    ProofFails,
    Step,
    WrongType,
)
from ecvet.credential.formats import jades
from ecvet.credential.formats.certificates import Chain, certificates
from ecvet.credential.formats.jades import Sealed, Stamps
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.credential.formats.times import stamp
from ecvet.credential.opening import WITHIN, Form, Opened
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.elm.body import CONTEXTS, TYPE, is_edc
from ecvet.credential.steps import Notes
from ecvet.credential.trust import Trust, organisation
from ecvet.credential.trust_seals import check_seal, check_time_stamp, names_of, organisation_identifier
from ecvet.saying import say, say_many
from ecvet.terms import Identifier

_SKEW: Final = timedelta(minutes=5)
"""How far the clocks of an issuer and of a time-stamping authority may differ."""


def open_if_sealed(data: bytes, trust: Trust, notes: Notes) -> Opened | None:
    """Open a sealed credential; None for JSON that is something else. Raises `NotSealed` for an unsealed one."""
    if len(data) > jades.MAX_BYTES:
        raise BeyondLimits(
            why=say("it has {number} bytes, more than {max_bytes}", number=len(data), max_bytes=jades.MAX_BYTES)
        )
    found = parse_object(data, "credential")
    if jades.is_sealed(found):
        return _open(jades.take_apart(found), trust, notes)
    inner = found.get("credential")
    for one in (found, inner if isinstance(inner, dict) else {}):
        if "proof" not in one and is_edc(one):
            raise NotSealed()
    return None


def _open(found: Sealed, trust: Trust, notes: Notes) -> Opened:
    # (1), (2): the seal, and the text in it.
    claims = parse_object(found.payload, "sealed credential")
    notes.keep(WITHIN)
    notes.add(Step.PARSE, say("it is a sealed text"))

    # (3): type and algorithm of the seal, kind and vocabulary of the credential.
    jades.check_header(found)
    if not is_edc(claims) or claims.get("@context") != list(CONTEXTS):
        raise WrongType(
            why=say("what is sealed is not a European Digital Credential, or in another vocabulary (@context)")
        )
    notes.add(Step.TYPE, say("it is a European Digital Credential sealed with {header}", header=found.header["alg"]))

    # (4): the seal, by the certificate that it brings, and the imprints of its time-stamps.
    chain = certificates(found.header.get("x5c"))
    jades.check_signature(found, base64.b64decode(found.header["x5c"][0]), chain.key)
    stamps = jades.check_stamps(found)
    signed_at = jades.signed_at(found)
    if any(signed_at - one.at > _SKEW for one in stamps.signature):
        raise ProofFails(why=say("a time-stamp is older than the seal says that it is"))
    count = len(stamps.all)
    stamped = say_many(
        "the seal fits, and so does its time-stamp", "the seal fits, and so do its {number} time-stamps", number=count
    )
    notes.add(Step.PROOF, stamped if count else say("the seal fits"))

    # (5): the time-stamps.
    sealed_at = _check_time(stamps, trust, notes) or signed_at

    # (6): the certificate, at that time.
    issuer = _issuer(claims, chain, trust, sealed_at, notes)
    return Opened(
        form=Form.SEALED, type=TYPE, claims=claims, issuer=issuer.id, named=issuer.name,
        issued_at=signed_at, begins=_time(claims, "validFrom"), vouched=issuer.vouched,
        ends=min(filter(None, (_time(claims, name) for name in ("validUntil", "expirationDate"))), default=None),
    )  # fmt: skip


def _check_time(stamps: Stamps, trust: Trust, notes: Notes) -> datetime | None:
    """When the seal was there at the latest, if an authority that is trusted says so. Raises `TimeStampNotTrusted`."""
    if not stamps.signature:
        notes.add(Step.STAMP, say("nobody but the issuer says when it was sealed"), Outcome.UNKNOWN)
        return None
    if not trust.time_anchors:
        notes.add(Step.STAMP, say("you trust no authority that makes time-stamps"), Outcome.UNKNOWN)
        return None
    for one in stamps.all:
        check_time_stamp(one, trust.time_anchors)
    at = min(one.at for one in stamps.signature)
    notes.add(Step.STAMP, say("an authority that you trust saw the seal on {at}", at=at.date()))
    return at


@dataclass(frozen=True, slots=True)
class _Issuer:
    id: Identifier
    name: str | None
    vouched: Outcome


def _issuer(claims: Claims, chain: Chain, trust: Trust, at: datetime, notes: Notes) -> _Issuer:
    """Whose seal it is. The certificate and the issuer that is named must be of one institution."""
    said = claims.get("issuer")
    node: dict[str, Any] = said if isinstance(said, dict) else {}
    named = node.get("id")
    if not isinstance(named, str):
        raise ClaimsDoNotFit(why=say("it does not name its issuer"))
    legal = node.get("eIDASIdentifier")
    notation = legal.get("notation") if isinstance(legal, dict) else None
    names = names_of(chain.certificates[0])
    certified = organisation_identifier(chain.certificates[0])
    fitting = names | {certified.partition("-")[2]} - {""}  # some makers write the number without kind and country
    if named not in names and (not isinstance(notation, str) or notation not in fitting):
        raise IssuerNotTrusted(why=say("its seal is that of another institution than the issuer it names"))
    if not trust.seal_anchors:
        notes.add(Step.ISSUER, say("you trust no authority that certifies seals"), Outcome.UNKNOWN)
        return _Issuer(Identifier(named), None, Outcome.UNKNOWN)
    check_seal(chain, trust.seal_anchors, at)
    notes.add(Step.ISSUER, say("the certificate of the seal was trusted when it was made"))
    entry = trust.known_as(names)
    own = entry.id if entry is not None else Identifier(named if named in names else certified)
    return _Issuer(own, organisation(chain.certificates[0].subject), Outcome.PASS)


def _time(claims: Claims, name: str) -> datetime | None:
    return stamp(claims[name], name) if name in claims else None
