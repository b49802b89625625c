"""Words and numbers as ePerusteet writes them: texts by language, partly in HTML."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

from ecvet.terms import LangString


def word(item: Any, name: str) -> str:
    """A text that may be missing or null. Raises `ValueError` for anything else."""
    found = item.get(name)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"“{name}” is not a text")
    return found or ""


def plain(number: str) -> str:
    """JSON numbers come as texts; 90.0 and 1e2 are written plainly."""
    return format(Decimal(number), "f")


def pairs(names: Any) -> list[tuple[str, str]]:
    """Language and text, without what is empty."""
    return [(tag, text) for tag, text in names.items() if len(tag) == 2 and isinstance(text, str) and text.strip()]


def names_in(names: Any, html: bool = False) -> LangString | None:
    """A text in its languages, Finnish first among them; None where there is none."""
    texts = {tag: clean for tag, text in pairs(names) if (clean := strip(text) if html else " ".join(text.split()))}
    return LangString.of(texts, authoritative="fi" if "fi" in texts else "") if texts else None


def strip(html: str) -> str:
    """The words without their markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
