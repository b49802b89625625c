"""Where the endpoints for wallets are, and how long what is remembered counts."""

import re
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from ecvet.credential.wallet.offering import Addresses

OFFERED: Final = timedelta(minutes=15)
PUSHED: Final = timedelta(minutes=30)
"""A person may have to sign in by e-mail before she answers."""

CODE: Final = timedelta(minutes=1)
TOKEN: Final = timedelta(minutes=10)
NONCE: Final = timedelta(minutes=5)
PROOF: Final = timedelta(minutes=15)
"""How long a proof is remembered: longer than one may be old."""

DEFERRED: Final = timedelta(days=60)
ASKED: Final = timedelta(hours=1)

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*")
_NO_SCHEMES: Final = frozenset({"javascript", "data", "file", "blob", "about", "vbscript", "http", "ftp", "ws", "wss"})
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def at(name: str, **more: object) -> str:
    """The whole address of a page of this room."""
    return f"{settings.SITE}{reverse(f'wallets:{name}', kwargs=more or None)}"


def addresses() -> Addresses:
    """The endpoints of this issuer; its name is the address of the platform."""
    return Addresses(
        issuer=settings.SITE, credential=at("credential"), nonce=at("nonce"), deferred=at("deferred"),
        notification=at("notification"), authorise=at("authorise"), push=at("push"), token=at("token"),
    )  # fmt: skip


def offer_link(address: str, scheme: str = "openid-credential-offer://") -> str:
    """The link that opens a wallet with the offer that lies at an address (OpenID4VCI 1.0, 4.1.3)."""
    return f"{scheme}?{urlencode({'credential_offer_uri': address})}"


def is_wallet_address(url: str) -> bool:
    """Whether an answer may be sent to an address: https, a wallet's own scheme, or http on the same device."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    plain = 0 < len(url) <= 2000 and url.isascii() and url.isprintable() and " " not in url and not parts.fragment
    if not plain or not _SCHEME.fullmatch(parts.scheme) or not url.startswith(f"{parts.scheme}:"):
        return False
    if parts.scheme in ("https", "http"):
        safe = parts.scheme == "https" or parts.hostname in _LOOPBACK
        return safe and bool(parts.hostname) and parts.username is None
    return parts.scheme not in _NO_SCHEMES
