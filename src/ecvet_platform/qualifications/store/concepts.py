"""Rows ↔ concepts of vocabularies: what they are called in the languages that were loaded."""

import json
from collections.abc import Iterable, Mapping

from ecvet.exchange.esco import Concept
from ecvet.terms import Identifier
from ecvet_platform.qualifications.models import ConceptRow
from ecvet_platform.qualifications.naming import fold

_AT_ONCE = 500


def load(concepts: Iterable[Concept], language: str) -> int:
    """Keep the names of concepts in one language, beside those in others. How many there were."""
    waiting, count = list(concepts), 0
    for start in range(0, len(waiting), _AT_ONCE):
        some = {one.id: one for one in waiting[start : start + _AT_ONCE]}
        known = {row.id: row for row in ConceptRow.objects.filter(id__in=list(some))}
        made = []
        for name, concept in some.items():
            row = known.get(name)
            titles = (json.loads(row.titles) if row else {}) | {language: concept.label}
            words = fold(*([row.folded] if row else []), concept.label, *concept.others)
            made.append(ConceptRow(id=name, titles=json.dumps(titles, ensure_ascii=False), folded=_once(words)))
        ConceptRow.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["id"], update_fields=["titles", "folded"]
        )
        count += len(made)
    return count


def found(search: str, *, limit: int = 50) -> tuple[tuple[Identifier, Mapping[str, str]], ...]:
    """Concepts in whose names all words are found, the shorter names first, with their names by language."""
    words = fold(search).split()
    if not words:
        return ()
    rows = ConceptRow.objects.all()
    for word in words:
        rows = rows.filter(folded__contains=word)
    few = sorted(rows.values_list("id", "titles", "folded")[: 20 * limit], key=lambda one: (len(one[2]), one[0]))
    return tuple((Identifier(name), json.loads(titles)) for name, titles, _folded in few[:limit])


def names(ids: Iterable[Identifier]) -> dict[Identifier, Mapping[str, str]]:
    """What concepts are called, by language; the unknown ones are left out."""
    rows = ConceptRow.objects.filter(id__in=list(ids)).values_list("id", "titles")
    return {Identifier(name): json.loads(titles) for name, titles in rows}


def _once(words: str) -> str:
    return " ".join(dict.fromkeys(words.split()))
