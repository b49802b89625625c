"""Wallets for programs: offer a credential to the learner's own, and ask one for a credential."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from ecvet.credential.profiles.types import CertificateType
from ecvet.record import address
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.telling import problem_of
from ecvet_platform.wallets.actions import asking, offers

router = Router(tags=["wallets"])


class NewQuestion(Schema):
    """The kinds of credential that are asked for, one of which is shown; with the learner's name, or without."""

    types: list[CertificateType]
    named: bool = False


@router.post("/wallet/offers/{str:name}", summary="Offer the credential of a decision to the learner's wallet")
def offer(request: HttpRequest, name: str) -> HttpResponse:
    """By the learner. The link opens the wallet; the transaction code is typed there."""
    made = offers.offer(address(name), actor=actor_of(request))
    return reply({"link": made.link, "transaction_code": made.transaction_code, "until": made.until}, 201)


@router.post("/wallet/questions", summary="Ask a wallet for a credential (OpenID4VP)")
def ask(request: HttpRequest, said: NewQuestion) -> HttpResponse:
    """The link opens a wallet; it is shown as a QR code to the learner."""
    kinds = tuple(one for one in CertificateType if one in said.types)
    made = asking.ask(kinds, named=said.named, actor=actor_of(request))
    return reply({"id": made.id, "link": made.link, "until": made.until}, 201)


@router.get("/wallet/questions/{uuid:key}", summary="What a wallet answered")
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """For whom asked: the result of each step of the verification; kept for an hour."""
    found = asking.result(key, actor=actor_of(request))
    return reply({
        "id": found.id, "answered": found.answered, "error": found.error, "until": found.until,
        "items": [_shown(one) for one in found.shown],
    })  # fmt: skip


def _shown(one: asking.Shown) -> dict[str, Any]:
    found = one.report.verified
    return {
        "query": one.query, "verified": found is not None, "missing": one.missing,
        "error": problem_of(one.report.error) if one.report.error else None,
        "steps": [{"id": step.step, "outcome": step.outcome, "reason": step.reason, "code": step.code}
                  for step in one.report.steps],
        "claims": found.claims if found else None, "issuer": found.issuer.name if found else None,
    }  # fmt: skip
