"""What a verifier asks for beyond genuineness: small policies that compose.

The procedure finds out facts and refuses what is false; a policy judges what is left, above all what is unknown. An
empty composition is refused, because it would accept everything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from ecvet.credential.errors import (
    HolderNotBound,
    IssuerMayNot,
    IssuerNotKnown,
    NotInTime,
    PolicyNotMet,
    StatusNotKnown,
)
from ecvet.credential.formats.key_binding import KeyBinding
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success


class Outcome(StrEnum):
    """The outcome of a step; “unknown” is neither yes nor no."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


class Findings(NamedTuple):
    """What the procedure found out about a genuine credential; `at` is the moment of verification."""

    vct: str
    issuer: Identifier
    issued_at: datetime
    at: datetime
    function: Outcome
    status: Outcome
    holder: KeyBinding | None
    vouched: Outcome = Outcome.PASS
    status_missing: StatusNotKnown | None = None


_YES: Final = Success()


class Policy(Protocol):
    """Judges findings."""

    def judge(self, found: Findings) -> Success | Failure:
        """Yes, or no with the fact that stands in the way."""
        ...


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of several policies; the first no is the answer. Raises `ValueError` when there is none."""

    policies: tuple[Policy, ...]

    def __post_init__(self) -> None:
        _not_empty(self.policies)

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        for one in self.policies:
            if not (answer := one.judge(found)):
                return answer
        return _YES


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several policies; the first no is the answer. Raises `ValueError` when there is none."""

    policies: tuple[Policy, ...]

    def __post_init__(self) -> None:
        _not_empty(self.policies)

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        answers = [one.judge(found) for one in self.policies]
        return next((answer for answer in answers if answer), answers[0])


@dataclass(frozen=True, slots=True)
class Genuine:
    """Nothing beyond a proof that fits; an unknown issuer or status is accepted. Said aloud: it is rarely wanted."""

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        return _YES


@dataclass(frozen=True, slots=True)
class TypeIs:
    """The credential is of one of these types (`vct`)."""

    accepted: frozenset[str]

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        if found.vct in self.accepted:
            return _YES
        return Failure(PolicyNotMet(why=say("it is of another type")))


@dataclass(frozen=True, slots=True)
class IssuerIs:
    """The credential comes from one of these institutions."""

    accepted: frozenset[Identifier]

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        if found.issuer in self.accepted:
            return _YES
        return Failure(PolicyNotMet(why=say("it comes from another institution")))


@dataclass(frozen=True, slots=True)
class FunctionKnown:
    """The register says that the issuer held the function when it issued; without a register the answer is no."""

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        if found.function is Outcome.PASS:
            return _YES
        return Failure(IssuerMayNot(issuer=found.issuer, why=say("there is no register that says it could")))


@dataclass(frozen=True, slots=True)
class NotOlderThan:
    """The credential was issued at most so long ago."""

    age: timedelta

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        if found.at - found.issued_at <= self.age:
            return _YES
        return Failure(NotInTime(why=say("it was issued more than {days} days ago", days=self.age.days)))


@dataclass(frozen=True, slots=True)
class StatusKnown:
    """If the credential has a status it must be known; an unknown one is never taken for “not revoked”."""

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        return _YES if found.status is Outcome.PASS else Failure(found.status_missing or StatusNotKnown())


@dataclass(frozen=True, slots=True)
class IssuerKnown:
    """Somebody whom the verifier trusts says whose key it is; a proof that merely fits proves nothing about anybody."""

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        return _YES if found.vouched is Outcome.PASS else Failure(IssuerNotKnown())


@dataclass(frozen=True, slots=True)
class HolderBound:
    """The holder's key signed this presentation: to this verifier, for this request, within five minutes."""

    audience: str
    nonce: str
    within: timedelta = timedelta(minutes=5)
    skew: timedelta = timedelta(seconds=60)

    def judge(self, found: Findings) -> Success | Failure:
        """See `Policy`."""
        bound = found.holder
        if bound is None:
            return _not_bound("there is no key binding")
        if bound.audience != self.audience:
            return _not_bound("it was presented to somebody else")
        if bound.nonce != self.nonce:
            return _not_bound("it was presented for another request")
        if not -self.skew <= found.at - bound.at <= self.within + self.skew:
            return _not_bound("it was presented at another time")
        return _YES


def _not_bound(why: str) -> Failure:
    return Failure(HolderNotBound(why=why))


def _not_empty(policies: tuple[Policy, ...]) -> None:
    if not policies:
        raise ValueError("no policies to judge by; an empty list would accept everything")


EVERYDAY: Final = AllOf((IssuerKnown(), StatusKnown()))
"""What `ecvet verify` asks for unless told otherwise: nothing in particular, but no unknown issuer and status."""
