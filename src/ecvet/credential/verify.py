"""Verification of a credential: a numbered procedure, offline, whose trust, policy and time are arguments.

In order to verify a credential, we need to achieve the following:

1.  Limits. Nothing is larger, deeper or more numerous than any credential needs.
2.  Parse. The bytes are an SD-JWT with strict JSON and strict base64url throughout.
3.  Type. The token says that it is a `dc+sd-jwt`, signed with ES256, without extensions; no cryptography ran before.
4.  Proof. The key of the certificate it brings signed exactly these bytes, and every disclosure belongs to them.
5.  Issuer. That certificate led to an anchor of ours when the credential was signed, and is that of the issuer named.
6.  Function. By our register, the issuer held the function that the type needs, on the day of issuing.
    Without a register, or for a foreign type: unknown.
7.  Time. It was not issued in the future, is valid already and not expired.
8.  Holder. If it comes with a key binding, the holder's key signed this very selection. Without one: unknown.
9.  Status. If it refers to a status list: unknown, since nothing is fetched. Without one there is nothing to ask.
10. Claims. They have the form that the published type demands.
11. Policy. What is known suffices for what the verifier asks for.

One result per step. The first step that fails ends the procedure, and the steps after it say nothing: what a forged
credential says about its time or issuer is not a statement. A no of the policy is noted at the step that it is about.

The time of signing is the issuer's own (`iat`): whoever steals the key of an expired certificate can date back, which
only a time-stamp or a status list can reveal. What the records behind a credential prove is `ecvet.credential.chain`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from ecvet.credential.errors import (
    ClaimsDoNotFit,
    IssuerMayNot,
    IssuerNotTrusted,
    NotInTime,
    Step,
    VerificationError,
)
from ecvet.credential.formats import jws, key_binding, sdjwt
from ecvet.credential.formats.key_binding import KeyBinding, moment
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.names import flags
from ecvet.credential.policy import Findings, Outcome, Policy
from ecvet.credential.profiles.claims import check_claims
from ecvet.credential.profiles.types import by_vct
from ecvet.credential.trust import Certified, NameSource, Trust, certificates, check_chain, public_key
from ecvet.partnership.institution import may
from ecvet.terms import Failure, Identifier

SKEW: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step found: outcome, a sentence, and for a failure its stable code."""

    step: Step
    outcome: Outcome
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued it: identifier, name, who says so, and what is suspicious about the name."""

    id: Identifier
    name: str
    named_by: NameSource
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A credential that is genuine and accepted. `claims` are those disclosed; nothing of it was true before."""

    type: str
    issuer: Issuer
    issued_at: datetime
    expires: datetime | None
    claims: Claims
    holder: KeyBinding | None
    steps: tuple[StepResult, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The results of the steps that were reached, and either the verified credential or the error that ended them."""

    steps: tuple[StepResult, ...]
    verified: Verified | None = None
    error: VerificationError | None = None


@dataclass(slots=True)
class _Notes:
    """The results so far; a later finding about a step replaces the earlier one."""

    results: dict[Step, StepResult] = field(default_factory=dict)

    def add(self, step: Step, reason: str, outcome: Outcome = Outcome.PASS, code: str = "") -> Outcome:
        self.results[step] = StepResult(step, outcome, reason, code)
        return outcome

    def listed(self) -> tuple[StepResult, ...]:
        return tuple(self.results[step] for step in Step if step in self.results)


def verify(data: bytes, trust: Trust, policy: Policy, at: datetime, *, skew: timedelta = SKEW) -> Verified:
    """The verified credential. Raises one `VerificationError`, which names the step that failed."""
    report = examine(data, trust, policy, at, skew=skew)
    if report.verified is None:
        assert report.error is not None
        raise report.error
    return report.verified


def examine(data: bytes, trust: Trust, policy: Policy, at: datetime, *, skew: timedelta = SKEW) -> Report:
    """The report on a credential, verified or not. `at` is aware; `skew` is how far clocks may differ."""
    notes = _Notes()
    try:
        verified = _procedure(data, trust, policy, at, skew, notes)
    except VerificationError as error:
        notes.add(error.step, str(error), Outcome.FAIL, error.code)
        return Report(notes.listed(), error=error)
    return Report(notes.listed(), verified=verified)


def _procedure(data: bytes, trust: Trust, policy: Policy, at: datetime, skew: timedelta, notes: _Notes) -> Verified:
    # (1), (2): limits are checked before anything is interpreted, and again wherever something is counted.
    credential = sdjwt.parse(data)
    notes.add(Step.LIMITS, "it is within the limits")
    notes.add(Step.PARSE, "it is an SD-JWT")

    # (3): type and algorithm, before any cryptography.
    jws.check_header(credential.token, sdjwt.TYP)
    notes.add(Step.TYPE, f"it is a {sdjwt.TYP} signed with {jws.ALGORITHM}")

    # (4): signature and disclosures, with the key that the token brings; (5) tells what that key is worth.
    chain = certificates(credential.token.header.get("x5c"))
    jws.check_signature(credential.token, public_key(chain[0]))
    revealed = sdjwt.reveal(credential)
    claims = revealed.claims
    notes.add(Step.PROOF, "the signature and all disclosures fit")

    # (5): the certificate, as of signing.
    issued_at = moment(claims.get("iat"), "the time of issuing")
    certified = check_chain(chain, trust, issued_at)
    issuer = _issuer(claims, certified, trust)
    notes.add(Step.ISSUER, "its certificate led to an anchor of yours when it was signed")

    # (6): the function, as of the day of issuing.
    function = _function(claims, issuer, trust, issued_at, notes)

    # (7): the time.
    expires = _time(claims, issued_at, at, skew)
    notes.add(Step.TIME, "it has been issued and has not expired")

    # (8): the holder.
    holder = None
    if credential.binding is None:
        notes.add(Step.HOLDER, "nobody proved to hold its key", Outcome.UNKNOWN)
    else:
        holder = key_binding.check(credential, claims.get("cnf"))
        notes.add(Step.HOLDER, "the holder's key signed this selection; for whom is the policy's question")

    # (9): the status.
    if "status" in claims:
        status = notes.add(Step.STATUS, "it refers to a status list, which is not fetched here", Outcome.UNKNOWN)
    else:
        status = notes.add(Step.STATUS, "not present: it refers to no status list")

    # (10): the claims.
    vct = claims.get("vct")
    if not isinstance(vct, str):
        raise ClaimsDoNotFit(why="it has no type (vct)")
    kind = check_claims(claims, frozenset(str(path[0]) for path in revealed.paths if len(path) == 1))
    if kind is None:
        notes.add(Step.CLAIMS, "its type is not one of those published by ECVET", Outcome.UNKNOWN)
    else:
        notes.add(Step.CLAIMS, "they have the form of the published type")

    # (11): the policy.
    found = Findings(
        vct=vct, issuer=issuer.id, issued_at=issued_at, at=at, function=function, status=status, holder=holder
    )
    answer = policy.judge(found)
    if isinstance(answer, Failure):
        raise answer.reason
    notes.add(Step.POLICY, "it is what was asked for")
    return Verified(
        type=vct, issuer=issuer, issued_at=issued_at, expires=expires, claims=claims, holder=holder,
        steps=notes.listed(),
    )  # fmt: skip


def _issuer(claims: Claims, certified: Certified, trust: Trust) -> Issuer:
    """The issuer by the name of the register, else of the certificate, else by its own (security statement 29)."""
    named = claims.get("iss")
    if not isinstance(named, str) or named not in certified.ids:
        raise IssuerNotTrusted(why="its certificate is that of another institution than the one it names")
    id_ = Identifier(named)
    entry = trust.institution(id_)
    if entry is not None:
        return Issuer(id_, str(entry.name), NameSource.REGISTER, flags(str(entry.name)))
    if certified.name is not None:
        return Issuer(id_, certified.name, NameSource.CERTIFICATE, flags(certified.name))
    return Issuer(id_, named, NameSource.ITSELF, flags(named))


def _function(claims: Claims, issuer: Issuer, trust: Trust, issued_at: datetime, notes: _Notes) -> Outcome:
    kind = by_vct(claims.get("vct"))
    if kind is None:
        return notes.add(Step.FUNCTION, "the type is not known, nor which function it needs", Outcome.UNKNOWN)
    if trust.register is None:
        return notes.add(Step.FUNCTION, "there is no register to look it up", Outcome.UNKNOWN)
    entry = trust.institution(issuer.id)
    if entry is None:
        raise IssuerMayNot(issuer=issuer.id, why="it is not in the register")
    qualification = claims.get("qualification")
    named = qualification.get("id") if isinstance(qualification, dict) else None
    on = issued_at.astimezone(UTC).date()
    if not may(entry, kind.function, Identifier(named) if isinstance(named, str) else None, on):
        raise IssuerMayNot(issuer=issuer.id, why=f"it did not hold the function “{kind.function}” on {on}")
    return notes.add(Step.FUNCTION, f"by the register it held the function “{kind.function}” on {on}")


def _time(claims: Claims, issued_at: datetime, at: datetime, skew: timedelta) -> datetime | None:
    if issued_at - at > skew:  # differences, because a sum may lie beyond the year 9999
        raise NotInTime(why="it was issued in the future")
    if "nbf" in claims and moment(claims["nbf"], "the beginning of validity") - at > skew:
        raise NotInTime(why="it is not valid yet")
    if "exp" not in claims:
        return None
    expires = moment(claims["exp"], "the end of validity")
    if at - expires >= skew:
        raise NotInTime(why=f"it expired on {expires.date()}")
    return expires
