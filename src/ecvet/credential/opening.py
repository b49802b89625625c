"""Steps 1 to 5 of the verification, for each form: from bytes to claims that a trusted issuer signed.

The forms differ in how they are parsed and signed; what they are once they are open does not.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ecvet.credential.errors import ClaimsDoNotFit, Step
from ecvet.credential.formats import data_integrity_jcs as jcs
from ecvet.credential.formats import jws, sdjwt, vc_jwt, vcdm
from ecvet.credential.formats.sdjwt import SdJwt
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import moment
from ecvet.credential.signers import Signer, signer_by_name, signer_of_token
from ecvet.credential.steps import Notes
from ecvet.credential.trust import Trust
from ecvet.terms import Identifier


class Form(StrEnum):
    """How a credential is written and signed."""

    SD_JWT = "dc+sd-jwt"
    VC_JWT = "vc+jwt"
    JCS = "data integrity over canonical JSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Claims that a trusted issuer signed. `named` is the issuer's name by whoever vouches for its key.

    `type` is the vct, or the last type of a W3C credential; `withheld` are the claims that need not be shown.
    """

    form: Form
    type: str
    claims: Claims
    issuer: Identifier
    named: str | None
    issued_at: datetime
    begins: datetime | None
    ends: datetime | None
    withheld: frozenset[str] = frozenset()
    presentation: SdJwt | None = None
    credential: vcdm.Credential | None = None


def open_credential(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open a credential of any form; which one it is, its first and last bytes tell. Raises `VerificationError`s."""
    if is_json(data):
        return open_jcs(data, trust, notes)
    if b"~" not in data and data.count(b".") == 2:
        return open_vc_jwt(data, trust, notes)
    return open_sd_jwt(data, trust, notes)


def is_json(data: bytes) -> bool:
    """Whether bytes begin like a JSON object."""
    return data[:64].lstrip()[:1] == b"{"


def open_sd_jwt(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open an SD-JWT VC."""
    # (1), (2): limits are checked before anything is interpreted, and again wherever something is counted.
    found = sdjwt.parse(data)
    notes.add(Step.LIMITS, "it is within the limits")
    notes.add(Step.PARSE, "it is an SD-JWT")

    # (3): type and algorithm, before any cryptography.
    jws.check_header(found.token, sdjwt.TYP)
    notes.add(Step.TYPE, f"it is a {sdjwt.TYP} signed with {jws.ALGORITHM}")

    # (4): signature and disclosures, with the key that the token brings; (5) tells what that key is worth.
    signer = signer_of_token({"x5c": found.token.header.get("x5c")}, trust)  # HAIP: by certificate only
    jws.check_signature(found.token, signer.key)
    revealed = sdjwt.reveal(found)
    notes.add(Step.PROOF, "the signature and all disclosures fit")

    # (5): the key, as of signing.
    claims = revealed.claims
    issued_at = moment(claims.get("iat"), "the time of issuing")
    issuer, named = _vouched(signer, claims.get("iss"), trust, issued_at, notes)
    vct = claims.get("vct")
    if not isinstance(vct, str):
        raise ClaimsDoNotFit(why="it has no type (vct)")
    return Opened(
        form=Form.SD_JWT, type=vct, claims=claims, issuer=issuer, named=named, issued_at=issued_at,
        begins=moment(claims["nbf"], "the beginning of validity") if "nbf" in claims else None,
        ends=moment(claims["exp"], "the end of validity") if "exp" in claims else None,
        withheld=frozenset([str(path[0]) for path in revealed.paths if len(path) == 1]),
        presentation=found,
    )  # fmt: skip


def open_vc_jwt(data: bytes, trust: Trust, notes: Notes, limit: int = vc_jwt.MAX_BYTES) -> Opened:
    """Open a W3C credential that is secured as a JWT."""
    token = vc_jwt.parse(data, limit)
    notes.add(Step.LIMITS, "it is within the limits")
    notes.add(Step.PARSE, "it is a signed token")
    vc_jwt.check_header(token)
    notes.add(Step.TYPE, f"it is a {vc_jwt.TYP} signed with {token.header['alg']}")
    signer = signer_of_token(token.header, trust)
    jws.check_signature(token, signer.key)
    notes.add(Step.PROOF, "the signature fits")
    found = vc_jwt.read(token)
    signed = moment(token.payload["iat"], "the time of signing") if "iat" in token.payload else None
    until = moment(token.payload["exp"], "the end of the signature") if "exp" in token.payload else None
    return _opened(Form.VC_JWT, found, signer, signed, until, trust, notes)


def open_jcs(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open a W3C credential with a Data Integrity proof over canonical JSON."""
    found = jcs.parse(data)
    notes.add(Step.LIMITS, "it is within the limits")
    notes.add(Step.PARSE, "it is a JSON object with a proof")
    vcdm.check_contexts(found.document)
    notes.add(Step.TYPE, f"its proof is {found.suite}")
    signer = signer_by_name(found.method, trust)
    jcs.check_signature(found, signer.key)
    notes.add(Step.PROOF, "the proof fits")
    return _opened(Form.JCS, vcdm.check_form(found.document), signer, found.created, found.expires, trust, notes)


def _opened(
    form: Form, found: vcdm.Credential, signer: Signer, signed: datetime | None, until: datetime | None, trust: Trust,
    notes: Notes,
) -> Opened:  # fmt: skip
    """A W3C credential; where no time of signing is given, the beginning of its validity stands for it."""
    signed_at = signed or found.valid_from
    if signed_at is None:
        raise ClaimsDoNotFit(why="it does not say when it was signed")
    issuer, named = _vouched(signer, found.issuer, trust, signed_at, notes)
    return Opened(
        form=form, type=next((one for one in reversed(found.types) if one != "VerifiableCredential"), found.types[0]),
        claims=found.claims, issuer=issuer, named=named, issued_at=signed_at, begins=found.valid_from,
        ends=min((one for one in (found.valid_until, until) if one is not None), default=None),
        credential=found,
    )  # fmt: skip


def _vouched(
    signer: Signer, issuer: object, trust: Trust, signed_at: datetime, notes: Notes
) -> tuple[Identifier, str | None]:
    named = signer.vouch(issuer, trust, signed_at)
    notes.add(Step.ISSUER, "the issuer's key was trusted when it signed")
    return Identifier(str(issuer)), named
