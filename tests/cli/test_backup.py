"""`backup` and `restore`, as they are typed."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.database import open_database, reading, transaction
from newsroom.database.backup.load import clear_tables
from newsroom.database.migrate import upgrade
from tests.cli.terminal import Terminal
from tests.delivery.sample_ledger import add_readers, addresses
from tests.newsrooms import NOW, put
from tests.processes import PATIENCE, House

NIGHTS = '\nbackup: {at: "03:15", keep: 2}\n'


def subscribe(terminal: Terminal, *names: str) -> None:
    """Readers on the list."""
    for name in names:
        terminal.do("subscribers", "add", f"{name}@example.se", "--consent", "papper")


def listed(terminal: Terminal) -> list[str]:
    """Who is on the list."""
    return [one["email"] for one in terminal.do("subscribers", "list", "--json").json()]


def test_there_and_back(terminal: Terminal, tmp_path: Path) -> None:
    """A backup by hand, looked through, and brought back into an empty folder."""
    subscribe(terminal, "asa", "bo")
    file = tmp_path / "kept.tar.gz"

    made = terminal.do("backup", str(file), "--now", NOW)
    whole = terminal.do("backup", "--check", str(file), "--json").json()
    new = Terminal(tmp_path / "ny")
    brought = new.do("restore", str(file))
    confirmed = new.do("restore", "--confirm")

    assert made.out.splitlines()[0].endswith(
        "från sön 2026-11-22 09:00 (Europe/Stockholm), läsare: 2, texter: 7; läst till slutet, "
        "och hel"
    )
    assert "lägg den där ingen annan läser" in made.out
    assert (whole["rows"]["subscriber"], whole["texts"], whole["left_out"]) == (2, 7, [])
    assert brought.out.startswith(
        "inläst som det var sön 2026-11-22 09:00 (Europe/Stockholm); läsare: 2, texter: 7\n"
    )
    assert brought.out.endswith("ingenting skickas förrän du skriver: newsroom restore --confirm\n")
    assert confirmed.out.startswith(
        "bekräftat: newsroom fortsätter med databasen som den var sön 2026-11-22 09:00 "
        "(Europe/Stockholm)\ninget nummer var på väg\ndet här väntar också på dig, som newsroom "
        "status säger:\ninga mejl lämnar datorn: de skrivs bara till var/outgoing, och ni har 2 "
        "läsare; skriv NEWSROOM_MAIL i .env\n"
    )
    assert listed(new) == ["asa@example.se", "bo@example.se"]
    new.do("build", "--now", NOW)


def test_a_restore_asks_before_it_replaces(terminal: Terminal, tmp_path: Path) -> None:
    """What would make way is named; a no changes nothing, a yes says where it lies now."""
    subscribe(terminal, "asa")
    file = tmp_path / "kept.tar.gz"
    terminal.do("backup", str(file))
    subscribe(terminal, "bo")
    put(terminal.root, "posts/news/ny.md", "---\ntitle: Ny\ndate: 2026-01-02\n---\n\nNy.\n")

    no = terminal("restore", str(file), answer="nej\n")
    after_no = listed(terminal)
    yes = terminal("restore", str(file), answer="ja\n")

    assert "Det här ersätter databasen (läsare: 2), posts, och sparar det som fanns." in no.err
    assert (no.status, after_no) == (1, ["asa@example.se", "bo@example.se"])
    assert (yes.status, listed(terminal)) == (0, ["asa@example.se"])
    assert "-restore.tar.gz" in yes.out
    (aside,) = (terminal.root / "var" / "aside").iterdir()
    assert (aside / "posts" / "news" / "ny.md").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("restore",), "skriv kopians fil, eller --confirm"),
        (("restore", "{file}", "--confirm"), "skriv kopians fil, eller --confirm"),
        (("backup", "--check"), "skriv vilken kopia som ska läsas"),
        (("backup", "--check", "{file}.bz2"), "kept.tar.gz.bz2: filen finns inte"),
    ],
)
def test_half_a_command_is_wrong_usage(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """A restore needs its file or a word to go on, and a check a file."""
    file = put(tmp_path, "kept.tar.gz", "x")

    said = terminal(*(word.format(file=file) for word in words))

    assert said.status == 2
    assert told in said.err


def test_a_damaged_backup_ends_with_one(terminal: Terminal, tmp_path: Path) -> None:
    """And nothing of the newsroom has changed."""
    subscribe(terminal, "asa")
    file = put(tmp_path, "kept.tar.gz", "no backup")

    checked = terminal("backup", "--check", str(file))
    restored = terminal("restore", str(file), "--yes")

    assert (checked.status, restored.status) == (1, 1)
    assert "kopian är skadad" in checked.err
    assert listed(terminal) == ["asa@example.se"]


def test_the_clock_makes_a_backup_each_night(terminal: Terminal) -> None:
    """Two nights' backups stay of three, and the ledger of jobs says what was made."""
    path = terminal.root / "schedule.yaml"
    path.write_text(path.read_text() + NIGHTS)
    terminal("tick", "--now", "2026-11-22T12:00")

    said = [terminal("tick", "--now", f"2026-11-2{day}T03:16") for day in (3, 4, 5)]

    made = sorted(file.name for file in (terminal.root / "var" / "backups").iterdir())
    assert [name[:22] for name in made] == [f"newsroom-2026112{day}T0216" for day in (4, 5)]
    # Seven texts were there, and the first tick wrote the draft whose day had gone by.
    assert "läsare: 0, texter: 8, borttagna kopior: 1" in said[2].out


