"""A newsroom in one file."""

import gzip
import io
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from newsroom.database import open_database, transaction
from newsroom.database.tables import notice, subscriber
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.keep.archive import new_archive
from newsroom.jobs.keep.back_up import check
from newsroom.jobs.keep.backup_folder import BackupFolder
from newsroom.jobs.keep.nightly import nightly
from newsroom.jobs.keep.receipt import last_backup
from newsroom.jobs.keep.rotate import kept_in, name_of
from tests.delivery.sample_ledger import NOW, add_readers, addresses
from tests.jobs.keep.house import HOUR, House, new_house
from tests.newsrooms import put
from tests.processes import PATIENCE, environment


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom with three readers."""
    house = new_house(tmp_path / "house")
    with closing(house.desk()) as desk, transaction(desk.database) as connection:
        add_readers(connection, addresses(3))
    return house


def members(file: Path) -> dict[str, bytes]:
    """What a backup holds, by name."""
    with tarfile.open(file) as tar:
        found = {entry.name: tar.extractfile(entry) for entry in tar if entry.isreg()}
        return {name: content.read() for name, content in found.items() if content is not None}


def test_it_holds_what_cannot_be_made_again_and_nothing_else(house: House, tmp_path: Path) -> None:
    """Texts, templates, the schedule, keys, secrets and every table; no mark, cache or password."""
    for name in ("var/marks/2026-var", "var/departed/2026-06", "var/cache/x", "var/seats/s.lock"):
        put(house.root, name, "x")
    for name in (
        "public/index.html",
        "var/outgoing/1.eml",
        "var/backups/old.tar.gz",
        "var/engine.db",
    ):
        put(house.root, name, "x")
    put(
        house.root, ".env", "NEWSROOM_SECRET=en-hemlighet-som-ingen-gissar\n# smtps://a:b@c.example"
    )
    put(house.root, "templates/site/footer.html", "fot")
    put(house.root, "var/dkim/nyhetsbrev.pem", "nyckel")
    put(house.root, "var/builds/events.json", "{}")

    file = house.back_up(NOW, tmp_path / "kept.tar.gz")

    held = members(file)
    files = {name for name in held if not name.startswith("database/")}
    written = {f"posts/{path}" for path in posts_of(house.root)}
    assert files == written | {
        *("templates/site/footer.html", "schedule.yaml", "var/dkim/nyhetsbrev.pem"),
        *("var/builds/events.json", "secrets", "manifest.json"),
    }
    assert held["secrets"] == b"en-hemlighet-som-ingen-gissar\n"
    assert b"reader2@kommun.example" in held["database/subscriber.jsonl"]
    assert not [name for name, content in held.items() if b"smtps" in content]


def test_only_its_owner_may_ever_read_it(house: House, tmp_path: Path) -> None:
    """From its first byte on the file is closed to others, whatever the mask says."""
    seen: list[int] = []
    mask = os.umask(0)
    try:
        with new_archive(tmp_path / "kept.tar.gz", NOW) as archive:
            (part,) = tmp_path.glob(".*.part")
            seen.append(part.stat().st_mode)
            archive.add("secrets", [b"x"])
            archive.close_with(check(house.back_up(NOW, tmp_path / "other.tar.gz")).manifest)
        seen.append((tmp_path / "kept.tar.gz").stat().st_mode)
        seen.append(house.back_up(NOW, house.root / "by-hand.tar.gz").stat().st_mode)
    finally:
        os.umask(mask)

    assert [stat.S_IMODE(mode) for mode in seen] == [0o600] * 3


def test_it_is_of_one_moment_whoever_writes(house: House, tmp_path: Path) -> None:
    """While another process writes pairs of rows, a backup never holds half a pair."""
    over, another = threading.Event(), threading.Event()

    def write() -> None:
        engine = open_database(house.url)
        number = 0
        while not over.is_set():
            number += 1
            with transaction(engine) as connection:
                connection.execute(insert(notice).values(address_hash="x", kind="link", at=NOW))
                add_readers(connection, [f"pair{number}@example.se"])
            another.set()
        engine.dispose()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        backups = []
        for number in range(4):
            another.clear()
            assert another.wait(PATIENCE), "nobody writes"
            backups.append(check(house.back_up(NOW, tmp_path / f"{number}.tar.gz")))
    finally:
        over.set()
        thread.join()

    pairs = [(b.manifest.rows["notice"], b.manifest.rows["subscriber"] - 3) for b in backups]
    assert all(notices == people for notices, people in pairs)
    assert pairs[0] < pairs[-1]


def test_links_out_of_the_newsroom_are_left_out_and_named(house: House, tmp_path: Path) -> None:
    """What a link leads to outside is nobody's backup; a link within stays a link."""
    (tmp_path / "outside.md").write_text("hemligt")
    news = house.root / "posts" / "news"
    (news / "ut.md").symlink_to(tmp_path / "outside.md")
    (news / "upp.md").symlink_to("../../../outside.md")
    (news / "inne.md").symlink_to("../site.yaml")

    made = check(house.back_up(NOW, tmp_path / "kept.tar.gz"))

    assert made.manifest.left_out == ("posts/news/upp.md", "posts/news/ut.md")
    assert dict(made.manifest.links) == {"posts/news/inne.md": "../site.yaml"}


