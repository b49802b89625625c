"""The terms of vocabularies, as they hold at one place of a credential (JSON-LD 1.1: the active context).

Made for vocabularies that are pinned: what they use is read exactly as section 4 of JSON-LD 1.1 says; a definition of
any other kind is kept as one that is not covered, and whoever meets it must go the general way. Which terms hold inside
a type or a property is worked out once and remembered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final

from ecvet.credential.formats.vocabularies import vocabulary


class NotCovered(Exception):
    """Something that is not read here; the general way says what it means, or that it means nothing."""


class Kind(Enum):
    """What the values of a term are."""

    ID = 1
    TYPE = 2
    TEXT = 3
    """A text, number or truth value as it stands, or of the datatype of the term."""
    IRI = 4
    NAMED = 5
    """A term of the vocabulary, or an IRI."""
    JSON = 6
    OTHER = 7
    """Not covered."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its IRI, what its values are, and the vocabulary that holds within it."""

    iri: str
    kind: Kind
    datatype: str = ""
    scoped: Any = None
    protected: bool = False
    prefix: bool = False

    def means(self, other: "Term") -> bool:
        """Whether two definitions say the same, protected or not."""
        mine, others = ((one.iri, one.kind, one.datatype, one.scoped) for one in (self, other))
        return mine == others and self.kind is not Kind.OTHER


_OTHER: Final = Term("", Kind.OTHER)
_KEYWORDS: Final = {"@id": Kind.ID, "@type": Kind.TYPE}
_COERCED: Final = {"@id": Kind.IRI, "@vocab": Kind.NAMED, "@json": Kind.JSON, "@none": Kind.TEXT}
_MEMBERS: Final = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})


class Terms:
    """The terms that hold at one place. `before` are those that hold again in the parts of a node (propagation)."""

    __slots__ = ("_typed", "_within", "before", "terms", "vocab")

    def __init__(self, terms: dict[str, Term], vocab: str = "", before: "Terms | None" = None) -> None:
        self.terms, self.vocab, self.before = terms, vocab, before
        self._typed: dict[tuple[str, ...], tuple[Terms, tuple[str, ...]]] = {}
        self._within: dict[str, tuple[Terms, Terms]] = {}

    def typed(self, types: tuple[str, ...]) -> tuple["Terms", tuple[str, ...]]:
        """The terms inside a node of some types, and the IRIs of these."""
        known = self._typed.get(types)
        if known is None:
            active = self
            for name in sorted(types):
                term = self.terms.get(name)
                if term is not None and term.scoped is not None:
                    active = _extended(active, term.scoped, before=active.before or self)
            known = self._typed[types] = active, tuple(self.name(one) for one in types)
        return known

    def within(self, key: str) -> tuple["Terms", "Terms"]:
        """The terms for the plain values of a property, and those inside its nodes."""
        known = self._within.get(key)
        if known is None:
            term = self.terms[key]
            outer = self.before or self
            if term.scoped is None:
                known = self, outer
            else:
                plain = _extended(self, term.scoped, before=self.before, override=True)
                known = plain, _extended(outer, term.scoped, before=None, override=True)
                if not plain.terms[key].means(term):
                    raise NotCovered
            self._within[key] = known
        return known

    def name(self, text: str) -> str:
        """The IRI of a name: a term, or an IRI."""
        term = self.terms.get(text)
        if term is not None:
            if term.kind in (Kind.OTHER, Kind.ID, Kind.TYPE):
                raise NotCovered
            return term.iri
        return self.iri(text, self.vocab)

    def iri(self, text: str, vocab: str = "") -> str:
        """An IRI, written whole or with a prefix. `NotCovered` for one that is relative."""
        prefix, colon, rest = text.partition(":")
        if not colon:
            if vocab and text[:1] != "@":
                return vocab + text
            raise NotCovered
        term = None if rest[:2] == "//" else self.terms.get(prefix)
        return term.iri + rest if term is not None and term.prefix else text


@cache
def terms_of(names: tuple[str, ...]) -> Terms:
    """The terms at the top of a document that names some vocabularies; `NotCovered` if they cannot be read here.

    Raises `VocabularyMissing`.
    """
    active = Terms({})
    for name in names:
        found = vocabulary(name)
        local = found.get("@context") if isinstance(found, dict) else None
        for one in local if isinstance(local, list) else [local]:
            active = _extended(active, one, before=None)
    return active


def _extended(active: Terms, local: Any, *, before: Terms | None, override: bool = False) -> Terms:
    """The terms with those of a vocabulary added; protected ones stay what they are (section 4.1.11)."""
    if not isinstance(local, dict) or any(
        name[:1] == "@" and name not in ("@protected", "@version", "@vocab") for name in local
    ):
        raise NotCovered
    protected = local.get("@protected", False) is True
    vocab = local.get("@vocab", active.vocab)
    if not isinstance(vocab, str) or (vocab and ":" not in vocab):
        raise NotCovered
    reading = _Reading(local, Terms(dict(active.terms), vocab, before), protected)
    for name in local:
        if name[:1] != "@":
            term, old = reading.term(name), active.terms.get(name)
            if old is not None and old.protected and not override:
                if not old.means(term):
                    raise NotCovered
                reading.result.terms[name] = old
    return reading.result


class _Reading:
    """Reads the definitions of one vocabulary, each when it is needed first."""

    def __init__(self, local: Mapping[str, Any], result: Terms, protected: bool) -> None:
        self.local, self.result, self.protected = local, result, protected
        self.begun: set[str] = set()

    def term(self, name: str) -> Term:
        if name not in self.begun:
            self.begun.add(name)
            try:
                self.result.terms[name] = self._define(name, self.local[name])
            except NotCovered:
                self.result.terms[name] = _OTHER
        return self.result.terms[name]

    def _define(self, name: str, said: Any) -> Term:
        full = said if isinstance(said, dict) else {"@id": said}
        identifier = full.get("@id", name)
        if not isinstance(identifier, str) or not full.keys() <= _MEMBERS:
            raise NotCovered
        protected = full.get("@protected", self.protected) is True
        if identifier in _KEYWORDS:
            if full.keys() - {"@id", "@protected"}:
                raise NotCovered
            return Term(identifier, _KEYWORDS[identifier], protected=protected)
        if full.get("@container", "@set") not in ("@set", ["@set"]):
            raise NotCovered
        iri = self._iri(identifier, name)
        coerced = full.get("@type")
        kind = Kind.TEXT if coerced is None else _COERCED.get(coerced, Kind.TEXT)
        simple = isinstance(said, str) and iri[-1:] in ":/?#[]@"
        return Term(
            iri,
            kind,
            datatype="" if coerced is None or coerced in _COERCED else self._iri(coerced, name),
            scoped=full.get("@context"),
            protected=protected,
            prefix=simple or full.get("@prefix") is True,
        )

    def _iri(self, text: str, name: str) -> str:
        """The IRI that a definition names: whole, with a prefix, or by another term."""
        prefix, colon, rest = text.partition(":")
        if colon:
            if rest[:2] != "//" and prefix in self.local and prefix != name:
                self.term(prefix)
            return self.result.iri(text)
        if text[:1] == "@" or text == name:
            if text == name and self.result.vocab and text[:1] != "@":
                return self.result.vocab + text
            raise NotCovered
        if text in self.local:
            self.term(text)
        return self.result.name(text)
