"""Whoever has not answered is reminded before the last day, once for each day that says so."""

from dataclasses import replace
from datetime import date

import pytest

from ecvet.qualification.consultation import Round, reminder_due

ROUND = Round(opened=date(2026, 3, 2), deadline=date(2026, 3, 31))
BEFORE = (14, 3)


def due(on: int, *, asked: int = 2, reminded: int | None = None, item: Round = ROUND) -> bool:
    return reminder_due(
        item, asked=date(2026, 3, asked), reminded=date(2026, 3, reminded) if reminded else None, before=BEFORE,
        on=date(2026, 3, on),
    )  # fmt: skip


@pytest.mark.parametrize(("on", "reminded", "answer"), [
    (16, None, False), (17, None, True), (17, 17, False), (18, 17, False), (28, 17, True), (30, 28, False),
    (30, None, True), (30, 10, True), (29, 20, True),
])  # fmt: skip
def test_once_for_each_day(on: int, reminded: int | None, answer: bool) -> None:
    assert due(on, reminded=reminded) is answer


def test_whoever_is_asked_late_is_reminded_of_what_is_left_and_nobody_after_the_end() -> None:
    assert not due(20, asked=18)
    assert due(28, asked=18)
    assert not due(31, asked=29)
    closed = replace(ROUND, closed=date(2026, 3, 10))
    assert not due(17, item=closed)
    assert not reminder_due(ROUND, asked=ROUND.opened, reminded=None, before=BEFORE, on=date(2026, 4, 1))
