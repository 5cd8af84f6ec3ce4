"""Who is next in a batch."""

from datetime import timedelta

from newsroom.delivery.pace.lanes import GLOBAL, SENDER, lane_key
from newsroom.delivery.sending.queue import Queue
from newsroom.model.delivery import Recipient
from tests.delivery.sample_ledger import NOW

SOON, LATER = NOW + timedelta(seconds=3), NOW + timedelta(seconds=8)


def copy(number: int, lane: str) -> Recipient:
    """A copy that waits."""
    email = f"reader{number}@{lane}"
    return Recipient("2026-var", number, email, None, "sv", lane, f"<{number}@example.se>", 0)


ANNA, BO, CECILIA = copy(1, "a.example"), copy(2, "b.example"), copy(3, "a.example")


def test_first_whose_lane_is_free() -> None:
    """A lane without a slot is passed over for the next one, and has its turn when it has one."""
    queue = Queue([ANNA, BO, CECILIA])
    queue.note(lane_key("a.example"), SOON)

    assert queue.first_free(NOW) == BO
    assert queue.first_free(SOON) == ANNA


def test_what_all_share_keeps_everybody_waiting() -> None:
    """Without a slot of all lanes together, or of the sender, nobody is next."""
    for key in (GLOBAL, SENDER):
        queue = Queue([ANNA, BO])
        queue.note(key, SOON)

        assert queue.first_free(NOW) is None
        assert queue.seconds_to_wait(NOW) == 3


def test_waits_for_the_lane_that_is_free_first() -> None:
    """The wait ends with the first lane's, and not before what all share."""
    queue = Queue([ANNA, BO])
    queue.note(lane_key("a.example"), LATER)
    queue.note(lane_key("b.example"), SOON)
    first_lane = queue.seconds_to_wait(NOW)
    queue.note(GLOBAL, LATER)

    assert (first_lane, queue.seconds_to_wait(NOW)) == (3, 8)
    assert queue.seconds_to_wait(LATER + timedelta(seconds=1)) == 0


def test_who_had_their_turn_and_whose_lane_rests_are_gone() -> None:
    """A queue ends when each was taken or left out."""
    queue = Queue([ANNA, BO, CECILIA])

    queue.take(BO)
    queue.leave_out({lane_key("a.example")})

    assert not queue
    assert queue.first_free(NOW) is None
