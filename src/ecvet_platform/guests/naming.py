"""How a link is addressed, for the doors that send one."""

from django.http import HttpRequest
from django.urls import reverse


def link_of(request: HttpRequest) -> str:
    """The address behind which a guest comes in, with the place {secret}."""
    path = reverse("guests:guest", kwargs={"secret": "secret"}).replace("/secret", "/{secret}")
    return f"{request.scheme}://{request.get_host()}{path}"
