"""Child processes: what they give back, what is lost, and that none is ever left behind."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest

from newsroom.workers import Crew, Lost
from newsroom.workers.companion import accompany
from newsroom.workers.lock import lock
from newsroom.workers.turn import one_at_a_time
from tests.processes import PATIENCE, environment

BIG = 10_000_000  # bytes
LIMIT = 2  # seconds of a processor: far more than any item but the one that hangs needs

FOREVER = """
import os, signal, time
from newsroom.workers import Crew

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it

def hang(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)

with Crew(hang, [1, 2], size=2) as crew:
    list(crew.results())
"""


Threads = Callable[[], AbstractContextManager[None]]


def double(number: int) -> int:
    """Stand in a module, as what is pickled must."""
    return number * 2


def tireless(number: int) -> int:
    """Work for ever at the third item."""
    while number == 2:
        pass
    return number


def sleep(seconds: float) -> float:
    """Take time, and no processor."""
    time.sleep(seconds)
    return seconds


def has_b(text: str) -> bool:
    """Never found out, for many a and no b: a hundred years in C."""
    return re.match("(a+)+b", text) is not None


def crash_at(deadly: set[int], way: str, number: int) -> int:
    """End the process instead of giving the number back, at the deadly ones."""
    if number not in deadly:
        return number
    if way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "exit":
        sys.exit("the key is gone")
    os._exit(7)


def fail_awkwardly(_item: object) -> None:
    """Raise what cannot be read again."""
    raise AwkwardError("a", "b")


def give_closure(item: object) -> object:
    """What cannot be pickled."""
    return lambda: item


def many_bytes(number: int) -> bytes:
    """Ten million of them."""
    return bytes([number]) * BIG


def some_bytes(number: int) -> bytes:
    """More than a pipe holds, after a while."""
    return bytes(1000) * number


def draw(_item: object) -> float:
    """A random number."""
    return random.random()


def sleep_and_give_pid(seconds: float) -> int:
    """Which process it was."""
    time.sleep(seconds)
    return os.getpid()


def refuse(number: int) -> int:
    """Fail at the third item."""
    if number == 2:
        raise LookupError(f"no number {number}")
    return number


@contextmanager
def another_thread() -> Iterator[None]:
    """While it lasts, children cannot inherit."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        wait_until(lambda: not Path(f"/proc/self/task/{thread.native_id}").exists())


@contextmanager
def as_it_is() -> Iterator[None]:
    """The one thread of a command."""
    yield


both_ways = pytest.mark.parametrize("threads", [as_it_is, another_thread])


def is_alive(pid: int) -> bool:
    """Whether the process is there and no corpse."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def wait_until(happened: Callable[[], bool]) -> None:
    """Return when it has."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


@both_ways
def test_each_item_has_its_result(threads: Threads) -> None:
    """Ten thousand small items come back with their index, whatever way the children began."""
    with threads(), Crew(double, range(10_000), size=2) as crew:
        results = dict(crew.results())

    assert results == {number: number * 2 for number in range(10_000)}


def python(script: str) -> str:
    """What a process of its own prints."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment({}),
        stdout=subprocess.PIPE,
        check=True,
        timeout=PATIENCE,
        text=True,
    ).stdout


def test_children_inherit_only_from_a_process_with_one_thread() -> None:
    """With a second thread there may be locks that no child could open."""
    out = python("""
import threading
from newsroom.workers import can_inherit

print(can_inherit())
threading.Thread(target=lambda: print(can_inherit())).start()
""")

    assert out.split() == [str(sys.platform == "linux"), "False"]


def test_inherited_functions_and_items_may_be_closures() -> None:
    """Nothing but the result is pickled."""
    out = python("""
from newsroom.workers import Crew

words = {"a": "one", "b": "two"}
with Crew(lambda make: make(), [lambda: words["a"], lambda: words["b"]]) as crew:
    print(sorted(crew.results()))
""")

    assert out.strip() == "[(0, 'one'), (1, 'two')]"


def test_what_cannot_be_pickled_is_refused_at_once_where_it_must_be() -> None:
    """A closure in a process with threads is the programmer's mistake, told where it is made."""
    with another_thread(), pytest.raises(Exception, match="pickle"):
        Crew(lambda number: number, [1])


