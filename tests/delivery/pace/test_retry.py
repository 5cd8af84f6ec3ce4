"""When a message that was put off is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsroom.delivery.pace.retry import jittered, next_try
from newsroom.model import Sending
from tests.delivery.sample_ledger import NOW

SENDING = Sending()
DEADLINE = NOW + SENDING.deadline


def minutes(attempts: int) -> float:
    """The wait after so many tries."""
    then = next_try(SENDING, attempts, NOW, DEADLINE, "<1@example.se>")
    assert then is not None
    return (then - NOW).total_seconds() / 60


def test_waits_follow_the_list_then_every_four_hours() -> None:
    """The waits are those of the list, then four hours each, a fifth more or less."""
    for attempts, wait in enumerate((5, 15, 30, 60, 120, 240, 240, 240), start=1):
        assert wait * 0.8 <= minutes(attempts) <= wait * 1.2


def test_no_list_means_every_four_hours() -> None:
    """Without a list of waits there are still tries."""
    then = next_try(Sending(retry=()), 1, NOW, DEADLINE, "<1@example.se>")

    assert then is not None
    assert then - NOW >= timedelta(hours=3.2)


def test_time_is_up_after_the_deadline() -> None:
    """After the deadline a copy that has used its whole list is given up."""
    assert next_try(SENDING, 7, DEADLINE, DEADLINE, "s") is None
    assert next_try(SENDING, 7, DEADLINE - timedelta(seconds=1), DEADLINE, "s") is not None


def test_weekend_does_not_use_up_the_tries() -> None:
    """A copy first tried just before a weekend gets its tries after it, deadline or not."""
    assert next_try(SENDING, 2, DEADLINE + timedelta(hours=12), DEADLINE, "s") is not None


@given(seed=st.text(), hours=st.integers(1, 100))
def test_jitter_stays_within_a_fifth(seed: str, hours: int) -> None:
    """A wait is never more than a fifth longer or shorter, and always the same for its seed."""
    wait = timedelta(hours=hours)

    found = jittered(wait, seed)

    assert wait * 0.8 <= found <= wait * 1.2
    assert found == jittered(wait, seed)
