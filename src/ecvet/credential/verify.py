"""Verification of a credential: a numbered procedure, offline, whose trust, policy and time are arguments.

In order to verify a credential, we need to achieve the following:

1.  Limits. Nothing is larger, deeper or more numerous than any credential needs.
2.  Parse. The bytes are a form that is known, with strict JSON and strict encodings throughout.
3.  Type. It says which form it is, signed with an algorithm of that form, without extensions, in a vocabulary that is
    known; no cryptography ran before.
4.  Proof. The key that it brings or names signed exactly these bytes, and every disclosure belongs to them.
5.  Time-stamps. Those of a seal are of authorities that we trust to say what time it was. Without such authorities, or
    without a time-stamp: unknown. Other forms have none.
6.  Issuer. That key's certificate led to an anchor of ours when the credential was signed, or the key itself is in our
    trust for that time; and it is that of the issuer named. A seal for which we have no anchors at all: unknown.
7.  Function. By our register, the issuer held the function that the type needs, on the day of issuing.
    Without a register, or for a foreign type: unknown. Of a badge the records that it names tell the type.
8.  Time. It was not issued in the future, is valid already and not expired.
9.  Holder. If it comes with a key binding, the holder's key signed this very selection. Without one: unknown.
10. Status. By the signed status lists at hand it is neither revoked nor suspended. Nothing is fetched: without its
    list the status is unknown, and so it is when the caller says that the address did not answer. If it refers to
    none, there is nothing to ask. The credentials in a learner record are opened as if each had come alone; if one
    fails or is revoked, the record fails.
11. Claims. They have the form that the published type demands.
12. Policy. What is known suffices for what the verifier asks for.

One result per step. The first step that fails ends the procedure, and the steps after it say nothing: what a forged
credential says about its time or issuer is not a statement. A no of the policy is noted at the step that it is about.

The time of signing is the issuer's own (`iat`): whoever steals the key of an expired certificate can date back, which
only a time-stamp or a status list can reveal. What the records behind a credential prove is `ecvet.credential.chain`.
"""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from ecvet.credential.errors import IssuerMayNot, NotInTime, Step, VerificationError
from ecvet.credential.formats import key_binding
from ecvet.credential.formats.key_binding import KeyBinding
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.names import flags
from ecvet.credential.opening import Form, Opened, open_credential
from ecvet.credential.policy import Findings, Outcome, Policy
from ecvet.credential.profiles.claims import check_claims
from ecvet.credential.profiles.types import PublishedType, by_vct, kind_of
from ecvet.credential.status.found import NO_STATUS, StatusFound, StatusLists
from ecvet.credential.steps import Notes, StepResult
from ecvet.credential.trust import NameSource, Trust
from ecvet.partnership.institution import may
from ecvet.saying import say
from ecvet.terms import Failure, Identifier

NO_LISTS: Final[StatusLists] = MappingProxyType({})
SKEW: Final = timedelta(seconds=60)

# What a step says of every credential alike is written once: those who verify thousands would pay for each sentence.
_NO_FUNCTION: Final = StepResult(
    Step.FUNCTION, Outcome.UNKNOWN, say("the type is not known, nor which function it needs")
)  # fmt: skip
_IN_TIME: Final = StepResult(Step.TIME, Outcome.PASS, say("it has been issued and has not expired"))
_NOT_BOUND: Final = StepResult(Step.HOLDER, Outcome.UNKNOWN, say("nobody proved to hold its key"))
_BOUND: Final = StepResult(
    Step.HOLDER, Outcome.PASS, say("the holder's key signed this selection; for whom is the policy's question")
)
_PUBLISHED: Final = StepResult(Step.CLAIMS, Outcome.PASS, say("they have the form of the published type"))
_UNPUBLISHED: Final = StepResult(Step.CLAIMS, Outcome.UNKNOWN, say("its type is not one of those published by ECVET"))
_ASKED_FOR: Final = StepResult(Step.POLICY, Outcome.PASS, say("it is what was asked for"))


class Issuer(NamedTuple):
    """Who issued it: identifier, name, who says so, and what is suspicious about the name."""

    id: Identifier
    name: str
    named_by: NameSource
    flags: tuple[str, ...] = ()


class Verified(NamedTuple):
    """A credential that is genuine and accepted. `claims` are those disclosed; nothing of it was true before."""

    form: Form
    type: str
    issuer: Issuer
    issued_at: datetime
    expires: datetime | None
    claims: Claims
    holder: KeyBinding | None
    steps: tuple[StepResult, ...]


class Report(NamedTuple):
    """The results of the steps that were reached, and either the verified credential or the error that ended them."""

    steps: tuple[StepResult, ...]
    verified: Verified | None = None
    error: VerificationError | None = None


def verify(
    data: bytes, trust: Trust, policy: Policy, at: datetime, *, skew: timedelta = SKEW, lists: StatusLists = NO_LISTS
) -> Verified:
    """The verified credential. Raises one `VerificationError`, which names the step that failed."""
    report = examine(data, trust, policy, at, skew=skew, lists=lists)
    if report.verified is None:
        assert report.error is not None
        raise report.error
    return report.verified


def examine(
    data: bytes, trust: Trust, policy: Policy, at: datetime, *, skew: timedelta = SKEW, lists: StatusLists = NO_LISTS
) -> Report:
    """The report on a credential, verified or not.

    `at` is aware; `skew` is how far clocks may differ; `lists` are the signed status lists at hand, by their addresses.
    """
    notes = Notes()
    try:
        verified = _procedure(data, trust, policy, at, skew, lists, notes)
    except VerificationError as error:
        return Report(notes.ended_by(StepResult(error.step, Outcome.FAIL, error.said, error.code)), error=error)
    return Report(verified.steps, verified=verified)


