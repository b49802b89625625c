"""Several drafts of one learner as a Comprehensive Learner Record (CLR 2.0): the transcript of what was recognised.

Each unit travels as its own signed Open Badge within the record; the record adds what belongs to which qualification.
"""

from collections.abc import Sequence
from datetime import datetime

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.errors import DraftIncomplete
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.formats.vcdm import MAX_ITEMS
from ecvet.credential.formats.vocabularies import CREDENTIALS, LEARNER_RECORD, OPEN_BADGES
from ecvet.credential.profiles.losses import Encoding, Loss
from ecvet.credential.profiles.open_badges import achievement
from ecvet.credential.profiles.types import CertificateType
from ecvet.saying import say
from ecvet.terms import Identifier, LangString


def encode(
    title: LangString, achieved: Sequence[tuple[CredentialDraft, Claims]], *, id: str, at: datetime,  # noqa: A002
    is_partial: bool = True, issuer: Identifier | None = None,
) -> Encoding:  # fmt: skip
    """The record of drafts, each with its signed badge; `is_partial` unless it is all that the issuer knows.

    `issuer` is the name under which the issuer's key is found, as for a badge. The record has no status of its own:
    that of its badges is its own.

    Raises `DraftIncomplete` for no draft, for drafts of several learners or issuers, and for badges without proof or of
    another draft.
    """
    drafts = [draft for draft, _ in achieved]
    if not drafts:
        raise DraftIncomplete(why=say("a learner record has at least one achievement"))
    if len(drafts) > MAX_ITEMS:
        raise DraftIncomplete(why=say("a learner record has at most {max_items} achievements", max_items=MAX_ITEMS))
    if len({(one.learner, one.issuer) for one in drafts}) > 1:
        raise DraftIncomplete(why=say("a learner record is about one learner, by one institution"))
    for draft, badge in achieved:
        subject = badge.get("credentialSubject")
        about = subject.get("achievement") if isinstance(subject, dict) else None
        if "proof" not in badge or not isinstance(about, dict) or about.get("id") != achievement(draft)["id"]:
            raise DraftIncomplete(why=say("a badge in a learner record is not signed, or is not about its achievement"))
    first, tongue = drafts[0], title.authoritative
    subject = {
        "id": first.learner,
        "type": ["ClrSubject"],
        "verifiableCredential": [badge for _, badge in achieved],
        "achievement": _qualifications(drafts),
        "association": [
            {"type": ["Association"], "associationType": "isPartOf", "sourceId": unit.id, "targetId": one.qualification}
            for one in drafts for unit in one.units
        ],
    }  # fmt: skip
    claims: Claims = {
        "@context": [CREDENTIALS, LEARNER_RECORD, OPEN_BADGES],
        "id": id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": issuer or first.issuer, "type": ["Profile"], "name": first.issuer_name.in_(tongue)},
        "validFrom": stamped(at),
        "name": title.in_(tongue),
        "partial": is_partial,
        "credentialSubject": subject,
    }
    return Encoding(claims, (
        Loss("the title in other languages than the authoritative one", "the units"),
        Loss("sums of points: credits of several systems are not added", "the results of the badges"),
    ))  # fmt: skip


def _qualifications(drafts: Sequence[CredentialDraft]) -> list[Claims]:
    """The qualifications that the units belong to, each once, as achievements that are only referred to."""
    found: dict[str, Claims] = {}
    for one in drafts:
        if one.type is CertificateType.AWARD:
            continue
        tongue = one.title.authoritative
        found.setdefault(one.qualification, {
            "id": one.qualification, "type": ["Achievement"], "name": one.qualification_title.in_(tongue),
            "humanCode": one.qualification_code, "description": one.qualification_title.in_(tongue),
            "criteria": {"type": ["Criteria"], "narrative": "A competent institution awards it on recognised units."},
        })  # fmt: skip
    return list(found.values())
