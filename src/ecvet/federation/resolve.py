"""From an entity to an anchor that was chosen here: the chain of statements, checked as of a moment.

The caller fetches; here is only what follows from what was fetched. `Statements` holds tokens by issuer and subject: an
entity's own configuration under (id, id), a superior's statement under (superior, id). A chain that once held is kept
(`Resolved.tokens`) and can be checked again for its day by anybody, offline.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from ecvet.credential.formats.strict_json import Claims
from ecvet.errors import EcvetError
from ecvet.federation import policy
from ecvet.federation.addresses import STRICT, Guard
from ecvet.federation.entity import ENTITY_STATEMENT, NODE, EntityConfiguration, open_configuration
from ecvet.federation.marks import Mark, claimed, open_mark
from ecvet.federation.statement import SubordinateStatement, keeps_within, open_statement
from ecvet.federation.token import Keys, glance
from ecvet.federation.trust_errors import ChainBroken, ConstraintBroken, TrustError
from ecvet.record import VerificationKey
from ecvet.saying import say
from ecvet.terms import require

Statements: TypeAlias = Mapping[tuple[str, str], str]
"""Tokens that were fetched, by issuer and subject."""

Anchors: TypeAlias = Mapping[str, Keys]
"""The anchors that the administrator of this node has chosen, with the keys that were compared out of band."""

MAX_PATH: Final = 6
"""How many superiors may stand above a leaf, the anchor among them."""

_MAX_TRIED: Final = 32


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """An entity for which an anchor vouches: its configuration after the policies, its marks, until when it holds.

    `path` are the ids from the entity to the anchor; `tokens` is the evidence, in the order of the path.
    """

    configuration: EntityConfiguration
    path: tuple[str, ...]
    metadata: Mapping[str, Claims]
    keys: Keys
    expires: datetime
    tokens: tuple[str, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def anchor(self) -> str:
        """The anchor at the end of the path."""
        return self.path[-1]


def resolve(
    entity: str, statements: Statements, anchors: Anchors, at: datetime, *, guard: Guard = STRICT,
    mark_keys: Mapping[str, Keys] | None = None,
) -> Resolved:  # fmt: skip
    """The first chain, shortest first, that holds at a moment. Raises `ChainBroken` with what the last one lacked.

    Marks count when their issuer stands in the chain, or is one that the anchor names for marks of this type and whose
    keys are among `mark_keys` (those of issuers that were themselves resolved to the same anchor).
    """
    why: EcvetError | str = "nobody above it has stated anything about it"
    for path in _paths(entity, statements, anchors):
        try:
            return _checked(path, statements, anchors, at, guard, mark_keys or {})
        except (TrustError, EcvetError) as error:
            why = error
    raise ChainBroken(entity=entity, why=why)


def to_fetch(entity: str, statements: Statements, anchors: Anchors) -> tuple[tuple[str, str], ...]:
    """What the caller should fetch next to come closer to an anchor; nothing when it is all there.

    A pair (id, id) is an entity's configuration, a pair (superior, id) a statement. Ask again with what was found.
    """
    wanted: dict[tuple[str, str], None] = {}
    seen: set[str] = set()
    level = [entity]
    for _ in range(MAX_PATH):
        above: list[str] = []
        for one in level:
            if one in seen:
                continue
            seen.add(one)
            if (one, one) not in statements:
                wanted[(one, one)] = None
                continue
            for superior in () if one in anchors else _superiors(one, statements):
                wanted |= {pair: None for pair in ((superior, superior), (superior, one)) if pair not in statements}
                above.append(superior)
        level = above
    return tuple(wanted)[:_MAX_TRIED]


def _paths(entity: str, statements: Statements, anchors: Anchors) -> Iterator[tuple[str, ...]]:
    """Ways from the entity to an anchor by what each names as its superiors; nothing is believed yet."""
    waiting: list[tuple[str, ...]] = [(entity,)]
    for _ in range(_MAX_TRIED * MAX_PATH):
        if not waiting:
            return
        path = waiting.pop(0)
        if path[-1] in anchors and (len(path) > 1 or (entity, entity) in statements):
            yield path
        elif len(path) <= MAX_PATH:
            ups = _superiors(path[-1], statements)
            waiting += [(*path, up) for up in ups if up not in path and (up, path[-1]) in statements]


def _superiors(entity: str, statements: Statements) -> tuple[str, ...]:
    token = statements.get((entity, entity))
    if token is None:
        return ()
    try:
        hints = glance(token, ENTITY_STATEMENT, what="entity configuration").get("authority_hints", [])
    except TrustError:
        return ()
    return tuple(one for one in hints if isinstance(one, str))[:8] if isinstance(hints, list) else ()


def _checked(
    path: tuple[str, ...], statements: Statements, anchors: Anchors, at: datetime, guard: Guard,
    mark_keys: Mapping[str, Keys],
) -> Resolved:  # fmt: skip
    """Check a way from the anchor downwards: whose key, in time, within limits; then the policies."""
    keys: Keys = anchors[path[-1]]
    down: list[SubordinateStatement] = []
    known: dict[str, Keys] = {path[-1]: keys}
    for above, below in zip(path[:0:-1], path[-2::-1], strict=True):
        said = open_statement(statements[(above, below)], issuer=above, subject=below, keys=keys, at=at)
        require(keeps_within(said, path[path.index(below) :: -1]))
        down.append(said)
        keys = {one.key.kid: one.key for one in said.keys if one.signed(at)}
        known[below] = keys
    leaf = open_configuration(statements[(path[0], path[0])], of=path[0], at=at, keys=keys, guard=guard)
    metadata = _metadata(leaf, down)
    anchor = statements.get((path[-1], path[-1]))
    issuers: Mapping[str, tuple[str, ...]] = {}
    if anchor is not None and len(path) > 1:
        issuers = open_configuration(anchor, of=path[-1], at=at, keys=anchors[path[-1]], guard=guard).mark_issuers
    tokens = (leaf.token, *(one.token for one in reversed(down)), *([anchor] if anchor and len(path) > 1 else []))
    return Resolved(
        configuration=leaf, path=path, metadata=metadata, keys=keys, tokens=tokens,
        expires=min(leaf.expires, *(one.expires for one in down)) if down else leaf.expires,
        marks=_marks(leaf, known, mark_keys, issuers),
    )  # fmt: skip


def _metadata(leaf: EntityConfiguration, down: list[SubordinateStatement]) -> dict[str, Claims]:
    """The leaf's metadata: what its superior says instead, what the limits allow, what the policies make of it."""
    found = {kind: dict(one) for kind, one in leaf.metadata.items()}
    if down:
        for kind, said in down[-1].metadata.items():
            found[kind] = {**found.get(kind, {}), **said}
    for statement in down:
        allowed = statement.constraints.allowed_types
        if allowed is not None:
            if NODE in found and NODE not in allowed:
                raise ConstraintBroken(issuer=statement.issuer, subject=leaf.id, why=say("it may not be a node"))
            found = {kind: one for kind, one in found.items() if kind in allowed or kind == "federation_entity"}
    for kind, one in found.items():
        merged: policy.Policy = {}
        for statement in down:
            merged = policy.merge(merged, statement.policies.get(kind, {}))
        found[kind] = policy.apply(merged, one)
    return found


def _marks(
    leaf: EntityConfiguration, chain: Mapping[str, Keys], others: Mapping[str, Keys],
    issuers: Mapping[str, tuple[str, ...]],
) -> tuple[Mark, ...]:  # fmt: skip
    """The marks that count; one that does not is passed over, because it takes nothing from the others."""
    found = []
    for token in leaf.marks:
        try:
            issuer, kind = claimed(token)
            named = issuers.get(kind)
            above = issuer in chain and issuer != leaf.id
            if not (above if named is None else issuer in named):
                continue
            keys = chain.get(issuer) or others.get(issuer)
            if keys is not None:
                found.append(open_mark(token, issuer=issuer, subject=leaf.id, keys=keys))
        except EcvetError:
            continue
    return tuple(found)


def key_in(resolved: Resolved, kid: str, at: datetime) -> VerificationKey | None:
    """The key of a resolved entity with a name, if it was in use at a moment."""
    return resolved.configuration.key(kid, at)
