"""A European Digital Credential as nodes: which there are, of which classes, with which values.

Read straight from its JSON by the facts of `members.toml`; what JSON-LD with the published contexts would make of it is
the same, which a test proves. Members that the model does not know say nothing in it and are left out, as JSON-LD does;
`unknown` counts them, because they are not in what is checked.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeAlias

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
LANGUAGE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_STRING: Final = XSD + "string"
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S*")
_DOCUMENT: Final = "https://document.invalid/"
"""What relative names are relative to; it does not matter, as long as they are names."""


class Literal(NamedTuple):
    """A text with its datatype, and its language if it has one."""

    text: str
    datatype: str
    language: str = ""


Value: TypeAlias = str | Literal
"""The name of a node (an IRI, or `_:…` for one without a name), or a literal."""


@dataclass(slots=True)
class Node:
    """What is said of one node: its classes, and its values by property, each once."""

    classes: set[str] = field(default_factory=set)
    values: dict[str, dict[Value, None]] = field(default_factory=dict)


class Member(NamedTuple):
    """What a member of the JSON means: its property, and `@id`, `@language`, `@graph`, a datatype or nothing."""

    property: str
    kind: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What members and classes mean, at the top and inside nodes of a class."""

    prefixes: dict[str, str]
    classes: dict[str, str]
    members: dict[str, Member]
    of_class: dict[str, dict[str, Member]]

    def full(self, name: str) -> str:
        """An IRI that is written with a prefix, or is one already."""
        prefix, _, rest = name.partition(":")
        known = None if rest[:2] == "//" else self.prefixes.get(prefix)
        return name if known is None else known + rest


@cache
def facts() -> Facts:
    """The facts of the model, read once."""
    said = tomllib.loads(files(__package__).joinpath("members.toml").read_text(encoding="utf-8"))
    known = Facts(said["prefixes"], {}, {}, {})
    known.classes.update({name: known.full(one) for name, one in said["classes"].items()})
    known.classes.update({name: known.full(f"cred:{name}") for name in said["of_class"]})
    known.members.update({name: _member(one, known) for name, one in said["members"].items()})
    for name, members in said["of_class"].items():
        known.of_class[name] = {**known.members, **{key: _member(one, known) for key, one in members.items()}}
    return known


def _member(said: str, known: Facts) -> Member:
    name, _, kind = said.partition(" ")
    return Member(known.full(name), kind if kind[:1] == "@" else known.full(kind) if kind else "")


class Reading:
    """The nodes of one credential by their names, and how many members were left out."""

    __slots__ = ("_facts", "_nameless", "nodes", "unknown")

    def __init__(self, credential: dict[str, Any]) -> None:
        self.nodes: dict[str, Node] = {}
        self.unknown = 0
        self._nameless = 0
        self._facts = facts()
        self._node(credential)

    def _node(self, item: dict[str, Any]) -> str:
        known, name, types = self._facts, None, []
        for key in ("id", "@id"):
            if isinstance(item.get(key), str):
                name = self._name(item[key])
        for key in ("type", "@type"):
            found = item.get(key)
            if found is not None:
                types += found if isinstance(found, list) else [found]
        if name is None:
            name = f"_:n{self._nameless}"
            self._nameless += 1
        node = self.nodes.get(name)
        if node is None:
            node = Node()
            if name:
                self.nodes[name] = node
        members = known.members
        for one in types:
            if isinstance(one, str):
                if found := known.classes.get(one) or self._name(one):
                    node.classes.add(found)
                members = known.of_class.get(one, members)
        for key, value in item.items():
            member = members.get(key)
            if member is None:
                if key not in _KEYWORDS:
                    if ":" in key:
                        self._values(node, Member(known.full(key), ""), value)
                    else:
                        self.unknown += 1
            elif member.kind == "@language" and isinstance(value, dict):
                self._texts(node, member.property, value)
            elif member.kind == "@graph":
                self._graphs(node, member.property, value)
            else:
                self._values(node, member, value)
        return name

    def _graphs(self, node: Node, name: str, value: Any) -> None:
        """What is presented, and proofs, lie in graphs of their own, of which only the nameless name counts here."""
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, list):
                self._graphs(node, name, one)
            elif one is not None and not _says_nothing(one):
                node.values.setdefault(name, {})[f"_:g{self._nameless}"] = None
                self._nameless += 1

    def _values(self, node: Node, member: Member, value: Any) -> None:
        name, kind = member
        held = None
        for one in value if isinstance(value, list) else (value,):
            found: Value
            if isinstance(one, dict):
                if _says_nothing(one):
                    continue
                if "@value" in one:
                    literal = self._valued(one)
                    if literal is None:
                        continue
                    found = literal
                elif "@set" in one:
                    self._values(node, member, one["@set"])
                    continue
                else:
                    found = self._node(one)
                    if not found:
                        continue
            elif isinstance(one, str):
                if kind == "@id":
                    found = self._name(one)
                    if not found:
                        continue
                else:
                    found = Literal(one, kind if kind[:1] != "@" and kind else _STRING)
            elif one is None:
                continue
            elif isinstance(one, list):
                self._values(node, member, one)
                continue
            else:
                found = _number(one, kind if kind[:1] != "@" else "")
            if held is None:
                held = node.values.setdefault(name, {})
            held[found] = None

    def _texts(self, node: Node, name: str, texts: dict[str, Any]) -> None:
        held = node.values.setdefault(name, {})
        for language, said in texts.items():
            for one in said if isinstance(said, list) else (said,):
                if isinstance(one, str):
                    tag = "" if language in ("@none", "") else language.lower()
                    held[Literal(one, LANGUAGE if tag else _STRING, tag)] = None
        if not held:
            del node.values[name]

    def _valued(self, item: dict[str, Any]) -> Literal | None:
        text, language, datatype = item["@value"], item.get("@language"), item.get("@type")
        if text is None:
            return None
        if isinstance(text, str):
            if isinstance(language, str):
                return Literal(text, LANGUAGE, language.lower())
            return Literal(text, self._facts.full(datatype) if isinstance(datatype, str) else _STRING)
        return _number(text, self._facts.full(datatype) if isinstance(datatype, str) else "")

    def _name(self, text: str) -> str:
        """The whole name of a node; nothing for what cannot be one: with white space, or like an IRI as a date is."""
        if _ABSOLUTE.fullmatch(text):
            return self._facts.full(text)
        if text[:2] == "_:":
            return text
        return "" if ":" in text or " " in text else _DOCUMENT + text


def _says_nothing(item: Any) -> bool:
    """Whether it is a language without a text, which JSON-LD drops."""
    return isinstance(item, dict) and item.keys() == {"@language"}


def _number(value: Any, datatype: str) -> Literal:
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype or XSD + "boolean")
    if isinstance(value, float) and (not value.is_integer() or abs(value) >= 1e21):
        mantissa, _, exponent = f"{value:.15E}".partition("E")
        mantissa = mantissa.rstrip("0")
        return Literal(f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}", datatype or XSD + "double")
    return Literal(str(int(value)), datatype or XSD + "integer")


_KEYWORDS: Final = frozenset({"id", "type", "@id", "@type", "@context"})