def test_a_night_without_its_disk_is_told(terminal: Terminal, tmp_path: Path) -> None:
    """The folder on another disk is away: the job fails, with what to look at."""
    path = terminal.root / "schedule.yaml"
    line = f'\nbackup: {{at: "03:15", to: {tmp_path}/mnt}}\n'
    path.write_text(path.read_text() + line)
    terminal("tick", "--now", "2026-11-22T12:00")

    away = terminal("tick", "--now", "2026-11-23T03:16")
    (tmp_path / "mnt").mkdir()
    back = terminal("tick", "--now", "2026-11-23T04:30")

    assert away.status == 3
    assert "anslut dess disk" in away.out
    assert back.status == 0
    assert len(list((tmp_path / "mnt").glob("newsroom-*.tar.gz"))) == 1


def test_who_left_is_kept_beside_the_backups(terminal: Terminal, tmp_path: Path) -> None:
    """A wake-up of the clock copies the register to the disk of the backups."""
    path = terminal.root / "schedule.yaml"
    (tmp_path / "mnt").mkdir()
    path.write_text(path.read_text() + f'\nbackup: {{at: "03:15", to: {tmp_path}/mnt}}\n')
    subscribe(terminal, "asa")
    terminal.do("subscribers", "forget", "asa@example.se", "--yes")

    terminal("tick", "--now", "2026-11-22T12:00")

    ours = terminal.root / "var" / "departed"
    copies = sorted((tmp_path / "mnt" / "departed").iterdir())
    assert [copy.read_bytes() for copy in copies] == [
        file.read_bytes() for file in sorted(ours.iterdir())
    ]
    assert len(copies) == 1


def test_two_processes_upgrade_one_database_once(terminal: Terminal) -> None:
    """A database of an earlier version is backed up once, and brought up to date by one of them."""
    house = House(terminal.root)
    house.do("tick", "--now", NOW)  # when nothing else is due
    downgrade(terminal.root / "var" / "newsroom.db")

    both = [house.start("tick", "--now", NOW) for _ in range(2)]
    ended = [process.wait(PATIENCE) for process in both]
    for process in both:
        process.communicate()

    kept = list((terminal.root / "var" / "backups").iterdir())
    assert ended == [0, 0]
    assert [file.name.endswith("-upgrade.tar.gz") for file in kept] == [True]
    terminal.do("restore", str(kept[0]), "--yes")
    assert listed(terminal) == ["reader0@kommun.example"]


def downgrade(file: Path) -> None:
    """A database as an earlier version left it, with one reader."""
    engine = open_database(f"sqlite:///{file}")
    with transaction(engine) as connection:
        clear_tables(connection)
        upgrade(connection, "0010")
        add_readers(connection, addresses(1))
    engine.dispose()


def test_a_restore_that_is_interrupted_leaves_nothing_unpacked(
    terminal: Terminal, tmp_path: Path
) -> None:
    """Ctrl-C at the question: the newsroom is as it was, and nothing lies about."""
    house = House(terminal.root)
    subscribe(terminal, "asa")
    terminal.do("backup", str(tmp_path / "kept.tar.gz"))
    subscribe(terminal, "bo")

    process = house.start("restore", str(tmp_path / "kept.tar.gz"))
    assert process.stderr is not None
    asked = process.stderr.read(10)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)

    assert asked
    assert not (terminal.root / ".restoring").exists()
    assert len(listed(terminal)) == 2


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("public/kopior", "där kan ingen kopia ligga"),
        ("posts/kopior", "där kan ingen kopia ligga"),
        ("borta", "mappen för säkerhetskopior finns inte"),
        ("kopia.tar.gz", "det är ingen mapp"),
    ],
)
def test_check_warns_of_a_folder_that_the_night_refuses(
    terminal: Terminal, to: str, told: str
) -> None:
    """By the same rule, with the line of schedule.yaml; the night then says the same."""
    put(terminal.root, "kopia.tar.gz", "x")
    path = terminal.root / "schedule.yaml"
    path.write_text(path.read_text() + f'\nbackup: {{at: "03:15", to: {to}}}\n')
    line = path.read_text().splitlines().index(f'backup: {{at: "03:15", to: {to}}}') + 1

    checked = terminal("check", "--now", NOW).err
    refused = terminal("backup")

    (found,) = (each for each in checked.splitlines() if told in each)
    assert found.startswith(f"schedule.yaml:{line}: ")
    assert refused.status == 3
    assert told in refused.err


def test_a_backup_that_cannot_be_written_names_its_file(terminal: Terminal, tmp_path: Path) -> None:
    """The file that was asked for and the folder that is missing, never a name of our own."""
    said = terminal("backup", str(tmp_path / "no/such/x.tar.gz"))

    assert said.status == 1
    assert said.err == (
        f"newsroom: {tmp_path}/no/such/x.tar.gz: mappen {tmp_path}/no/such finns inte; gör den "
        "först, eller skriv ett annat filnamn\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        *("status", "status --json", "schedule", "doctor", "issue list", "issue status 2026-host"),
        *("subscribers list", "subscribers show asa@example.se", "subscribers stats"),
    ],
)
def test_a_look_upgrades_no_database(terminal: Terminal, words: str) -> None:
    """A bot of the earlier version goes on beside it; the answer says what brings it up to date."""
    file = terminal.root / "var" / "newsroom.db"
    terminal.do("subscribers", "list")
    downgrade(file)
    before = shape(file)

    looked = terminal(*words.split())

    assert (looked.status, shape(file)) == (1, before)
    assert "databasen är från en tidigare version av newsroom; newsroom run" in looked.err
    assert not (terminal.root / "var" / "backups").exists()


def shape(file: Path) -> str:
    """The last migration of a database."""
    database = open_database(f"sqlite:///{file}")
    with reading(database) as connection:
        found = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    database.dispose()
    return found
