"""What strangers and their programs fetch: status lists and the descriptions of types. Public, and kept by caches."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet.credential.did_web import MEDIA
from ecvet.record import canonical
from ecvet_platform.credentials.actions import proof_keys, status_lists
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import public


@public
@require_safe
def status_list(request: HttpRequest, key: UUID, purpose: str = "") -> HttpResponse:
    """The edition of now (Token Status List, section 8; Bitstring Status List, section 3): 304 for who has it."""
    found = status_lists.published(key, purpose)
    tag = f'"{found.tag}"'
    known = {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}
    same = bool(known & {tag, f"W/{tag}", "*"})
    answer = HttpResponse(status=304) if same else HttpResponse(found.data, content_type=found.media)
    answer["ETag"] = tag
    _for_everybody(answer)["Cache-Control"] = f"public, max-age={found.max_age}"
    answer["Vary"] = "Accept-Encoding"
    return answer


@public
@require_safe
def did_document(request: HttpRequest, key: UUID) -> HttpResponse:
    """Under which keys an institution makes proofs: the document of its did:web."""
    found = proof_keys.did_document(register.with_key(key))
    return _for_everybody(HttpResponse(canonical(found), content_type=MEDIA))


@public
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """The keys of all institutions with the time in which each counts, for the trust directory of a verifier."""
    return _for_everybody(HttpResponse(canonical(proof_keys.methods_file()), content_type="application/json"))


def _for_everybody(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "public, max-age=900"
    answer["Access-Control-Allow-Origin"] = "*"  # wallets in browsers ask too; nothing here is anybody's secret
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
