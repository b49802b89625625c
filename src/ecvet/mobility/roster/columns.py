"""Which column of a list is what, guessed by its name in the languages of the Union; a person may correct the guess."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Column(StrEnum):
    """What a column of a list of learners can be."""

    NAMES = "names"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    NUMBER = "number"
    QUALIFICATION = "qualification"
    GUARDIAN = "guardian"
    GUARDIAN_EMAIL = "guardian_email"


def guess(heads: Iterable[str], also: Mapping[str, Column] | None = None) -> tuple[Column | None, ...]:
    """What each column is, by its name; None where no name fits or the first of two has taken it.

    `also` are further names, such as those of the interface. Case, accents, punctuation and what stands in brackets do
    not matter: “E-MAIL (private)” is “email”.
    """
    names = {plain(name): column for name, column in (also or {}).items()} | _names()
    taken: set[Column] = set()
    found: list[Column | None] = []
    for head in heads:
        column = names.get(plain(head))
        found.append(column if column not in taken else None)
        if column is not None:
            taken.add(column)
    return tuple(found)


def titles(language: str) -> dict[Column, str]:
    """The names of the columns in a language, else in English: for a list to be filled in."""
    table = _table()
    return {one: (table[one].get(language) or table[one]["en"])[0] for one in Column}


def plain(name: str) -> str:
    """A name without capitals, accents, punctuation and what stands in brackets."""
    spread = unicodedata.normalize("NFKD", name.casefold().split("(")[0])
    return "".join(one for one in spread if one.isalnum()).replace("ς", "σ")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    """By column and language the names of it, the one for new lists first."""
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, Column]:
    return {plain(one): Column(key) for key, named in _table().items() for many in named.values() for one in many}
