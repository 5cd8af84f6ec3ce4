"""The times of files: when an equal one means equal bytes."""

import pytest

from newsroom.model.file_time import is_settled

SECOND = 1_000_000_000


@pytest.mark.parametrize(("age", "settled"), [(3, True), (2, False), (0, False), (-60, False)])
def test_a_time_is_trusted_when_it_is_older_than_the_coarsest_clock(
    age: int, *, settled: bool
) -> None:
    """A file changed within two seconds, or ahead of the clock, may change and keep its time."""
    now = 1_800_000_000 * SECOND

    assert is_settled(now - age * SECOND, now) is settled
