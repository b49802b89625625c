"""What a guest without an account does first: opens the link of the newest e-mail, has a code sent, and types it."""

import re
from typing import Final

from django.core import mail

from stories.visitor import Visitor

_LINK: Final = re.compile(r"https?://[^/\s]+(/guest/\S+)")
_CODE: Final = re.compile(r"\b(\d{6})\b")


def link(email: str) -> str:
    """The path of the newest link that somebody was sent."""
    return _newest(_LINK, email)


def code(email: str) -> str:
    """The newest code that somebody was sent."""
    return _newest(_CODE, email)


def by_link(guest: Visitor, email: str) -> Visitor:
    """Come in."""
    guest.go(link(email)).sees("You need no account").press("Send me the code")
    return guest.fill("Code", code(email)).press("Continue")


def fits(guest: Visitor) -> None:
    """Nothing of the page lies beside the screen."""
    assert guest.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _newest(pattern: re.Pattern[str], email: str) -> str:
    texts = [str(one.body) for one in mail.outbox if one.to == [email]]
    return [found[1] for text in texts if (found := pattern.search(text))][-1]
