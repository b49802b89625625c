"""A credential of a usual form as statements, term by term: what is read here is what JSON-LD 1.1 says it means.

Everything that is not plainly covered is `NotCovered`: lists and graphs, maps by language or index, relative names,
nested vocabularies, terms that are not defined. That this says the same as a JSON-LD processor is proved by comparing.
"""

import re
from typing import Any, Final

import rfc8785

from ecvet.credential.formats.rdf.canonical import Quad, literal
from ecvet.credential.formats.rdf.terms import Kind, NotCovered, Term, Terms
from ecvet.credential.formats.strict_json import Claims

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_IS_A: Final = f"<{_RDF}type>"
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def is_iri(text: object) -> bool:
    """Whether a text is an absolute IRI that can stand in a statement."""
    return isinstance(text, str) and _IRI.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Whether a text has the form of a language tag (BCP 47)."""
    return _LANGUAGE.fullmatch(text) is not None


def statements(document: Claims, terms: Terms) -> list[Quad]:
    """What a document without its `@context` says."""
    writer = _Writer()
    writer.node(document, terms)
    return writer.quads


def double(number: float) -> str:
    """A number with a fraction as its canonical xsd:double (JSON-LD 1.1 API, 8.6)."""
    mantissa, _, exponent = f"{number:.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"


class _Writer:
    """Writes down the statements of nodes; nameless ones are counted."""

    __slots__ = ("count", "quads")

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.count = 0

    def node(self, item: Claims, terms: Terms) -> str:
        """Write a node down; what it is called in statements."""
        name = ""
        types: tuple[str, ...] = ()
        for key in item:
            term = terms.terms.get(key) or _KEYWORD.get(key)
            kind = term.kind if term is not None else None
            if kind is Kind.ID:
                if name:
                    raise NotCovered
                name = _iri(item[key], terms)
            elif kind is Kind.TYPE:
                if types:
                    raise NotCovered
                types = _types(item[key])
        if not name:
            name = f"_:n{self.count}"
            self.count += 1
        active, kinds = terms.typed(types) if types else (terms, types)
        add = self.quads.append
        for one in kinds:
            if not _IRI.fullmatch(one):
                raise NotCovered
            add((name, _IS_A, f"<{one}>", ""))
        known = active.terms
        for key, value in item.items():
            term = known.get(key) or _KEYWORD.get(key)
            if term is None or term.kind is Kind.OTHER:
                raise NotCovered
            if term.kind is Kind.ID or term.kind is Kind.TYPE:
                if active is not terms and terms.terms.get(key, term).kind is not term.kind:
                    raise NotCovered
                continue
            predicate = f"<{term.iri}>"
            if term.kind is Kind.JSON:
                add((name, predicate, _json(value), ""))
                continue
            for one in value if isinstance(value, list) else (value,):
                add((name, predicate, self._item(one, key, term, active), ""))
        return name

    def _item(self, value: Any, key: str, term: Term, active: Terms) -> str:
        if isinstance(value, str):
            if term.kind is Kind.TEXT:
                if term.datatype == _XSD + "double":
                    raise NotCovered
                return literal(value, term.datatype)
            plain = active if term.scoped is None else active.within(key)[0]
            return _iri(value, plain) if term.kind is Kind.IRI else _named(value, plain)
        if isinstance(value, dict):
            if "@value" in value:
                return _valued(value)
            return self.node(value, active.within(key)[1])
        if isinstance(value, bool):
            return literal("true" if value else "false", _datatype(term, "boolean"))
        if isinstance(value, int) and abs(value) < 10**21:
            return literal(str(value), _datatype(term, "integer"))
        if isinstance(value, float):
            return literal(double(value), _datatype(term, "double"))
        raise NotCovered


def _datatype(term: Term, otherwise: str) -> str:
    """The datatype of a number or truth value: IRIs do not make them into names, but xsd:double changes the form."""
    if term.datatype == _XSD + "double" and otherwise != "double":
        raise NotCovered
    return term.datatype or _XSD + otherwise


def _types(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(one, str) for one in listed):
        raise NotCovered
    return tuple(listed)


def _iri(value: Any, terms: Terms) -> str:
    if not isinstance(value, str):
        raise NotCovered
    found = terms.iri(value)
    if not _IRI.fullmatch(found):
        raise NotCovered
    return f"<{found}>"


def _named(value: str, terms: Terms) -> str:
    found = terms.name(value)
    if not _IRI.fullmatch(found):
        raise NotCovered
    return f"<{found}>"


def _valued(value: Claims) -> str:
    """A text with its language; every other value object is rare enough to go the general way."""
    text, language = value["@value"], value.get("@language")
    if not isinstance(text, str) or not isinstance(language, str) or len(value) != 2 or not is_language(language):
        raise NotCovered
    return literal(text, language=language.lower())


def _json(value: Any) -> str:
    try:
        return literal(rfc8785.dumps(value).decode(), _RDF + "JSON")
    except (ValueError, UnicodeError) as error:
        raise NotCovered from error


_KEYWORD: Final = {"@id": Term("@id", Kind.ID), "@type": Term("@type", Kind.TYPE)}
