"""What a credential of any profile says about its decision, in the members of the published types.

One value, several encodings: here the way back, as far as the chain of proof and the function of the issuer need it.
A badge says it in results, alignments and evidence, a European Digital Credential in the achievement and its
identifiers; a learner record says what each of its badges says. Who wrote it may be anybody: what has another form
than our encoders give it is no statement.
"""

from collections.abc import Iterator
from typing import Any

from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles.edc import PARTIAL, RECORD
from ecvet.credential.profiles.elm.body import TYPE as EUROPEAN
from ecvet.credential.profiles.elm.lists import ECVET
from ecvet.credential.profiles.open_badges import EXTENT, POINTS, QUALIFICATION
from ecvet.credential.profiles.types import BADGE, LEARNER_RECORD, Role, by_vct, is_award
from ecvet.credit.decision import Extent
from ecvet.terms import Identifier


def statements(claims: Claims, issuer: Identifier) -> tuple[Claims, ...]:
    """What verified claims say: `decision`, `qualification`, `ecvet`, `chain`, `sub`; none for foreign ones.

    `issuer` is the institution whose key signed; a badge does not say otherwise who decided.
    """
    if by_vct(claims.get("vct")) is not None:
        return (claims,)
    types = _list(claims.get("type"))
    if LEARNER_RECORD in types:
        parts = _objects(_object(claims.get("credentialSubject")).get("verifiableCredential"))
        return tuple(found for one in parts for found in statements(one, issuer))
    found = _badge(claims, issuer) if BADGE in types else _european(claims) if EUROPEAN in types else None
    return () if found is None or not found["chain"] else (found,)


def _badge(claims: Claims, issuer: Identifier) -> Claims:
    subject = _object(claims.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    about = achievement.get("id")
    chain = [
        {"role": one["genre"], "address": one.get("narrative")}
        for one in _objects(claims.get("evidence")) if one.get("genre") in list(Role)
    ]  # fmt: skip
    results = {str(one.get("resultDescription")): one.get("value") for one in _objects(subject.get("result"))}
    aligned = (one for one in _objects(achievement.get("alignment")) if one.get("targetType") == QUALIFICATION)
    qualification = about if is_award(chain) else next(aligned, {}).get("targetUrl")
    ecvet: Claims = {"units": [{"id": about, "extent": results.get(f"{about}{EXTENT}")}]}
    for name, amount in results.items():
        if name.startswith(f"{about}{POINTS}"):
            ecvet["points"] = {"value": amount, "system": name.removeprefix(f"{about}{POINTS}")}
    return {
        "decision": {"by": issuer, "on": str(claims.get("awardedDate"))[:10]}, "sub": subject.get("id"),
        "qualification": {"id": qualification}, "ecvet": ecvet, "chain": chain,
    }  # fmt: skip


def _european(claims: Claims) -> Claims | None:
    subject = _object(claims.get("credentialSubject"))
    achieved = next(iter(_objects(subject.get("hasClaim"))), {})
    awarded = _object(achieved.get("awardedBy"))
    body = next(iter(_objects(awarded.get("awardingBody"))), {})
    chain = [
        {"role": str(one.get("schemeName")).removeprefix(RECORD), "address": one.get("notation")}
        for one in _objects(achieved.get("identifier")) if str(one.get("schemeName")).startswith(RECORD)
    ]  # fmt: skip
    ecvet: Claims = {"units": [_unit(one) for one in _objects(achieved.get("hasPart"))]}
    received = next(iter(_objects(achieved.get("creditReceived"))), None)
    if received is not None:
        framework = _object(received.get("framework")).get("id")
        ecvet["points"] = {"value": received.get("point"), "system": "ecvet" if framework == ECVET else None}
    if not ecvet["units"]:
        return None
    return {
        "decision": {"by": body.get("id"), "on": str(awarded.get("awardingDate"))[:10]}, "sub": subject.get("id"),
        "qualification": {"id": _object(achieved.get("specifiedBy")).get("id")}, "ecvet": ecvet, "chain": chain,
    }  # fmt: skip


def _unit(part: Claims) -> Claims:
    notes = (_object(one.get("noteLiteral")).get("en") for one in _objects(part.get("additionalNote")))
    extent = Extent.PARTIAL if PARTIAL in notes else Extent.FULL
    return {"id": _object(part.get("specifiedBy")).get("id"), "extent": extent.value}


def _object(item: object) -> Claims:
    return item if isinstance(item, dict) else {}


def _list(item: object) -> list[Any]:
    return item if isinstance(item, list) else [item]


def _objects(item: object) -> Iterator[Claims]:
    return (one for one in _list(item) if isinstance(one, dict))
