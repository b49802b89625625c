"""Concepts that learning outcomes link to, such as the skills of ESCO: loaded from files, found by words, named.

Nothing is fetched: an operator loads the files of the languages that are needed (`load_concepts`). Without any, a
concept is linked by its address and shown by it.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from ecvet.exchange.esco import read_concepts
from ecvet.terms import Identifier
from ecvet_platform.qualifications.store import concepts as store

Names = Mapping[str, str]


@transaction.atomic
def load(data: bytes, name: str, language: str) -> int:
    """Keep the concepts of a file with their names in one language; how many there were.

    Raises `FileNotUnderstood`, `FileDangerous`.
    """
    return store.load(read_concepts(data, name), language)


def found(search: str, language: str, *, limit: int = 30) -> tuple[tuple[Identifier, str], ...]:
    """The concepts in which all words are found, with their names in a language as far as it was loaded."""
    return tuple((concept, _named(names, language)) for concept, names in store.found(search, limit=limit))


def named(concepts: Iterable[Identifier], language: str) -> dict[Identifier, str]:
    """What concepts are called in a language as far as it was loaded; the unknown ones are left out."""
    return {concept: _named(names, language) for concept, names in store.names(concepts).items()}


def _named(names: Names, language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()))
