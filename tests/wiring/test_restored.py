"""A newsroom that was brought back for a look leaves the living one alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.database import transaction
from newsroom.database.restorations import Restoration, confirm_restorations, note_restoration
from newsroom.errors import StateError
from newsroom.jobs.running.rota import Held
from newsroom.model import Slot
from newsroom.settings import Settings
from newsroom.wiring import Desk, announce_desk, backup_folders, post_in, website
from newsroom.wiring.backup_by_hand import back_up, legible_newsroom
from newsroom.wiring.rota import make_rota
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
INBOX = {"NEWSROOM_INBOX": "imaps://u:p@127.0.0.1:9"}
SCHEDULE = 'backup: {at: "03:15", keep: 2, to: ../copies}\n'


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Where the living newsroom's backups are, and who left it."""
    for day in (19, 20, 21):
        put(tmp_path, f"copies/newsroom-202611{day}T021500Z.tar.gz", "good")
    return tmp_path / "copies"


@pytest.fixture
def drill(tmp_path: Path, copies: Path) -> Desk:
    """A newsroom that was brought back beside the living one, and not confirmed."""
    del copies
    root = write_newsroom(tmp_path / "drill")
    with (root / "schedule.yaml").open("a") as schedule:
        schedule.write(SCHEDULE)
    with (root / "posts/site.yaml").open("a") as site:
        site.write("deploy: {to: folder, path: ../www}\n")
    desk = Desk(Settings.from_env(root, INBOX), lambda: NOW)
    with transaction(desk.database) as connection:
        note_restoration(connection, Restoration("t", NOW, NOW, alone=True))
    return desk


def around(desk: Desk) -> list[str]:
    """All that lies beside the newsroom's folder."""
    root = desk.settings.root
    beside = (path for path in root.parent.rglob("*") if not path.is_relative_to(root))
    return sorted(str(path) for path in beside)


@pytest.mark.parametrize("job", ["publish", "backup", "bounces", "links"])
def test_a_slot_that_reaches_out_is_held(drill: Desk, job: str) -> None:
    """Nothing beside the folder is written or removed, and the note names the one command."""
    before = around(drill)

    note = make_rota(drill).verbs[job](Slot(NOW, job))

    assert isinstance(note, Held)
    assert note.note.endswith("newsroom restore --confirm")
    assert around(drill) == before
    drill.close()


@pytest.mark.parametrize(
    "do",
    [
        website.publish,
        post_in.fetch,
        lambda desk: back_up(legible_newsroom(desk.settings.root, {}), None, NOW),
        lambda desk: announce_desk.announce_failed(desk, None),
    ],
)
def test_nobody_reaches_out_by_hand(drill: Desk, do: Callable[[Desk], object]) -> None:
    """A person is refused with the same words, before anything has happened."""
    before = around(drill)

    with pytest.raises(StateError, match="newsroom restore --confirm"):
        do(drill)

    assert around(drill) == before
    drill.close()


def test_what_stays_in_the_folder_may_be_done(drill: Desk, tmp_path: Path) -> None:
    """Readers are erased in time, and a backup is written to a file that somebody names."""
    put(tmp_path, "copies/departed/2020-01.jsonl", "")
    before = around(drill)

    make_rota(drill).verbs["housekeeping"](Slot(NOW, "housekeeping"))
    backup_folders.register_copier(drill)()

    assert around(drill) == before
    ours = legible_newsroom(drill.settings.root, {})
    assert back_up(ours, tmp_path / "mine.tar.gz", NOW).path.is_file()
    drill.close()


def test_a_site_that_is_read_in_the_folder_is_published(drill: Desk) -> None:
    """A newsroom that is brought back on a new machine shows its site at once."""
    site = drill.settings.root / "posts/site.yaml"
    site.write_text(site.read_text().replace("../www", "public"))

    website.publish(drill)

    assert (drill.settings.root / "public/index.html").is_file()
    drill.close()


def test_once_it_is_gone_on_with_it_does_all_of_it(drill: Desk, copies: Path) -> None:
    """The word of a person makes the backups, the site and the inbox its own."""
    with transaction(drill.database) as connection:
        confirm_restorations(connection, NOW)

    make_rota(drill).verbs["backup"](Slot(NOW, "backup"))

    assert [file.name for file in sorted(copies.glob("*.tar.gz"))] == [
        "newsroom-20261121T021500Z.tar.gz",
        "newsroom-20261122T090000Z.tar.gz",
    ]
    drill.close()
