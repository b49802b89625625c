"""The register for programs: list it, read one, describe a new one. Reading needs no sign-in."""

import json
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from ecvet.qualification.fields_of_education import find_fields
from ecvet.record import plain
from ecvet.terms import Failure, Identifier
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.telling import problem_of
from ecvet_platform.qualifications import actions
from ecvet_platform.qualifications.actions import concepts
from ecvet_platform.qualifications.naming import key_of

router = Router(tags=["qualifications"])

_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A qualification file: ecvet/1 in JSON or YAML, ePerusteet JSON, openECVET XML",
        "content": {
            kind: {"schema": {"type": "string"}} for kind in ("application/json", "application/yaml", "application/xml")
        },
    }
}


@router.get("", auth=None, summary="Published qualifications, current versions")
def qualifications(
    request: HttpRequest, q: str = "", country: str = "", eqf: int | None = None,
    after: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:  # fmt: skip
    """In the order of publication; `next` is the cursor of the next page, absent on the last one."""
    found = actions.lines(search=q, country=country, eqf=eqf, after=after, limit=limit + 1)
    items = [
        {
            "id": line.id, "key": line.key, "code": line.code, "version": line.version,
            "title": msgspec.Raw(line.titles.encode()), "institution": line.institution, "country": line.country,
            "eqf": line.eqf, "points": line.points, "system": line.system,
        }
        for line in found[:limit]
    ]  # fmt: skip
    return reply({"items": items, **({"next": found[limit - 1].number} if len(found) > limit else {})})


@router.get("/concepts", auth=None, summary="Concepts of ESCO by words")
def find_concepts(request: HttpRequest, q: str, language: str = "en", limit: int = 30) -> HttpResponse:
    """Those whose names were loaded; accents and capitals do not matter."""
    found = concepts.found(q, language, limit=min(max(limit, 1), 100))
    return reply({"items": [{"id": concept, "name": name} for concept, name in found]})


@router.get("/fields", auth=None, summary="Fields of education (ISCED-F 2013) by words or by code")
def fields(request: HttpRequest, q: str) -> HttpResponse:
    """Detailed fields first, each with the address of its concept."""
    return reply({"items": [{"code": f.code, "title": f.title, "id": f.address} for f in find_fields(q)]})


@router.get("/{uuid:key}", auth=None, summary="One published version with its units")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """The records' terms, in the form in which they were signed."""
    found = actions.with_key(key)
    units = [{"address": one.address, "unit": plain(one.value)} for one in actions.units_of(found.value.id)]
    return reply({"address": found.address, "qualification": plain(found.value), "units": units})


@router.get("/units/{uuid:key}", auth=None, summary="One published version of a unit")
def unit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record's terms."""
    found = actions.unit_with_key(key)
    return reply({"address": found.address, "unit": plain(found.value)})


@router.post("", summary="Describe a qualification: publish a file", openapi_extra=_FILE)
def describe(request: HttpRequest, path: str = "", dry_run: bool = False) -> HttpResponse:
    """201 with address and findings; 422 with the findings where something must be mended; 200 for a dry run."""
    actor = actor_of(request)
    draft = actions.read_file(request.body, "request", path or None)
    description = actions.look(draft, actor=actor)
    findings = [plain(finding) for finding in description.findings]
    if isinstance(description.publishable, Failure):
        reason = description.publishable.reason
        body = {"type": f"urn:ecvet:{reason.code}", **problem_of(reason), "findings": findings}
        return HttpResponse(json.dumps(body), status=reason.status, content_type="application/problem+json")
    if dry_run:
        return reply({"findings": findings})
    published = actions.publish(draft, actor=actor)
    name: Identifier = published.value.id
    return reply({"id": name, "key": key_of(name), "address": published.address, "findings": findings}, 201)
