"""What a superior says of an entity below it: its keys, and within which limits it may speak (OpenID Federation 1.0).

A national contact point makes statements about competent institutions, these about providers. Naming constraints keep
an anchor within its country's organisations, a maximal path length keeps a competent institution from founding others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.addresses import location
from ecvet.federation.entity import ENTITY_STATEMENT, LASTS_AT_MOST, DatedKey, dated_jwk, dated_keys
from ecvet.federation.errors import AddressNotAllowed
from ecvet.federation.policy import OPERATORS, Policy
from ecvet.federation.token import Keys, check_time, moment, open_token, seconds, sign_token
from ecvet.federation.trust_errors import ConstraintBroken, StatementForged, StatementUnreadable
from ecvet.record import SigningKey
from ecvet.saying import say
from ecvet.terms import Failure, Success

_WHAT: Final = "statement"
_UNDERSTOOD: Final = frozenset({"max_path_length", "naming_constraints", "allowed_entity_types"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Limits for everything below the entity about which they are made.

    `max_path_length` is how many entities may stand between the issuer of the limits and the leaf. `permitted` and
    `excluded` are names of hosts, or with a full stop before them all hosts below (RFC 5280, 4.2.1.10); excluded wins.
    """

    max_path_length: int | None = None
    permitted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    allowed_types: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class SubordinateStatement:
    """A statement of `issuer` about `subject`; `token` is the text that was signed.

    `metadata` overrides what the subject says of itself, `policies` by type of entity must be met by all below.
    """

    issuer: str
    subject: str
    keys: tuple[DatedKey, ...]
    issued: datetime
    expires: datetime
    constraints: Constraints = Constraints()
    policies: Mapping[str, Policy] = field(default_factory=dict)
    metadata: Mapping[str, Claims] = field(default_factory=dict)
    token: str = ""


def sign_statement(said: SubordinateStatement, key: SigningKey) -> str:
    """The statement as it is handed out at the fetch endpoint of the issuer."""
    claims: Claims = {
        "iss": said.issuer, "sub": said.subject, "iat": seconds(said.issued), "exp": seconds(said.expires),
        "jwks": {"keys": [dated_jwk(one) for one in said.keys]},
    }  # fmt: skip
    limits: Claims = {}
    if said.constraints.max_path_length is not None:
        limits["max_path_length"] = said.constraints.max_path_length
    if said.constraints.permitted or said.constraints.excluded:
        names = {"permitted": list(said.constraints.permitted), "excluded": list(said.constraints.excluded)}
        limits["naming_constraints"] = {name: one for name, one in names.items() if one}
    if said.constraints.allowed_types is not None:
        limits["allowed_entity_types"] = sorted(said.constraints.allowed_types)
    for name, value in (("constraints", limits), ("metadata_policy", said.policies), ("metadata", said.metadata)):
        if value:
            claims[name] = dict(value)
    return sign_token(ENTITY_STATEMENT, claims, key)


def open_statement(token: str, *, issuer: str, subject: str, keys: Keys, at: datetime) -> SubordinateStatement:
    """Read a statement as of a moment. Raises `StatementUnreadable`, `StatementForged`, `StatementOutOfTime`."""
    claims = open_token(token, ENTITY_STATEMENT, keys, what=_WHAT, issuer=issuer).claims
    if claims.get("iss") != issuer or claims.get("sub") != subject or issuer == subject:
        raise StatementForged(what=_WHAT, issuer=issuer, why=say("it is not one about {subject}", subject=subject))
    if "crit" in claims:
        raise StatementUnreadable(what=_WHAT, why=say("it demands extensions (crit) that are not understood"))
    unknown = set(claims.get("metadata_policy_crit", ())) - set(OPERATORS)
    if unknown:
        raise StatementUnreadable(
            what=_WHAT, why=say("it demands the operator {value}", value=min(map(str, unknown))[:40])
        )
    issued, expires = moment(claims, "iat", what=_WHAT), moment(claims, "exp", what=_WHAT)
    if expires - issued > LASTS_AT_MOST:
        raise StatementUnreadable(what=_WHAT, why=say("it is made for more than {days} days", days=LASTS_AT_MOST.days))
    check_time(issued, expires, at, what=_WHAT, issuer=issuer)
    return SubordinateStatement(
        issuer=issuer, subject=subject, keys=dated_keys(claims.get("jwks")), issued=issued, expires=expires,
        constraints=_constraints(claims.get("constraints", {})),
        policies=_objects(claims, "metadata_policy", depth=2), metadata=_objects(claims, "metadata", depth=1),
        token=token,
    )  # fmt: skip


def keeps_within(statement: SubordinateStatement, below: tuple[str, ...]) -> Success | Failure:
    """Whether the entities below the issuer, the leaf last, are within the limits of a statement.

    `below` begins with the subject of the statement; what stands between the issuer and the leaf is counted.
    """
    limits = statement.constraints
    between = len(below) - 1
    if limits.max_path_length is not None and between > limits.max_path_length:
        why = f"{between} entities stand in between, and at most {limits.max_path_length} may"
        return Failure(ConstraintBroken(issuer=statement.issuer, subject=below[-1], why=why))
    for one in below:
        if not _named(one, limits):
            return Failure(
                ConstraintBroken(issuer=statement.issuer, subject=one, why=say("its host is not among those"))
            )
    return Success()


def _named(entity: str, limits: Constraints) -> bool:
    try:
        host = location(entity).host
    except AddressNotAllowed:
        return False
    if any(_under(host, one) for one in limits.excluded):
        return False
    return not limits.permitted or any(_under(host, one) for one in limits.permitted)


def _under(host: str, name: str) -> bool:
    return host.endswith(name.lower()) if name.startswith(".") else host == name.lower()


def _constraints(said: Any) -> Constraints:
    if not isinstance(said, dict):
        raise StatementUnreadable(what=_WHAT, why=say("its constraints are not an object"))
    length, names, types = (said.get(one) for one in ("max_path_length", "naming_constraints", "allowed_entity_types"))
    if length is not None and (type(length) is not int or length < 0):
        raise StatementUnreadable(what=_WHAT, why=say("max_path_length is not a whole number from 0"))
    if names is not None and (not isinstance(names, dict) or not names.keys() <= {"permitted", "excluded"}):
        raise StatementUnreadable(
            what=_WHAT, why=say("naming_constraints hold something else than permitted and excluded")
        )
    return Constraints(
        max_path_length=length, permitted=_names(names, "permitted"), excluded=_names(names, "excluded"),
        allowed_types=None if types is None else frozenset(_names(said, "allowed_entity_types")),
    )  # fmt: skip


def _names(said: Any, name: str) -> tuple[str, ...]:
    found = (said or {}).get(name, [])
    if not isinstance(found, list) or len(found) > 200 or not all(isinstance(one, str) and one for one in found):
        raise StatementUnreadable(what=_WHAT, why=say("“{name}” is not a list of names", name=name))
    if said is not None and name == "permitted" and name in said and not found:
        raise StatementUnreadable(what=_WHAT, why=say("it permits no name at all"))
    return tuple(found)


def _objects(claims: Claims, name: str, *, depth: int) -> dict[str, Any]:
    found = claims.get(name, {})
    if not _is_nested(found, depth):
        raise StatementUnreadable(what=_WHAT, why=say("“{name}” is not made of objects", name=name))
    return dict(found)


def _is_nested(item: Any, depth: int) -> bool:
    return isinstance(item, dict) and (depth == 0 or all(_is_nested(one, depth - 1) for one in item.values()))
