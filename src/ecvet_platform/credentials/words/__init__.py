"""Words of credentials in the reader's language: for what has a fixed name in the code, and for what a credential says.

Claims come from strangers; what lacks the published form is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecvet.credential.ended import Why
from ecvet.credential.errors import Step
from ecvet.credential.opening import Form
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.elm.told import told
from ecvet.credential.profiles.open_badges import POINTS
from ecvet.credential.profiles.types import BADGE, LEARNER_RECORD, CertificateType, by_vct
from ecvet.credential.status.standing import Standing, Verb
from ecvet.credential.trust import NameSource
from ecvet.credential.verify import Verified
from ecvet.record import RecordType
from ecvet.terms import Points, decimal_text
from ecvet_platform.credentials.actions.losses import Form as Written
from ecvet_platform.credentials.words.keys import KEYS as KEYS
from ecvet_platform.people.language import day
from ecvet_platform.qualifications.words import SYSTEMS

Words = dict[str, str | Promise]

RECORDS: Final[Words] = {
    RecordType.MOU: _("Memorandum of understanding"),
    RecordType.LEARNING_AGREEMENT: _("Learning agreement"),
    RecordType.TRANSCRIPT: _("Personal transcript"),
    RecordType.DECISION: _("Decision"),
    RecordType.AWARD: _("Award of a qualification"),
}

STEPS: Final[Words] = {
    Step.LIMITS: _("Size"),
    Step.PARSE: _("Form"),
    Step.TYPE: _("Kind of token"),
    Step.PROOF: _("Signature"),
    Step.STAMP: _("Time-stamps"),
    Step.ISSUER: _("Issuer"),
    Step.FUNCTION: _("Competence of the issuer"),
    Step.TIME: _("Time"),
    Step.HOLDER: _("Holder"),
    Step.STATUS: _("Revocation"),
    Step.CLAIMS: _("Content"),
    Step.POLICY: _("What was asked for"),
}

OUTCOMES: Final[Words] = {Outcome.PASS: _("Yes"), Outcome.FAIL: _("No"), Outcome.UNKNOWN: _("Unknown")}
KINDS: Final[dict[str, str]] = {Outcome.PASS: "good", Outcome.FAIL: "bad", Outcome.UNKNOWN: "wait"}

STANDINGS: Final[Words] = {
    Standing.VALID: _("Valid"),
    Standing.SUSPENDED: _("Suspended"),
    Standing.REVOKED: _("Revoked"),
}
STANDING_KINDS: Final[dict[str, str]] = {Standing.VALID: "good", Standing.SUSPENDED: "wait", Standing.REVOKED: "bad"}

VERBS: Final[Words] = {
    Verb.SUSPEND: _("Suspend for the time being"),
    Verb.REINSTATE: _("Reinstate"),
    Verb.REVOKE: _("Revoke for good"),
}

TYPES: Final[Words] = {
    CertificateType.RECOGNISED_UNIT: _("Recognised unit"),
    CertificateType.AWARD: _("Awarded qualification"),
}

NAMED_BY: Final[Words] = {
    NameSource.REGISTER: _("by the register of institutions"),
    NameSource.CERTIFICATE: _("by its certificate"),
    NameSource.ITSELF: _("by itself only"),
}


@dataclass(frozen=True, slots=True)
class SaidUnit:
    """A unit as a credential shows it."""

    title: str
    code: str
    points: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The rows of the summary, the units, and the statement on professional recognition (R-RECOG-7)."""

    rows: tuple[tuple[str, str], ...]
    units: tuple[SaidUnit, ...]
    statement: str


def said(found: Verified, language: str) -> Said | None:
    """What a verified credential of a published type says; None for a foreign type, whose words mean nothing here."""
    claims = found.claims
    if found.form is Form.SEALED:
        return _european(claims, language)
    if found.type in (BADGE, LEARNER_RECORD):
        return _badge(claims)
    if by_vct(found.type) is None:
        return None
    qualification, ecvet, decision = (
        _object(claims, "qualification"),
        _object(claims, "ecvet"),
        _object(claims, "decision"),
    )
    name = " ".join(one for one in (_text(claims.get("given_name")), _text(claims.get("family_name"))) if one)
    level = qualification.get("eqf_level")
    rows = (
        (gettext("Learner"), name or _text(claims.get("sub")) or gettext("withheld by the holder")),
        (gettext("Title"), _words(claims.get("title"), language)),
        (gettext("Qualification"), _words(qualification.get("title"), language)),
        (gettext("EQF level"), str(level) if isinstance(level, int) else ""),
        (gettext("Points"), _points(ecvet.get("points"))),
        (gettext("Decided on"), _day(decision.get("on"))),
        (gettext("Ground"), _words(decision.get("ground"), language)),
    )
    units = tuple(_units(ecvet.get("units"), language))
    statement = _text(_object(ecvet, "professional_recognition").get("statement"))
    return Said(tuple(row for row in rows if row[1]), units, statement)


