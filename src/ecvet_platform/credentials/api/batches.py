"""Issuing many for programs: look through, begin, go on."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import (
    bulk,
)
from ecvet_platform.credentials.actions.bulk import Batch, Refused, Selection
from ecvet_platform.credentials.api.other_forms import lost_line
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["credentials"])


class Chosen(Schema):
    """Decisions of your institution without a credential: of a kind, about a qualification, made within days."""

    kind: Literal["recognition", "award", ""] = ""
    qualification: str | None = None
    since: date | None = None
    until: date | None = None
    preview: bool = False


@router.post("/credentials/batches", summary="Begin to issue the credentials of many decisions")
def begin_batch(request: HttpRequest, said: Chosen) -> HttpResponse:
    """With `preview` nothing is issued: how many are due, what cannot be issued, and what each form leaves out."""
    actor = actor_of(request)
    selection = Selection(
        kind=said.kind, qualification=Identifier(said.qualification) if said.qualification else None,
        since=said.since, until=said.until,
    )  # fmt: skip
    if not said.preview:
        return reply(_batch(bulk.begin(selection, actor=actor)), 201)
    found = bulk.plan(selection, actor=actor)
    return reply({
        "due": found.due, "looked": found.looked, "refused": [_refused(one) for one in found.refused],
        "losses": [{**lost_line(one), "credentials": count} for one, count in found.lost],
    })  # fmt: skip


@router.get("/credentials/batches/{uuid:key}", summary="How far a run came")
def one_batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the institution that began it."""
    return reply(_batch(bulk.batch(key, actor=actor_of(request))))


@router.post("/credentials/batches/{uuid:key}/steps", summary="Issue the next credentials of a run")
def next_step(request: HttpRequest, key: UUID) -> HttpResponse:
    """At most a hundred; call it until `done`. It goes on where it stopped, and issues nothing twice."""
    return reply(_batch(bulk.step(key, actor=actor_of(request))))


def _batch(one: Batch) -> dict[str, Any]:
    return {
        "id": one.id, "begun": one.begun, "by": one.name, "issued": one.issued, "done": one.done,
        "refused": [_refused(each) for each in one.refused],
    }  # fmt: skip


def _refused(one: Refused) -> dict[str, str]:
    return {"decision": one.decision, "code": one.code, "title": one.why}
