"""`backup` where something is broken: the moment at which it is wanted most."""

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

ALL_THE_SAME = "Kopian är gjord ändå"


@pytest.fixture
def reader(terminal: Terminal) -> Terminal:
    """A newsroom with one reader."""
    terminal.do("subscribers", "add", "asa@example.se", "--consent", "papper", "--now", NOW)
    return terminal


def spoil(root: Path, name: str, line: str) -> None:
    """A line too many in a file."""
    file = root / name
    file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("posts/site.yaml", "title: [", "posts/site.yaml:"),
        ("posts/site.yaml", "url: 17", "posts/site.yaml:"),
        ("schedule.yaml", "backup: {every: moon", "schedule.yaml:"),
        ("schedule.yaml", "backup: {at: late}", "schedule.yaml:"),
        (".env", "NEWSROOM_FOO=1", "NEWSROOM_FOO"),
        (".env", "NEWSROOM_INBOX=pigeon://loft", "NEWSROOM_INBOX"),
        (".env", "NEWSROOM_DKIM=nowhere.pem", "NEWSROOM_DKIM"),
        (".env", "NEWSROOM_SECRET=kort", "NEWSROOM_SECRET"),
    ],
)
@pytest.mark.parametrize("file", [(), ("kept.tar.gz",)])
def test_a_backup_is_made_whatever_is_broken(
    reader: Terminal, tmp_path: Path, name: str, line: str, told: str, file: tuple[str, ...]
) -> None:
    """All readers, texts and secrets are in it, and what could not be read is told beside it."""
    secret = (reader.root / "var/secret").read_text()
    spoil(reader.root, name, line)

    made = reader("backup", *(str(tmp_path / one) for one in file), "--json", "--now", NOW)

    assert made.status == 0
    assert told in made.err
    assert ALL_THE_SAME in made.err
    found = made.json()
    assert (found["rows"]["subscriber"], found["texts"], found["left_out"]) == (1, 7, [])
    (reader.root / name).unlink()
    new = Terminal(tmp_path / "ny")
    new.do("restore", found["path"])
    assert (new.root / "var/secret").read_text() == secret
    assert (new.root / name).exists() is (name != ".env")


def test_a_sound_newsroom_hears_of_no_trouble(reader: Terminal, tmp_path: Path) -> None:
    """Nothing is said beside the backup."""
    made = reader.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)

    assert made.err == ""


def test_env_in_another_encoding_loses_no_reader(reader: Terminal) -> None:
    """What of it can be read is used, and the address of a database is not guessed at."""
    env = reader.root / ".env"
    env.write_bytes("# håll hårt\nNEWSROOM_LOG=json\n".encode("latin-1"))

    made = reader("backup", "--json")

    assert made.json()["rows"]["subscriber"] == 1
    assert "UTF-8" in made.err


@pytest.mark.parametrize(
    "line",
    [
        "NEWSROOM_DATABSE=postgresql://news:h3mligt@db.example/news",
        "NEWSROOM_DATABASE=mysql://news:h3mligt@db.example/news",
        "NEWSROOM_DATABASE=postgresql://[db.example/news",
    ],
)
def test_which_database_is_never_guessed(reader: Terminal, tmp_path: Path, line: str) -> None:
    """Where it is misspelt, a file that lies about is not taken for it; no password is shown."""
    put(reader.root, ".env", f"{line}\n")

    refused = reader("backup", str(tmp_path / "kept.tar.gz"))

    assert refused.status == 2
    assert "NEWSROOM_DATAB" in refused.err
    assert "h3mligt" not in refused.err
    assert not (tmp_path / "kept.tar.gz").exists()


def test_a_database_that_is_not_there_is_not_made_up(terminal: Terminal, tmp_path: Path) -> None:
    """With faults in `.env` and no database, an empty one would be backed up as if it were ours."""
    shutil.rmtree(terminal.root / "var", ignore_errors=True)
    put(terminal.root, ".env", "NEWSROOM_FOO=1\n")

    refused = terminal("backup", str(tmp_path / "kept.tar.gz"))

    assert refused.status == 2
    assert "NEWSROOM_FOO" in refused.err
    assert not (terminal.root / "var" / "newsroom.db").exists()


