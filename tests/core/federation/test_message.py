"""Messages and batches: read strictly, kept as they came."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.federation.samples import AT, name, proposing, said, statement
from core.partnership.samples import LYON, THREAD, TURIN, memorandum, proposal
from ecvet.errors import EcvetError
from ecvet.federation import carried, message, parties_of, read, read_batch, terms_of, write_batch
from ecvet.federation.carried import highest_common
from ecvet.federation.errors import MessageTooLong, MessageUnreadable, SchemaNotRead
from ecvet.federation.kinds import Kind
from ecvet.federation.message import Beside, from_json, to_json
from ecvet.partnership import MemorandumOfUnderstanding
from ecvet.record import Act, Person, address_of, canonical, commitment, from_bytes, to_bytes
from ecvet.record.canonical import MAX_BYTES, JsonObject
from ecvet.record.errors import NotCanonical, TermsUnreadable

SALT = bytes(range(32))
ALBA = Person(names=("Alba",), family_name="Ferri")


def as_json(**more: Any) -> dict[str, Any]:
    return {**json.loads(proposing().data), **more}


def test_a_message_is_read_as_it_was_written():
    item = proposing()
    again = read(item.data)
    assert again == item
    assert again.data == item.data
    assert again.digest == address_of(item.data)


def test_records_come_out_byte_for_byte():
    made = proposal()
    (found,) = read(proposing(made).data).records
    assert found.data == to_bytes(made)
    assert (found.address, found.record) == (made.address, made)


def test_the_digest_does_not_depend_on_how_the_message_was_written():
    spaced = json.dumps(dict(reversed(as_json().items())), indent=2).encode()
    assert read(spaced).digest == proposing().digest


def test_unknown_members_are_kept():
    item = from_json(JsonObject(as_json(urgent=True, later={"a": ["b"]})))
    assert item.others == {"urgent": True, "later": {"a": ["b"]}}
    assert json.loads(item.data)["later"] == {"a": ["b"]}
    assert read(canonical(to_json(item))) == item


def test_persons_travel_beside_their_commitment():
    ref = commitment(ALBA, SALT)
    item = proposing(persons=(Beside(ref=ref, salt=SALT, person=ALBA),))
    (found,) = read(item.data).persons
    assert found.fits()
    assert not replace(found, salt=bytes(32)).fits()
    assert not replace(found, salt=b"short").fits()


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("id", "urn:uuid:0190a1b2-0000-4000-8000-000000000001"),
        ("id", "1"),
        ("id", None),
        ("id", 7),
        ("from", "turin"),
        ("to", ""),
        ("seq", 0),
        ("seq", -1),
        ("seq", True),
        ("seq", "1"),
        ("seq", 1 << 53),
        ("seq", 1.0),
        ("thread", "a b"),
        ("kind", "shout"),
        ("objects", "x"),
        ("objects", [1]),
        ("objects", ["a+b="]),
        ("objects", ["AB"]),
        ("signatures", {}),
        ("statements", ["x"]),
        ("statements", [7]),
        ("persons", [{}]),
        ("persons", [{"ref": "x", "salt": "AA", "person": {"names": "Alba"}}]),
        ("note", "text"),
        ("note", {"a": None}),
        ("note", {"a": " x"}),
        ("in_reply_to", 5),
    ],
)
def test_what_is_not_a_message_is_refused_with_its_place(member: str, value: object):
    with pytest.raises(MessageUnreadable):
        read(json.dumps(as_json(**{member: value})).encode())


@pytest.mark.parametrize("member", ["id", "from", "to", "seq", "thread", "kind"])
def test_every_member_that_is_needed_is_asked_for(member: str):
    with pytest.raises(MessageUnreadable, match=member):
        from_json(JsonObject({name: one for name, one in as_json().items() if name != member}))


def test_limits():
    with pytest.raises(MessageTooLong):
        said(Kind.NOTE, note=JsonObject({"text": "a" * MAX_BYTES}))
    with pytest.raises(MessageTooLong):
        read(json.dumps(as_json(objects=["AA"] * 65)).encode())
    with pytest.raises(MessageTooLong):
        read_batch(b'{"messages":[' + b"1," * 50 + b"1]}")
    with pytest.raises(MessageTooLong):
        read_batch(b" " * (4 * 1024 * 1024 + 1))
    assert len(said(Kind.NOTE, note=JsonObject({"text": "a" * (MAX_BYTES - 500)})).data) <= MAX_BYTES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"messages":[]}',
        b'{"messages":{}}',
        b"\xff",
        b'{"messages":[1],"messages":[2]}',
        b'{"messages":NaN}',
        b"[" * 5000,
    ],
)
def test_what_is_not_a_batch_is_refused(data: bytes):
    with pytest.raises(MessageUnreadable):
        read_batch(data)


def test_a_batch_is_read_message_by_message():
    first, second = proposing(n=1), said(Kind.NOTE, n=2, seq=2, note=JsonObject({"text": "Ciao"}))
    listed = read_batch(write_batch((first, second)))
    assert tuple(map(from_json, listed)) == (first, second)
    broken = read_batch(b'{"messages":[7,' + first.data + b"]}")
    assert from_json(broken[1]) == first
    with pytest.raises(MessageUnreadable):
        from_json(broken[0])


@given(st.integers(0, 2000))
def test_truncated_bytes_are_never_a_message(cut: int):
    data = proposing().data
    with pytest.raises(EcvetError):
        read(data[: min(cut, len(data) - 1)])


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_changes_the_digest_or_is_refused(place: int, by: int):
    data = bytearray(proposing().data)
    data[place % len(data)] ^= by
    with suppress(EcvetError):
        assert read(bytes(data)).digest != proposing().digest


# ---------------------------------------------------------------- records as they travel
def newer(**more: Any) -> bytes:
    made = json.loads(to_bytes(proposal()))
    return canonical({**made, "schema": made["schema"].replace("/1.0", "/1.3"), **more})


def test_members_of_a_newer_minor_version_stay_in_the_bytes():
    data = newer(sustainability="green")
    found = carried(data)
    assert found.newer
    assert found.data == data
    assert found.record.address == found.address == address_of(data)
    assert to_bytes(found.record) == data


def test_terms_of_a_newer_minor_version_are_read_as_far_as_they_are_known():
    terms = json.loads(to_bytes(proposal()))["terms"]
    terms["qualifications"][0]["carbon"] = {"budget": "2"}
    found = carried(newer(terms={**terms, "sustainability": "green"})).record
    assert terms_of(MemorandumOfUnderstanding, found) == memorandum()
    assert parties_of(found) == {TURIN, LYON}
    with pytest.raises(TermsUnreadable):
        terms_of(MemorandumOfUnderstanding, carried(newer(terms={**terms, "parties": "Turin"})).record)
    strict = json.loads(to_bytes(proposal()))
    with pytest.raises(TermsUnreadable):
        parties_of(carried(canonical({**strict, "terms": {**terms, "sustainability": "green"}})).record)


def test_another_major_version_is_not_read():
    data = to_bytes(proposal()).replace(b"/mou/1.0", b"/mou/2.0")
    with pytest.raises(SchemaNotRead):
        carried(data)
    assert highest_common(("1", "2")) == "1"
    assert highest_common(("2", "3")) is None


def test_this_version_has_no_other_members_than_it_has():
    with pytest.raises(MessageUnreadable):
        carried(newer(schema=json.loads(to_bytes(proposal()))["schema"], more="x"))


@pytest.mark.parametrize(
    "schema", ["", "mou", "https://ecvet.example/schema/transcript/1.0", "https://ecvet.example/schema/mou/1"]
)
def test_the_schema_names_the_type_and_its_version(schema: str):
    with pytest.raises(MessageUnreadable):
        carried(newer(schema=schema))


def test_lists_have_limits():
    with pytest.raises(MessageTooLong, match="units"):
        carried(newer(extra={"units": ["u"] * 101}))
    with pytest.raises(MessageTooLong, match="outcomes"):
        carried(newer(extra=[{"outcomes": ["o"] * 51}]))
    assert carried(newer(extra={"units": [{"outcomes": ["o"] * 50}] * 100})).newer


def test_bytes_that_are_not_canonical_are_no_record():
    with pytest.raises(NotCanonical):
        carried(to_bytes(proposal()) + b" ")
    with pytest.raises(NotCanonical):
        carried(b"{" * 3)


def test_a_message_that_would_be_refused_is_not_made():
    made = proposal()
    with pytest.raises(MessageUnreadable):
        message(
            Kind.PROPOSE,
            id=THREAD.replace("7000", "4000"),
            sender=TURIN,
            to=LYON,
            seq=1,
            thread=THREAD,  # type: ignore[arg-type]
            records=(made,),
            signatures=(statement(made, TURIN, Act.ISSUE, at=AT),),
        )
    assert from_bytes(proposing(made).objects[0]) == made
    assert name(1) == proposing().id
