"""Ask a wallet: an institution's signed question, answered once, encrypted for it, verified step by step.

The question, the key for its answer and the answer are kept for an hour, sealed, for the person who asked and nobody
else. What the wallet presents is verified each time the result is looked at: its status is that of now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.db import transaction

from ecvet.credential.keys import IssuerKey, private_key, to_pem
from ecvet.credential.policy import EVERYDAY, AllOf, HolderBound, TypeIs
from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.verify import Report, examine
from ecvet.credential.wallet import presentation
from ecvet.credential.wallet.errors import PresentationInvalid, PresentationRequestUnknown
from ecvet.credential.wallet.query import Query, missing, query_for
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.credentials.actions.keys import PLATFORM, key_of, platform_key
from ecvet_platform.credentials.actions.status_lists import Own
from ecvet_platform.credentials.actions.trust import trust
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.people.sealing import seal, unseal
from ecvet_platform.wallets.actions.places import ASKED, at
from ecvet_platform.wallets.errors import QuestionUnknown
from ecvet_platform.wallets.store import memory
from ecvet_platform.wallets.store.memory import Remembered

ASKERS: Final = (Role.VERIFIER, Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
SCHEME: Final = "haip-vp://"
MOST_ANSWERED: Final = 4
"""Presentations that are looked at in one answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was put: its id, and the link that opens a wallet with it."""

    id: UUID
    link: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One presentation: which query it answers, what verification found, and which claims were asked for in vain."""

    query: str
    report: Report
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a question: still open, refused by the wallet (`error`), or answered."""

    id: UUID
    link: str
    until: datetime
    kinds: tuple[CertificateType, ...]
    answered: datetime | None
    error: str
    shown: tuple[Shown, ...]


@transaction.atomic
def ask(kinds: tuple[CertificateType, ...], *, named: bool, actor: Actor) -> Question:
    """Put a question for one credential of these kinds; `named` asks for the learner's name as well.

    Raises `NotYourRole`.
    """
    require(has_one_of(actor, *ASKERS))
    asker = actor.institution or Identifier(settings.SITE)
    now, secret, key = clock.now(), chance.token(), chance.uuid4()
    memory.sweep(now)
    inner = to_pem(private_key(chance.salt() + chance.salt())).decode()
    memory.keep(
        "request", secret,
        {"id": str(key), "person": actor.person, "institution": asker, "kinds": [*kinds], "named": named,
         "nonce": chance.token(), "state": chance.token(), "key": seal(inner.encode(), str(key))},
        until=now + ASKED,
    )  # fmt: skip
    memory.keep("question", str(key), {"request": seal(secret.encode(), str(key))}, until=now + ASKED)
    journal.write("presentation.ask", by=actor, subject=asker, detail={"types": list(kinds)})
    return Question(key, _link(secret, asker), now + ASKED)


def request_object(secret: str, wallet_nonce: str | None = None) -> str:
    """The signed question, for the wallet. Raises `PresentationRequestUnknown`."""
    found = _open(secret)
    asked = presentation.Request(
        query=_query(found), nonce=found.data["nonce"], state=found.data["state"],
        answer_to=at("answer", secret=secret), encrypt_for=_key(found).public_key(),
    )  # fmt: skip
    return presentation.signed(asked, _signer(found.data["institution"]), wallet_nonce)


def receive(secret: str, response: str) -> None:
    """Keep the wallet's answer; a question is answered once.

    Raises `PresentationRequestUnknown`, `PresentationInvalid`. What cannot be opened, or answers another question,
    leaves the question open: it may be somebody else's noise.
    """
    found = _open(secret)
    said = presentation.decrypted(response, _key(found))
    if said.state != found.data["state"]:
        raise PresentationInvalid(why=say("it answers another question"))
    if set(said.presentations) - {one.id for one in _query(found).credentials}:
        raise PresentationInvalid(why=say("it answers what was not asked"))
    if memory.use("request", secret, clock.now()) is None:
        raise PresentationRequestUnknown()
    flat = [(name, one) for name, listed in said.presentations.items() for one in listed][:MOST_ANSWERED]
    key = found.data["id"]
    answered = {
        "answered": clock.now().isoformat(), "error": (said.error or "")[:100],
        "shown": [[name, seal(one.encode(), key)] for name, one in flat],
    }  # fmt: skip
    memory.rewrite("request", found.hash, {**found.data, **answered})


def result(key: UUID, *, actor: Actor) -> Result:
    """What became of a question, for the person who asked. Raises `QuestionUnknown`."""
    now = clock.now()
    pointer = memory.find("question", str(key), now)
    secret = unseal(pointer.data["request"], str(key)).decode() if pointer is not None else ""
    found = memory.find("request", secret, now)
    if (
        found is None
        or found.data["person"] != actor.person
        or found.data["institution"] != (actor.institution or settings.SITE)
    ):
        raise QuestionUnknown()
    answered = datetime.fromisoformat(found.data["answered"]) if "answered" in found.data else None
    shown = tuple(
        _examined(name, unseal(text, str(key)), found, now) for name, text in found.data.get("shown", ())
    )  # fmt: skip
    return Result(
        id=key, link=_link(secret, found.data["institution"]), until=found.until, answered=answered,
        kinds=tuple(map(CertificateType, found.data["kinds"])), error=found.data.get("error", ""), shown=shown,
    )  # fmt: skip


def _examined(name: str, data: bytes, found: Remembered, now: datetime) -> Shown:
    """Verified now, but for the key binding, which is held against the moment of the answer."""
    query = next(one for one in _query(found).credentials if one.id == name)
    bound = HolderBound(presentation.client_id(_signer(found.data["institution"]).chain[0]), found.data["nonce"])
    later = now - datetime.fromisoformat(found.data["answered"])
    policy = AllOf(
        (EVERYDAY, TypeIs(frozenset(query.vcts)),
         HolderBound(bound.audience, bound.nonce, within=bound.within + later))
    )  # fmt: skip
    report = examine(data, trust(), policy, now, lists=Own())
    claims = report.verified.claims if report.verified else {}
    return Shown(name, report, missing(query, claims) if report.verified else ())


def _open(secret: str) -> Remembered:
    found = memory.find("request", secret, clock.now())
    if found is None or found.used:
        raise PresentationRequestUnknown()
    return found


def _query(found: Remembered) -> Query:
    return query_for(tuple(map(CertificateType, found.data["kinds"])), named=found.data["named"])


def _signer(institution: str) -> IssuerKey:
    """The key of the institution that asks; that of the platform for an employer or school in no register."""
    known = institutions.institutions((Identifier(institution),)).get(Identifier(institution))
    return platform_key() if known is None else key_of(known, by=PLATFORM)


def _key(found: Remembered) -> ec.EllipticCurvePrivateKey:
    made = load_pem_private_key(unseal(found.data["key"], found.data["id"]), None)
    assert isinstance(made, ec.EllipticCurvePrivateKey)
    return made


def _link(secret: str, institution: str) -> str:
    said = {
        "client_id": presentation.client_id(_signer(institution).chain[0]),
        "request_uri": at("request", secret=secret),
    }
    return f"{SCHEME}?{urlencode(said)}"
