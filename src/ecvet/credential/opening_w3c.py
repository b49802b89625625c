"""Steps 1 to 6 of the verification for W3C credentials: as a signed token, or with a Data Integrity proof."""

from datetime import datetime

from ecvet.credential.errors import ClaimsDoNotFit, Step
from ecvet.credential.formats import data_integrity, jws, vc_jwt, vcdm
from ecvet.credential.formats.times import moment
from ecvet.credential.formats.vocabularies import named
from ecvet.credential.opening import WITHIN, Form, Opened, vouched
from ecvet.credential.signers import Signer, signer_by_name, signer_of_token
from ecvet.credential.steps import Notes
from ecvet.credential.trust import Trust
from ecvet.saying import say


def open_vc_jwt(data: bytes, trust: Trust, notes: Notes, limit: int = vc_jwt.MAX_BYTES) -> Opened:
    """Open a W3C credential that is secured as a JWT."""
    token = vc_jwt.parse(data, limit)
    notes.keep(WITHIN)
    notes.add(Step.PARSE, say("it is a signed token"))
    vc_jwt.check_header(token)
    notes.add(Step.TYPE, say("it is a {typ} signed with {header}", typ=vc_jwt.TYP, header=token.header["alg"]))
    signer = signer_of_token(token.header, trust)
    jws.check_signature(token, signer.key)
    notes.add(Step.PROOF, say("the signature fits"))
    found = vc_jwt.read(token)
    signed = moment(token.payload["iat"], "the time of signing") if "iat" in token.payload else None
    until = moment(token.payload["exp"], "the end of the signature") if "exp" in token.payload else None
    return _opened(Form.VC_JWT, found, signer, signed, until, trust, notes)


def open_data_integrity(data: bytes, trust: Trust, notes: Notes) -> Opened:
    """Open a W3C credential with a Data Integrity proof."""
    found = data_integrity.parse(data)
    notes.keep(WITHIN)
    notes.add(Step.PARSE, say("it is a JSON object with a proof"))
    return open_secured(found, trust, notes)


def open_secured(found: data_integrity.Secured, trust: Trust, notes: Notes) -> Opened:
    """Open a W3C credential with a proof that was taken apart already."""
    named(found.document)
    notes.add(Step.TYPE, say("its proof is {suite}", suite=found.suite))
    signer = signer_by_name(found.method, trust)
    data_integrity.check_signature(found, signer.key)
    notes.add(Step.PROOF, say("the proof fits"))
    return _opened(
        Form.DATA_INTEGRITY, vcdm.check_form(found.document), signer, found.created, found.expires, trust, notes
    )


def _opened(
    form: Form, found: vcdm.Credential, signer: Signer, signed: datetime | None, until: datetime | None, trust: Trust,
    notes: Notes,
) -> Opened:  # fmt: skip
    """A W3C credential; where no time of signing is given, the beginning of its validity stands for it."""
    signed_at = signed or found.valid_from
    if signed_at is None:
        raise ClaimsDoNotFit(why=say("it does not say when it was signed"))
    issuer, named = vouched(signer, found.issuer, trust, signed_at, notes)
    return Opened(
        form=form, type=next((one for one in reversed(found.types) if one != "VerifiableCredential"), found.types[0]),
        claims=found.claims, issuer=issuer, named=named, issued_at=signed_at, begins=found.valid_from,
        ends=min((one for one in (found.valid_until, until) if one is not None), default=None),
        credential=found,
    )  # fmt: skip
