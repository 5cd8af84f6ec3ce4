import logging
from threading import Event

import pytest

from newsroom.web.later import Later


def test_things_are_done_in_their_order() -> None:
    """One after the other, and all before the end."""
    later, done = Later(), list[int]()
    for number in range(100):
        later.do(done.append, number)

    later.finish()

    assert done == list(range(100))


def test_one_failure_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by its kind, since its text may hold an address."""
    later, done = Later(), list[int]()

    def fail() -> None:
        raise ValueError("anna@example.se")

    with caplog.at_level(logging.ERROR):
        later.do(fail)
        later.do(done.append, 1)
        later.finish()

    assert done == [1]
    assert "ValueError" in caplog.text
    assert "anna" not in caplog.text


def test_more_than_can_be_done_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    """A flood does not fill the memory."""
    later, gate, done = Later(), Event(), list[int]()
    later.do(gate.wait)
    for number in range(1100):
        later.do(done.append, number)
    gate.set()

    later.finish()

    assert len(done) == 999
    assert "dropped" in caplog.text


def test_a_look_that_waits_is_enough(caplog: pytest.LogCaptureFixture) -> None:
    """One look under way and one to come: whoever asks for another is served by that one."""
    looking, began, gate, looks = Later.looking(), Event(), Event(), list[int]()

    def look(number: int) -> None:
        began.set()
        gate.wait()
        looks.append(number)

    looking.do(look, 0)
    began.wait()
    for number in range(1, 100):
        looking.do(look, number)
    gate.set()
    looking.finish()

    assert looks == [0, 1]
    assert caplog.text == ""
