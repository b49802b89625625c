"""How a link is addressed, for the doors that send one."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def link_of(request: HttpRequest) -> str:
    """The address behind which a guest comes in, with the place {secret}."""
    return f"{request.scheme}://{request.get_host()}{_path()}"


def link_here() -> str:
    """The same where nobody asks through a browser, by `ECVET_SITE`."""
    return f"{settings.SITE}{_path()}"


def _path() -> str:
    return reverse("guests:guest", kwargs={"secret": "secret"}).replace("/secret", "/{secret}")