def test_children_work_while_the_parent_does_something_else(tmp_path: Path) -> None:
    """They begin when the crew is made, before anybody asks for results."""
    with Crew(Path.touch, [tmp_path / "begun"]) as crew:
        wait_until((tmp_path / "begun").exists)

        assert list(crew.results()) == [(0, None)]


def test_no_items_need_no_children() -> None:
    """Nothing to do is done."""
    items: list[int] = []

    with Crew(double, items) as crew:
        assert list(crew.results()) == []


@both_ways
def test_an_item_that_hangs_is_lost_alone(threads: Threads) -> None:
    """Its process is ended; others take what that process had before it."""
    with (
        threads(),
        Crew(tireless, range(200), seconds=LIMIT, size=2) as crew,
    ):
        results = dict(crew.results())

    assert results.pop(2) == Lost(f"it took longer than {LIMIT} seconds")
    assert results == {number: number for number in range(200) if number != 2}


def test_who_waits_for_a_busy_machine_is_not_blamed() -> None:
    """A second of work may take longer than a second."""
    with Crew(sleep, [1.2], seconds=1) as crew:
        assert list(crew.results()) == [(0, 1.2)]


def test_who_waits_for_ever_is_lost() -> None:
    """It takes no time of a processor, and is ended all the same."""
    with Crew(sleep, [600.0], seconds=0.2) as crew:
        assert list(crew.results()) == [(0, Lost("it took longer than 2 seconds"))]


def test_an_item_that_hangs_inside_c_code_is_lost_too() -> None:
    """No signal handler of Python's would run there: the kernel ends the process."""
    with Crew(has_b, ["ab", "a" * 60], seconds=LIMIT) as crew:
        results = dict(crew.results())

    assert results == {0: True, 1: Lost(f"it took longer than {LIMIT} seconds")}


@both_ways
@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("kill", "its process was ended by SIGKILL"),
        ("_exit", "its process ended by itself, with status 7"),
    ],
)
def test_an_item_that_takes_its_process_down_is_lost_alone(
    threads: Threads, way: str, why: str
) -> None:
    """Whether it was killed for its memory or crashed, the rest is done."""
    deadly = {3, 50, 99}

    with threads(), Crew(partial(crash_at, deadly, way), range(100), size=2) as crew:
        results = dict(crew.results())

    assert {results.pop(n) for n in deadly} == {Lost(why)}
    assert results == {n: n for n in range(100) if n not in deadly}


@both_ways
def test_an_item_that_leaves_the_program_is_lost_alone(
    threads: Threads, capfd: pytest.CaptureFixture[str]
) -> None:
    """What would end the program ends the child, and its reason is told."""
    with threads(), Crew(partial(crash_at, {1}, "exit"), range(3)) as crew:
        results = dict(crew.results())

    lost = results.pop(1)
    assert isinstance(lost, Lost)
    assert "ended by itself" in lost.why
    assert "the key is gone" in capfd.readouterr().err
    assert results == {0: 0, 2: 2}


def test_a_companion_tells_why_it_leaves(capfd: pytest.CaptureFixture[str]) -> None:
    """Its last words are heard even when they are no error, and it never comes back as us."""
    companion = accompany(lambda _tell, _listen: sys.exit("the key is gone"))

    with os.fdopen(companion.heard, "rb", closefd=False) as heard:
        nothing = heard.read()  # until it has ended
    companion.end()

    assert nothing == b""
    assert "SystemExit: the key is gone" in capfd.readouterr().err


def test_every_item_may_be_deadly() -> None:
    """A crew that loses everything still comes to an end."""
    with Crew(os._exit, range(5), size=2) as crew:
        lost = dict(crew.results())

    assert sorted(lost) == [0, 1, 2, 3, 4]


@both_ways
def test_an_exception_is_raised_where_results_are_read(
    threads: Threads,
) -> None:
    """Its kind, its message, and a note of where in the child it was."""
    with (
        threads(),
        Crew(refuse, range(5)) as crew,
        pytest.raises(LookupError, match="no number 2") as raised,
    ):
        list(crew.results())

    assert "in refuse" in raised.value.__notes__[0]


