"""What a reader of another language finds where an English reader finds a text: asked of the platform's own catalogue.

A story is written once, with the English texts that a person reads. An English visitor looks for exactly these. Every
other visitor looks for what the catalogue of her language makes of each: of the whole text, with what stands in its
places (names, days, countries, texts again), or of every text of which it is a piece. What no catalogue knows was
written by people of the story and is the same for everybody.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import to_locale

from ecvet.terms import LangString
from ecvet_platform.people import language as reader

Text = str | LangString | date
"""A text of the interface or of people, a name in several languages, a day."""
Found = str | re.Pattern[str]
"""What a page is searched for: a text, or one of several."""

_PLACE: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^{}]*\}")
_ENGLISH: Final = Locale.parse("en_GB")
_TAG: Final = re.compile(r"<[^<>]+>")
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_MOMENT: Final = re.compile(rf"{_DAY.pattern}, \d\d:\d\d UTC")
_JOINED: Final = {
    re.compile(r"(.+) \((.+)\)"): r"{}\s+\({}\)",
    re.compile(r"([^:]+): (.+)"): r"{}:\s+{}",
    re.compile(r"([^,]+), (.+)"): r"{},\s+{}",
}
"""Two texts that stand together: what a button does, and of what; what is counted, and how many; a list."""
_NUMBER: Final = r"\d+"
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the catalogue: as the code says it, in one or two forms, and as the language does."""

    english: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody's language."""

    language: str = "en"

    def whole(self, text: Text) -> Found:
        """What the whole of a name, a button or a heading is."""
        if self.language == "en" or not isinstance(text, str):
            return self._plain(text)
        return re.compile(rf"^\s*{_or_literal(self.language, text)}\s*$", re.IGNORECASE)

    def piece(self, text: Text) -> Found:
        """What stands somewhere in a page, a label or an option."""
        if self.language == "en" or not isinstance(text, str):
            return self._plain(text)
        found = {_or_literal(self.language, text), *_around(self.language, text)}
        return re.compile("|".join(sorted(found, key=len)), re.IGNORECASE)

    def _plain(self, text: Text) -> str:
        if isinstance(text, LangString):
            return text.in_(self.language, "en")
        return reader.day(text, self.language) if isinstance(text, date) else text


def pattern(found: Found) -> str:
    """The same as part of a regular expression."""
    return re.escape(found) if isinstance(found, str) else f"(?:{found.pattern})"


# ------------------------------------------------------------- inside
@cache
def _entries(language: str) -> tuple[Entry, ...]:
    files = (Path(one) / to_locale(language) / "LC_MESSAGES" / "django.mo" for one in settings.LOCALE_PATHS)
    file = next(one for one in files if one.exists())
    with file.open("rb") as read:
        return tuple(
            Entry(tuple(map(_clean, _forms(one.id))), tuple(map(_clean, _forms(one.string))))
            for one in read_mo(read) if one.id and one.string
        )  # fmt: skip


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _clean(text: str) -> str:
    return " ".join(_TAG.sub("", text).replace("%%", "%").split())


def _literal(text: str) -> str:
    return re.sub(r"(\\ )+", r"\\s+", re.escape(re.sub(r"\s", " ", text)))  # CLDR writes narrow spaces, too


@cache
def _with_places(english: str) -> re.Pattern[str]:
    """What matches a text with its places filled."""
    last, found, names = 0, "", set[str]()
    for place in _PLACE.finditer(english):
        name = place[1] or place[2]
        found += re.escape(english[last : place.start()])
        found += f"(?P={name})" if name in names else f"(?P<{name}>{_NUMBER if name == 'num' else '.+?'})"
        names.add(name)
        last = place.end()
    return re.compile(found + re.escape(english[last:]), re.IGNORECASE)


@cache
def _own(english: str) -> tuple[int, str]:
    """How many letters of its own a text has beside its places, and the longest piece of it."""
    pieces = _PLACE.sub("\0", english).split("\0")
    return len(_LETTER.findall("".join(pieces))), max(pieces, key=len).casefold()


@cache
def _whole(language: str, text: str) -> tuple[str, ...]:
    """What says the whole text, as patterns: what the entries say that match it with most letters of their own.

    A text without letters, like a share, is matched by an entry without letters, which has some sign of its own.
    """
    best, found = 0, set[str]()
    least = 1 if _LETTER.search(text) else 0
    for entry in _entries(language):
        for english in entry.english:
            own, longest = _own(english)
            if (
                own < max(best, least)
                or not longest
                or longest not in text.casefold()
                or not (match := _with_places(english).fullmatch(text))
            ):
                continue
            if own > best:
                best, found = own, set()
            found |= {_filled(language, said, match.groupdict()) for said in entry.said}
    for joined, sign in _JOINED.items():
        both = joined.fullmatch(text)
        if both and (not found or (_is_known(language, both[1]) and len(_LETTER.findall(both[1])) > best)):
            best = len(_LETTER.findall(both[1]))
            found = {sign.format(one, _or_literal(language, both[2])) for one in _whole(language, both[1])}
    if _DAY.fullmatch(text):
        day = datetime.strptime(f"{text} Z", "%d %B %Y %z").date()
        found.add(_literal(reader.day(day, language)))
    if _MOMENT.fullmatch(text):
        with reader.speaking(language):
            found.add(_literal(reader.moment(datetime.strptime(text, "%d %B %Y, %H:%M %Z").replace(tzinfo=UTC))))
    found |= {_literal(reader.country(code, language)) for code in _country(text)}
    return tuple(sorted(found))


@cache
def _around(language: str, text: str) -> tuple[str, ...]:
    """What the entries say of whose text this is a piece, whatever stands in their places."""
    if not _LETTER.search(text):
        return (_literal(text),)
    piece = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    return tuple({
        _filled(language, said, {}) for entry in _entries(language)
        if any(text in english and piece.search(_PLACE.sub("\0", english)) for english in entry.english)
        for said in entry.said
    })  # fmt: skip


def _filled(language: str, said: str, values: dict[str, str]) -> str:
    last, found = 0, ""
    for place in _PLACE.finditer(said):
        value = values.get(place[1] or place[2])
        found += _literal(said[last : place.start()])
        found += ".+?" if value is None else _or_literal(language, value)
        last = place.end()
    return found + _literal(said[last:])


def _or_literal(language: str, text: str) -> str:
    """What says a text in the language; unless the catalogue holds exactly this, people may have written it."""
    found = set(_whole(language, text))
    if not _is_known(language, text):
        found.add(_literal(text))
    return f"(?:{'|'.join(sorted(found))})"


@cache
def _is_known(language: str, text: str) -> bool:
    same = text.casefold()
    return any(english.casefold() == same for entry in _entries(language) for english in entry.english)


@cache
def _country(name: str) -> tuple[str, ...]:
    return tuple(code for code, called in _ENGLISH.territories.items() if called == name and code.isalpha())
