"""What the holder of a share link sees, without an account. GET changes and reveals nothing, so scanners do no harm."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ecvet_platform.dossier import words
from ecvet_platform.dossier.actions import sharing
from ecvet_platform.people.doors import check_at, language_of, public, show


@public
@never_cache
@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest, secret: str) -> HttpResponse:
    """A button; behind it the list of documents; behind each of its buttons the document. Every press is noted."""
    if request.method == "POST":
        item = request.POST.get("document", "")
        answer = _document(request, secret, item) if item else _list(request, secret)
    else:
        sharing.check(secret)
        answer = show(request, "dossier/press.html")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _list(request: HttpRequest, secret: str) -> HttpResponse:
    return show(request, "dossier/shared.html", found=sharing.look(secret), words=words)


def _document(request: HttpRequest, secret: str, item: str) -> HttpResponse:
    file = sharing.fetch(
        secret, item, printed=request.POST.get("form") == "pdf", check_at=check_at(request),
        language=language_of(request),
    )  # fmt: skip
    answer = HttpResponse(file.data, content_type=file.media)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
