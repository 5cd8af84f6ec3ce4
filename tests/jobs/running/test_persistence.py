"""How long a job that fails is nobody's news, and how it is tried again."""

from datetime import timedelta

import pytest

from newsroom.jobs.running.persistence import persistence_of

JOBS = ("publish", "newsletter.var.send", "bounces", "backup", "links", "housekeeping", "other")


@pytest.mark.parametrize("job", JOBS)
def test_waits_grow_and_go_on(job: str) -> None:
    """Each wait is longer than the one before, and the last is kept to for as long as it fails."""
    waits = [persistence_of(job).wait(failures) for failures in range(1, 12)]

    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] <= timedelta(hours=2)


def test_a_send_slot_is_tried_often_while_it_may_be_sent() -> None:
    """Within the six hours after which an issue is held there are ten tries at the least."""
    persistence = persistence_of("newsletter.var.send")
    spent = sum((persistence.wait(failures) for failures in range(1, 10)), timedelta(0))

    assert spent < timedelta(hours=6)