class AwkwardError(Exception):
    """Pickled, but not read again."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")


def test_an_exception_that_cannot_travel_is_told_in_words() -> None:
    """Some exceptions cannot be made again from what pickle keeps of them."""
    with Crew(fail_awkwardly, [1]) as crew, pytest.raises(RuntimeError, match="AwkwardError: a: b"):
        list(crew.results())


def test_a_result_that_cannot_be_pickled_is_an_exception() -> None:
    """As what the function gives has to come back."""
    with Crew(give_closure, [1]) as crew, pytest.raises(Exception, match="pickle"):
        list(crew.results())


def test_big_results_come_whole() -> None:
    """Ten megabytes are many times what a pipe holds."""
    with Crew(many_bytes, range(6), size=2) as crew:
        whole = {n: result == bytes([n]) * BIG for n, result in crew.results()}

    assert whole == dict.fromkeys(range(6), True)


def test_a_reader_who_takes_his_time_is_no_hanging_item() -> None:
    """Children wait for a slow reader; an item's time is its own."""
    with Crew(some_bytes, range(300), seconds=LIMIT, size=2) as crew:
        time.sleep(LIMIT + 0.5)

        assert not any(isinstance(result, Lost) for _, result in crew.results())


def test_children_draw_different_random_numbers() -> None:
    """What is inherited of the generator is seeded anew."""
    with Crew(draw, range(200), size=2) as crew:
        drawn = [number for _, number in crew.results()]

    assert len(set(drawn)) == 200


def test_leaving_early_ends_every_child() -> None:
    """Nobody works on when the block is left."""
    with Crew(sleep_and_give_pid, [0, *[600] * 50], size=2) as crew:
        _, child = next(crew.results())
        assert isinstance(child, int)
        assert is_alive(child)

    assert not is_alive(child)
    with pytest.raises(ChildProcessError):  # it was waited for, so no zombie is left
        os.waitpid(child, os.WNOHANG)


def test_what_is_printed_is_printed_once() -> None:
    """What the parent had not flushed is not printed by its children too; theirs is kept."""
    script = """
from newsroom.workers import Crew
print("parent")
with Crew(lambda n: print(f"child {n}"), [1, 2, 3], size=1) as crew:
    list(crew.results())
print("parent again")
"""
    out = python(script)

    assert sorted(out.splitlines()) == [
        *("child 1", "child 2", "child 3"),
        *("parent", "parent again"),
    ]


@contextmanager
def hanging() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A process of its own with two children that hang."""
    command = [sys.executable, "-c", FOREVER]
    with subprocess.Popen(
        command,
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a terminal of its own, as it were
    ) as process:
        assert process.stdout is not None
        try:
            yield process, [int(process.stdout.readline()) for _ in range(2)]
        finally:
            process.kill()


def test_a_killed_parent_leaves_no_child() -> None:
    """Not even kill -9, after which nothing of ours can tidy up."""
    with hanging() as (process, children):
        assert all(is_alive(pid) for pid in children)

        process.kill()

        wait_until(lambda: not any(is_alive(pid) for pid in children))


def test_ctrl_c_is_the_parents_affair_and_leaves_no_child() -> None:
    """The whole group hears it; one traceback is printed, and all are gone."""
    with hanging() as (process, children):
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)

    assert err.count("KeyboardInterrupt") == 1
    assert not any(is_alive(pid) for pid in children)


def test_a_child_that_is_killed_from_outside_is_replaced() -> None:
    """The item that it was at is lost, and told of."""
    with Crew(sleep_and_give_pid, [0, 600, 0, 0], size=1) as crew:
        results = crew.results()
        _, pid = next(results)
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGKILL)

        rest = dict(results)

    assert rest.pop(1) == Lost("its process was ended by SIGKILL")
    assert len(set(rest.values())) == 1


def test_a_lock_is_for_one_and_free_when_its_holder_is_gone(tmp_path: Path) -> None:
    """Nobody else has it while a process lives that does; killed, that process gives it back."""
    place = tmp_path / "a.lock"
    hold = (
        f"import time; from newsroom.workers.lock import lock; file = open({str(place)!r}, 'a'); "
        "print(lock(file), flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment({})) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"

        with place.open("a") as file:
            assert not lock(file)
            holder.kill()
            holder.wait(PATIENCE)

            assert lock(file)


def test_one_thread_is_at_work_and_a_second_does_not_wait() -> None:
    """A call meanwhile does nothing; when the first is done, or breaks off, work is done again."""
    calls: list[str] = []

    def work() -> None:
        calls.append("begun")
        do()
        calls.append("still alone")
        raise ValueError

    do = one_at_a_time(work)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            do()

    assert calls == ["begun", "still alone"] * 2
