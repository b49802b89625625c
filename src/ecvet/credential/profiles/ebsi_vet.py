"""A recognised unit as a European VET micro-credential (EBSI; education catalogue of DC4EU), W3C data model 1.1.

The published schema is not valid JSON and its examples do not fit it, so this follows the facts that both show: the
four types, points of ECVET from 1 to 15 as texts, and what the schema demands of an achievement: assessment with grade,
field, mode and level, country of award. A draft does not know all of that; who issues such a credential adds it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.profiles.losses import Encoding, Loss, those
from ecvet.credential.profiles.types import CertificateType
from ecvet.saying import say
from ecvet.terms import Country, EQFLevel, LangString, Points, decimal_text

CONTEXTS: Final = ("https://www.w3.org/2018/credentials/v1", "https://ec.europa.eu/credentials/v1")
SCHEMA: Final = "https://tsr.ebsi.europa.eu/schemas/euvet-microcredential.schema.json"
TYPES: Final = (
    "VerifiableCredential",
    "VerifiableAttestation",
    "EuropeanDigitalCredential",
    "EuropeanVocationalEducationTrainingMicrocredential",
)
MOST: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the profile demands and a draft does not say.

    `legal_id` is the issuer's legal identifier, `field` a code of ISCED-F, `mode` such as full-time or online.
    """

    country: Country
    legal_id: str
    field: str
    mode: str
    assessment: LangString
    grade: LangString


def encode(
    draft: CredentialDraft, setting: Setting, *, id: str, at: datetime, until: datetime | None = None,  # noqa: A002
) -> Encoding:  # fmt: skip
    """The micro-credential of a certificate of a unit. Raises `DraftIncomplete` for what the profile cannot say.

    That is an award, a learner without name or date of birth, no EQF level, and points that are not whole points of
    ECVET from 1 to 15.
    """
    if draft.type is not CertificateType.RECOGNISED_UNIT:
        raise DraftIncomplete(why=say("a micro-credential is about one unit, not about a qualification"))
    person, unit = draft.person, draft.units[0]
    if person is None or person.birth_date is None or not person.names:
        raise DraftIncomplete(why=say("this micro-credential needs the learner's names and date of birth"))
    level = unit.eqf or draft.eqf
    if level is None:
        raise DraftIncomplete(why=say("this micro-credential needs an EQF level"))
    tongue = draft.title.authoritative
    claims: Claims = {
        "@context": list(CONTEXTS),
        "id": id,
        "type": list(TYPES),
        "issuer": {"id": draft.issuer},
        "issuanceDate": stamped(at),
        "issued": stamped(at),
        "validFrom": stamped(at),
        "credentialSchema": [{"id": SCHEMA, "type": "JsonSchema"}],
        "credentialSubject": {
            "id": draft.learner,
            "type": "Person",
            "familyName": {tongue: person.family_name},
            "givenName": {tongue: " ".join(person.names)},
            "dateOfBirth": person.birth_date.isoformat(),
            "hasClaim": [_claim(draft, setting, level)],
        },
        "displayParameter": {"language": tongue},
        "credentialProfiles": [TYPES[-1]],
    }
    if until is not None:
        claims["validUntil"] = claims["expirationDate"] = stamped(until)
    return Encoding(claims, _losses(draft))


def _claim(draft: CredentialDraft, setting: Setting, level: EQFLevel) -> Claims:
    unit, points = draft.units[0], _points(draft.points)
    awarded: Claims = {
        "type": "AwardingProcess",
        "awardingDate": f"{draft.decided_on.isoformat()}T00:00:00Z",
        "awardingBody": {
            "id": draft.issuer, "type": "Organisation", "legalName": dict(draft.issuer_name.texts),
            "eIDASIdentifier": {
                "type": "LegalIdentifier", "notation": setting.legal_id, "spatial": _concept(setting.country),
            },
        },
        "location": {"type": "Place", "spatial": _concept(setting.country)},
    }  # fmt: skip
    return {
        "type": "LearningAchievement",
        "title": dict(unit.title.texts),
        "description": dict(draft.ground.texts),
        "awardedBy": awarded,
        "specifiedBy": {
            "id": unit.id, "type": "LearningAchievementSpecification", "title": dict(unit.title.texts),
            "creditPoint": points, "educationSubject": [_concept(setting.field)], "mode": [_concept(setting.mode)],
            "eqfLevel": _concept(str(level.level)),
            "learningOutcome": [{"type": "LearningOutcome", "title": dict(one.text.texts)} for one in unit.outcomes],
        },
        "creditReceived": points,
        "provenBy": [{
            "type": "LearningAssessment", "title": dict(setting.assessment.texts), "awardedBy": awarded,
            "grade": {"type": "Note", "noteLiteral": dict(setting.grade.texts)},
            "specifiedBy": [{
                "type": "LearningAssessmentSpecification", "title": dict(setting.assessment.texts),
                "mode": [_concept(setting.mode)],
            }],
        }],
    }  # fmt: skip


def _points(points: Points | None) -> list[Claims]:
    whole = points is not None and points.system == "ecvet" and points.value == int(points.value)
    if points is None or not whole or not 1 <= points.value <= MOST:
        raise DraftIncomplete(why=say("this micro-credential has whole points of ECVET from 1 to {most}", most=MOST))
    return [{"type": "CreditPoint", "framework": _concept("ECVET"), "point": decimal_text(points.value)}]


def _concept(notation: str) -> Claims:
    return {"type": "Concept", "notation": notation}


def _losses(draft: CredentialDraft) -> tuple[Loss, ...]:
    unit, where = draft.units[0], f"the record of the {draft.chain[0].role}" if draft.chain else "the record"
    return those((
        (True, f"the qualification {draft.qualification_code} that it counts towards", where),
        (True, "the addresses of the records that prove it", "the holder's bundle"),
        (True, "that it has no effect on professional recognition", "the published types of ECVET"),
        (True, "the person who decided", where),
        (True, f"whether the unit was achieved in full ({unit.extent}), and its use", where),
        (True, "the kinds of the outcomes", "the unit"),
        (draft.explanation, "the explanation of the decision", where),
        (any(one.criteria for one in unit.outcomes), "criteria of assessment", "the unit"),
        (any(one.skills for one in unit.outcomes), "ESCO skills of the outcomes", "the unit"),
        (draft.nqf, "the level of the national framework", "the qualification"),
    ))  # fmt: skip