@pytest.mark.parametrize(
    ("name", "line"), [("schedule.yaml", "publish: {every: moon"), ("posts/site.yaml", "title: [")]
)
def test_where_backups_go_is_not_guessed(
    reader: Terminal, tmp_path: Path, name: str, line: str
) -> None:
    """Without the files that say so it lies in the newsroom: what is public is not known either."""
    (tmp_path / "mnt").mkdir()
    spoil(reader.root, "schedule.yaml", f'backup: {{at: "03:15", to: {tmp_path}/mnt}}')
    spoil(reader.root, name, line)

    made = reader("backup", "--json", "--now", NOW)

    assert Path(made.json()["path"]).parent == reader.root / "var" / "backups"
    assert "därför ligger den i" in made.err


def test_a_spoilt_database_is_told_with_the_way_back(reader: Terminal, tmp_path: Path) -> None:
    """There is nothing to keep of it, and what was kept last night brings it back."""
    for end in ("-wal", "-shm"):
        (reader.root / f"var/newsroom.db{end}").unlink(missing_ok=True)
    (reader.root / "var/newsroom.db").write_bytes(b"spoilt " * 600)

    refused = reader("backup", str(tmp_path / "kept.tar.gz"))

    assert refused.status == 3
    assert "newsroom restore FILE" in refused.err
    assert list(tmp_path.glob("*kept*")) == []


def test_without_any_texts_the_readers_are_kept(reader: Terminal, tmp_path: Path) -> None:
    """Somebody removed posts: a newsroom that is named is backed up with what is left."""
    shutil.rmtree(reader.root / "posts")

    made = reader("backup", str(tmp_path / "kept.tar.gz"), "--json")

    assert (made.status, made.json()["texts"]) == (0, 0)
    assert made.json()["rows"]["subscriber"] == 1


def test_a_backup_is_looked_through_whatever_is_broken(reader: Terminal, tmp_path: Path) -> None:
    """It is a file, and needs nothing of the newsroom."""
    reader.do("backup", str(tmp_path / "kept.tar.gz"))
    spoil(reader.root, "posts/site.yaml", "title: [")

    assert reader("backup", "--check", str(tmp_path / "kept.tar.gz")).status == 0


def test_an_upgrade_is_not_begun_by_a_backup(reader: Terminal, tmp_path: Path) -> None:
    """A database of an earlier version is kept as it is, and no other backup is made of it."""
    from tests.cli.test_backup import downgrade, shape

    file = reader.root / "var" / "newsroom.db"
    downgrade(file)
    before = shape(file)

    reader.do("backup", str(tmp_path / "kept.tar.gz"))

    assert shape(file) == before
    assert not (reader.root / "var" / "backups").exists()


def test_the_night_goes_by_the_schedule_that_holds(reader: Terminal, tmp_path: Path) -> None:
    """A bot that has been given a schedule of no use makes its backups where it did before."""
    from contextlib import closing

    from newsroom.model import Slot
    from newsroom.settings import Settings
    from newsroom.wiring import Desk
    from newsroom.wiring.rota import make_rota
    from tests.delivery.sample_ledger import NOW as AT

    (tmp_path / "mnt").mkdir()
    spoil(reader.root, "schedule.yaml", f'backup: {{at: "03:15", to: {tmp_path}/mnt}}')
    with closing(Desk(Settings.from_env(reader.root, {}), lambda: AT)) as desk:
        rota = make_rota(desk)
        spoil(reader.root, "schedule.yaml", "publish: {every: moon")
        spoil(reader.root, "posts/site.yaml", "title: [")

        rota.verbs["backup"](Slot(AT, "backup"))
        rota.verbs["housekeeping"](Slot(AT, "housekeeping"))

    assert len(list((tmp_path / "mnt").glob("newsroom-*.tar.gz"))) == 1
