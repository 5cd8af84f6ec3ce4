"""This process, as others are told of it."""

import os
import socket

from newsroom.workers.this_process import this_process


def test_a_process_is_named_by_its_machine_and_its_number() -> None:
    """Whoever reads a name finds the process with it."""
    host = socket.gethostname()[:60]

    assert str(this_process()) == f"{host}:{os.getpid()}"


def test_a_forked_child_is_a_process_of_its_own() -> None:
    """What is asked anew in the child names the child, not who forked it."""
    ours = this_process()

    child = os.fork()
    if not child:
        os._exit(0 if this_process().number == os.getpid() != ours.number else 1)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
