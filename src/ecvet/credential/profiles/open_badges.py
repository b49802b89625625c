"""A draft as an Open Badge 3.0: a W3C credential (data model 2.0) about one achievement, ready for a proof.

A badge has one name and no place for units, points of a system or decisions. What it can say otherwise it does: points
as a result, exact and with their system in words; level, qualification and skills as alignments; records as evidence.
"""

from datetime import datetime
from typing import Final

from ecvet.credential.draft import AchievedUnit, CredentialDraft
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.formats.vcdm import MAX_ITEMS
from ecvet.credential.formats.vocabularies import CREDENTIALS, OPEN_BADGES
from ecvet.credential.profiles.losses import Encoding, Loss, those
from ecvet.credential.profiles.sdjwt_vc import PROFESSIONAL_RECOGNITION
from ecvet.credential.profiles.types import CertificateType
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Use
from ecvet.qualification.credit_systems import find_credit_system
from ecvet.terms import Identifier, Points, decimal_text

EQF: Final = "European Qualifications Framework"
POINTS: Final = "#points-"
EXTENT: Final = "#extent"
QUALIFICATION: Final = "ceterms:Credential"
"""How the results and the alignment begin or end that `profiles.statements` reads."""

_KINDS: Final = {CertificateType.RECOGNISED_UNIT: "MicroCredential", CertificateType.AWARD: "Certification"}


def encode(
    draft: CredentialDraft, *, id: str, at: datetime, until: datetime | None = None,  # noqa: A002
    status: Claims | list[Claims] | None = None, issuer: Identifier | None = None,
) -> Encoding:  # fmt: skip
    """The badge of a draft; `id` is a new IRI, `status` an entry of a Bitstring Status List, or one for each purpose.

    `issuer` is the name under which the issuer's key is found, such as a did:web, where that is another than its own.
    """
    tongue = draft.title.authoritative
    claims: Claims = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer or draft.issuer, "type": ["Profile"], "name": draft.issuer_name.in_(tongue)},
        "validFrom": stamped(at),
        "awardedDate": f"{draft.decided_on.isoformat()}T00:00:00Z",
        "name": _named(draft, unit_of(draft), tongue),
        "credentialSubject": _subject(draft, tongue),
    }
    if draft.chain:
        claims["evidence"] = [
            {
                "type": ["Evidence"],
                "name": f"Record of the {one.role}",
                "genre": one.role.value,
                "narrative": str(one.address),
            }
            for one in draft.chain[:MAX_ITEMS]
        ]
    if until is not None:
        claims["validUntil"] = stamped(until)
    if status is not None:
        claims["credentialStatus"] = status
    return Encoding(claims, _losses(draft))


def achievement(draft: CredentialDraft) -> Claims:
    """What a draft is about, as an achievement: the unit of a certificate of a unit, or the qualification."""
    tongue = draft.title.authoritative
    unit = unit_of(draft)
    said: Claims = {
        "id": draft.qualification if unit is None else unit.id,
        "type": ["Achievement"],
        "achievementType": _KINDS[draft.type],
        "inLanguage": tongue,
        "name": _named(draft, unit, tongue),
        "humanCode": draft.qualification_code if unit is None else unit.code,
        "description": "\n".join(_described(draft.units, tongue)),
        "criteria": {"type": ["Criteria"], "narrative": _criteria(draft, tongue)},
        "creator": {"id": draft.issuer, "type": ["Profile"], "name": draft.issuer_name.in_(tongue)},
    }
    alignments = _alignments(draft, unit, tongue)
    if alignments:
        said["alignment"] = alignments
    described = []
    if draft.points is not None:
        described.append({
            "id": _points_of(draft, draft.points), "type": ["ResultDescription"], "resultType": "Result",
            "name": f"Points ({_system(draft.points, draft)})",
        })  # fmt: skip
    if unit is not None:
        described.append({
            "id": f"{unit.id}{EXTENT}", "type": ["ResultDescription"], "resultType": "Result",
            "name": "Extent of the unit", "allowedValue": [Extent.FULL.value, Extent.PARTIAL.value],
        })  # fmt: skip
    if described:
        said["resultDescription"] = described
    return said


def unit_of(draft: CredentialDraft) -> AchievedUnit | None:
    """The unit that a certificate of a unit is about; None for an award."""
    return draft.units[0] if draft.type is CertificateType.RECOGNISED_UNIT else None


def _named(draft: CredentialDraft, unit: AchievedUnit | None, tongue: str) -> str:
    """A part of a unit is never called as if it were the whole: wallets show the name alone."""
    name = (draft.title if unit is None else unit.title).in_(tongue)
    return f"{name} (part of the unit)" if unit is not None and unit.extent is Extent.PARTIAL else name


