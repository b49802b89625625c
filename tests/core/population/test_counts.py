"""Small counts: hidden, and never to be computed from what is shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.population.counts import BANDS, LEAST, Count, Shown, median, protected, quarter, total, whole

SERIES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3)), max_size=8).map(
    lambda found: [Count(str(place), people * each, people) for place, (people, each) in enumerate(found)]
)


@given(SERIES)
def test_nobody_sees_a_count_of_few_people(counts: list[Count]) -> None:
    for one, shown in zip(counts, protected(counts), strict=True):
        assert shown.name == one.name
        assert shown.count in (None, one.count)
        assert shown.count is None or one.people == 0 or one.people >= LEAST


@given(SERIES)
def test_what_is_hidden_cannot_be_computed_from_the_sum(counts: list[Count]) -> None:
    hidden = [one for one, shown in zip(counts, protected(counts), strict=True) if shown.count is None]
    everything = {one.name for one in counts if one.people} == {one.name for one in hidden}
    assert not hidden or everything or (len(hidden) > 1 and sum(one.people for one in hidden) >= LEAST)


@given(SERIES)
def test_nothing_is_hidden_without_need(counts: list[Count]) -> None:
    if all(one.people == 0 or one.people >= LEAST for one in counts):
        assert protected(counts) == whole(counts)


def test_a_single_small_count_takes_the_smallest_other_with_it() -> None:
    counts = [Count("FI>MT", 40, 40), Count("FI>IT", 3, 3), Count("MT>IT", 9, 9), Count("IT>MT", 0, 0)]
    assert protected(counts) == (Shown("FI>MT", 40), Shown("FI>IT", None), Shown("MT>IT", None), Shown("IT>MT", 0))
    assert total(protected(counts)) is None
    assert total(whole(counts)) == 52


def test_many_units_of_few_people_are_a_small_count() -> None:
    assert protected([Count("unit", 30, 4)]) == (Shown("unit", None),)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_the_median_is_that_of_the_list(values: list[int]) -> None:
    ordered, middle = sorted(values), len(values) // 2
    expected = Decimal(ordered[middle] + ordered[-middle - 1 if len(values) % 2 else middle - 1]) / 2
    assert median({value: values.count(value) for value in set(values)}) == expected


def test_there_is_no_median_of_nothing() -> None:
    assert median({}) is None


@given(st.integers(0, 5000))
def test_every_number_of_days_lies_in_one_band(days: int) -> None:
    assert sum(days in band for band in BANDS) == 1


@pytest.mark.parametrize(("month", "name"), [("2026-01", "2026-Q1"), ("2026-03", "2026-Q1"), ("2025-12", "2025-Q4")])
def test_a_month_lies_in_its_quarter(month: str, name: str) -> None:
    assert quarter(month) == name
