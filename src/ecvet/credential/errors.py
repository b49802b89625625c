"""What a stranger may hear instead of “verified”: one family, in which every fact names the step that found it.

`VerificationError` is the family; its classes are also the facts that a policy answers with. Issuing has one fact of
its own, `DraftIncomplete`. No sentence contains a claim, a token or a disclosure: facts are names of members, counts,
dates and identifiers of institutions (security statement 32).
"""

from enum import StrEnum
from typing import ClassVar

from ecvet.errors import EcvetError


class Step(StrEnum):
    """The steps of the verification, in their order; `verify` documents what each one does."""

    LIMITS = "limits"
    PARSE = "parse"
    TYPE = "type"
    PROOF = "proof"
    STAMP = "timestamp"
    ISSUER = "issuer"
    FUNCTION = "function"
    TIME = "time"
    HOLDER = "holder"
    STATUS = "status"
    CLAIMS = "claims"
    POLICY = "policy"
    CHAIN = "chain"


class VerificationError(EcvetError):
    """A credential is not verified. `step` names the step that found the fact."""

    code = "credential.verify.failed"
    sentence = "The credential is not verified."
    remedy = "Do not rely on it; ask its holder for the credential as it was issued."
    status = 422
    step: ClassVar[Step] = Step.PARSE


class BeyondLimits(VerificationError):
    """More bytes, levels, disclosures or certificates than any credential needs."""

    code = "credential.limits.exceeded"
    sentence = "The credential is beyond the limits of what is read: {why}."
    remedy = "Ask for the credential itself; photographs, transcripts and other files travel beside it."
    status = 413
    step = Step.LIMITS


class NotACredential(VerificationError):
    """Bytes that are not a credential in a form that is known here."""

    code = "credential.parse.unreadable"
    sentence = "This is not a credential that can be read: {why}."
    remedy = (
        "Ask for the file as it was issued (SD-JWT VC, W3C or European Digital Credential); do not copy it out of a "
        "page."
    )
    step = Step.PARSE


class NotSealed(NotACredential):
    """A European Digital Credential as it is before it is sealed: anybody can write one."""

    code = "credential.parse.not-sealed"
    sentence = "This European Digital Credential is not sealed, so nobody vouches for it."
    remedy = "Ask for the sealed file as it was issued: a JSON file with “payload” and “signatures”."


class Malformed(VerificationError):
    """A credential by its outer shape, with parts inside that have no single meaning."""

    code = "credential.parse.malformed"
    sentence = "The credential is malformed: {why}."
    remedy = "It was damaged or made up. Ask its holder for the file as it was issued."
    step = Step.PARSE


class WrongType(VerificationError):
    """A token of another kind, with another algorithm, or with header members that are not understood."""

    code = "credential.type.not-accepted"
    sentence = "This kind of token is not accepted: {why}."
    remedy = (
        "A credential is a dc+sd-jwt or vc+jwt, JSON with a Data Integrity proof, or a sealed European Digital "
        "Credential, in a published vocabulary, signed with ES256 or Ed25519, or RS256 in a seal."
    )
    step = Step.TYPE


class VocabularyMissing(VerificationError):
    """A published vocabulary that a proof over statements needs is not on this machine, or not as published."""

    code = "credential.type.vocabulary-missing"
    sentence = "The proof cannot be checked here: {why}."
    remedy = "Install ecvet again with the packages that it names, and verify once more; nothing is fetched meanwhile."
    step = Step.TYPE


class ProofFails(VerificationError):
    """The signature or a disclosure does not fit."""

    code = "credential.proof.does-not-fit"
    sentence = "The proof does not fit: {why}."
    remedy = "Something was changed after it was signed. Do not rely on anything in it; ask the issuer."
    step = Step.PROOF


class IssuerNotTrusted(VerificationError):
    """The certificates do not lead to an anchor of the verifier's, or not for this issuer and use."""

    code = "credential.issuer.not-trusted"
    sentence = "The issuer is not trusted: {why}."
    remedy = "If you do trust it, add the certificate of its authority, received from the authority, to your trust."
    step = Step.ISSUER


class TimeStampNotTrusted(VerificationError):
    """A time-stamp of a seal fits, but is of nobody whom the verifier trusts to say what time it was."""

    code = "credential.timestamp.not-trusted"
    sentence = "A time-stamp of the seal is not trusted: {why}."
    remedy = "If you do trust its authority, add its certificate to “time-stamps” in your trust."
    step = Step.STAMP


class IssuerNotKnown(VerificationError):
    """The proof fits, but nobody whom the verifier trusts says whose it is, and the verifier wants to know."""

    code = "credential.issuer.unknown"
    sentence = "It is not known who sealed the credential; you trust no authority that certifies seals."
    remedy = (
        "Add the certificate of the seal's authority, received from the authority, to “seals” in your trust, or accept "
        "an unknown issuer explicitly."
    )
    step = Step.POLICY


class IssuerMayNot(VerificationError):
    """By the register, the issuer did not hold the function on the day of issuing (R-RECOG-14)."""

    code = "credential.function.not-held"
    sentence = "By the register, {issuer} could not issue this: {why}."
    remedy = "Ask the authority that keeps the register whether the entry is complete."
    step = Step.FUNCTION


class NotInTime(VerificationError):
    """Issued in the future, not valid yet, expired, or older than the policy accepts."""

    code = "credential.time.outside"
    sentence = "The credential is not valid at this time: {why}."
    remedy = "Ask the holder for a newer one, or verify for the moment that matters with --at."
    step = Step.TIME


