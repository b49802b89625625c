"""The pure decisions about proof: how fresh, how often, what may go, and when a passkey has a double."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet_platform.people import proof
from ecvet_platform.people.device import device
from ecvet_platform.people.proof import Try, Ways

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
WITHIN = timedelta(minutes=15)
HERE = "https://login.example"


@pytest.mark.parametrize(
    ("ways", "ago", "may"),
    [
        (Ways(), None, True),
        (Ways(code=True), None, False),
        (Ways(passkeys=1), None, False),
        (Ways(code=True), 15, True),
        (Ways(code=True), 16, False),
        (Ways(code=True), -1, False),
    ],
)
def test_who_has_a_second_factor_signs_after_showing_it(ways: Ways, ago: int | None, may: bool):
    proved = None if ago is None else AT - timedelta(minutes=ago)
    assert bool(proof.may_sign(ways, proved, at=AT, within=WITHIN)) is may


def test_what_is_demanded_is_met_by_any_proof_of_the_session():
    assert proof.meets(False, None)
    assert not proof.meets(True, None)
    assert proof.meets(True, AT - timedelta(hours=7))


@given(st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
def test_nobody_ever_locks_herself_out(passkeys: int, code: bool, by_email: bool, tied: bool):
    ways = Ways(passkeys=passkeys, code=code, by_email=by_email, issuers=frozenset([HERE] if tied else []))

    def can_come(left: Ways) -> bool:
        return left.passkeys > 0 or left.by_email or HERE in left.issuers

    fewer = Ways(passkeys=passkeys - 1, code=code, by_email=by_email, issuers=ways.issuers)
    if passkeys and proof.may_do_without_passkey(ways, [HERE]):
        assert can_come(fewer)
    if tied and proof.may_do_without_provider(ways, HERE, [HERE]):
        assert can_come(Ways(passkeys=passkeys, by_email=by_email))
    if proof.may_do_without_email(ways):
        assert can_come(Ways(passkeys=passkeys, by_email=False, issuers=ways.issuers))


def test_a_provider_that_is_no_longer_set_up_is_no_way_in():
    assert not proof.may_do_without_passkey(Ways(passkeys=1, by_email=False, issuers=frozenset({HERE})), [])


def test_waits_double_from_half_a_minute_to_an_hour():
    waits = [(until - AT) // timedelta(seconds=1) if (until := proof.locked_until(n, at=AT)) else 0 for n in range(15)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_the_longer_wait_of_account_and_address_counts():
    tries = [Try(failures=5, last=AT, until=AT + timedelta(seconds=30)), Try(failures=9, last=AT, until=None)]
    assert not proof.may_try(tries, at=AT)
    assert proof.may_try(tries, at=AT + timedelta(seconds=30))


@pytest.mark.parametrize(
    ("kept", "told", "copied"), [(0, 0, False), (0, 1, False), (5, 6, False), (5, 5, True), (5, 4, True), (5, 0, True)]
)
def test_a_counter_must_grow_unless_there_is_none(kept: int, told: int, copied: bool):
    assert proof.is_copied(kept, told) is copied


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
         "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
         "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_by_browser_and_system_and_nothing_finer(agent: str, name: str):
    assert device(agent) == name
