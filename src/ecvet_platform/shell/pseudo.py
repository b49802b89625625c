"""A language that nobody speaks, made by code: accented, 40 % longer, in brackets. What stays plain is not translated.

It is offered only with `ECVET_DEBUG=1` and in tests (`LANGUAGES` then holds `CODE`), and shows two things at a glance:
words that never went through gettext, and places where longer languages would not fit.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ecvet_platform.shell.catalogues.extraction import extract

CODE: Final = "en-xa"
NAME: Final = "⟦Ƥşéüđö⟧"
OPEN, CLOSE = "⟦", "⟧"
_ACCENTS: Final = str.maketrans(
    "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ", "áÁƀɃćĆđĐéÉƒƑğĞħĦíÍĵĴķĶļĻɱṀñÑöÖƥƤɋɊŕŔşŞťŤüÜṽṼŵŴẋẊýÝžŽ"
)
_KEPT: Final = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{[^{}]*\}|<[^<>]*>|&\w+;|https?://\S+|\n")
_PAD: Final = "·"


def pseudo(text: str) -> str:
    """A text as this language says it; placeholders, tags and addresses stay as they are."""
    found, last = [], 0
    for kept in _KEPT.finditer(text):
        found += [text[last : kept.start()].translate(_ACCENTS), kept[0]]
        last = kept.end()
    found.append(text[last:].translate(_ACCENTS))
    return f"{OPEN}{''.join(found)}{_PAD * max(2, len(text) * 2 // 5)}{CLOSE}"


def write(platform: Path, target: Path) -> None:
    """Write the compiled catalogue below `target`: what the platform says, and what Django says in forms."""
    made = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for source in (extract(platform, platform.parent / "ecvet"), _django()):
        for one in source:
            if one.id:
                said = tuple(map(pseudo, one.id)) if isinstance(one.id, (tuple, list)) else pseudo(one.id)
                made.add(one.id, said, context=one.context)
    file = target / "en_XA" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as written:
        write_mo(written, made)


def _django() -> Catalog:
    """What Django itself says in forms; its languages list every text beside its translation."""
    found = find_spec("django")
    assert found is not None
    assert found.origin is not None
    with (Path(found.origin).parent / "conf" / "locale" / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale="de")
