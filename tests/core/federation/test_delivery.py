"""Sent again until there is a receipt: how long it is waited, what people see, and when they are asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.federation.samples import AT, HOUR, proposing
from ecvet.federation.delivery import (
    GIVE_UP,
    LONGEST_WAIT,
    Answer,
    Delivery,
    Shown,
    answer,
    for_a_person,
    next_attempt,
    shown,
    split,
    wait,
)
from ecvet.federation.receipt import JournalHead, Outcome, receipt_for
from ecvet.record import address_of

MINUTE = timedelta(minutes=1)
HEAD = JournalHead(n=7, hash=address_of(b"7"))


@given(st.integers(0, 10_000), st.integers(0, 999))
def test_the_wait_is_between_half_a_minute_and_six_hours(attempts: int, jitter: int):
    assert MINUTE / 2 <= wait(attempts, jitter) <= LONGEST_WAIT


def test_the_wait_doubles():
    assert [wait(n, 0) / MINUTE for n in range(1, 12)] == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 180, 180]
    assert wait(3, 999) > wait(3, 0)
    with pytest.raises(ValueError, match="999"):
        wait(1, 1000)


def test_it_is_tried_for_thirty_days_then_a_person_decides():
    tried = Delivery(since=AT, attempts=130, last=AT + GIVE_UP - HOUR)
    assert next_attempt(tried, 999) is None
    assert not for_a_person(tried, AT + GIVE_UP)
    assert for_a_person(tried, AT + GIVE_UP + MINUTE)


def test_the_whole_of_thirty_days_takes_about_a_hundred_and_thirty_attempts():
    item, count = Delivery(since=AT), 0
    while (at := next_attempt(item, 500)) is not None:
        count += 1
        item = replace(item, attempts=item.attempts + 1, last=at)
    assert 120 < count < 180


def test_what_people_see():
    stored = receipt_for(proposing(), Outcome.STORED, at=AT, head=HEAD)
    refused = receipt_for(proposing(), Outcome.REFUSED, at=AT, head=HEAD, problem={"title": "no"})
    sent = Delivery(since=AT, attempts=1, last=AT)
    assert shown(sent, AT + MINUTE) is Shown.SENT
    assert shown(sent, AT + HOUR) is Shown.NO_ANSWER
    assert shown(replace(sent, receipt=stored), AT + HOUR) is Shown.CONFIRMED
    assert shown(replace(sent, receipt=refused), AT + HOUR) is Shown.REFUSED
    assert next_attempt(replace(sent, receipt=stored), 0) is None
    assert next_attempt(replace(sent, paused=True), 0) is None


def test_a_partner_may_ask_to_wait_but_not_for_ever():
    tried = Delivery(since=AT, attempts=1, last=AT)
    assert next_attempt(tried, 0, not_before=AT + HOUR) == AT + HOUR
    assert next_attempt(tried, 0, not_before=AT + 1000 * HOUR) == AT + LONGEST_WAIT


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (200, Answer.RECEIPT),
        (503, Answer.AGAIN),
        (302, Answer.AGAIN),
        (401, Answer.AGAIN),
        (413, Answer.PERSON),
        (422, Answer.PERSON),
    ],
)
def test_what_an_answer_means(status: int, means: Answer):
    assert answer(status) is means


@given(st.lists(st.integers(1, 100), max_size=200))
def test_batches_keep_the_order_and_the_limits(sizes: list[int]):
    batches = split(tuple(sizes), most=50, most_bytes=1000)
    assert [n for batch in batches for n in batch] == list(range(len(sizes)))
    assert all(0 < len(batch) <= 50 and sum(sizes[n] for n in batch) <= 1000 for batch in batches)
