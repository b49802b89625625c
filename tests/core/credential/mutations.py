"""JSON changed by its structure, for tests with invented input: at any place another type, nothing, or too much."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

Tree = Any
Place = tuple[str | int, ...]

DEEP: Tree = "x"
for _ in range(40):
    DEEP = [DEEP]

_RAW = (
    "NaN", "Infinity", "-Infinity", "1e999", "-0", "-0.0", "1E400", "9" * 4400, "01", "1_0", "0x1", "", "nul", "\x00",
)  # fmt: skip
"""What is written between the commas as it is, JSON or not."""

_NUMBERS = (
    0, 1, -1, 2, 35, 256, 2**31, 2**53, 2**63, 2**64 + 1, -(2**65), 253402300799, 253402300800, 10**400, 0.1, 1e308,
    -1e-308, 1780000000.5,
)  # fmt: skip
_TEXTS = (
    "", " ", "0", "x", "z", "z6Mk", "=", "AAAA", "a.b.c", "~", "\ud800", "\udfff\ud83d", "\u202egnp.exe", "a\u0301",
    "\x00", "\u200b", "é" * 300, "x" * 5000, "_sd", "...", "@id", "@vocab", "24:00", "1,5", "1e5", "-0", "Infinity",
    "{}", "{0}", "%s", "{name}", "https://x.example", "did:key:z", "did:web:x", "urn:x:1", "HTTP://[::1", "none",
    "ES256", "Ed25519", "sha-512", "VerifiableCredential", "2026-02-30T00:00:00Z", "2026-06-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
    "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+99:99",
)  # fmt: skip
_HOLDING = (
    [], {}, [[]], [{}], {"": ""}, {"id": None}, {"...": "x"}, {"_sd": ["x"]}, {"@type": []}, {"type": {}}, [None],
    [1, "1"], DEEP, {"@value": 1, "@type": "x"}, {"@language": "en"}, {"en": 1}, [["a", "b"]] * 70,
)  # fmt: skip
_NAMES = ("", "id", "type", "_sd", "...", "@context", "\ud800", "exp")

odd: st.SearchStrategy[Tree] = st.sampled_from([None, True, False, *_NUMBERS, *_TEXTS, *_HOLDING])
"""Values that stand where nobody expects them."""


def places(tree: Tree, at: Place = ()) -> Iterator[Place]:
    """The way to everything in a tree."""
    yield at
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, one in inside:
        yield from places(one, (*at, name))


def found_at(tree: Tree, at: Place) -> Tree:
    """What stands at a place."""
    for name in at:
        tree = tree[name]
    return tree


def changed_at(tree: Tree, at: Place, change: Callable[[Tree], Tree]) -> Tree:
    """A tree with something else at one place."""
    if not at:
        return change(tree)
    new = dict(tree) if isinstance(tree, dict) else list(tree)
    new[at[0]] = changed_at(new[at[0]], at[1:], change)
    return new


def _without(at: Place) -> Callable[[Tree], Tree]:
    def change(within: Tree) -> Tree:
        new = dict(within) if isinstance(within, dict) else list(within)
        del new[at[-1]]
        return new

    return change


@st.composite
def mutated(draw: Any, tree: Tree, most: int = 3) -> Tree:
    """The tree with a few changes, each at any place of it."""
    for _ in range(draw(st.integers(0, most))):
        known = list(places(tree))
        at = draw(st.sampled_from(known))
        way = draw(st.integers(0, 8))
        if way <= 3:
            value = draw(odd)
            tree = changed_at(tree, at, lambda _, value=value: value)
        elif way == 4 and at:
            tree = changed_at(tree, at[:-1], _without(at))
        elif way == 5:
            value = found_at(tree, draw(st.sampled_from(known)))
            tree = changed_at(tree, at, lambda _, value=value: value)
        elif way == 6:
            value = draw(odd)
            tree = changed_at(tree, at, lambda one, value=value: [one, value])
        elif way == 7 and isinstance(found_at(tree, at), dict):
            name, value = (
                draw(st.sampled_from(["", "id", "type", "_sd", "...", "@context", "\ud800", "exp"])),
                draw(odd),
            )
            tree = changed_at(tree, at, lambda one, name=name, value=value: {**one, name: value})
        elif way == 8:
            tree = changed_at(tree, at, lambda one: [one] * 3 if isinstance(one, str) else str(one)[:50])
    return tree


@st.composite
def written(draw: Any, tree: Tree) -> bytes:
    """A tree as JSON, seldom with something in it that is none, or a member twice."""
    text = json.dumps(tree, ensure_ascii=draw(st.booleans()), separators=(",", ":"))
    way = draw(st.integers(0, 9))
    members = list(re.finditer(r'"[^"\\]*":', text)) if way in (0, 1) else []
    if members:
        one = members[draw(st.integers(0, len(members) - 1))]
        said = draw(st.sampled_from(_RAW)) if way == 0 else None
        if said is None:
            text = f"{text[: one.start()]}{one[0]}1,{text[one.start() :]}"
        else:
            text = f'{text[: one.end()]}{said},"\x7f":{text[one.end() :]}'
    return text.encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: Any, data: bytes) -> bytes:
    """Bytes changed, cut, doubled or put elsewhere."""
    for _ in range(draw(st.integers(1, 3))):
        at, size = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        way = draw(st.integers(0, 5))
        if way <= 1 and at < len(data):
            data = data[:at] + bytes((data[at] ^ draw(st.integers(1, 255)),)) + data[at + 1 :]
        elif way == 2:
            data = data[:at]
        elif way == 3:
            data = data[:at] + data[at + size :]
        elif way == 4:
            data = data[:at] + data[at : at + size] * 2 + data[at + size :]
        else:
            data = data[:at] + draw(st.binary(max_size=8)) + data[at:]
    return data
