"""Specifications of sd-jwt-python: YAML whose tag `!sd` marks what may be withheld."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


class _Marked:
    def __init__(self, value: Any) -> None:
        self.value = value


class _Loader(yaml.SafeLoader):
    pass


def _marked(loader: Any, node: Any) -> _Marked:
    if isinstance(node, yaml.ScalarNode):
        tag = loader.resolve(yaml.ScalarNode, node.value, (node.style is None, node.style is not None))
        return _Marked(loader.construct_object(yaml.ScalarNode(tag, node.value), deep=True))
    if isinstance(node, yaml.SequenceNode):
        return _Marked(loader.construct_sequence(node, deep=True))
    return _Marked(_mapping(loader, node))


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Loader.add_constructor("!sd", _marked)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load(file: Path) -> Any:
    """A specification or settings; what is marked stays marked."""
    return yaml.load(file.read_text(), _Loader)


def unmark(item: Any, path: tuple[Any, ...] = ()) -> tuple[Any, set[Any]]:
    """The plain claims, and the paths that are marked."""
    hidden = set()
    if isinstance(item, dict):
        plain = {}
        for name, value in item.items():
            key = name.value if isinstance(name, _Marked) else name
            if isinstance(name, _Marked):
                hidden.add((*path, key))
            plain[key], inner = unmark(value, (*path, key))
            hidden |= inner
        return plain, hidden
    if isinstance(item, list):
        listed = []
        for place, value in enumerate(item):
            if isinstance(value, _Marked):
                hidden.add((*path, place))
            one, inner = unmark(value.value if isinstance(value, _Marked) else value, (*path, place))
            listed.append(one)
            hidden |= inner
        return listed, hidden
    return item, hidden


def disclosed(item: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths that the holder discloses."""
    inside = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for name, value in inside:
        if value not in (False, None, "None"):
            yield (*path, name)
            yield from disclosed(value, (*path, name))
