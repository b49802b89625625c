"""The journal: chained, append-only, without gaps, and the outbox of followers."""

from dataclasses import replace
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from ecvet.record import address_of
from ecvet.terms import Identifier
from ecvet_platform.journal import actions, store, triggers
from ecvet_platform.journal.chain import BEGINNING, Entry, hash_of, prove
from ecvet_platform.journal.errors import JournalBroken
from ecvet_platform.people.roles import Actor

BRUNO = Actor(person=Identifier("urn:p:bruno"), name="Bruno", institution=Identifier("urn:i:home"), roles=frozenset())
THREAD = Identifier("urn:uuid:01890000-0000-7000-8000-000000000001")


def write(times: int = 1) -> None:
    for number in range(times):
        actions.write("agreement.sign", by=BRUNO, subject=THREAD, detail={"number": number, "left out": None})


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_chained_from_the_beginning():
    write(3)
    one, two, three = actions.read()
    assert [one.n, two.n, three.n] == [1, 2, 3]
    assert one.prev == BEGINNING
    assert (two.prev, three.prev) == (one.hash, two.hash)
    assert actions.verify() == (3, three.hash)
    assert two.details == {"number": 1}


@pytest.mark.django_db
def test_an_empty_journal_proves_itself():
    assert actions.verify() == (0, BEGINNING)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["person", "institution", "verb", "subject", "record", "detail", "at"])
def test_a_change_behind_the_platforms_back_is_found_at_its_entry(column: str):
    write(4)
    other = "'2020-01-01 00:00:00+00:00'" if column == "at" else "'else'"
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE journal_entry SET {column} = {other} WHERE n = 3")
    with pytest.raises(JournalBroken) as caught:
        actions.verify()
    assert caught.value.facts["n"] == 3


@pytest.mark.django_db
def test_an_entry_that_was_taken_out_is_missed():
    write(4)
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE n = 2")
    with pytest.raises(JournalBroken, match="broken at entry 2: it is missing"):
        actions.verify()


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_one_after_it():
    def entry(n: int, prev: str, verb: str) -> Entry:
        from datetime import UTC, datetime

        bare = Entry(n=n, at=datetime(2026, 1, n, tzinfo=UTC), person=BRUNO.person, institution=None, verb=verb,
                     subject=THREAD, record=None, detail="{}", prev=prev, hash=BEGINNING)  # fmt: skip
        return replace(bare, hash=hash_of(bare))

    one = entry(1, BEGINNING, "agreement.sign")
    two = entry(2, one.hash, "agreement.sign")
    forged = entry(1, BEGINNING, "agreement.withdraw")
    assert prove([one, two]) == (2, two.hash)
    with pytest.raises(JournalBroken, match="entry 2"):
        prove([forged, two])


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_change_the_journal(statement: str):
    write()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert actions.verify()[0] == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        write()
    assert actions.read() == ()


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_leaves_no_entry_and_no_gap():
    with transaction.atomic():
        write()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        write()
        raise ZeroDivisionError
    with transaction.atomic():
        write()
    assert [entry.n for entry in actions.read()] == [1, 2]
    assert actions.verify()[0] == 2


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain():
    failures: list[BaseException] = []

    def writer() -> None:
        try:
            for _ in range(8):
                with transaction.atomic():
                    write()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [Thread(target=writer) for _ in range(6)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert failures == []
    assert actions.verify()[0] == 48


@pytest.mark.django_db
def test_a_follower_goes_on_where_it_stopped():
    write(5)
    first = actions.read(limit=2)
    rest = actions.read(after=first[-1].n)
    assert [entry.n for entry in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert actions.read(after=5) == ()
    actions.write("unit.publish", by=BRUNO, subject=Identifier("urn:x:other"), record=address_of(b"x"))
    assert [entry.n for entry in actions.read(subject=Identifier("urn:x:other"))] == [6]
    assert [entry.n for entry in store.walk(batch=2)] == [1, 2, 3, 4, 5, 6]