class HolderNotBound(VerificationError):
    """The presentation does not prove that the person who shows the credential holds its key."""

    code = "credential.holder.not-bound"
    sentence = "It is not proved that the presenter is the holder: {why}."
    remedy = "Ask the holder to present the credential again, to you and for this request."
    step = Step.HOLDER


class StatusNotKnown(VerificationError):
    """The credential has a status that could not be found out; that is never taken for “not revoked”."""

    code = "credential.status.unknown"
    sentence = "It is not known whether the credential was revoked."
    remedy = "Try again with the issuer's status list, or accept an unknown status explicitly."
    step = Step.STATUS


class StatusUnreachable(StatusNotKnown):
    """The caller asked for the status list at its address and got no answer; so its status is unknown."""

    code = "credential.status.unreachable"
    sentence = "It is not known whether the credential was revoked: no answer came for its status list: {why}."
    remedy = (
        "Verify again when the address answers, give the list as a file, or accept an unknown status explicitly. If "
        "the address stays silent, tell the issuer."
    )


class StatusOutdated(StatusNotKnown):
    """The status list at hand is not in force at the moment of the verification, so the status is unknown."""

    code = "credential.status.outdated"
    sentence = "It is not known whether the credential was revoked: the status list at hand is not in force then."
    remedy = "Fetch the list again from the address that the credential names, and verify with the new one."


class Revoked(VerificationError):
    """The issuer has taken the credential back, for good."""

    code = "credential.status.revoked"
    sentence = "The credential was revoked by its issuer."
    remedy = "Do not rely on it. Its holder can ask the issuer for the reason, and may have a newer one."
    step = Step.STATUS


class Suspended(VerificationError):
    """The issuer has suspended the credential; it may hold again later."""

    code = "credential.status.suspended"
    sentence = "The credential is suspended by its issuer for the time being."
    remedy = "Do not rely on it now; verify it again later, or ask the issuer."
    step = Step.STATUS


class StatusListUnusable(VerificationError):
    """A status list that is forged, damaged, of another issuer, or of another kind than the credential needs."""

    code = "credential.status.list-unusable"
    sentence = "The status list of the credential cannot be used: {why}."
    remedy = "Fetch the list again from the address that the credential names; if it stays so, tell the issuer."
    step = Step.STATUS


class ClaimsDoNotFit(VerificationError):
    """What is said does not have the form that its published type demands."""

    code = "credential.claims.do-not-fit"
    sentence = "What the credential says does not fit its type: {why}."
    remedy = "Ask the issuer for a credential of a published type."
    step = Step.CLAIMS


class PartFails(VerificationError):
    """One of the credentials in a learner record does not verify."""

    code = "credential.claims.part"
    sentence = "Credential {number} in this record does not verify: {why}."
    remedy = "Ask the holder for a new record, which the institution makes of what is valid today."
    step = Step.CLAIMS


class PolicyNotMet(VerificationError):
    """The credential is genuine, but not what the verifier asked for."""

    code = "credential.policy.not-met"
    sentence = "The credential is genuine, but not what was asked for: {why}."
    remedy = "Ask the holder for a credential of the kind that you need."
    step = Step.POLICY


class ChainBroken(VerificationError):
    """The records given beside a credential do not prove it."""

    code = "credential.chain.broken"
    sentence = "The records do not prove the credential: {why}."
    remedy = "Ask the institution that holds the record for its bytes and signatures, as they were signed."
    step = Step.CHAIN


class BundleUnreadable(EcvetError):
    """Records, signatures or keys given beside a credential that cannot be read."""

    code = "credential.chain.unreadable"
    sentence = "The records beside the credential cannot be read: {why}."
    remedy = "Give a directory or one JSON file with records, signatures and, in the trust, keys.json."
    status = 422


class StatusListFull(EcvetError):
    """A status list that has no place left; places are never used twice."""

    code = "credential.status.list-full"
    sentence = "The status list {uri} has no place left."
    remedy = "Open a new list; credentials that are issued keep the list that they name."
    status = 409


class StatusNotYours(EcvetError):
    """Somebody who did not issue a credential wants to change its status."""

    code = "credential.status.not-yours"
    sentence = "Only {issuer} can change the status of what it issued, not {by}."
    remedy = "Ask the institution that issued the credential."
    status = 403


class StatusReasonMissing(EcvetError):
    """A status is never changed without saying why."""

    code = "credential.status.reason-missing"
    sentence = "The status of a credential is not changed without a reason."
    remedy = "Say in at least one language why; the holder will read it."
    status = 422


class DraftIncomplete(EcvetError):
    """A certificate cannot be made of this decision (R-RECOG-12, R-EUR-1)."""

    code = "credential.issue.incomplete"
    sentence = "No certificate can be made: {why}."
    remedy = "Complete the decision first; a certificate says nothing that was not decided."
    status = 409


class KeyUnusable(EcvetError):
    """A key or certificate that cannot be used for what it is given for."""

    code = "credential.key.unusable"
    sentence = "The key or certificate cannot be used: {why}."
    remedy = (
        "Give a private key of the kind that is needed, with its password if it has one, and its certificates in order."
    )
    status = 422


class EndNotPossible(EcvetError):
    """An end of a key at a moment at which it cannot end."""

    code = "credential.key.end-not-possible"
    sentence = "The key cannot end then: {why}."
    remedy = "Leave the end open to end the key now; date it back only for a compromised key, after its beginning."
    status = 422


class TrustUnreadable(EcvetError):
    """Trust that cannot be read is no trust; nothing is verified with half of it."""

    code = "credential.trust.unreadable"
    sentence = "The trust cannot be read: {why}."
    remedy = "Put the anchors' certificates in PEM and, if wanted, institutions.json into the trust directory."
    status = 422
