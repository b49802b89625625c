"""Any credential as statements, by a JSON-LD processor (`pyld`) that may drop nothing.

A JSON-LD processor passes over what no vocabulary defines, and what it passes over is not signed. So whatever it would
drop is refused: terms without a definition, relative names, nulls, directions of texts (security statement 7).
"""

from collections.abc import Iterator
from typing import Any, Final

from pyld import jsonld

from ecvet.credential.errors import Malformed, VocabularyMissing, WrongType
from ecvet.credential.formats.rdf.canonical import Quad, literal
from ecvet.credential.formats.rdf.direct import is_iri, is_language
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.vocabularies import PINNED, named, vocabulary
from ecvet.saying import say

_RELATIVE: Final = "https://relative.invalid/"
"""What relative names are resolved against, so that they can be told: the processor has a base of its own otherwise."""

_DROPPED: Final = frozenset({"@direction", "@index", "@included", "@reverse", "@nest"})
"""Keywords of JSON-LD that say nothing in statements, or more than a credential needs."""


def statements(document: Claims) -> list[Quad]:
    """What a document says. Raises `WrongType` for what has no meaning, `Malformed`, `VocabularyMissing`."""
    _check(document)
    processor = jsonld.JsonLdProcessor(on_property_dropped=_refuse_dropped)
    options = {"documentLoader": load, "base": _RELATIVE}
    try:
        expanded = processor.expand(document, options)
        _check_names(expanded)
        dataset = jsonld.to_rdf(expanded, options)
    except jsonld.JsonLdError as error:
        missing = _within(error, VocabularyMissing)
        if missing is not None:
            raise missing from error
        raise Malformed(why=say("it is not JSON-LD")) from error
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Malformed(why=say("it is not JSON-LD")) from error
    return list(quads(dataset))


def _check(item: Any) -> None:
    if item is None:
        raise WrongType(why=say("it contains null, which says nothing and cannot be signed as a statement"))
    if isinstance(item, list):
        for one in item:
            _check(one)
    elif isinstance(item, dict):
        if not _DROPPED.isdisjoint(item):
            raise WrongType(why=say("it uses a keyword of JSON-LD that its statements would not show"))
        if "@context" in item:
            named(item)
        for name, one in item.items():
            if name != "@context":
                _check(one)


def _check_names(item: Any) -> None:
    """Whether all names are whole IRIs; a processor drops others when it writes statements."""
    if isinstance(item, list):
        for one in item:
            _check_names(one)
    elif isinstance(item, dict):
        types = item.get("@type", []) if "@value" not in item else []
        for name in (*(types if isinstance(types, list) else [types]), *([item["@id"]] if "@id" in item else [])):
            if not str(name).startswith("_:"):
                _check_name(name)
        for name, one in item.items():
            if name[:1] != "@":
                _check_name(name)
            if name != "@value":
                _check_names(one)


def _check_name(name: object) -> None:
    if not is_iri(name) or str(name).startswith(_RELATIVE):
        raise WrongType(why=say("it uses a name that none of its vocabularies defines"))


def _refuse_dropped(_name: object) -> None:
    raise WrongType(why=say("it uses a term that none of its vocabularies defines"))


def load(url: str, _options: object) -> dict[str, Any]:
    """A vocabulary as the processor asks for it. Raises `WrongType`, `VocabularyMissing`."""
    if url not in PINNED:
        raise WrongType(why=say("it names a vocabulary (@context) that is not known here"))
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": vocabulary(url),
    }  # fmt: skip


def _within(error: BaseException | None, kind: type[VocabularyMissing]) -> VocabularyMissing | None:
    while error is not None:
        if isinstance(error, kind):
            return error
        error = error.__cause__ or error.__context__
    return None


def quads(dataset: dict[str, list[dict[str, Any]]]) -> Iterator[Quad]:
    """A dataset of the processor as quads. Raises `WrongType` for relative names."""
    for graph, triples in dataset.items():
        name = "" if graph == "@default" else graph if graph.startswith("_:") else f"<{graph}>"
        for one in triples:
            yield _term(one["subject"]), _term(one["predicate"]), _term(one["object"]), name


def _term(said: dict[str, str]) -> str:
    if said["type"] == "IRI":
        _check_name(said["value"])
        return f"<{said['value']}>"
    if said["type"] == "blank node":
        return said["value"]
    language = said.get("language", "")
    if language and not is_language(language):
        raise WrongType(why=say("it gives a text in a language that is none"))
    return literal(said["value"], said.get("datatype", ""), language)
