import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.model.refusal import why


def test_the_reason_is_in_our_words(tmp_path: Path) -> None:
    """What the system refuses is told so that an editor understands it."""
    with pytest.raises(OSError, match="name too long") as refused:
        (tmp_path / ("a" * 300)).touch()

    assert why(refused.value) == "the name is too long"


@pytest.mark.parametrize("number", [socket.EAI_NONAME, socket.EAI_AGAIN, errno.ENOENT])
def test_a_host_that_nobody_knows(number: int) -> None:
    """A name that leads nowhere has numbers of its own, on some systems those of files."""
    assert why(socket.gaierror(number, "x")) == "there is no machine of that name"


def test_what_is_said_of_networks_needs_none() -> None:
    """Commands start without the machinery of networks, which takes them milliseconds."""
    asked = "import sys, newsroom.model.refusal; print('socket' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    assert answer.stdout.decode().strip() == "False"


def test_a_taken_port() -> None:
    """Python writes the address into the system's words; ours need none."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError) as refused:  # noqa: PT011 (told below)
        socket.create_server(taken.getsockname())

    assert why(refused.value) == "another program listens there already"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (OSError(errno.EUCLEAN, os.strerror(errno.EUCLEAN)), os.strerror(errno.EUCLEAN)),
        (OSError("something else"), "something else"),
    ],
)
def test_a_rare_reason_stays_as_it_is(fault: OSError, reason: str) -> None:
    """Better the system's own words than none."""
    assert why(fault) == reason
