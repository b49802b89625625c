"""Names that could deceive a reader: invisible characters, reversed direction, letters of several scripts.

Names are flagged, never changed: signed bytes stay as they are (security statement 29). `visible` is for terminals and
logs: it writes out what would act instead of being read.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH: Final = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\u3164\ufeff")
_CONFUSABLE: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE"})
"""Scripts with letters that look like those of another; a word that mixes them is not a name of one language."""


@lru_cache(maxsize=256)
def flags(name: str) -> tuple[str, ...]:
    """What is suspicious about a name, in words; empty when nothing is."""
    mixed = any(len(_scripts(word) & _CONFUSABLE) > 1 for word in name.split())
    found = (
        ("the name changes the direction of writing", not _BIDI.isdisjoint(name)),
        ("the name has invisible characters", not _ZERO_WIDTH.isdisjoint(name)),
        ("the name has control characters", any(unicodedata.category(one) in ("Cc", "Co", "Cn") for one in name)),
        ("a word of the name mixes letters of several scripts", mixed),
    )
    return tuple(words for words, there in found if there)


def look_alike(left: str, right: str) -> bool:
    """Whether two names are the same in NFC, without regard to case; for comparison only."""
    return unicodedata.normalize("NFC", left).casefold() == unicodedata.normalize("NFC", right).casefold()


def visible(text: str, *, lines: bool = False) -> str:
    """The text with control, direction and invisible characters written as \\u…; `lines` keeps line breaks."""
    return "".join(one if (lines and one == "\n") or not _acts(one) else f"\\u{ord(one):04x}" for one in text)


def _acts(one: str) -> bool:
    return one in _BIDI or one in _ZERO_WIDTH or unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(one, "").split(" ")[0] for one in word if one.isalpha()}