def _subject(draft: CredentialDraft, tongue: str) -> Claims:
    said: Claims = {"id": draft.learner, "type": ["AchievementSubject"], "achievement": achievement(draft)}
    if draft.person is not None:
        said["identifier"] = [
            {"type": "IdentityObject", "hashed": False, "identityHash": str(draft.person), "identityType": "name"}
        ]
    results, unit = [], unit_of(draft)
    if draft.points is not None:
        results.append((_points_of(draft, draft.points), decimal_text(draft.points.value)))
    if unit is not None:
        results.append((f"{unit.id}{EXTENT}", unit.extent.value))
    if results:
        said["result"] = [{"type": ["Result"], "resultDescription": of, "value": value} for of, value in results]
    if draft.points is not None and draft.points.value % 1 == 0:  # a JSON number, so only where it is exact
        said["creditsEarned"] = int(draft.points.value)
    return said


def _described(units: tuple[AchievedUnit, ...], tongue: str) -> list[str]:
    lines = []
    for unit in units:
        notes = [text for there, text in (
            (unit.extent is Extent.PARTIAL, "part of the unit"), (unit.use is Use.ADD_ON, "beside the qualification"),
        ) if there]  # fmt: skip
        if len(units) > 1 or notes:
            points = f", {decimal_text(unit.points.value)} {unit.points.system}" if unit.points is not None else ""
            lines.append(f"{unit.code} {unit.title.in_(tongue)}{points}" + "".join(f" ({one})" for one in notes))
        lines += [f"– {one.text.in_(tongue)} ({one.kind})" for one in unit.outcomes]
    return lines or [unit.title.in_(tongue) for unit in units]


def _criteria(draft: CredentialDraft, tongue: str) -> str:
    return f"{draft.ground.in_(tongue)}\n{PROFESSIONAL_RECOGNITION['statement']}"


def _alignments(draft: CredentialDraft, unit: AchievedUnit | None, tongue: str) -> list[Claims]:
    found: list[Claims] = []
    if unit is not None:
        title, code = draft.qualification_title.in_(tongue), draft.qualification_code
        found.append(_alignment(title, draft.qualification, QUALIFICATION, code=code))
    level = draft.eqf if unit is None or unit.eqf is None else unit.eqf
    if level is not None:
        address = f"http://data.europa.eu/snb/eqf/{level.level}"
        found.append(_alignment(f"EQF level {level.level}", address, "CFItem", EQF, str(level.level)))
    for outcome in (outcome for one in draft.units for outcome in one.outcomes):
        found += [_alignment(outcome.text.in_(tongue), one, "ceasn:Competency", "ESCO") for one in outcome.skills]
    return found


def _alignment(name: str, address: str, kind: str, framework: str = "", code: str = "") -> Claims:
    said: Claims = {"type": ["Alignment"], "targetName": name, "targetUrl": address, "targetType": kind}
    if framework:
        said["targetFramework"] = framework
    if code:
        said["targetCode"] = code
    return said


def _points_of(draft: CredentialDraft, points: Points) -> str:
    """The name of the result that is an amount of points; it ends in the system, for machines."""
    about = draft.qualification if draft.type is CertificateType.AWARD else draft.units[0].id
    return f"{about}{POINTS}{points.system}"


def _system(points: Points, draft: CredentialDraft) -> str:
    system = find_credit_system(points.system, draft.decided_on)
    return points.system if system is None else system.elm_framework or points.system


def _losses(draft: CredentialDraft) -> tuple[Loss, ...]:
    outcomes = [outcome for unit in draft.units for outcome in unit.outcomes]
    more = any(
        len(text.texts) > 1 for text in (draft.title, draft.qualification_title, *(one.text for one in outcomes))
    )
    where = f"the record of the {draft.chain[0].role}" if draft.chain else "the record"
    of_units = draft.type is CertificateType.AWARD and any(one.points for one in draft.units)
    return those((
        (more, "texts in other languages than the authoritative one", "the qualification and its units"),
        (len(draft.units) > 1, "the units, except as words", "the badges of the units, or a CLR"),
        (of_units, "points of units, except as words", "the badges of the units"),
        (draft.nqf, "the level of the national framework", "the qualification"),
        (draft.person is not None and draft.person.birth_date, "the date of birth", where),
        (draft.explanation, "the explanation of the decision", where),
        (any(one.criteria for one in outcomes), "criteria of assessment", "the unit"),
        (any(one.national_category for one in outcomes), "national categories of the outcomes", "the unit"),
        (len(draft.chain) > MAX_ITEMS, f"the addresses of more than {MAX_ITEMS} records", where),
        (True, "the person who decided", where),
    ))  # fmt: skip
