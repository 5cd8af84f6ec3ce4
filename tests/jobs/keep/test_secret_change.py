"""Changing the secrets that links hang on."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from newsroom.errors import StateError
from newsroom.jobs.keep.secret_change import changing, drop, droppable, rotate
from newsroom.model.seal import mark_of
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets
from tests.delivery.sample_ledger import NOW
from tests.jobs.keep.house import House, new_house

TODAY = NOW.date()


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom with one secret."""
    house = new_house(tmp_path / "house")
    house.do(lambda _: None)
    return house


def mark(secret: LinkSecret) -> str:
    """What `secret show` calls it."""
    return mark_of(secret.word.encode()).hex()


def test_of_several_rotations_at_once_none_is_lost(house: House) -> None:
    """Each waits for the one before it, and reads what that one wrote."""
    (first,) = secrets_in_file(house.root)

    with closing(house.desk()) as desk, ThreadPoolExecutor(4) as threads:
        waiting = [
            threads.submit(rotate, house.root, desk.database, TODAY, leaked=False) for _ in range(4)
        ]
        earlier = sorted(one.result() for one in waiting)

    kept = secrets_in_file(house.root)
    assert earlier == [1, 2, 3, 4]
    assert kept[-1] == first
    assert len({mark(one) for one in kept}) == 5


def test_what_came_meanwhile_is_looked_at_again(house: House) -> None:
    """Of two secrets with one mark none is dropped, though there was one when somebody asked."""
    (old,) = secrets_in_file(house.root)
    with closing(house.desk()) as desk:
        rotate(house.root, desk.database, TODAY, leaked=False)
        new, _ = secrets_in_file(house.root)
        assert not droppable(desk.database, (new, old), mark(old)).newest
        with changing(house.root) as here:
            write_secrets(house.root, (*here, old))

        with pytest.raises(StateError, match="2 secrets are called"):
            drop(house.root, desk.database, mark(old))

    assert secrets_in_file(house.root) == (new, old, old)
