"""What strangers and their programs fetch: status lists and the descriptions of types. Public, and kept by caches."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet_platform.credentials.actions import status_lists
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
    answer["Cache-Control"] = f"public, max-age={found.max_age}"
    answer["Access-Control-Allow-Origin"] = "*"  # wallets in browsers ask too; nothing here is anybody's secret
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Vary"] = "Accept-Encoding"
    return answer
