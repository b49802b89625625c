"""Where a page is: the pages above it, read off its address. Names stay out: the heading has them."""

from functools import lru_cache
from typing import Final

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: Final[dict[str, str | Promise]] = {
    "qualifications:list": _("Qualifications"),
    "qualifications:one": _("Qualification"),
    "drafts:list": _("Drafts"),
    "drafts:one": _("Draft"),
    "drafts:unit": _("Unit"),
    "drafts:rules": _("Rules of combination"),
    "institutions:list": _("Institutions"),
    "institutions:one": _("Institution"),
    "institutions:memoranda": _("Memoranda"),
    "institutions:memorandum": _("Memorandum of understanding"),
    "federation:network": _("Network"),
    "federation:partner": _("Partner"),
    "mobility:learners": _("Learners"),
    "mobility:learner": _("Learner"),
    "mobility:agreements": _("Agreements"),
    "mobility:agreement": _("Learning agreement"),
    "mobility:groups": _("Groups"),
    "mobility:group": _("Group"),
    "guests:list": _("Guests and papers"),
    "credit:list": _("Credit"),
    "credit:ground": _("Agreement or portfolio"),
    "credit:case": _("Unit on its way"),
    "credit:portfolios": _("Portfolios"),
    "credit:choose": _("Open a portfolio"),
    "credit:progress": _("Progress"),
    "credentials:list": _("Credentials"),
    "credentials:batches": _("Issue many credentials"),
    "credentials:keys": _("Keys"),
    "credentials:platform-keys": _("Keys of this platform"),
    "credentials:verify": _("Verify"),
    "wallets:wallet": _("Your wallet"),
    "wallets:ask": _("Ask a wallet"),
    "dossier:choose": _("Your record"),
    "dossier:erasures": _("Requests for erasure"),
}
"""What the page with a name is called above the pages below it; pages that are not here are passed over."""


def crumbs(request: HttpRequest) -> tuple[tuple[str | Promise, str], ...]:
    """Title and address of the pages above this one, the highest first."""
    parts = request.path.split("/")
    found = []
    for n in range(2, len(parts)):
        for path in ("/".join(parts[:n]) + "/", "/".join(parts[:n])):
            if path != request.path and (title := TITLES.get(_name(path))):
                found.append((title, path))
                break
    return tuple(found)


@lru_cache(maxsize=8192)
def _name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
