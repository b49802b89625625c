"""Untrusted bytes become plain trees of texts here: strict JSON, safe YAML, XML without document types.

Numbers stay texts (an amount is never a binary float); duplicate names, aliases, entities and excessive size or depth
are refused before anything is built from them.
"""

import json
import re
from collections import Counter
from typing import Any, Final, NoReturn, TypeAlias
from xml.etree import ElementTree
from xml.parsers import expat

import yaml

from ecvet.errors import EcvetError
from ecvet.exchange.errors import FileDangerous, FileNotUnderstood
from ecvet.saying import say

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | bool | None"

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_YAML_BYTES: Final = 4 * 1024 * 1024
MAX_YAML_PARTS: Final = 200_000
MAX_XML_PARTS: Final = 500_000
MAX_DEPTH: Final = 120
_HALF: Final = re.compile("[\ud800-\udfff]")


def text_of(data: bytes, name: str) -> str:
    """The bytes as UTF-8 text. Raises `FileDangerous` above 64 MB, `FileNotUnderstood` for other encodings."""
    if len(data) > MAX_BYTES:
        raise FileDangerous(name=name, why=say("it is larger than {max_bytes} MB", max_bytes=MAX_BYTES // 1024 // 1024))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUnderstood(name=name, why=say("it is not text in UTF-8")) from error


def read_json(text: str, name: str) -> Tree:
    """JSON with numbers as texts. Raises `FileNotUnderstood`, `FileDangerous`."""

    def members(pairs: list[tuple[str, Tree]]) -> Tree:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
            raise FileDangerous(name=name, why=say("the name “{twice}” stands twice in one object", twice=twice[:40]))
        return found

    def refuse(text: str) -> NoReturn:
        raise FileNotUnderstood(name=name, why=say("{text} is not a number of JSON", text=text))

    try:
        tree: Tree = json.loads(text, object_pairs_hook=members, parse_int=str, parse_float=str, parse_constant=refuse)
    except RecursionError as error:
        raise FileDangerous(name=name, why=say("it is nested too deep")) from error
    except json.JSONDecodeError as error:
        raise FileNotUnderstood(
            name=name, why=say("it is not JSON ({msg} in line {lineno})", msg=error.msg, lineno=error.lineno)
        ) from error
    _measure(tree, name)
    return tree


# Events come from the parser in C where there is one, several times as fast; what is built of them is built here.
_EVENTS: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else None  # type: ignore[attr-defined]
_BUILD: Final = (yaml.composer.Composer, yaml.constructor.SafeConstructor, yaml.resolver.Resolver)
_BASE: Any = type("_Base", (_BUILD[0], _EVENTS, *_BUILD[1:]), {}) if _EVENTS else yaml.SafeLoader


class _Loader(_BASE):  # type: ignore[misc]
    """Safe YAML in which every scalar is a text, except true, false and null; no aliases, no duplicate keys."""

    def __init__(self, text: str):
        if _EVENTS is None:
            super().__init__(text)
            return
        _EVENTS.__init__(self, text)
        for part in _BUILD:
            part.__init__(self)

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the attribute is the library's

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise FileDangerous(name=self.source, why=say("it uses YAML aliases"))
        if getattr(self.peek_event(), "tag", None):
            raise FileDangerous(name=self.source, why=say("it uses YAML tags"))
        self.depth += 1
        self.parts += 1
        if self.parts > MAX_YAML_PARTS:
            raise FileDangerous(
                name=self.source,
                why=say("as YAML it has more than {max_yaml_parts} parts", max_yaml_parts=MAX_YAML_PARTS),
            )
        if self.depth > MAX_DEPTH:
            raise FileDangerous(name=self.source, why=say("it is nested too deep"))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key in (self.construct_object(key, deep=True) for key, _ in node.value):
            if not isinstance(key, str):
                raise FileNotUnderstood(name=self.source, why=say("a name is not a text"))
            if key in seen:
                raise FileDangerous(
                    name=self.source, why=say("the name “{key}” stands twice in one mapping", key=key[:40])
                )
            seen.add(key)
        return super().construct_mapping(node, deep=True)

    source, depth, parts = "", 0, 0


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$"), ["n", "~", ""])


def read_yaml(text: str, name: str) -> Tree:
    """Safe YAML with numbers and dates as texts. Raises `FileNotUnderstood`, `FileDangerous`."""
    if len(text) > MAX_YAML_BYTES:
        raise FileDangerous(
            name=name,
            why=say("as YAML it is larger than {max_yaml_bytes} MB", max_yaml_bytes=MAX_YAML_BYTES // 1024 // 1024),
        )
    loader = None
    try:
        loader = _Loader(text)
        loader.source = name
        tree: Tree = loader.get_single_data()
    except RecursionError as error:
        raise FileDangerous(name=name, why=say("it is nested too deep")) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise FileNotUnderstood(
            name=name,
            why=say("it is not YAML; look at line {line}", line=mark.line + 1) if mark else say("it is not YAML"),
        ) from error
    finally:
        if loader is not None:
            loader.dispose()
    _measure(tree, name)
    return tree


def read_xml(
    data: bytes, name: str, *, namespaces: bool = False, unreadable: type[EcvetError] = FileNotUnderstood
) -> ElementTree.Element:
    """XML without document type or entities; at most half a million elements. Raises `unreadable`, `FileDangerous`.

    With `namespaces` a name is `{namespace}name`, as in `ElementTree`; without, it stands as it is written.
    """
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}") if namespaces else expat.ParserCreate()
    depth = parts = 0

    def called(tag: str) -> str:
        return "{" + tag if "}" in tag else tag

    def refuse(*_: object) -> NoReturn:
        raise FileDangerous(name=name, why=say("it declares a document type or entities"))

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, parts
        depth += 1
        parts += 1
        if depth > MAX_DEPTH:
            raise FileDangerous(name=name, why=say("it is nested too deep"))
        if parts > MAX_XML_PARTS:
            raise FileDangerous(
                name=name, why=say("it has more than {max_xml_parts} elements", max_xml_parts=MAX_XML_PARTS)
            )
        builder.start(
            called(tag), {called(key): said for key, said in attributes.items()} if namespaces else attributes
        )

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(called(tag))

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if len(data) > MAX_BYTES:
        raise FileDangerous(name=name, why=say("it is larger than {max_bytes} MB", max_bytes=MAX_BYTES // 1024 // 1024))
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise unreadable(name=name, why=f"it is not well-formed XML ({error})") from error
    return builder.close()


def _measure(tree: Tree, name: str) -> None:
    waiting: list[tuple[Tree, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise FileDangerous(name=name, why=say("it is nested too deep"))
        if isinstance(node, str) and not node.isascii() and _HALF.search(node):
            raise FileDangerous(name=name, why=say("a text in it has half a character (a lone surrogate)"))
        if isinstance(node, dict):
            waiting.extend((key, depth) for key in node)
            waiting.extend((below, depth + 1) for below in node.values())
        elif isinstance(node, list):
            waiting.extend((below, depth + 1) for below in node)
