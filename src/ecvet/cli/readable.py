"""Claims and terms in words for a terminal. Text from outside is written so that it is only read."""

from collections.abc import Iterator
from typing import Any

from ecvet.credential.names import visible
from ecvet.credential.profiles.types import by_vct


def credential_lines(claims: dict[str, Any]) -> list[str]:
    """The claims of a credential: one of our types in sentences, any other as a tree."""
    kind = by_vct(claims.get("vct"))
    if kind is None:
        return [
            f"  A credential of a type that ECVET does not know: {visible(str(claims.get('vct')))}",
            *tree(claims, 1),
        ]
    return [f"  {dict(kind.names)['en']}: {text(claims.get('title'))}", *_about(claims)]


def badge_lines(claims: dict[str, Any]) -> Iterator[str]:
    """The claims of an Open Badge, or of a learner record with several, in sentences."""
    subject = _object(claims.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    if "ClrCredential" in (claims.get("type") or ()):
        yield f"  Learner record: {text(claims.get('name', '…'))}"
        for one in _objects(subject.get("verifiableCredential")):
            yield from badge_lines(one)
        return
    named = next((one.get("identityHash") for one in _objects(subject.get("identifier"))), subject.get("id", "…"))
    yield f"  Open Badge: {text(achievement.get('name', '…'))} ({text(achievement.get('humanCode', '…'))})"
    yield f"  Learner: {text(named)}"
    described = {one.get("id"): one.get("name") for one in _objects(achievement.get("resultDescription"))}
    for one in _objects(subject.get("result")):
        yield f"  {text(described.get(one.get('resultDescription')) or 'Result')}: {text(one.get('value', '…'))}"
    for line in str(achievement.get("description", "")).splitlines():
        yield f"    {text(line)}"
    for one in _objects(claims.get("evidence")):
        yield f"  {text(one.get('name', 'Evidence'))}: {text(one.get('narrative', '…'))}"


def european_lines(claims: dict[str, Any]) -> Iterator[str]:
    """The claims of a European Digital Credential in sentences."""
    from ecvet.credential.profiles.elm.told import told  # here, because a cold `ecvet verify` rarely needs it

    said = told(claims)
    yield f"  European Digital Credential: {text(said.title)}"
    yield f"  Learner: {text(said.learner) or 'without a name'}{f', born {text(said.born)}' if said.born else ''}"
    for one in said.achieved:
        points = f", {', '.join(map(text, one.points))}" if one.points else ""
        kind = "Part" if one.depth else "Achieved in part" if one.is_partial else "Achieved"
        yield f"  {'  ' * one.depth}{kind}: {text(one.title)}{points}"
        for outcome in one.outcomes:
            yield f"    {'  ' * one.depth}- {text(outcome)}"


def text(item: object) -> str:
    """A text, or one in several languages, on one line; English where there is a choice, else the authoritative one."""
    if isinstance(item, dict):
        chosen = item.get("en") or item.get(str(item.get("authoritative"))) or next(iter(item.values()), "")
        return text(chosen) if isinstance(chosen, str) else "…"
    return visible(item) if isinstance(item, str) else visible(str(item))


def tree(item: object, depth: int = 0, name: str = "") -> list[str]:
    """Any JSON value, one line per leaf, indented by depth."""
    return list(_tree(item, depth, name))


def _tree(item: object, depth: int, name: str) -> Iterator[str]:
    indent, label = "  " * depth, f"{visible(name)}: " if name else ""
    if isinstance(item, dict) and item:
        if name:
            yield f"{indent}{visible(name)}:"
        for key, value in item.items():
            yield from _tree(value, depth + bool(name), str(key))
    elif isinstance(item, list) and item:
        if name:
            yield f"{indent}{visible(name)}:"
        for value in item:
            first, *rest = list(_tree(value, depth + 1 + bool(name), "")) or [""]
            yield f"{'  ' * (depth + bool(name))}- {first.lstrip()}"
            yield from rest
    else:
        yield f"{indent}{label}{visible(str(item))}"


def _about(claims: dict[str, Any]) -> Iterator[str]:
    learner = " ".join(text(claims[name]) for name in ("given_name", "family_name") if name in claims)
    yield f"  Learner: {learner or text(claims.get('sub', 'not disclosed'))}" + (
        f", born {text(claims['birthdate'])}" if "birthdate" in claims else ""
    )
    qualification, ecvet, decision = (_object(claims.get(name)) for name in ("qualification", "ecvet", "decision"))
    level = f", EQF {text(qualification['eqf_level'])}" if "eqf_level" in qualification else ""
    yield f"  Qualification: {text(qualification.get('title', '…'))} ({text(qualification.get('code', '…'))}){level}"
    for unit in _objects(ecvet.get("units")):
        extent = "" if unit.get("extent") == "full" else f", {text(unit.get('extent', '…'))}"
        yield f"  Unit {text(unit.get('code', '…'))}: {text(unit.get('title', '…'))}{_points(unit)}{extent}"
        for outcome in _objects(unit.get("outcomes")):
            yield f"    - {text(outcome.get('text', '…'))} ({text(outcome.get('kind', '…'))})"
    if "points" in ecvet:
        yield f"  Points{_points(ecvet).replace(',', ':', 1)}"
    by, on, ground = (text(decision.get(name, "…")) for name in ("by", "on", "ground"))
    yield f"  Decided by {by} on {on}: {ground}"
    effect = _object(ecvet.get("professional_recognition"))
    yield f"  {text(effect.get('statement', ''))}"
    for link in _objects(claims.get("chain")):
        yield f"  Record of the {text(link.get('role', '…'))}: {text(link.get('address', '…'))}"


def _points(item: dict[str, Any]) -> str:
    points = _object(item.get("points"))
    return f", {text(points.get('value', '…'))} points ({text(points.get('system', '…'))})" if points else ""


def _object(item: object) -> dict[str, Any]:
    return item if isinstance(item, dict) else {}


def _objects(item: object) -> list[dict[str, Any]]:
    return [one for one in item if isinstance(one, dict)] if isinstance(item, list) else []
