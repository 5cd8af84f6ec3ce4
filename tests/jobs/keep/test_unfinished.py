"""A restore that was cut short: what the next one makes of it."""

import socket
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from newsroom.database import open_database, transaction
from newsroom.database.restorations import Restoration, note_restoration
from newsroom.jobs.keep.restored_secrets import SecretSource
from newsroom.jobs.keep.unfinished import finish
from newsroom.jobs.keep.unpacked import RestorePlan, UnpackedBackup
from newsroom.readers.anchor import read_anchor
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets
from tests.delivery.sample_ledger import NOW
from tests.jobs.keep.house import House, new_house

GIVEN = ("ny", "gammal")  # the secrets of the backup


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom whose restore stopped after its plan was written: a template was to follow."""
    house = new_house(tmp_path / "house")
    unpacked = UnpackedBackup(house.root)
    (unpacked.folder / "templates").mkdir(parents=True)
    (unpacked.folder / "templates" / "page.html").write_text("from the backup", encoding="utf-8")
    unpacked.decide(RestorePlan("this-restore", "aside/before", ("templates",)))
    return house


def test_a_database_that_is_the_backups_has_the_files_follow(house: House) -> None:
    """The database has the plan's token, so what was unpacked is put in its place."""
    with closing(house.desk()) as desk:
        with transaction(desk.database) as connection:
            note_restoration(connection, Restoration("this-restore", NOW, NOW, alone=True))
        assert finish(house.root, desk.database)

    assert is_in_place(house)
    assert not UnpackedBackup(house.root).folder.exists()


@pytest.mark.parametrize(
    ("source", "own", "believed"),
    [
        (SecretSource.BACKUP, ("nyss-gjord",), ("ny", "gammal")),
        (SecretSource.BACKUP, ("bytt-sedan", "nyss-gjord"), ("bytt-sedan", "nyss-gjord", *GIVEN)),
        (SecretSource.BOTH, ("egen",), ("egen", *GIVEN)),
        (SecretSource.SETTINGS, ("egen",), ("egen",)),
    ],
)
def test_the_secrets_follow_the_database(
    house: House, source: SecretSource, own: tuple[str, ...], believed: tuple[str, ...]
) -> None:
    """Cut off before they were written, they are: the links of the restored readers need them.

    The log of consents is sealed with the newest of them.
    """
    write_secrets(house.root, tuple(map(LinkSecret, own)))
    unpacked = UnpackedBackup(house.root)
    (unpacked.folder / "secrets").write_text("ny\ngammal\n", encoding="utf-8")
    unpacked.decide(RestorePlan("this-restore", "aside/before", (), source))
    done = Restoration("this-restore", NOW, NOW, alone=True)
    house.do(lambda engine: noted(engine, done))

    assert house.confirm(NOW).finished

    assert tuple(one.word for one in secrets_in_file(house.root)) == believed
    with closing(house.desk()) as desk:
        assert read_anchor(desk.settings.consents, [believed[0].encode()]) is not None


def noted(engine: Engine, done: Restoration) -> None:
    """The database is the backup's."""
    with transaction(engine) as connection:
        note_restoration(connection, done)


def test_a_database_that_stayed_as_it_was_throws_the_files_away(house: House) -> None:
    """It has not the plan's token: everything is as it was before the restore."""
    with closing(house.desk()) as desk:
        assert not finish(house.root, desk.database)

    assert not is_in_place(house)
    assert not UnpackedBackup(house.root).folder.exists()


def test_a_database_without_tables_was_never_the_backups(house: House, tmp_path: Path) -> None:
    """Nobody has migrated it, so no restore has filled it."""
    engine = open_database(f"sqlite:///{tmp_path}/empty.db")
    assert not finish(house.root, engine)
    engine.dispose()

    assert not UnpackedBackup(house.root).folder.exists()


def test_a_database_that_is_away_decides_nothing(house: House) -> None:
    """What was unpacked waits until it answers: it may be the backup's already."""
    away = open_database(f"postgresql://nobody@127.0.0.1:{closed_port()}/none")
    with pytest.raises(OperationalError):
        finish(house.root, away)
    assert UnpackedBackup(house.root).plan() is not None

    test_a_database_that_is_the_backups_has_the_files_follow(house)


def is_in_place(house: House) -> bool:
    """Whether the backup's template is the newsroom's."""
    return (house.root / "templates" / "page.html").exists()


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
