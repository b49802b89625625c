"""The chain of proof: from a credential by hash to the records behind it, saying who confirmed what, and when.

For every link that the credential names, in its order:

1. the record with this address is in the bundle (its hash is its address, so it is the very record), else unknown;
2. it is a record of the kind that its role says;
3. the first one says what the credential says; each further one is referred to by a record before it;
4. the signatures given for it fit, by keys of the trust; a signature by an unknown signer stays unknown.

A link that is false breaks the chain; one that is unknown leaves a gap, which is said and not hidden.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ecvet.credential.errors import ChainBroken, ClaimsDoNotFit
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.statements import statements
from ecvet.credential.profiles.types import Role, by_vct
from ecvet.record import Address, Record, RecordType, Signature, VerificationKey, check_signature
from ecvet.record.canonical import address
from ecvet.record.errors import NotAnAddress
from ecvet.saying import Said, say
from ecvet.terms import Identifier

TYPES: Final = {
    Role.AWARD: RecordType.AWARD,
    Role.RECOGNITION: RecordType.DECISION,
    Role.ACHIEVEMENT: RecordType.DECISION,
    Role.VALIDATION: RecordType.DECISION,
    Role.TRANSCRIPT: RecordType.TRANSCRIPT,
    Role.ASSESSMENT: RecordType.ASSESSMENT,
    Role.AGREEMENT: RecordType.LEARNING_AGREEMENT,
    Role.PORTFOLIO: RecordType.PORTFOLIO,
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """What travels beside a credential: records by their addresses and signatures; and the signers' keys we trust.

    `times` are those in which a key signs, by its name; one that is not there signs always.
    """

    records: Mapping[Address, Record]
    signatures: tuple[Signature, ...] = ()
    keys: Mapping[Identifier, tuple[VerificationKey, ...]] | None = None
    times: Mapping[str, tuple[datetime | None, datetime | None]] = field(default_factory=dict)

    def in_use(self, key: VerificationKey, at: datetime) -> bool:
        """Whether a key signed at a time."""
        start, end = self.times.get(key.kid, (None, None))
        return (start is None or at >= start) and (end is None or at <= end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """One link: who confirmed what, when. `signed_by` are the signers whose signature was checked with a known key."""

    role: Role
    address: Address
    outcome: Outcome
    reason: Said
    by: Identifier | None = None
    on: str | None = None
    signed_by: tuple[Identifier, ...] = ()


def walk_all(claims: Claims, issuer: Identifier, bundle: Bundle) -> tuple[tuple[Confirmation, ...], ...]:
    """Walk the chains of a verified credential of any profile: one, or one for each badge of a learner record.

    Raises what `walk` raises, and `ClaimsDoNotFit` for a foreign type, which has none.
    """
    found = statements(claims, issuer)
    if not found:
        raise ClaimsDoNotFit(why=say("a credential of this type has no chain of records"))
    return tuple(walk(one, bundle) for one in found)


def walk(claims: Claims, bundle: Bundle) -> tuple[Confirmation, ...]:
    """Walk the chain of a statement (`profiles.statements`).

    Raises `ChainBroken` at the first link that is false, `ClaimsDoNotFit` where there is no chain to read.
    """
    links = list(_links(claims))
    reached: set[Address] = set()
    complete = True
    walked = []
    for place, (role, where) in enumerate(links):
        record = bundle.records.get(where)
        if record is None:
            complete = False
            walked.append(_unknown(role, where, say("its record is not in the bundle")))
            continue
        kind = record.terms.get("kind") if record.type is RecordType.DECISION else role
        if record.type is not TYPES[role] or kind != role:
            raise ChainBroken(why=say("the record given as {role} is of another kind", role=role))
        if place == 0:
            _agrees(claims, record, role)
        elif where not in reached and complete:
            raise ChainBroken(why=say("no record before refers to the {role}", role=role))
        reached.update(_addresses(record.terms))
        walked.append(_confirmed(role, where, record, bundle, certain=place == 0 or where in reached))
    return tuple(walked)


def _confirmed(role: Role, where: Address, record: Record, bundle: Bundle, *, certain: bool) -> Confirmation:
    signed_by = tuple(_signers(where, role, bundle))
    decided = record.terms.get("on")
    reason = (
        say("signed by {signers}", signers=signed_by)
        if signed_by
        else say("its hash fits; no signature could be checked")
    )
    return Confirmation(
        role=role, address=where, outcome=Outcome.PASS if signed_by and certain else Outcome.UNKNOWN, reason=reason,
        by=record.author, on=decided if isinstance(decided, str) else record.created.date().isoformat(),
        signed_by=signed_by,
    )  # fmt: skip


def _signers(where: Address, role: Role, bundle: Bundle) -> Iterator[Identifier]:
    for signature in bundle.signatures:
        keys = (bundle.keys or {}).get(signature.signer, ())
        if signature.object != where or not keys:
            continue
        in_use = (one for one in keys if bundle.in_use(one, signature.at))
        if not any(check_signature(signature, key, at=signature.at) for key in in_use):
            raise ChainBroken(
                why=say("the signature of {signer} under the {role} does not fit", signer=signature.signer, role=role)
            )
        yield signature.signer


def _agrees(claims: Claims, record: Record, role: Role) -> None:
    """The record of the decision says what the credential says."""
    terms: dict[str, Any] = dict(record.terms)
    decision, qualification, ecvet = (claims.get(name) for name in ("decision", "qualification", "ecvet"))
    units = ecvet.get("units") if isinstance(ecvet, dict) else None
    if not (isinstance(decision, dict) and isinstance(qualification, dict) and isinstance(units, list) and units):
        raise ClaimsDoNotFit(why=say("it does not have the form of its type"))
    assert isinstance(ecvet, dict)
    said = {"by": decision.get("by"), "on": decision.get("on"), "qualification": qualification.get("id")}
    by = terms.get("by")
    found = {
        "by": by.get("institution") if isinstance(by, dict) else None,
        "on": terms.get("on"),
        "qualification": terms.get("qualification"),
    }
    if "sub" in claims:
        said["learner"], found["learner"] = claims["sub"], terms.get("learner")
    if role is Role.RECOGNITION:
        unit = units[0] if isinstance(units[0], dict) else {}
        said["unit"], found["unit"] = unit.get("id"), terms.get("unit")
        said["extent"], found["extent"] = unit.get("extent"), terms.get("extent")
    said["points"], found["points"] = _amount(ecvet.get("points")), _amount(terms.get("points"))
    if by_vct(claims.get("vct")) is None:  # what another encoding leaves out (its losses) is no contradiction
        found = {name: None if said[name] is None else one for name, one in found.items()}
        if isinstance(said["points"], tuple) and isinstance(found["points"], tuple) and said["points"][1] is None:
            said["points"], found["points"] = said["points"][0], found["points"][0]
    for name, value in said.items():
        if value != found[name]:
            raise ChainBroken(
                why=say("the {role} says something else about “{name}” than the credential", role=role, name=name)
            )


def _amount(points: object) -> tuple[object, object] | None:
    return (points.get("value"), points.get("system", "ecvet")) if isinstance(points, dict) else None


def _links(claims: Claims) -> Iterator[tuple[Role, Address]]:
    chain = claims.get("chain")
    try:
        if not isinstance(chain, list) or not chain:
            raise ValueError
        for link in chain:
            yield Role(link["role"]), address(link["address"])
    except (ValueError, KeyError, TypeError, NotAnAddress) as error:
        raise ClaimsDoNotFit(why=say("its chain of records is unreadable")) from error


def _addresses(item: object) -> Iterable[Address]:
    if isinstance(item, str) and item.startswith("sha-256:"):
        yield Address(item)
    elif isinstance(item, dict):
        for one in item.values():
            yield from _addresses(one)
    elif isinstance(item, list):
        for one in item:
            yield from _addresses(one)


def _unknown(role: Role, where: Address, reason: Said) -> Confirmation:
    return Confirmation(role=role, address=where, outcome=Outcome.UNKNOWN, reason=reason)
