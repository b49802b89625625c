"""The fault of student mobility's agreement hash, shown on their own two files and absent here.

Their hash is over text into which an XSLT joins the values: other values give the same text (network lesson 4), and the
same agreement in another order gives another text (lesson 3). Read as JSON, records of it keep both apart.
"""

import hashlib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ecvet.record import Json, address_of, canonical


def as_json(element: ElementTree.Element) -> Json:
    """An element as JSON: its name, its text or its children, in their order."""
    name = element.tag.rpartition("}")[2]
    children: list[Json] = [as_json(one) for one in element]
    return {name: children or (element.text or "").strip()}


def joined(element: ElementTree.Element) -> bytes:
    """What a hash over joined text sees: the texts of all elements, one after the other, without their places."""
    return " ".join(text.strip() for text in element.itertext() if text.strip()).encode()


def conditions(corpus: Path, version: str) -> ElementTree.Element:
    root = ElementTree.parse(corpus / "network" / "ewp-agreement" / f"get-response-{version}.xml").getroot()
    return next(one for one in root.iter() if one.tag.rpartition("}")[2] == "cooperation-conditions")


def test_a_value_moved_to_another_place_keeps_the_joined_text_but_never_the_address(corpus: Path) -> None:
    before, after = conditions(corpus, "v7"), conditions(corpus, "v7")
    parent = next(one for one in after.iter() if len(one) > 1 and all((child.text or "").strip() for child in one[:2]))
    first, second = parent[0], parent[1]
    first.text, second.text = f"{(first.text or '').strip()} {(second.text or '').strip()}", ""
    assert hashlib.sha256(joined(before)).digest() == hashlib.sha256(joined(after)).digest()
    assert address_of(canonical(as_json(before))) != address_of(canonical(as_json(after)))


def test_presentation_does_not_change_the_address(corpus: Path) -> None:
    """Spaces between elements and around values are presentation; the address of what is said stays."""
    for version in ("v6", "v7"):
        before, after = conditions(corpus, version), conditions(corpus, version)
        for one in after.iter():
            one.text, one.tail = f"\n  {one.text or ''}\t", "\n      "
        assert address_of(canonical(as_json(before))) == address_of(canonical(as_json(after)))


LEAVES = st.one_of(
    st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text('ab {}[]",:é', max_size=6).map(str.strip)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
)


def same(left: Json, right: Json) -> bool:
    """Equality of JSON: true is not 1."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@given(VALUES, VALUES)
def test_two_different_things_never_share_an_address(left: Json, right: Json) -> None:
    assert (address_of(canonical(left)) == address_of(canonical(right))) == same(left, right)
