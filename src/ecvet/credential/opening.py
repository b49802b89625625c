"""Steps 1 to 6 of the verification: from bytes to claims that a trusted issuer signed.

The forms differ in how they are parsed and signed; what they are once they are open does not. SD-JWT VC is opened here,
W3C credentials in `opening_w3c`, sealed ones in `opening_sealed`.
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from ecvet.credential.errors import ClaimsDoNotFit, Step
from ecvet.credential.formats import jws, sdjwt
from ecvet.credential.formats.sdjwt import SdJwt
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import moment
from ecvet.credential.policy import Outcome
from ecvet.credential.signers import Signer, signer_of_token
from ecvet.credential.steps import Notes, StepResult
from ecvet.credential.trust import Trust
from ecvet.saying import say
from ecvet.terms import Identifier

if TYPE_CHECKING:
    from ecvet.credential.formats import vcdm


class Form(StrEnum):
    """How a credential is written and signed."""

    SD_JWT = "dc+sd-jwt"
    VC_JWT = "vc+jwt"
    DATA_INTEGRITY = "data integrity"
    SEALED = "jades"


_STATUS: Final = {
    Form.SD_JWT: ("status",),
    Form.VC_JWT: ("credentialStatus",),
    Form.DATA_INTEGRITY: ("credentialStatus",),
    Form.SEALED: ("credentialStatus", "status"),
}
"""Where each form refers to its status; seals of one maker write it as “status”."""


WITHIN: Final = StepResult(Step.LIMITS, Outcome.PASS, say("it is within the limits"))
_PARSED: Final = StepResult(Step.PARSE, Outcome.PASS, say("it is an SD-JWT"))
_TYPED: Final = StepResult(
    Step.TYPE,
    Outcome.PASS,
    say("it is a {typ} signed with {algorithm}", typ=sdjwt.TYP, algorithm=jws.ALGORITHM),
)
_PROVED: Final = StepResult(Step.PROOF, Outcome.PASS, say("the signature and all disclosures fit"))
_VOUCHED: Final = StepResult(Step.ISSUER, Outcome.PASS, say("the issuer's key was trusted when it signed"))


class Opened(NamedTuple):
    """Claims that a trusted issuer signed. `named` is the issuer's name by whoever vouches for its key.

    `type` is the vct, or the last type of a W3C credential; `withheld` are the names of claims that need not be shown.
    `vouched` is unknown where nobody said whose key it is.
    """

    form: Form
    type: str
    claims: Claims
    issuer: Identifier
    named: str | None
    issued_at: datetime
    begins: datetime | None
    ends: datetime | None
    withheld: Set[str] = frozenset()
    vouched: Outcome = Outcome.PASS
    presentation: SdJwt | None = None
    credential: "vcdm.Credential | None" = None

    @property
    def has_status(self) -> bool:
        """Whether it says anything about where its status stands."""
        return not self.claims.keys().isdisjoint(_STATUS[self.form])


def open_credential(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open a credential of any form, perhaps out of a PDF or picture that carries it; its bytes tell which it is.

    Raises `VerificationError`s.
    """
    if data[:1] in (b"%", b"\x89", b"<"):
        from ecvet.credential.formats import carriers

        if carriers.is_carrier(data):
            data = carriers.carried(data)
    if not is_json(data) and (b"~" in data or data.count(b".") != 2):
        return open_sd_jwt(data, trust, notes)
    from ecvet.credential import opening_w3c  # here, because a cold `ecvet verify` rarely needs it

    if not is_json(data):
        return opening_w3c.open_vc_jwt(data, trust, notes)
    if b'"signatures"' in data or b"EuropeanDigitalCredential" in data:  # a hint only; its members decide
        from ecvet.credential.opening_sealed import open_if_sealed

        found = open_if_sealed(data, trust, notes)
        if found is not None:
            return found
    return opening_w3c.open_data_integrity(data, trust, notes)


def is_json(data: bytes) -> bool:
    """Whether bytes begin like a JSON object."""
    return data[:64].lstrip()[:1] == b"{"


def open_sd_jwt(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open an SD-JWT VC."""
    # (1), (2): limits are checked before anything is interpreted, and again wherever something is counted.
    found = sdjwt.parse(data)
    notes.keep(WITHIN, _PARSED)

    # (3): type and algorithm, before any cryptography.
    jws.check_header(found.token, sdjwt.TYP)
    notes.keep(_TYPED)

    # (4): signature and disclosures, with the key that the token brings; (6) tells what that key is worth.
    signer = signer_of_token({"x5c": found.token.header.get("x5c")}, trust)  # HAIP: by certificate only
    jws.check_signature(found.token, signer.key)
    revealed = sdjwt.reveal(found)
    notes.keep(_PROVED)

    # (6): the key, as of signing.
    claims = revealed.claims
    issued_at = moment(claims.get("iat"), "the time of issuing")
    issuer, named = vouched(signer, claims.get("iss"), trust, issued_at, notes)
    vct = claims.get("vct")
    if not isinstance(vct, str):
        raise ClaimsDoNotFit(why=say("it has no type (vct)"))
    return Opened(
        form=Form.SD_JWT, type=vct, claims=claims, issuer=issuer, named=named, issued_at=issued_at,
        begins=moment(claims["nbf"], "the beginning of validity") if "nbf" in claims else None,
        ends=moment(claims["exp"], "the end of validity") if "exp" in claims else None,
        withheld=revealed.at_top, presentation=found,
    )  # fmt: skip


def vouched(
    signer: Signer, issuer: object, trust: Trust, signed_at: datetime, notes: Notes
) -> tuple[Identifier, str | None]:
    """Step 6: the issuer, and its name by whoever vouches for its key. Raises `IssuerNotTrusted`."""
    named = signer.vouch(issuer, trust, signed_at)
    notes.keep(_VOUCHED)
    return signer.institution or Identifier(str(issuer)), named
