"""Where a credential stands by its SHA-256: for who holds the file, and above all for one that names no status list.

A credential from before status lists has no place in any: that it was revoked cannot be found out offline. Here it can
(ADR 0033). The hash is that of the file, so who knows it has the file; what is told names no person.
"""

from dataclasses import dataclass
from datetime import date

from ecvet.credential.profiles.statements import statements
from ecvet.credential.status.standing import Standing
from ecvet.credential.verify import Verified
from ecvet.record import Address, address
from ecvet_platform.credentials.errors import CredentialNotHere
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.credentials.store import status
from ecvet_platform.institutions.actions import register as institutions


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A credential that this platform issued; `offline` says whether its status is in a list too."""

    hash: Address
    issuer: str
    on: date
    standing: Standing
    changed: date | None
    offline: bool


def check(name: Address) -> Known:
    """What is known about the credential with this hash, or whose badge has it. Raises `CredentialNotHere`."""
    found = store.with_hash(name)
    if found is None:
        raise CredentialNotHere(name=name)
    changes = status.changes((found.id,))[found.id]
    return Known(
        hash=name, issuer=institutions.names((found.issuer,))[found.issuer], on=found.at.date(),
        standing=found.standing, changed=changes[-1].on if changes else None,
        offline=found.id in status.placed((found.id,)),
    )  # fmt: skip


def standing_of(found: Verified) -> Standing:
    """Where what a credential without any status says stands here, by the decision that it proves; else valid.

    The worst, where a record says several things.
    """
    if "status" in found.claims or "credentialStatus" in found.claims:
        return Standing.VALID
    worst = Standing.VALID
    for said in statements(found.claims, found.issuer.id):
        issued = store.of_decision(address(str(said["chain"][0]["address"])))
        if issued is not None and issued.issuer == found.issuer.id and issued.standing is not Standing.VALID:
            worst = issued.standing if worst is not Standing.REVOKED else worst
    return worst
