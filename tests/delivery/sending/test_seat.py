"""The seats of sending processes."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.delivery.sending.seat import take_seat

HOLD = """
import sys, time
from pathlib import Path
from newsroom.delivery.sending.seat import take_seat
with take_seat(Path(sys.argv[1])) as seat:
    print(seat, flush=True)
    time.sleep(60)
"""


def test_each_process_has_its_own_seat(tmp_path: Path) -> None:
    """Two who send at the same time have different seats; a seat that is left is taken again."""
    with take_seat(tmp_path) as first, take_seat(tmp_path) as second:
        assert first.endswith("-0")
        assert second.endswith("-1")

    with take_seat(tmp_path) as again:
        assert again == first


def test_machines_of_one_name_have_their_own_seats(tmp_path: Path) -> None:
    """Two machines that are called the same, as containers often are, never share a seat's name."""
    with take_seat(tmp_path / "one") as first, take_seat(tmp_path / "other") as second:
        assert first != second
        assert first.endswith("-0")
        assert second.endswith("-0")


def test_a_seat_is_the_same_under_another_host_name(tmp_path: Path) -> None:
    """A container that is made anew has a new host name, and frees at once what the old one had."""
    with take_seat(tmp_path) as before:
        pass
    renamed = ["unshare", "--map-root-user", "--uts", "sh", "-c", 'hostname elsewhere && exec "$@"']
    command = [*renamed, "sh", sys.executable, "-c", HOLD, str(tmp_path)]
    if not can_be_renamed():
        pytest.skip("another host name takes a namespace of one's own, which is not to be had here")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        after = process.stdout.readline().strip()
        process.kill()

    assert after == before


def can_be_renamed() -> bool:
    """Whether a process may have a host name of its own here."""
    command = ["unshare", "--map-root-user", "--uts", "hostname", "elsewhere"]
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(command, check=False).returncode == 0


def test_killed_process_leaves_its_seat(tmp_path: Path) -> None:
    """A process that is killed holds its seat no longer, and the next one gets the same."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seat = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)

    with take_seat(tmp_path) as after:
        assert after == seat
