"""The term base: the words of the Recommendation in every language, and texts whose translation does not use them.

`shell/locale/terms.toml` says for each term and language what to say, which other beginnings of words are accepted
(languages inflect), and whether the official wording is known or awaits a look at the published text.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog

from ecvet_platform.shell.catalogues.checks import PLACE
from ecvet_platform.shell.catalogues.files import LOCALE, forms

BASE: Final = LOCALE / "terms.toml"
_CODE: Final = re.compile(r"\{\{.*\}\}|https?://\S+|`[^`]*`")
"""What stands in a text for programs: its words are no terms."""
_PLAIN: Final = str.maketrans({"’": "'", "ħ": "h", "ł": "l", "đ": "d", "ø": "o"})
"""Letters whose strokes Unicode does not take off."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A term in one language. `official`: known from the published text; else from memory, to be confirmed."""

    say: str
    accepted: tuple[str, ...]
    official: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its name, the English forms of it that texts have, and its wordings by language."""

    name: str
    english: tuple[str, ...]
    source: str
    wordings: dict[str, Wording]

    def is_in(self, text: str) -> bool:
        """Whether an English text has the term."""
        return bool(_pattern(self.english).search(text))


@lru_cache
def terms(base: Path = BASE) -> tuple[Term, ...]:
    """All terms, the longest first, so that “unit of learning outcomes” comes before “unit”."""
    found = []
    for name, said in tomllib.loads(base.read_text(encoding="utf-8")).items():
        official = set(said["official"].split())
        wordings = {
            code: Wording(words[0], tuple(_fold(word) for word in words), code in official)
            for code, words in said["in"].items()
        }
        found.append(Term(name, tuple(said["english"]), said["source"], wordings))
    return tuple(sorted(found, key=lambda one: (-len(one.english[0]), one.name)))


def terms_in(text: str) -> tuple[Term, ...]:
    """The terms that an English text has."""
    bare = PLACE.sub(" ", _CODE.sub(" ", text))
    return tuple(term for term in terms() if term.is_in(bare))


def unused(catalog: Catalog, code: str) -> Iterator[tuple[str, str, Term]]:
    """English text, translation and term where the translation has no accepted form of the term."""
    for one in catalog:
        if not one.id or not any(forms(one.string)):
            continue
        english, said = forms(one.id)[-1], " ".join(forms(one.string))
        folded = _fold(said)
        for term in terms_in(english):
            wording = term.wordings.get(code)
            if wording and not any(form in folded for form in wording.accepted):
                yield english, said, term


@lru_cache(maxsize=256)
def _pattern(english: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, english)) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    """Without capitals and accents: Greek and French capitals lose theirs, and stems are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
