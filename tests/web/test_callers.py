from datetime import UTC, datetime, timedelta

import pytest

from newsroom.web.callers import Callers, network_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_networks_are_counted_and_not_people(address: str, network: str) -> None:
    """Only the front of an address is looked at."""
    assert network_of(address) == network


def test_a_network_has_its_number_an_hour() -> None:
    """Neighbours share it, others have their own, and an hour later it begins again."""
    callers = Callers(most=2)

    assert callers.may_pass("192.0.2.1", NOW)
    assert callers.may_pass("192.0.2.2", NOW + timedelta(minutes=30))
    assert not callers.may_pass("192.0.2.3", NOW + timedelta(minutes=59))
    assert callers.may_pass("198.51.100.1", NOW + timedelta(minutes=59))
    assert callers.may_pass("192.0.2.3", NOW + timedelta(minutes=60))
    assert not callers.may_pass("192.0.2.3", NOW + timedelta(minutes=61))


def test_a_flood_from_everywhere_does_not_fill_the_memory() -> None:
    """Past ten thousand networks the old ones are forgotten, or all when none is old."""
    callers = Callers(most=1)
    for number in range(10_500):
        callers.may_pass(f"10.{number // 256}.{number % 256}.1", NOW)
    assert callers.may_pass("10.0.0.1", NOW)

    late = Callers(most=1)
    for number in range(10_000):
        late.may_pass(f"10.{number // 256}.{number % 256}.1", NOW - timedelta(hours=number % 2))
    assert not late.may_pass("10.0.0.1", NOW)