def _european(claims: dict[str, Any], language: str) -> Said:
    """What a sealed European Digital Credential says: what was achieved as rows, what it consists of as units."""
    found = told(claims)
    rows = [(gettext("Learner"), _words(found.learner, language)), (gettext("Title"), _words(found.title, language))]
    units = []
    for one in found.achieved:
        title = _words(one.title, language)
        if one.depth == 0:
            named = _part(title) if one.is_partial else title
            rows.append((gettext("Achieved"), ", ".join((named, *one.points))))
        if one.depth or one.outcomes:
            outcomes = tuple(filter(None, (_words(text, language) for text in one.outcomes)))
            units.append(SaidUnit(title, "", ", ".join(one.points), outcomes))
    return Said(tuple(row for row in rows if row[1]), tuple(units), "")


def _badge(claims: dict[str, Any]) -> Said:
    """What a badge says, or each badge of a learner record: in the one language in which it is written."""
    subject = _object(claims, "credentialSubject")
    parts = subject.get("verifiableCredential")
    badges = [one for one in parts if isinstance(one, dict)] if isinstance(parts, list) else [claims]
    named = {name: None for one in badges if (name := _named(_object(one, "credentialSubject")))}
    rows = (
        (gettext("Learner"), ", ".join(named) or _text(subject.get("id"))),
        (gettext("Title"), _text(claims.get("name"))),
        (gettext("Decided on"), _day(_text(claims.get("awardedDate"))[:10]) if "awardedDate" in claims else ""),
    )
    return Said(tuple(row for row in rows if row[1]), tuple(map(_achieved, badges)), "")


def _named(subject: dict[str, Any]) -> str:
    found = subject.get("identifier")
    listed = found if isinstance(found, list) else []
    return next((_text(one.get("identityHash")) for one in listed if isinstance(one, dict)), "")


def _achieved(badge: dict[str, Any]) -> SaidUnit:
    subject = _object(badge, "credentialSubject")
    achievement = _object(subject, "achievement")
    about = f"{_text(achievement.get('id'))}{POINTS}"
    results = subject.get("result")
    points = next((
        _points({"value": one.get("value"), "system": str(one.get("resultDescription")).removeprefix(about)})
        for one in (results if isinstance(results, list) else ())
        if isinstance(one, dict) and str(one.get("resultDescription")).startswith(about)
    ), "")  # fmt: skip
    lines = tuple(one.removeprefix("– ") for one in _text(achievement.get("description")).splitlines())
    return SaidUnit(_text(achievement.get("name")), _text(achievement.get("humanCode")), points, lines)


def _part(title: str) -> str:
    return gettext("%(qualification)s (in part)") % {"qualification": title}


def _units(listed: object, language: str) -> Iterator[SaidUnit]:
    for unit in listed if isinstance(listed, list) else ():
        if isinstance(unit, dict):
            outcomes = unit.get("outcomes")
            texts = (one.get("text") for one in outcomes if isinstance(one, dict)) if isinstance(outcomes, list) else ()
            yield SaidUnit(
                _words(unit.get("title"), language), _text(unit.get("code")), _points(unit.get("points")),
                tuple(filter(None, (_words(one, language) for one in texts))),
            )  # fmt: skip


def _object(claims: dict[str, Any], name: str) -> dict[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, dict) else {}


def _points(points: object) -> str:
    if not isinstance(points, dict):
        return ""
    system = _text(points.get("system"))
    return " ".join(one for one in (_text(points.get("value")), str(SYSTEMS.get(system, system))) if one)


def points_in_words(points: Points) -> str:
    """An amount with the name of its system."""
    return f"{decimal_text(points.value)} {SYSTEMS.get(points.system, points.system)}"


def _day(item: object) -> str:
    try:
        return day(date.fromisoformat(_text(item)))
    except ValueError:  # what a foreign issuer wrote is shown as it is
        return _text(item)


def _words(item: object, language: str) -> str:
    if not isinstance(item, dict):
        return _text(item)
    named = (item.get(language), item.get("en"), item.get(str(item.get("authoritative"))), *item.values())
    return next((one for one in named if isinstance(one, str) and one), "")


def _text(item: object) -> str:
    return item if isinstance(item, str) else ""


ENDS: Final = {
    Why.REGULAR: _("Its time was up, or another server signs now"),
    Why.LOST: _("The private key was lost"),
    Why.COMPROMISED: _("Somebody else may have the private key"),
}
"""Why a key ends."""

FORMS: Final[Words] = {
    Written.SD_JWT: _("For wallets and files (SD-JWT VC)"),
    Written.BADGE: _("Open Badge 3.0"),
    Written.EUROPEAN: _("European Digital Credential"),
}
"""The forms of a credential."""
