"""Open Badges and learner records: the certificate that was issued, written once more with a proof (eddsa-rdfc-2022).

A decision still has one certificate (R-RECOG-12): its badge says the same, and its place in the bitstrings follows the
same standing. It is made when it is first asked for, and kept byte for byte. A learner record is made anew each time,
of the badges that are valid then, and kept nowhere.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.credential.draft import CredentialDraft
from ecvet.credential.formats import data_integrity, jws
from ecvet.credential.formats.baking import bake
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.profiles import clr, open_badges
from ecvet.credential.status.editions import bitstring_claim
from ecvet.credential.status.standing import Standing
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import issue, status_lists
from ecvet_platform.credentials.actions.issue import Issued
from ecvet_platform.credentials.actions.proof_keys import ProofKey, proof_key_of
from ecvet_platform.credentials.errors import CredentialUnknown, NotInEffect, NotValidToday
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.credentials.words import TYPES, points_in_words
from ecvet_platform.documents.badge import Badge, Picture, picture
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor

MOST: Final = 40
"""Badges in one record, the latest: so many fit into what verifiers read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRecord:
    """A record as it was signed just now, and of how many credentials."""

    data: bytes
    count: int


@transaction.atomic
def badge(key: UUID, *, actor: Actor) -> tuple[Issued, bytes]:
    """The badge of a credential, for the learner and the issuer.

    Raises `CredentialUnknown`, `NotValidToday`, `NotInEffect`, `KeyUnusable`.
    """
    found, _ = issue.credential(key, actor=actor)
    store.hold(key)
    known = store.badge(key)
    if known is None:
        return found, _made(found, issue.draft_of(found.decision, actor=actor), actor)
    if not known:
        raise CredentialUnknown(name=key)
    return found, known


def baked(key: UUID, form: Picture, *, actor: Actor) -> tuple[Issued, bytes]:
    """The badge in a picture. Raises as `badge`."""
    found, data = badge(key, actor=actor)
    draft = issue.draft_of(found.decision, actor=actor)
    tongue = draft.title.authoritative
    unit = open_badges.unit_of(draft)
    named = str(json.loads(data)["name"])
    lines = [draft.qualification_title.in_(tongue)] if unit is not None else []
    if draft.points is not None:
        lines.append(points_in_words(draft.points))
    said = Badge(
        kind=str(TYPES[draft.type]), title=named, lines=tuple(lines), by=draft.issuer_name.in_(tongue), language=tongue
    )
    return found, bake(picture(said, form), data)


@transaction.atomic
def learner_record(key: UUID, *, actor: Actor) -> LearnerRecord:
    """All valid credentials of the same learner by the same institution as one record (CLR 2.0).

    Raises `CredentialUnknown`, `NotValidToday` where none is valid, `KeyUnusable`.
    """
    about, _ = issue.credential(key, actor=actor)
    pairs = list(_badges(about, actor))
    if not pairs:
        raise NotValidToday(standing=about.standing.value)
    signer, at = _signer(about, actor), clock.now()
    title = LangString.of({pairs[0][0].title.authoritative: " – ".join(_titles(pairs))})
    said = clr.encode(title, pairs, id=f"urn:uuid:{chance.uuid7()}", at=at, issuer=signer.did)
    journal.write(
        "credential.write-record", by=actor, subject=about.learner, detail={"of": len(pairs), "issuer": about.issuer}
    )
    return LearnerRecord(data=_signed(said.claims, signer, at), count=len(pairs))


def _badges(about: Issued, actor: Actor) -> "list[tuple[CredentialDraft, Claims]]":
    found: list[tuple[CredentialDraft, Claims]] = []
    for one in store.of_learner(about.learner):
        if one.issuer != about.issuer or one.standing is not Standing.VALID or len(found) == MOST:
            continue
        try:
            draft = issue.draft_of(one.decision, actor=actor)
            _, data = badge(one.id, actor=actor)
        except (NotInEffect, CredentialUnknown):  # another decision has replaced it, or it was erased
            continue
        found.append((draft, json.loads(data)))
    return found


def _titles(pairs: "list[tuple[CredentialDraft, Claims]]") -> tuple[str, ...]:
    """The qualifications that a record is about, each once."""
    return tuple(dict.fromkeys(one.qualification_title.in_(one.title.authoritative) for one, _ in pairs))


def _made(found: Issued, draft: CredentialDraft, actor: Actor) -> bytes:
    if found.standing is not Standing.VALID:
        raise NotValidToday(standing=found.standing.value)
    signer, at, place = _signer(found, actor), clock.now(), status_lists.draw(found.issuer)
    status = bitstring_claim(place.reference.uri, place.reference.index)
    said = open_badges.encode(draft, id=f"urn:uuid:{chance.uuid7()}", at=at, status=status, issuer=signer.did)
    data = _signed(said.claims, signer, at)
    store.add_badge(found.id, data, at)
    place.give(found.id)
    journal.write(
        "credential.write-badge", by=actor, subject=found.learner, record=found.decision, detail={"hash": found.hash}
    )
    return data


def _signer(found: Issued, actor: Actor) -> ProofKey:
    return proof_key_of(institutions.institution(found.issuer), by=actor)


def _signed(claims: Claims, signer: ProofKey, at: datetime) -> bytes:
    made = data_integrity.issue(
        claims, signer.private, method=signer.method, created=at, suite=data_integrity.RDFC
    )  # fmt: skip
    return jws.dump(made)
