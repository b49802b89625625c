"""In which order a language's readers look for names: its own letters where its alphabet has them, accents after that.

The alphabets are those of CLDR's collation in the 24 official languages. Names in another script are sorted after the
reader's own and never transliterated.
"""

import unicodedata
from functools import lru_cache
from typing import Final

LETTERS: Final[dict[str, str]] = {
    "cs": "c č h ch r ř s š z ž",
    "da": "z æ ø å",
    "es": "n ñ",
    "et": "s š z ž t u v w õ ä ö ü x y",
    "fi": "z å ä ö",
    "hr": "c č ć d dž đ l lj n nj s š z ž",
    "hu": "c cs d dz dzs g gy l ly n ny o ö s sz t ty u ü z zs",
    "lt": "c č s š z ž",
    "lv": "c č g ģ k ķ l ļ n ņ s š z ž",
    "mt": "b ċ f ġ g għ h ħ i ie y ż",
    "pl": "a ą c ć e ę l ł n ń o ó s ś z ź ż",
    "ro": "a ă â i î s ș t ț",
    "sk": "a ä c č h ch o ô s š z ž",
    "sl": "c č ć d đ s š z ž",
    "sv": "z å ä ö",
}
"""What differs from the Latin alphabet: each letter that is none of it comes after the one before it."""
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_SAME: Final = {"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ß": "ss", "þ": "th", "œ": "oe", "ı": "i"}
_OTHERS: Final = {"da": {"ä": "æ", "ö": "ø", "aa": "å"}, "sv": {"æ": "ä", "ø": "ö"}, "fi": {"æ": "ä", "ø": "ö"}}
_GREEK, _CYRILLIC = range(0x370, 0x400), range(0x400, 0x530)
_FIRST: Final = {"el": _GREEK, "bg": _CYRILLIC}

Order = tuple[tuple[tuple[int, int], ...], str, str]


def order(name: str, language: str) -> Order:
    """The key by which a language sorts a name: its letters, then accents, then capitals."""
    small = unicodedata.normalize("NFC", name).casefold().replace("ς", "σ")
    letters, longest = _alphabet(language)
    found, at = list[tuple[int, int]](), 0
    while at < len(small):
        for length in range(longest, 0, -1):
            letter = small[at : at + length]
            if len(letter) == length and letter in letters:
                found.append((1, letters[letter]))
                break
        else:
            length, letter = 1, small[at]
            found += _foreign(letter, letters, language)
        at += length
    return tuple(found), small, name


def _foreign(sign: str, letters: dict[str, int], language: str) -> list[tuple[int, int]]:
    """A sign that the alphabet does not have: its base letter, else by its script; spaces and signs come first."""
    plain = unicodedata.normalize("NFD", _SAME.get(sign, sign))
    found = []
    for one in plain:
        if unicodedata.combining(one):
            continue
        if one in letters:
            found.append((1, letters[one]))
        elif one.isalpha():
            found.append((0 if ord(one) in _FIRST.get(language, ()) else 2, ord(one)))
        else:
            found.append((-1, 0 if one.isspace() or not one.isalnum() else ord(one)))
    return found


@lru_cache
def _alphabet(language: str) -> tuple[dict[str, int], int]:
    row, before = list(_LATIN), ""
    for letter in LETTERS.get(language, "").split():
        if letter in row and (len(letter) == 1 and letter in _LATIN):
            if language == "et" and before and letter in "zxtuvwy":  # Estonian moves z and y themselves
                row.remove(letter)
                row.insert(row.index(before) + 1, letter)
        else:
            row.insert(row.index(before) + 1, letter)
        before = letter
    places = {letter: at for at, letter in enumerate(row)}
    places |= {other: places[letter] for other, letter in _OTHERS.get(language, {}).items()}
    return places, max(map(len, places))
