"""The store of immutable records: bytes as they were, one line of versions, signatures beside them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ecvet.record import Act, Record, RecordType, Signature, SigningKey, address_of, record, sign, to_bytes
from ecvet.record.errors import TermsUnreadable, VersionDoesNotFollow
from ecvet.terms import Identifier
from ecvet_platform.journal import store
from ecvet_platform.journal.errors import RecordUnknown

pytestmark = pytest.mark.django_db()

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCHOOL = Identifier("https://school.example")
THREAD = Identifier("urn:uuid:01890000-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Text:
    text: str

    @property
    def record_type(self) -> RecordType:
        return RecordType.TRANSCRIPT


@dataclass(frozen=True, slots=True)
class Other:
    number: int


def version(text: str, prev: Record | None = None) -> Record:
    return record(Text(text), thread=THREAD, author=SCHOOL, at=AT, prev=prev)


def test_a_record_comes_back_with_the_same_bytes_and_value():
    made = version("we agree")
    at = store.keep(made)
    assert at == made.address == address_of(store.record_bytes(at))
    assert store.record(at) == made
    assert store.record_bytes(at) == to_bytes(made)
    assert store.recorded(at, Text).value == Text("we agree")


def test_the_same_record_is_kept_once():
    made = version("we agree")
    assert store.keep(made) == store.keep(made)
    assert len(store.history(THREAD)) == 1


def test_the_head_is_the_latest_version():
    first = version("one")
    second = version("two", first)
    store.keep(first)
    store.keep(second)
    assert store.head(THREAD) == second
    assert store.history(THREAD) == (first, second)


def test_two_versions_after_the_same_one_are_refused():
    first = version("one")
    store.keep(first)
    store.keep(version("two", first))
    with pytest.raises(VersionDoesNotFollow):
        store.keep(version("another two", first))
    assert len(store.history(THREAD)) == 2


def test_a_second_beginning_of_a_thread_is_refused():
    store.keep(version("one"))
    with pytest.raises(VersionDoesNotFollow):
        store.keep(version("another one"))


def test_a_version_whose_predecessor_is_not_here_is_refused():
    with pytest.raises(VersionDoesNotFollow, match="is not here"):
        store.keep(version("two", version("one")))


def test_an_unknown_address_and_an_unknown_thread_are_said_to_be_unknown():
    for ask in (lambda: store.record(address_of(b"x")), lambda: store.head(THREAD)):
        with pytest.raises(RecordUnknown) as caught:
            ask()
        assert caught.value.status == 404


def test_a_record_is_not_read_as_something_else():
    at = store.keep(version("one"))
    with pytest.raises(TermsUnreadable):
        store.recorded(at, Other)


def test_signatures_lie_beside_the_record_and_only_beside_one_that_is_here():
    made = version("one")
    key = SigningKey.from_seed("k1", bytes(32))
    accept = sign(Signature(object=made.address, signer=SCHOOL, role="home", act=Act.ACCEPT, at=AT), key)
    with pytest.raises(RecordUnknown):
        store.keep_signature(accept)
    store.keep(made, [accept])
    store.keep(made, [accept])
    assert store.signatures(made.address) == (accept,)


@pytest.mark.parametrize("table", ["journal_record", "journal_signature"])
def test_the_database_itself_refuses_to_change_records(table: str):
    made = version("one")
    key = SigningKey.from_seed("k1", bytes(32))
    store.keep(made, [sign(Signature(object=made.address, signer=SCHOOL, role="home", act=Act.ACCEPT, at=AT), key)])
    for statement in (f"UPDATE {table} SET bytes = NULL", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert store.record(made.address) == made
