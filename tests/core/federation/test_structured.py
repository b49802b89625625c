"""Structured fields: read strictly, written in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.federation.structured import InnerList, Item, Token, parse_dictionary, serialise

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
BARE = st.one_of(
    st.booleans(), st.integers(-(10**15) + 1, 10**15 - 1), TEXTS, st.binary(max_size=40),
    st.from_regex(r"[A-Za-z*][A-Za-z0-9._*-]{0,8}", fullmatch=True).map(Token),
)  # fmt: skip
KEYS = st.from_regex(r"[a-z*][a-z0-9_.*-]{0,8}", fullmatch=True)
PARAMETERS = st.dictionaries(KEYS, BARE, max_size=4).map(lambda found: tuple(found.items()))
ITEMS = st.builds(Item, BARE, PARAMETERS)
MEMBERS = st.one_of(ITEMS, st.builds(InnerList, st.lists(ITEMS, max_size=4).map(tuple), PARAMETERS))


@given(st.dictionaries(KEYS, MEMBERS, max_size=4))
def test_what_is_written_is_read_back(members):
    text = ", ".join(f"{name}={serialise(one)}" for name, one in members.items())
    assert parse_dictionary(text) == members


@pytest.mark.parametrize(
    "text",
    ["a=", "a=1,", "a=1 b=2", "a=(1", "a=(1 2", "a=(1,2)", "A=1", "a=1;", 'a="é"', 'a="x', "a=:A:", "a=:AA=A:", "a=1.5",
     "a=1234567890123456", "a=?2", "a=1, a=2", "a=1;b=1;b=2", "a=(1)2", ",", "a==1", "a=1,,b=2", "a=" + "x" * 9000],
)  # fmt: skip
def test_what_is_not_a_dictionary_is_refused(text: str):
    with pytest.raises(ValueError):
        parse_dictionary(text)


def test_a_member_without_a_value_is_true():
    assert parse_dictionary("a, b;q=1") == {"a": Item(True), "b": Item(True, (("q", 1),))}
