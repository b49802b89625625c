"""Whose key signed: that of a certificate which the token brings, or one that the trust knows by its name.

Until it is checked, a signer is only a key. `vouch` says whether it was the key of the issuer named when it signed; a
key that the issuer does not control is refused (security statement 22).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ecvet.credential.errors import IssuerNotTrusted
from ecvet.credential.formats.certificates import Chain, certificates
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.trust import Method, Trust, check_chain
from ecvet.saying import say
from ecvet.terms import Identifier


class Signer(Protocol):
    """A key that claims to be an issuer's."""

    @property
    def key(self) -> object:
        """The public key."""
        ...

    @property
    def institution(self) -> Identifier | None:
        """Whose key it is by the register, where the issuer names itself otherwise."""
        ...

    def vouch(self, issuer: object, trust: Trust, signed_at: datetime) -> str | None:
        """The name that somebody vouches for; raises `IssuerNotTrusted` if it was not this issuer's key then."""
        ...


@dataclass(frozen=True, slots=True)
class ByCertificate:
    """The key of a certificate that the token brings; it is worth what the anchors make of it."""

    chain: Chain

    @property
    def key(self) -> object:
        """See `Signer`."""
        return self.chain.key

    @property
    def institution(self) -> Identifier | None:
        """See `Signer`: the names in a certificate are those of the register."""
        return None

    def vouch(self, issuer: object, trust: Trust, signed_at: datetime) -> str | None:
        """See `Signer`."""
        certified = check_chain(self.chain, trust, signed_at)
        if not isinstance(issuer, str) or issuer not in certified.ids:
            raise IssuerNotTrusted(why=say("its certificate is that of another institution than the one it names"))
        return certified.name


@dataclass(frozen=True, slots=True)
class ByMethod:
    """A key that the trust knows by its name, with the time in which it counts."""

    method: Method

    @property
    def key(self) -> object:
        """See `Signer`."""
        return self.method.key

    @property
    def institution(self) -> Identifier | None:
        """See `Signer`."""
        return self.method.institution

    def vouch(self, issuer: object, trust: Trust, signed_at: datetime) -> str | None:
        """See `Signer`."""
        if issuer != self.method.controller:
            raise IssuerNotTrusted(why=say("its key is controlled by another than the issuer it names"))
        if signed_at < self.method.start or (self.method.end is not None and signed_at >= self.method.end):
            raise IssuerNotTrusted(why=say("its key was not in use on {signed_at}", signed_at=signed_at.date()))
        return None


def signer_of_token(header: Claims, trust: Trust) -> Signer:
    """The signer of a token: by x5c, else by kid. Raises `IssuerNotTrusted`, `BeyondLimits`."""
    if "x5c" in header or not isinstance(header.get("kid"), str):
        return ByCertificate(certificates(header.get("x5c")))
    return signer_by_name(str(header["kid"]), trust)


def signer_by_name(name: str, trust: Trust) -> Signer:
    """The signer with a key of this name. Raises `IssuerNotTrusted`."""
    method = trust.method(name)
    if method is None:
        raise IssuerNotTrusted(why=say("it was signed with a key that your trust does not know"))
    return ByMethod(method)
