"""A draft as a European Digital Credential: ELM 3.2, generic profile, W3C data model 1.1, ready to be sealed.

The qualification is the achievement, its units are the parts (`hasPart`), each specified by itself; a unit inside the
specification of a qualification would have to be a partial qualification. Points have one framework and are texts
(R-DATA-1). The issuer is written as the certificate of the seal says it, because EDC does so when it seals.
"""

import base64
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from ecvet.credential.draft import AchievedUnit, CredentialDraft
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.profiles.elm import lists
from ecvet.credential.profiles.elm.body import CONTEXTS, TYPE
from ecvet.credential.profiles.losses import Encoding, Loss, those
from ecvet.credential.profiles.points import credit_point
from ecvet.credential.profiles.sdjwt_vc import PROFESSIONAL_RECOGNITION
from ecvet.credential.profiles.types import CertificateType
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Use
from ecvet.qualification.unit import LearningOutcome, OutcomeKind
from ecvet.terms import LangString, Points

SCHEMA: Final = "http://data.europa.eu/snb/model/ap/edc-generic-full"
PARTIAL: Final = "Part of the unit: the learning outcomes that are listed."
RECORD: Final = "Record of the "
"""How the note and the identifiers begin that `profiles.statements` reads."""


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What the certificate of a seal says: name, common name, identifier of the organisation, country (two letters)."""

    name: str
    common_name: str
    identifier: str
    country: str


def encode(
    draft: CredentialDraft, seal: SealFacts, *, id: str, at: datetime, until: datetime | None = None,  # noqa: A002
    status: Claims | None = None, pages: Sequence[bytes] = (),
) -> Encoding:  # fmt: skip
    """The body of a credential, `id` an IRI. `pages` are pictures (PNG) of it for people; one is compulsory.

    `status` is one entry of a Bitstring Status List. Raises `DraftIncomplete` for a country or language without entry
    in the lists of the model.
    """
    tongue = draft.title.authoritative
    claims: Claims = {
        "@context": list(CONTEXTS),
        "id": id,
        "type": ["VerifiableCredential", TYPE],
        "credentialProfiles": [lists.generic_credential()],
        "credentialSchema": [{"id": SCHEMA, "type": "ShaclValidator2017"}],
        "displayParameter": _display(draft.title, pages or (blank_page(),)),
        "issuer": {"id": draft.issuer, **organisation(seal, tongue)},
        "issuanceDate": stamped(at),
        "issued": stamped(at),
        "validFrom": stamped(at),
        "credentialSubject": {**_person(draft, tongue), "hasClaim": [_achievement(draft)]},
    }
    if until is not None:
        claims["validUntil"] = claims["expirationDate"] = stamped(until)
    if status is not None:
        claims["credentialStatus"] = {**status, "type": ["CredentialStatus", "BitstringStatusListEntry"]}
    return Encoding(claims, _losses(draft))


def upload(draft: CredentialDraft, country: str, *, id: str, at: datetime) -> Claims:  # noqa: A002
    """The credential as it is before it is sealed, in the wrapper of uploads: without what only a seal can say.

    That is the legal identifier of the issuer, and when it was issued. Raises `DraftIncomplete`.
    """
    named = draft.issuer_name.in_(draft.title.authoritative)
    claims = encode(draft, SealFacts(named, named, "", country), id=id, at=at).claims
    claims["issuer"] = {
        name: one for name, one in claims["issuer"].items() if name not in ("eIDASIdentifier", "altLabel")
    }
    return {"credential": {name: one for name, one in claims.items() if name not in ("issued", "issuanceDate")}}


# ------------------------------------------------------------- who
def organisation(seal: SealFacts, tongue: str) -> Claims:
    """The issuer as its certificate says it; without its name as a node. Raises `DraftIncomplete` for its country."""
    country = lists.country(seal.country)
    return {
        "type": "Organisation",
        "legalName": {tongue: seal.name},
        "altLabel": {tongue: seal.common_name},
        "eIDASIdentifier": {
            "id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": seal.identifier,
            "spatial": country,
        },
        "location": [{
            "id": "urn:epass:location:1", "type": "Location",
            "address": [{"id": "urn:epass:address:1", "type": "Address", "countryCode": country}],
        }],
    }  # fmt: skip


def _person(draft: CredentialDraft, tongue: str) -> Claims:
    said: Claims = {"id": draft.learner, "type": "Person"}
    if draft.person is not None:
        said["familyName"] = {tongue: draft.person.family_name}
        said["fullName"] = {tongue: str(draft.person)}
        if draft.person.names:
            said["givenName"] = {tongue: " ".join(draft.person.names)}
        if draft.person.birth_date is not None:
            said["dateOfBirth"] = f"{draft.person.birth_date.isoformat()}T00:00:00Z"
    return said


# ------------------------------------------------------------- what
def _achievement(draft: CredentialDraft) -> Claims:
    """The qualification, or what is achieved of it, with the units as its parts."""
    specified: Claims = {
        "id": draft.qualification,
        "type": "Qualification",
        "title": dict(draft.qualification_title.texts),
        "identifier": [_identifier("qualification:1", draft.qualification_code, "Code of the qualification")],
    }
    if draft.type is not CertificateType.AWARD:
        specified["isPartialQualification"] = True
    if draft.eqf is not None:
        specified["eqfLevel"] = lists.eqf(draft.eqf.level)
    notes = [draft.ground, *((draft.explanation,) if draft.explanation is not None else ())]
    said: Claims = {
        "id": "urn:epass:learningAchievement:0",
        "type": "LearningAchievement",
        "title": dict((draft.title if draft.type is CertificateType.AWARD else draft.qualification_title).texts),
        "awardedBy": _awarded(draft, 0),
        "identifier": [
            _identifier(f"record:{n}", str(one.address), f"{RECORD}{one.role}")
            for n, one in enumerate(draft.chain)
        ],
        "additionalNote": [
            *(_note(f"0.{n}", dict(one.texts)) for n, one in enumerate(notes)),
            _note("0.effect", {"en": str(PROFESSIONAL_RECOGNITION["statement"])}),
        ],
        "specifiedBy": specified,
        "hasPart": [_unit(unit, draft, n) for n, unit in enumerate(draft.units, 1)],
    }  # fmt: skip
    received = _points(draft.points, draft.decided_on, "0")
    return {**said, "creditReceived": received} if received else said


def _unit(unit: AchievedUnit, draft: CredentialDraft, number: int) -> Claims:
    specified: Claims = {
        "id": unit.id,
        "type": "LearningAchievementSpecification",
        "title": dict(unit.title.texts),
        "identifier": [_identifier(f"unit:{number}", unit.code, "Code of the unit")],
        "learningOutcome": [_outcome(one, f"{number}.{n}") for n, one in enumerate(unit.outcomes, 1)],
    }
    said: Claims = {
        "id": f"urn:epass:learningAchievement:{number}",
        "type": "LearningAchievement",
        "title": dict(unit.title.texts),
        "awardedBy": _awarded(draft, number),
        "specifiedBy": specified,
    }
    notes = [text for there, text in (
        (unit.extent is Extent.PARTIAL, PARTIAL),
        (unit.use is Use.ADD_ON, "Beside the qualification (add-on), not part of it."),
        (unit.eqf is not None, f"The unit is at EQF level {unit.eqf.level if unit.eqf else ''}."),
    ) if there]  # fmt: skip
    if notes:
        said["additionalNote"] = [_note(f"{number}.{n}", {"en": text}) for n, text in enumerate(notes)]
    received = _points(unit.points, draft.decided_on, str(number))
    return {**said, "creditReceived": received} if received else said


def _outcome(outcome: LearningOutcome, place: str) -> Claims:
    said: Claims = {
        "id": f"urn:epass:learningOutcome:{place}", "type": "LearningOutcome", "title": dict(outcome.text.texts),
    }  # fmt: skip
    kind = lists.outcome_kind(outcome.kind)
    if kind is not None:
        said["dcType"] = kind
    skills = [lists.concept(one, "http://data.europa.eu/esco/concept-scheme/skills") for one in _of_esco(outcome)]
    return {**said, "relatedESCOSkill": skills} if skills else said


def _awarded(draft: CredentialDraft, number: int) -> Claims:
    return {
        "id": f"urn:epass:awardingProcess:{number}", "type": "AwardingProcess",
        "awardingBody": [{"id": draft.issuer, "type": "Organisation"}],
        "awardingDate": f"{draft.decided_on.isoformat()}T00:00:00Z",
    }  # fmt: skip


def _points(points: Points | None, on: date, place: str) -> list[Claims]:
    if points is None:
        return []
    written = credit_point(points, on)
    if "framework" not in written:
        return []
    return [{
        "id": f"urn:epass:creditPoint:{place}", "type": "CreditPoint",
        "framework": lists.credit_framework(str(written["framework"])), "point": written["value"],
    }]  # fmt: skip


def _identifier(place: str, notation: str, scheme: str) -> Claims:
    return {
        "id": f"urn:epass:identifier:{place}", "type": "Identifier", "notation": notation, "schemeName": scheme
    }  # fmt: skip


def _note(place: str, texts: dict[str, str]) -> Claims:
    return {"id": f"urn:epass:note:{place}", "type": "Note", "noteLiteral": texts}


# ------------------------------------------------------------- how it is shown
def _display(title: LangString, pages: Sequence[bytes]) -> Claims:
    tags = [tag for tag, _ in title.texts if lists.has_language(tag)]
    primary = lists.language(title.authoritative)
    details = [{
        "id": f"urn:epass:displayDetail:{n}", "type": "DisplayDetail", "page": n,
        "image": {
            "id": f"urn:epass:mediaObject:{n}", "type": "MediaObject",
            "content": base64.b64encode(page).decode("ascii"),
            "contentEncoding": lists.base64(), "contentType": lists.png(),
        },
    } for n, page in enumerate(pages, 1)]  # fmt: skip
    return {
        "id": "urn:epass:displayParameter:1", "type": "DisplayParameter", "title": dict(title.texts),
        "primaryLanguage": primary, "language": [lists.language(tag) for tag in tags],
        "individualDisplay": [{
            "id": "urn:epass:individualDisplay:1", "type": "IndividualDisplay", "language": primary,
            "displayDetail": details,
        }],
    }  # fmt: skip


@cache
def blank_page() -> bytes:
    """A white sheet (PNG) in the proportions of A4, for whoever has no picture: the profile demands one."""
    width, height = 210, 297
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = (b"\0" + b"\xff" * ((width + 7) // 8)) * height
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


# ------------------------------------------------------------- what is left out
def _losses(draft: CredentialDraft) -> tuple[Loss, ...]:
    outcomes = [outcome for unit in draft.units for outcome in unit.outcomes]
    amounts = [draft.points, *(unit.points for unit in draft.units)]
    beyond = {
        one.system for one in amounts if one is not None and "framework" not in credit_point(one, draft.decided_on)
    }  # fmt: skip
    return those((
        (beyond, f"points of {', '.join(sorted(beyond))}, for which the model has no concept", "the record"),
        (draft.nqf, "the level of the national framework, whose list is not at hand", "the qualification"),
        (any(one.kind is OutcomeKind.COMPETENCE for one in outcomes), "that an outcome is competence", "the unit"),
        (any(one.criteria for one in outcomes), "criteria of assessment", "the unit"),
        (any(one.level for one in outcomes), "levels of single outcomes", "the unit"),
        (any(len(_of_esco(one)) < len(one.skills) for one in outcomes), "skills of other lists than ESCO", "the unit"),
        (any(one.national_category for one in outcomes), "national categories of the outcomes", "the unit"),
        (_without_entry(draft), "that there are texts in languages without entry in the list", "the texts themselves"),
        (True, "the person who decided", f"the record of the {draft.chain[0].role}" if draft.chain else "the record"),
    ))  # fmt: skip


def _of_esco(outcome: LearningOutcome) -> list[str]:
    return [str(one) for one in outcome.skills if one.startswith(lists.ESCO_SKILL)]


def _without_entry(draft: CredentialDraft) -> bool:
    return any(not lists.has_language(tag) for tag in _tags((draft.title, draft.qualification_title)))


def _tags(texts: Iterable[LangString]) -> set[str]:
    return {tag for one in texts for tag, _ in one.texts}
