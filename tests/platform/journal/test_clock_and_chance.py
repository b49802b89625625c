"""The one clock and the one source of chance."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ecvet.terms import identifier
from ecvet_platform.journal import chance, clock


def test_the_clock_can_be_fixed_and_goes_on_afterwards():
    noon = datetime(2020, 2, 29, 12, tzinfo=timezone(timedelta(hours=2)))
    with clock.fixed(noon):
        assert clock.now() == noon
        assert clock.now().tzinfo is UTC
        assert clock.today().isoformat() == "2020-02-29"
    assert clock.now().year > 2020


def test_the_clock_refuses_a_time_without_a_zone():
    with pytest.raises(ValueError), clock.fixed(datetime(2020, 1, 1)):  # noqa: DTZ001
        pass


def test_a_uuid7_tells_its_time_version_and_variant():
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    with clock.fixed(at):
        made = chance.uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(at.timestamp() * 1000) == 0x017F22E279B0


def test_identifiers_are_uris_and_all_different():
    made = {chance.new_identifier() for _ in range(1000)}
    assert len(made) == 1000
    assert all(identifier(one) == one for one in made)
