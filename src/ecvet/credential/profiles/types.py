"""The published types of credentials: SD-JWT VC type metadata, and what the verifier demands of each.

The metadata are values; their bytes are canonical JSON, to be served at the address that the type (`vct`) is. The
credential names their hash (`vct#integrity`), so a verifier needs no network to know which metadata were meant.
"""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from ecvet.partnership.institution import Function
from ecvet.record import Json, canonical

BADGE: Final = "OpenBadgeCredential"
LEARNER_RECORD: Final = "ClrCredential"
"""Types of W3C credentials that are read here too (Open Badges 3.0, CLR 2.0)."""

BASE: Final = "https://ecvet.example/credentials"


class CertificateType(StrEnum):
    """What a certificate is about."""

    RECOGNISED_UNIT = "recognised-unit"
    AWARD = "award"


class Role(StrEnum):
    """What a record in the chain of proof is, from the decision back to what it rests on."""

    AWARD = "award"
    RECOGNITION = "recognition"
    ACHIEVEMENT = "achievement"
    VALIDATION = "validation"
    TRANSCRIPT = "transcript"
    ASSESSMENT = "assessment"
    AGREEMENT = "agreement"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class PublishedType:
    """A type of credential: its address (`vct`), names by language, and the function that its issuer needs."""

    vct: str
    names: tuple[tuple[str, str], ...]
    about: str
    function: Function


TYPES: Final = {
    CertificateType.RECOGNISED_UNIT: PublishedType(
        f"{BASE}/recognised-unit/1.0",
        (
            ("de", "Anerkannte Einheit von Lernergebnissen"),
            ("en", "Recognised unit of learning outcomes"),
            ("fi", "Tunnustettu oppimistulosten yksikkö"),
            ("fr", "Unité d’acquis d’apprentissage reconnue"),
            ("it", "Unità di risultati di apprendimento riconosciuta"),
        ),
        "One unit of learning outcomes, or part of one, that a competent institution has recognised.",
        Function.RECOGNISE,
    ),
    CertificateType.AWARD: PublishedType(
        f"{BASE}/award/1.0",
        (
            ("de", "Verliehene Qualifikation"),
            ("en", "Awarded qualification"),
            ("fi", "Myönnetty tutkinto"),
            ("fr", "Certification délivrée"),
            ("it", "Qualificazione rilasciata"),
        ),
        "A qualification that a competent institution has awarded on the ground of recognised units.",
        Function.AWARD,
    ),
}

WITHHELD: Final = ("sub", "given_name", "family_name", "birthdate")
"""Claims that the holder may withhold: who the learner is."""

SHOWN: Final = ("title", "issuer", "qualification", "ecvet", "decision", "chain")
"""Claims that every credential of these types has and always shows (R-EUR-1)."""

_LABELS: Final = {
    "sub": "Learner (pseudonym)",
    "given_name": "Given names",
    "family_name": "Family name",
    "birthdate": "Date of birth",
    "title": "Title",
    "issuer": "Issuer, as it calls itself",
    "qualification": "Qualification",
    "ecvet": "ECVET information: units, outcomes, points",
    "decision": "Decision: by whom, when, on what ground",
    "chain": "Records that prove it, by their addresses",
}


def by_vct(vct: object) -> PublishedType | None:
    """The published type with this address."""
    return next((one for one in TYPES.values() if one.vct == vct), None)


def kind_of(claims: dict[str, Any]) -> PublishedType:
    """The published type that claims are of: by their vct, else by the record that they rest on first."""
    published = by_vct(claims.get("vct"))
    if published is not None:
        return published
    return TYPES[CertificateType.AWARD if is_award(claims.get("chain")) else CertificateType.RECOGNISED_UNIT]


def is_award(chain: object) -> bool:
    """Whether a chain of records begins with an award."""
    first = chain[0] if isinstance(chain, list) and chain else None
    return isinstance(first, dict) and first.get("role") == Role.AWARD


@cache
def metadata(kind: PublishedType) -> bytes:
    """The type metadata as published."""
    display: list[Json] = [{"locale": tag, "name": name} for tag, name in kind.names]
    claims: list[Json] = [
        {
            "path": [name],
            "display": [{"locale": "en", "label": label}],
            "sd": "always" if name in WITHHELD else "never",
            "mandatory": name in SHOWN,
        }
        for name, label in _LABELS.items()
    ]
    described: dict[str, Json] = {
        "vct": kind.vct,
        "name": dict(kind.names)["en"],
        "description": kind.about,
        "display": display,
        "claims": claims,
    }
    return canonical(described)


@cache
def integrity(kind: PublishedType) -> str:
    """The hash of the metadata, as `vct#integrity` gives it (W3C Subresource Integrity)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(metadata(kind)).digest()).decode("ascii")