def _procedure(
    data: bytes, trust: Trust, policy: Policy, at: datetime, skew: timedelta, lists: StatusLists, notes: Notes
) -> Verified:
    # (1) to (6): each form has its own way there.
    found = open_credential(data, trust, notes)
    issuer = _issuer(found, trust)

    # (7): the function, as of the day of issuing.
    function = _function(found, trust, notes)
    parts = _parts(found, trust)

    # (8): the time.
    _check_time(found, at, skew)
    notes.keep(_IN_TIME)

    # (9): the holder.
    holder = None
    if found.presentation is None or found.presentation.binding is None:
        notes.keep(_NOT_BOUND)
    else:
        holder = key_binding.check(found.presentation, found.claims.get("cnf"))
        notes.keep(_BOUND)

    # (10): the status.
    status = _status(found, parts, lists, trust, at, skew)
    notes.keep(StepResult(Step.STATUS, status.outcome, status.reason))

    # (11): the claims.
    _check_claims(found, notes)

    # (12): the policy.
    findings = Findings(
        vct=found.type, issuer=found.issuer, issued_at=found.issued_at, at=at, function=function,
        status=status.outcome, holder=holder, vouched=found.vouched, status_missing=status.missing,
    )  # fmt: skip
    answer = policy.judge(findings)
    if isinstance(answer, Failure):
        raise answer.reason
    notes.keep(_ASKED_FOR)
    return Verified(
        form=found.form, type=found.type, issuer=issuer, issued_at=found.issued_at, expires=found.ends,
        claims=found.claims, holder=holder, steps=notes.listed(),
    )  # fmt: skip


def _parts(found: Opened, trust: Trust) -> tuple[Opened, ...]:
    if found.credential is None:
        return ()
    from ecvet.credential.parts import has_parts, open_parts  # here, because a cold `ecvet verify` rarely needs it

    return open_parts(found, trust) if has_parts(found) else ()


def _status(
    found: Opened, parts: tuple[Opened, ...], lists: StatusLists, trust: Trust, at: datetime, skew: timedelta
) -> StatusFound:
    if parts:
        from ecvet.credential.parts import status_of_parts

        of_parts = status_of_parts(parts, lists, trust, at, skew)
        if of_parts.outcome is not Outcome.PASS or not found.has_status:
            return of_parts
    if not found.has_status:
        return NO_STATUS
    from ecvet.credential.status.check import check_status  # here, because a cold `ecvet verify` pays for it

    return check_status(found, lists, trust, at, skew)


def _issuer(found: Opened, trust: Trust) -> Issuer:
    """The issuer by the name of the register, else of the certificate, else by its own (security statement 29)."""
    entry = trust.institution(found.issuer) if found.vouched is Outcome.PASS else None
    if entry is not None:
        name = str(entry.name)
        return Issuer(found.issuer, name, NameSource.REGISTER, flags(name))
    if found.named is not None:
        return Issuer(found.issuer, found.named, NameSource.CERTIFICATE, flags(found.named))
    return Issuer(found.issuer, found.issuer, NameSource.ITSELF, flags(found.issuer))


def _check_claims(found: Opened, notes: Notes) -> None:
    if found.form is Form.SEALED:
        from ecvet.credential.profiles.elm.fit import check_fit  # here, because a cold `ecvet verify` rarely needs it

        check_fit(found.claims)
        notes.add(Step.CLAIMS, say("they have the form of the European Learning Model 3.2"))
    elif check_claims(found.claims, found.withheld) is None:
        notes.keep(_UNPUBLISHED)
    else:
        notes.keep(_PUBLISHED)


def _function(found: Opened, trust: Trust, notes: Notes) -> Outcome:
    said = _said(found)
    if not said:
        notes.keep(_NO_FUNCTION)
        return Outcome.UNKNOWN
    if trust.register is None:
        return notes.add(Step.FUNCTION, say("there is no register to look it up"), Outcome.UNKNOWN)
    entry = trust.institution(found.issuer)
    if entry is None:
        raise IssuerMayNot(issuer=found.issuer, why=say("it is not in the register"))
    on = found.issued_at.astimezone(UTC).date()
    for kind, named in said:
        if not may(entry, kind.function, Identifier(named) if isinstance(named, str) else None, on):
            raise IssuerMayNot(
                issuer=found.issuer,
                why=say("it did not hold the function “{function}” on {on}", function=kind.function, on=on),
            )
    functions = tuple(dict.fromkeys(kind.function for kind, _ in said))
    return notes.add(
        Step.FUNCTION, say("by the register it held the function “{function}” on {on}", function=functions, on=on)
    )


def _said(found: Opened) -> tuple[tuple[PublishedType, object], ...]:
    """What it is about, for each thing that it says: the type, and the qualification; none for a foreign type."""
    said: tuple[Claims, ...] = (found.claims,)
    if by_vct(found.claims.get("vct")) is None:
        if found.credential is None:  # of a sealed one the institution is known by its seal, not by its function
            return ()
        from ecvet.credential.profiles.statements import statements  # here, because a cold `ecvet verify` is quick

        said = statements(found.claims, found.issuer)
    return tuple((kind_of(one), _object(one.get("qualification")).get("id")) for one in said)


def _object(item: object) -> Claims:
    return item if isinstance(item, dict) else {}


def _check_time(found: Opened, at: datetime, skew: timedelta) -> None:
    if found.issued_at - at > skew:  # differences, because a sum may lie beyond the year 9999
        raise NotInTime(why=say("it was issued in the future"))
    if found.begins is not None and found.begins - at > skew:
        raise NotInTime(why=say("it is not valid yet"))
    if found.ends is not None and at - found.ends >= skew:
        raise NotInTime(why=say("it expired on {ends}", ends=found.ends.date()))