def test_a_folder_of_texts_that_lies_elsewhere_is_taken_along(house: House, tmp_path: Path) -> None:
    """Where `posts` itself is a link to another disk, its texts are in the backup."""
    (house.root / "posts").rename(tmp_path / "elsewhere")
    (house.root / "posts").symlink_to(tmp_path / "elsewhere")

    made = check(house.back_up(NOW, tmp_path / "kept.tar.gz"))

    assert made.manifest.texts == len(posts_of(house.root)) - 1  # site.yaml is no text


def test_a_file_that_is_there_is_never_written_over(house: House, tmp_path: Path) -> None:
    """A second backup of the same name is refused, and the first stays as it was."""
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    before = file.read_bytes()

    with pytest.raises(StateError, match="is there already"):
        house.back_up(NOW + HOUR, file)

    assert file.read_bytes() == before


def flipped(raw: bytes) -> bytes:
    """One bit in the middle of it changed."""
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


def repacked(change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Callable[[bytes], bytes]:
    """The same backup packed anew with other members: gzip and tar find nothing wrong."""

    def pack(raw: bytes) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(raw)) as tar:
            found = {e.name: (tar.extractfile(e) or io.BytesIO()).read() for e in tar if e.isreg()}
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            for name, content in change(found).items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
        return packed.getvalue()

    return pack


def without_a_reader(held: dict[str, bytes]) -> dict[str, bytes]:
    """A table with one line less."""
    name = "database/subscriber.jsonl"
    return {**held, name: b"".join(held[name].splitlines(keepends=True)[:-1])}


def with_a_stranger(held: dict[str, bytes]) -> dict[str, bytes]:
    """A file that the list of contents does not name."""
    return {"posts/news/ny.md": b"x", **held}


