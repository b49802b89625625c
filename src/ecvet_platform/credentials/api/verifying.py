"""Verifying for programs, without signing in: credentials, printed records, hashes, and the trust directory."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet.credential.verify import Report
from ecvet.record import address
from ecvet_platform.credentials.actions import known as by_hash
from ecvet_platform.credentials.actions import (
    record,
    trust,
)
from ecvet_platform.credentials.actions.sealed_pdf import SealedPdf
from ecvet_platform.credentials.actions.verify import seal_of
from ecvet_platform.credentials.actions.verify import verify as examine
from ecvet_platform.people.doors import reply
from ecvet_platform.people.telling import problem_of

router = Router(tags=["credentials"])
_TOKEN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A credential as it was received (SD-JWT VC, W3C, sealed European Digital Credential), or the "
        "PDF, PNG or SVG that carries it",
        "content": {
            kind: {"schema": {"type": "string"}}
            for kind in (
                "application/dc+sd-jwt",
                "text/plain",
                "application/json",
                "application/pdf",
                "image/png",
                "image/svg+xml",
            )
        },
    }
}


@router.post("/verifications", auth=None, summary="Verify a credential", openapi_extra=_TOKEN)
def verifications(request: HttpRequest) -> HttpResponse:
    """The result of each step. 200 also for a credential that is not genuine: the question was answered."""
    report = examine(request.body)
    sealed = seal_of(request.body, report)
    return reply(_report(report) if sealed is None else {**_report(report), "seal": _seal(sealed)})


@router.get("/verifications/records/{str:name}", auth=None, summary="Check a printed record by its address")
def known(request: HttpRequest, name: str) -> HttpResponse:
    """Who wrote and signed it, and whether a later version exists; persons are counted and not named."""
    return reply(record.check(address(name)))


@router.get("/verifications/credentials/{str:name}", auth=None, summary="Where a credential stands, by its SHA-256")
def known_credential(request: HttpRequest, name: str) -> HttpResponse:
    """For who holds the file; `offline` is false for one that names no status list."""
    return reply(by_hash.check(address(name)))


@router.get("/trust", auth=None, summary="The anchor and the register of this platform")
def trusted(request: HttpRequest) -> HttpResponse:
    """What the trust directory holds: anchors in PEM, and the register as JSON text."""
    return reply({name: data.decode() for name, data in trust.files().items()})


def _seal(sealed: SealedPdf) -> dict[str, Any]:
    fact = sealed.fact
    return {"good": fact is None, "by": sealed.by, "at": sealed.at, "error": problem_of(fact) if fact else None}


def _report(found: Report) -> dict[str, Any]:
    steps = [{"id": one.step, "outcome": one.outcome, "reason": one.reason, "code": one.code} for one in found.steps]
    if found.verified is None:
        assert found.error is not None
        return {"verified": False, "steps": steps, "error": {**problem_of(found.error), "step": found.error.step}}
    said, issuer = found.verified, found.verified.issuer
    return {
        "verified": True, "steps": steps, "type": said.type, "issued_at": said.issued_at, "expires": said.expires,
        "issuer": {"id": issuer.id, "name": issuer.name, "named_by": issuer.named_by, "flags": issuer.flags},
        "claims": said.claims,
    }  # fmt: skip
