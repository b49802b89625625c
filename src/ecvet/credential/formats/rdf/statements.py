"""What a credential says, in canonical form: the direct way where it is covered, else the general one."""

from typing import Any

from ecvet.credential.formats.rdf import direct
from ecvet.credential.formats.rdf.canonical import Quad, canonical
from ecvet.credential.formats.rdf.terms import NotCovered, terms_of
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.vocabularies import named


def canonical_statements(document: Claims) -> str:
    """The canonical N-Quads of a document (RDFC-1.0, SHA-256).

    Raises `WrongType` for vocabularies or terms that are not known, `Malformed`, `BeyondLimits`, `VocabularyMissing`.
    """
    return canonical(statements(document))


def statements(document: Claims) -> list[Quad]:
    """The statements of a document, in no order. Raises the same."""
    names = named(document)
    document = whole(document)
    try:
        return direct.statements({name: one for name, one in document.items() if name != "@context"}, terms_of(names))
    except NotCovered:
        from ecvet.credential.formats.rdf import general  # here, because it is slow to load and rarely needed

        return general.statements(document)


def whole(item: Any) -> Any:
    """The same with whole numbers for numbers without a fraction: 5.0 says no more than 5 (JSON-LD 1.1 API, 8.6)."""
    if isinstance(item, dict):
        return {name: whole(one) for name, one in item.items()}
    if isinstance(item, list):
        return [whole(one) for one in item]
    if isinstance(item, float) and item.is_integer() and abs(item) < 1e21:
        return int(item)
    return item