def without_its_list(held: dict[str, bytes]) -> dict[str, bytes]:
    """Everything but the last member."""
    return {name: content for name, content in held.items() if name != "manifest.json"}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one bit": flipped,
    "cut off": lambda raw: raw[: len(raw) * 2 // 3],
    "only its end cut off": lambda raw: raw[:-40],
    "empty": lambda _: b"",
    "something else": lambda _: b"PK\x03\x04 a zip of somebody's",
    "a text, packed": lambda _: gzip.compress(b"hello"),
    "a row less": repacked(without_a_reader),
    "a file more": repacked(with_a_stranger),
    "no list": repacked(without_its_list),
    "a list that is none": repacked(lambda held: {**held, "manifest.json": b"{}"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found(house: House, tmp_path: Path, damage: str) -> None:
    """Whatever happened to a backup, a look to its end says so, and nothing is restored from it."""
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    file.write_bytes(DAMAGES[damage](file.read_bytes()))

    with pytest.raises(StateError, match=r"kept\.tar\.gz: the backup is damaged: .+; take another"):
        check(file)
    with pytest.raises(StateError, match="is damaged"):
        house.restore(file, NOW + HOUR)

    assert not (house.root / ".restoring").exists()
    with closing(sqlite3.connect(house.root / "var" / "newsroom.db")) as connection:
        assert connection.execute("SELECT count(*) FROM subscriber").fetchone() == (3,)


@pytest.mark.parametrize(
    "name", ["../utanför.md", "/etc/utanför.md", "public/x", "posts\\x", ".env"]
)
def test_a_backup_puts_nothing_outside_its_places(house: House, tmp_path: Path, name: str) -> None:
    """A file whose name leads elsewhere makes the whole backup useless, and is not written."""
    made = check(house.back_up(NOW, tmp_path / "kept.tar.gz"))

    def smuggle(held: dict[str, bytes]) -> dict[str, bytes]:
        said = json.loads(held.pop("manifest.json"))
        said["members"][name] = said["members"]["secrets"]
        return {**held, name: held["secrets"], "manifest.json": json.dumps(said).encode()}

    made.path.write_bytes(repacked(smuggle)(made.path.read_bytes()))

    with pytest.raises(StateError, match="has no place in a newsroom"):
        house.restore(made.path, NOW + HOUR)

    assert not list(tmp_path.rglob("utanför.md"))


def test_a_backup_of_a_newer_version_is_refused(house: House, tmp_path: Path) -> None:
    """What this version cannot know the shape of it leaves alone, and says what to install."""
    made = check(house.back_up(NOW, tmp_path / "kept.tar.gz"))

    def newer(held: dict[str, bytes]) -> dict[str, bytes]:
        said = {**json.loads(held["manifest.json"]), "migration": "9999", "version": "77.0"}
        return {**held, "manifest.json": json.dumps(said).encode()}

    made.path.write_bytes(repacked(newer)(made.path.read_bytes()))

    with pytest.raises(StateError, match=r"a newer newsroom.*\(77\.0, .* 9999\); bring"):
        house.restore(made.path, NOW + HOUR)


def test_the_night_keeps_as_many_as_it_was_told(house: House) -> None:
    """So many stay, the newest; what is not ours stays whatever it is called."""
    folder = house.root / "var" / "backups"
    strange = [put(house.root, f"var/backups/{name}", "x") for name in STRANGE]
    place = BackupFolder(folder, 3, is_own=True)

    with closing(house.desk()) as desk:
        for night in range(6):
            root, now = house.root, NOW + 24 * night * HOUR
            last = nightly(root, desk.database, desk.keys, place, now)

    assert [one.path.name for one in kept_in(folder)] == [
        name_of(NOW + 24 * night * HOUR) for night in (5, 4, 3)
    ]
    assert [path.name for path in last.removed] == [name_of(NOW + 48 * HOUR)]
    assert all(path.is_file() for path in strange)
    kept = last_backup(house.root / "var", NOW + 120 * HOUR)
    assert kept is not None
    assert (kept.path, kept.taken) == (last.backup.path, NOW + 120 * HOUR)


def test_a_backup_of_a_time_to_come_is_none(house: House, tmp_path: Path) -> None:
    """Noted by a clock that was years ahead, it silences no worry, and the next one replaces it."""
    var = house.root / "var"
    house.back_up(NOW + 30_000 * HOUR, tmp_path / "ahead.tar.gz")
    noted = last_backup(var, NOW)

    house.back_up(NOW, tmp_path / "kept.tar.gz")
    kept = last_backup(var, NOW + HOUR)

    assert noted is None
    assert kept is not None
    assert (kept.path, kept.taken) == (tmp_path / "kept.tar.gz", NOW)


STRANGE = (
    "newsroom-2026.tar.gz",
    "newsroom-20260101T000000Z.tar.gz.age",
    "newsroom-20260101T000000Z-mine.tar.gz",
    "bilder.tar.gz",
)


def test_a_folder_that_is_not_there_is_told_and_not_made(house: House, tmp_path: Path) -> None:
    """A disk that is not mounted gets no backup laid on the disk below it."""
    place = BackupFolder(tmp_path / "mnt" / "backups", 3, is_own=False)

    with closing(house.desk()) as desk, pytest.raises(OutsideError, match="mount its disk"):
        nightly(house.root, desk.database, desk.keys, place, NOW)

    assert not (tmp_path / "mnt").exists()


def test_a_night_without_room_leaves_the_others_alone(house: House) -> None:
    """Where there is no room the night fails in words, nothing half is left, and no older goes."""
    folder = house.root / "var" / "backups"
    older = [put(house.root, f"var/backups/{name_of(NOW - 24 * n * HOUR)}", "x") for n in (1, 2)]
    (house.root / "posts" / "news" / "film.bin").write_bytes(os.urandom(3_000_000))
    night = (
        "import resource, sys\n"
        "from newsroom.cli.desk import open_desk\n"
        "from newsroom.jobs.keep.backup_folder import BackupFolder\n"
        "from newsroom.jobs.keep.nightly import nightly\n"
        "desk = open_desk(None, '2026-06-02T03:15')\n"
        "root, engine = desk.settings.root, desk.database\n"
        "place = BackupFolder(desk.settings.backups, 1, is_own=True)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try:\n"
        "    nightly(root, engine, desk.keys, place, desk.clock())\n"
        "except Exception as error:\n"
        "    sys.exit(f'{type(error).__name__}: {error}')\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", night],
        cwd=house.root,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert re.search("OutsideError: .*no backup was made: the file is too large", ended.stderr)
    assert sorted(folder.iterdir()) == sorted(older)


def posts_of(root: Path) -> list[str]:
    """The files below `posts`."""
    posts = root / "posts"
    return [path.relative_to(posts).as_posix() for path in posts.rglob("*") if path.is_file()]


def test_the_sample_table_counts(house: House, tmp_path: Path) -> None:
    """The rows that a backup says it has are those that it has."""
    made = check(house.back_up(NOW, tmp_path / "kept.tar.gz"))

    lines = members(made.path)["database/subscriber.jsonl"].splitlines()

    assert made.manifest.rows[subscriber.name] == len(lines) - 1 == 3
