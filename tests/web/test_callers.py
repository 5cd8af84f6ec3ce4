import pytest

from newsroom.web.callers import Callers, network_of


class Seconds:
    """A clock that is set by hand."""

    time = 0.0

    def __call__(self) -> float:
        """The time it was set to."""
        return self.time


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("::ffff:198.51.100.1", "198.51.100.0/24"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_networks_are_counted_and_not_people(address: str, network: str) -> None:
    """Only the front of an address is looked at."""
    assert network_of(address) == network


def test_a_network_has_its_number_an_hour() -> None:
    """Neighbours share it, others have their own, and an hour later it begins again."""
    clock = Seconds()
    callers = Callers(2, clock)

    def passes(address: str, minute: int) -> bool:
        clock.time = minute * 60
        return callers.may_pass(address)

    assert passes("192.0.2.1", 0)
    assert passes("192.0.2.2", 30)
    assert not passes("192.0.2.3", 59)
    assert passes("198.51.100.1", 59)
    assert passes("192.0.2.3", 60)
    assert not passes("192.0.2.3", 61)


def test_a_flood_from_everywhere_does_not_fill_the_memory() -> None:
    """Past ten thousand networks the old ones are forgotten, or all when none is old."""
    clock = Seconds()
    callers = Callers(1, clock)
    for number in range(10_500):
        callers.may_pass(f"10.{number // 256}.{number % 256}.1")
    assert callers.may_pass("10.0.0.1")

    late = Callers(1, clock)
    for number in range(10_000):
        clock.time = 3600 * (number >= 5_000)
        late.may_pass(f"10.{number // 256}.{number % 256}.1")
    assert not late.may_pass("10.30.0.1")
    assert late.may_pass("10.0.0.1")
