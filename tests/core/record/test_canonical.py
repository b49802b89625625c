"""Canonical bytes and addresses: one value, one byte string, and nothing repaired on the way in."""

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ecvet.record import address, address_of, canonical, parse_canonical
from ecvet.record.errors import NotAnAddress, NotCanonical

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=8).filter(
    lambda text: unicodedata.is_normalized("NFC", text)
)
values = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def test_members_are_sorted_by_utf_16_and_only_what_must_be_is_escaped() -> None:
    euro, emoji, hebrew = "\N{EURO SIGN}", "\N{GRINNING FACE}", "\N{HEBREW LETTER DALET WITH DAGESH}"
    private = "\N{FULLWIDTH LATIN SMALL LETTER A}"  # after the emoji in UTF-16, before it in code points
    found = canonical({private: 4, emoji: 3, euro: 2, "1": 1, "a": 'é\n"\\/'})
    order = [found.index(name.encode()) for name in ('"1"', '"a"', euro, emoji, private)]
    assert order == sorted(order)
    assert b'"a":"\xc3\xa9\\n\\"\\\\/"' in found
    with pytest.raises(NotCanonical, match="NFC"):
        canonical({hebrew: 1})


@given(st.dictionaries(texts, values, max_size=4))
def test_canonical_bytes_read_back_to_the_same_value_and_bytes(value: dict[str, Any]) -> None:
    data = canonical(value)
    assert parse_canonical(data) == value
    assert canonical(parse_canonical(data)) == data


@given(st.dictionaries(texts, values, min_size=2, max_size=5))
def test_the_order_of_members_never_changes_the_address(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert address_of(canonical(turned)) == address_of(canonical(value))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":1,"a":1}', "canonical form"),
        (b'{"b":1,"a":2}', "canonical form"),
        (b'{"a": 1}', "canonical form"),
        (b'{"a":"\\u00e9"}', "canonical form"),
        (b'{"a":1.5}', "floating-point"),
        (b'{"a":1e3}', "floating-point"),
        (b'{"a":NaN}', "floating-point"),
        (b'{"a":null}', "null"),
        ('{"a":"e\N{COMBINING ACUTE ACCENT}"}'.encode(), "NFC"),
        (b'{"a":" x"}', "trimmed"),
        (b'{" a":1}', "trimmed"),
        (b'{"a":"\\ud800"}', "not a record"),
        (b"[1]", "not a JSON object"),
        (b'{"a":1', "not JSON"),
        (b'{"a":"\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":9007199254740993}', "not a record"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "nested"),
    ],
)
def test_bytes_that_are_not_canonical_are_refused_and_never_repaired(data: bytes, why: str) -> None:
    with pytest.raises(NotCanonical, match=why):
        parse_canonical(data)


def test_a_record_has_at_most_256_kilobytes() -> None:
    fits = canonical({"a": "x" * (256 * 1024 - 8)})
    assert len(fits) == 256 * 1024
    parse_canonical(fits)
    with pytest.raises(NotCanonical, match="bytes"):
        parse_canonical(canonical({"a": "x" * (256 * 1024 - 7)}))


def test_an_address_is_the_sha_256_of_the_bytes() -> None:
    data = canonical({"a": 1})
    assert address_of(data) == "sha-256:" + hashlib.sha256(b'{"a":1}').hexdigest()
    assert address(address_of(data)) == address_of(data)


@pytest.mark.parametrize("text", ["", "sha-256:", "sha-256:" + "A" * 64, "sha-512:" + "a" * 64, "sha-256:" + "a" * 63])
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(NotAnAddress):
        address(text)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["french", "arrays", "values"])
def test_the_published_vectors_of_rfc_8785_come_out_byte_for_byte(corpus: Path, name: str) -> None:
    folder = corpus / "credentials" / "jcs"
    given_ = json.loads((folder / "input" / f"{name}.json").read_text(encoding="utf-8"))
    expected = (folder / "output" / f"{name}.json").read_bytes()
    assert expected.hex() == "".join((folder / "outhex" / f"{name}.txt").read_text().split())
    assert rfc8785.dumps(given_) == expected
    if name == "french":
        assert canonical(given_) == expected
    else:
        with pytest.raises(NotCanonical, match=r"null|floating-point"):
            canonical(given_)  # beyond RFC 8785 a record has neither null nor floats


_NAMES = st.text(st.characters(codec="utf-8"), max_size=5).map(lambda text: unicodedata.normalize("NFC", text).strip())
_LEAVES = st.one_of(st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), _NAMES)


@given(
    st.recursive(
        _LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4))
    )
)
def test_the_fast_encoder_writes_what_rfc_8785_says(item):
    assert canonical(item) == rfc8785.dumps(item)


def test_names_beyond_the_bmp_are_sorted_by_utf_16_units():
    assert canonical({"\U0001f600": 1, "\uff21": 2}) == '{"\U0001f600":1,"\uff21":2}'.encode()


@pytest.mark.parametrize("item", [2**53, -(2**53), {1: "a"}, {"a": object()}, ["\ud800"]])
def test_what_rfc_8785_cannot_write_has_no_canonical_form(item):
    with pytest.raises(NotCanonical):
        canonical(item)
