"""A draft as the claims of an SD-JWT VC of our published types.

Every certificate says explicitly what ECVET knows: units, outcomes, points, level (R-EUR-1), and that it has no effect
on the recognition of professional qualifications (R-RECOG-7). What the format leaves out is listed, not hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ecvet.credential.draft import AchievedUnit, CredentialDraft, Link
from ecvet.credential.formats.sdjwt import Path
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles.losses import Loss
from ecvet.credential.profiles.points import credit_point
from ecvet.credential.profiles.types import TYPES, WITHHELD, integrity
from ecvet.record import Person, plain
from ecvet.terms import Identifier

RECOMMENDATION: Final = "2009/C 155/02"
PROFESSIONAL_RECOGNITION: Final = {
    "effect": False,
    "statement": "Without prejudice to, and without effect on, the recognition of professional qualifications under "
    "Directive 2005/36/EC (Recommendation 2009/C 155/02, recital 15).",
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """Claims without times and key, the paths of those the holder may withhold, and the losses."""

    claims: Claims
    hidden: frozenset[Path]
    losses: tuple[Loss, ...]


def encode(draft: CredentialDraft) -> Encoded:
    """The claims of a draft."""
    kind = TYPES[draft.type]
    claims: Claims = {
        "iss": draft.issuer,
        "vct": kind.vct,
        "vct#integrity": integrity(kind),
        **_learner(draft.learner, draft.person),
        "title": plain(draft.title),
        "issuer": {"name": plain(draft.issuer_name)},
        "qualification": _qualification(draft),
        "ecvet": ecvet_information(draft),
        "decision": _decision(draft),
        "chain": _chain(draft.chain),
    }
    return Encoded(claims, _hidden(claims), _losses(draft))


def encode_another(like: Encoded, learner: Identifier, person: Person | None, chain: Sequence[Link]) -> Encoded:
    """What `encode` gives for a draft that differs from that of `like` in nothing but learner, person and chain."""
    claims: Claims = {}
    for name, one in like.claims.items():
        if name == "sub":
            claims.update(_learner(learner, person))
        elif name not in WITHHELD:
            claims[name] = one
    claims["chain"] = _chain(chain)
    return Encoded(claims, _hidden(claims), like.losses)


def ecvet_information(draft: CredentialDraft) -> Claims:
    """The explicit ECVET information that a certificate carries (R-EUR-1, Recommendation 4; R-RECOG-7)."""
    said: Claims = {
        "recommendation": RECOMMENDATION,
        "units": [_unit(one, draft.decided_on) for one in draft.units],
        "professional_recognition": dict(PROFESSIONAL_RECOGNITION),
    }
    if draft.points is not None:
        said["points"] = credit_point(draft.points, draft.decided_on)
    return said


def _learner(learner: Identifier, person: Person | None) -> Claims:
    said: Claims = {"sub": learner}
    if person is not None:
        said["family_name"] = person.family_name
        if person.names:
            said["given_name"] = " ".join(person.names)
        if person.birth_date is not None:
            said["birthdate"] = person.birth_date.isoformat()
    return said


def _chain(chain: Sequence[Link]) -> list[Claims]:
    return [{"role": str(one.role), "address": str(one.address)} for one in chain]


def _hidden(claims: Claims) -> frozenset[Path]:
    return frozenset((name,) for name in WITHHELD if name in claims)


def _qualification(draft: CredentialDraft) -> Claims:
    said: Claims = {
        "id": draft.qualification,
        "code": draft.qualification_code,
        "title": plain(draft.qualification_title),
    }
    if draft.eqf is not None:
        said["eqf_level"] = draft.eqf.level
    if draft.nqf is not None:
        said["nqf_level"] = {"framework": draft.nqf.framework, "level": draft.nqf.level}
    return said


def _unit(unit: AchievedUnit, on: date) -> Claims:
    said: Claims = {
        "id": unit.id,
        "code": unit.code,
        "title": plain(unit.title),
        "extent": str(unit.extent),
        "use": str(unit.use),
        "outcomes": [{"id": one.id, "kind": str(one.kind), "text": plain(one.text)} for one in unit.outcomes],
    }
    if unit.eqf is not None:
        said["eqf_level"] = unit.eqf.level
    if unit.points is not None:
        said["points"] = credit_point(unit.points, on)
    return said


def _decision(draft: CredentialDraft) -> Claims:
    said: Claims = {
        "by": draft.decided_by.institution,
        "on": draft.decided_on.isoformat(),
        "ground": plain(draft.ground),
    }
    if draft.explanation is not None:
        said["explanation"] = plain(draft.explanation)
    return said


def _losses(draft: CredentialDraft) -> tuple[Loss, ...]:
    outcomes = [outcome for unit in draft.units for outcome in unit.outcomes]
    possible = (
        (any(one.criteria for one in outcomes), Loss("criteria of assessment", "the unit")),
        (any(one.skills for one in outcomes), Loss("ESCO skills of the outcomes", "the unit")),
        (any(one.national_category for one in outcomes), Loss("national categories of the outcomes", "the unit")),
        (True, Loss("the person who decided", f"the record of the {draft.chain[0].role}")),
    )
    return tuple(loss for there, loss in possible if there)
