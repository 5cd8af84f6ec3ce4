"""A newsroom brought back from its backup."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, make_url, select, update

from newsroom.database import open_database, reading, transaction
from newsroom.database.restorations import unconfirmed
from newsroom.database.tables import approval, batch, delivery, issue, subscriber
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.delivery.ledger.settling import resolve
from newsroom.delivery.sending.course import resume
from newsroom.delivery.sending.guard import BEHIND
from newsroom.delivery.sending.seat import take_seat
from newsroom.errors import StateError
from newsroom.jobs.approval.approve import require_approval
from newsroom.jobs.keep.restore import RestoreTarget, restore
from newsroom.jobs.keep.restored_secrets import SecretSource
from newsroom.jobs.keep.unpacked import UnpackedBackup
from newsroom.jobs.keep.whats_there import WhatsThere
from newsroom.jobs.readers.verify_consents import verify_consents
from newsroom.model.delivery import DeliveryState
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets
from newsroom.wiring import bringing_back
from tests.delivery.sample_ledger import NOW, add_readers, addresses, sending_now
from tests.jobs.keep.house import HOUR, MINUTE, SECRET, House, empty_postgres, new_house
from tests.newsrooms import put


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """The machine that will be lost."""
    if request.param == "sqlite":
        return new_house(tmp_path / "old")
    url = empty_postgres(request.getfixturevalue("postgres_url"))
    return new_house(tmp_path / "old", url)


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path, old: House) -> Callable[[], House]:
    """The next machine, with nothing on it; made when the old one is lost."""

    def make() -> House:
        root = tmp_path / "new"
        url = f"sqlite:///{root}/var/newsroom.db"
        if request.param == "postgresql":
            url = empty_postgres(request.getfixturevalue("postgres_url"))
        return House(root, url, old.transport)

    return make


def test_half_an_issue_a_lost_machine_and_on(
    old: House, new: Callable[[], House], tmp_path: Path
) -> None:
    """Half sent, backed up, sent on, the machine lost, restored elsewhere, confirmed: on it goes.

    Nobody gets two, each copy that may have left is listed as unknown, and the ledger adds up.
    """
    old.do(lambda engine: sending_now(engine, addresses(10)))
    old.work(NOW + MINUTE, stop_after=4)
    file = old.back_up(NOW + 2 * MINUTE, tmp_path / "kept.tar.gz")
    old.work(NOW + HOUR, stop_after=8)
    house = new()

    house.restore(file, NOW + 2 * HOUR)
    stopped = house.work(NOW + 2 * HOUR)
    house.do(resumed)
    still = house.work(NOW + 3 * HOUR)
    said = house.confirm(NOW + 3 * HOUR)
    again = house.confirm(NOW + 3 * HOUR)
    confirmed = house.work(NOW + 3 * HOUR)
    sent = old.transport.recipients()[:8]
    house.do(lambda engine: settle(engine, sent, DeliveryState.ACCEPTED))
    house.do(lambda engine: settle(engine, None, DeliveryState.PENDING))
    house.work(NOW + 4 * HOUR)
    done = house.work(NOW + 4 * HOUR)

    assert (stopped.state, stopped.note, still.state) == ("paused", BEHIND, "paused")
    assert (said.taken, said.doubted, said.resumed) == (NOW + 2 * MINUTE, (("2026-var", 6),), ())
    assert again.is_nothing
    assert (confirmed.state, confirmed.accepted, confirmed.unknown) == ("sending", 4, 6)
    assert (done.state, done.accepted) == ("done", 10)
    assert sorted(house.transport.recipients()) == sorted(addresses(10))


def test_the_same_machine_that_sent_nothing_since_is_in_no_doubt(tmp_path: Path) -> None:
    """On SQLite, where the mark of the last mail is that of the backup, all go on waiting."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: sending_now(engine, addresses(10)))
    house.work(NOW + MINUTE, stop_after=4)
    file = house.back_up(NOW + 2 * MINUTE, tmp_path / "kept.tar.gz")

    house.restore(file, NOW + HOUR)
    stopped = house.work(NOW + HOUR)
    said = house.confirm(NOW + HOUR)
    house.work(NOW + HOUR)
    done = house.work(NOW + HOUR)

    assert (stopped.state, said.doubted, said.resumed) == ("paused", (), ("2026-var",))
    assert (done.state, done.accepted, len(house.transport.sent)) == ("done", 10, 10)


def test_batches_of_the_lost_database_are_nobodys(tmp_path: Path) -> None:
    """What an engine still has in its queue of the time before is no batch any more."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: sending_now(engine, addresses(3)))
    file = house.back_up(NOW + MINUTE, tmp_path / "kept.tar.gz")
    house.do(lambda engine: lease(engine, NOW + 3 * MINUTE))

    with pytest.raises(StateError, match="in hand; stop newsroom there, wait 1 min"):
        house.restore(file, NOW + 2 * MINUTE)
    house.restore(file, NOW + 4 * MINUTE)

    with closing(house.desk()) as desk, reading(desk.database) as connection:
        (row,) = connection.execute(select(batch.c.attempt, batch.c.worker)).all()
    assert row.attempt > 100
    assert row.worker is None


def test_nothing_is_taken_from_under_a_sender(tmp_path: Path) -> None:
    """While a process here sits at sending, a restore says so and changes nothing."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    house.do(lambda engine: with_readers(engine, 2, "region.example"))

    with (
        take_seat(house.root / "var" / "seats"),
        pytest.raises(StateError, match="newsroom is running here and may be sending"),
    ):
        house.restore(file, NOW + HOUR)

    assert readers(house) == 5
    assert not (house.root / ".restoring").exists()


def test_a_yes_from_before_holds_no_longer(tmp_path: Path) -> None:
    """An issue that was approved may have been sent since: somebody who knows says yes anew."""
    house = new_house(tmp_path / "house")
    house.do(approved)
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")

    done = house.restore(file, NOW + HOUR)

    assert done.approvals == ("2026-host",)
    with closing(house.desk()) as desk:
        with reading(desk.database) as connection:
            state, note = connection.execute(select(issue.c.state, issue.c.note)).one()
            ended_by = connection.scalar(select(approval.c.ended_by))
        with pytest.raises(StateError, match="before the database was brought back"):
            require_approval(desk.database, "2026-host", "h", NOW + HOUR)
    assert (state, ended_by) == ("drafted", "restore")
    assert "may have been sent since" in note


def test_what_was_there_is_kept(tmp_path: Path) -> None:
    """Texts come back as they were; what stood there instead is put aside, and backed up."""
    house = new_house(tmp_path / "house")
    put(house.root, "posts/news/bild/å.jpg", "en bild")
    (house.root / "posts" / "news" / "genväg.md").symlink_to("2026-06-03-sommar.md")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    put(house.root, "posts/news/ny.md", "senare")
    put(house.root, "templates/site/footer.html", "senare")
    (house.root / "posts" / "news" / "bild" / "å.jpg").unlink()
    house.do(lambda engine: with_readers(engine, 2, "region.example"))

    done = house.restore(file, NOW + HOUR)

    posts = house.root / "posts" / "news"
    assert (posts / "bild" / "å.jpg").read_text() == "en bild"
    assert (posts / "genväg.md").readlink() == Path("2026-06-03-sommar.md")
    assert not (posts / "ny.md").exists()
    assert not (house.root / "templates").exists()
    assert readers(house) == 3
    assert done.aside is not None
    assert (done.aside / "posts" / "news" / "ny.md").read_text() == "senare"
    assert (done.aside / "templates" / "site" / "footer.html").read_text() == "senare"
    assert done.before is not None
    house.restore(done.before, NOW + 2 * HOUR)
    assert readers(house) == 5
    assert (posts / "ny.md").read_text() == "senare"


@pytest.fixture
def another_disk() -> Iterator[Path]:
    """A folder on a disk of its own."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


def with_its_own_on(disk: Path, house: House) -> None:
    """What the program keeps for itself lies on another disk."""
    assert disk.stat().st_dev != house.root.stat().st_dev
    var = house.root / "var"
    shutil.copytree(var, disk / "var", dirs_exist_ok=True)
    shutil.rmtree(var)
    var.symlink_to(disk / "var")


def test_what_the_program_keeps_may_lie_on_another_disk(tmp_path: Path, another_disk: Path) -> None:
    """Then texts come back too, and keys, and what made way lies in var as it does elsewhere."""
    house = new_house(tmp_path / "house")
    put(house.root, "var/dkim/nyckel.pem", "nyckel")
    put(house.root, "var/builds/events.json", "{}")
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    with_its_own_on(another_disk, house)
    put(house.root, "posts/news/ny.md", "senare")
    put(house.root, "posts/news/länk.md", "dit").with_name("hit.md").symlink_to("länk.md")
    shutil.rmtree(house.root / "var" / "dkim")

    done = house.restore(file, NOW + HOUR)

    assert done.aside is not None
    aside = done.aside / "posts" / "news"
    assert ((aside / "ny.md").read_text(), (aside / "hit.md").readlink()) == (
        "senare",
        Path("länk.md"),
    )
    assert not (house.root / "posts" / "news" / "ny.md").exists()
    assert (house.root / "posts" / "site.yaml").is_file()
    key = house.root / "var" / "dkim" / "nyckel.pem"
    assert (key.read_text(), key.stat().st_mode & 0o777) == ("nyckel", 0o600)
    assert not (house.root / ".restoring").exists()
    assert [path.name for path in done.aside.iterdir()] == ["posts"]


def test_texts_on_a_disk_of_their_own_are_told_before_anything_changes() -> None:
    """Nothing can be put in the place of a mounted disk, so the restore says so and is none."""
    with pytest.raises(StateError, match="/proc is a disk of its own"):
        UnpackedBackup(Path("/")).require_movable(("etc", "proc"))


def test_what_is_the_same_is_left_alone(tmp_path: Path) -> None:
    """When only the database was lost, the texts keep their places and their times."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    before = (house.root / "posts" / "site.yaml").stat()
    (house.root / "var" / "newsroom.db").unlink()

    done = house.restore(file, NOW + HOUR)

    after = (house.root / "posts" / "site.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (done.aside, done.before) == (None, None)
    assert readers(house) == 3


def test_a_database_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    """A spoilt SQLite file makes way, and stays for whoever wants to look at it."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    spoilt = b"SQLite format 3\0" + b"spoilt" * 5_000
    (house.root / "var" / "newsroom.db").write_bytes(spoilt)

    done = house.restore(file, NOW + HOUR)

    assert done.aside is not None
    assert (done.aside / "newsroom.db").read_bytes() == spoilt
    assert readers(house) == 3


def test_the_log_of_consents_goes_on_from_the_backup(tmp_path: Path) -> None:
    """The log is shorter than was written down; the restore says so, so nobody is alarmed."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 1))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")

    house.restore(file, NOW + HOUR)

    with closing(house.desk()) as desk:
        found = verify_consents(desk.database, desk.keys, desk.settings.consents, NOW + 2 * HOUR)
    assert found.since == NOW + HOUR


def test_the_links_in_earlier_mails_work_on_the_new_machine(tmp_path: Path) -> None:
    """The secret comes with the backup; a machine that had one of its own keeps that in front."""
    house = new_house(tmp_path / "house")
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    secret = house.desk().settings.secret
    fresh = House(tmp_path / "fresh", f"sqlite:///{tmp_path}/fresh/var/newsroom.db")
    used = new_house(tmp_path / "used")
    own = used.desk().settings.secret

    fresh.restore(file, NOW)
    used.restore(file, NOW)

    assert fresh.desk().keys == (secret,)
    assert used.desk().keys == (own, secret)
    assert (fresh.root / "var" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_leaked_is_not_trusted_again(tmp_path: Path) -> None:
    """A restore knows of the backup's secrets that somebody has seen one, and since when each is.

    On a new machine, and on one that has the secret and does not know so.
    """
    house = new_house(tmp_path / "house")
    day = NOW.date()
    told = (
        LinkSecret("den-nya-hemligheten", day),
        LinkSecret("den-sedda-hemligheten", leaked=True),
    )
    write_secrets(house.root, told)
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    fresh = House(tmp_path / "fresh", f"sqlite:///{tmp_path}/fresh/var/newsroom.db")
    used = new_house(tmp_path / "used")
    write_secrets(used.root, (LinkSecret("den-sedda-hemligheten", day),))

    fresh.restore(file, NOW)
    used.restore(file, NOW)

    assert secrets_in_file(fresh.root) == told
    assert fresh.desk().front_desk.trusted == (b"den-nya-hemligheten",)
    assert secrets_in_file(used.root) == (replace(told[1], since=day), told[0])
    assert used.desk().front_desk.trusted == (b"den-nya-hemligheten",)


def test_a_refused_restore_leaves_the_secrets_as_they_were(tmp_path: Path) -> None:
    """Those of another newsroom's backup are not believed for good because somebody tried it."""
    file = new_house(tmp_path / "another").back_up(NOW, tmp_path / "kept.tar.gz")
    house = new_house(tmp_path / "house")
    own = house.desk().keys

    with (
        take_seat(house.root / "var" / "seats"),
        pytest.raises(StateError, match="may be sending"),
    ):
        house.restore(file, NOW)

    assert house.desk().keys == own


def test_what_was_there_is_backed_up_with_its_own_secrets(tmp_path: Path) -> None:
    """Bringing that back elsewhere has nobody believe those of the backup that replaced it."""
    file = new_house(tmp_path / "another").back_up(NOW, tmp_path / "kept.tar.gz")
    house = new_house(tmp_path / "house")
    own = house.desk().keys
    fresh = House(tmp_path / "fresh", f"sqlite:///{tmp_path}/fresh/var/newsroom.db")

    before = house.restore(file, NOW).before
    assert before is not None
    fresh.restore(before, NOW + HOUR)

    assert len(house.desk().keys) == 2
    assert fresh.desk().keys == own


class TextsOnADiskOfTheirOwn(UnpackedBackup):
    """A newsroom whose texts cannot make way: a mounted disk, as /proc is one."""

    __slots__ = ()

    def require_movable(self, tops: Iterable[str]) -> None:
        """What it says of such a disk."""
        assert "posts" in tops
        UnpackedBackup(Path("/")).require_movable(("proc",))


def test_a_database_that_cannot_be_read_stays_where_the_texts_cannot_make_way(
    tmp_path: Path,
) -> None:
    """A restore that says that nothing was changed has not moved it aside either."""
    file = new_house(tmp_path / "another").back_up(NOW, tmp_path / "kept.tar.gz")
    house = new_house(tmp_path / "house")
    house.do(lambda _: None)
    put(house.root, "posts/news/ny.md", "senare")
    spoilt = put(house.root, "var/newsroom.db", "spoilt" * 5_000)
    engine, keys = open_database(house.url), (SECRET.encode(),)
    unpacked = TextsOnADiskOfTheirOwn(house.root)
    target = RestoreTarget(house.root, engine, keys, keys, SecretSource.BOTH, (), spoilt)

    with pytest.raises(StateError, match="nothing was changed"):
        restore(target, unpacked, unpacked.unpack(file), NOW)

    engine.dispose()
    assert spoilt.read_text() == "spoilt" * 5_000
    assert not (house.root / "var" / "aside").exists()


def test_an_environment_cannot_make_a_leaked_secret_good(tmp_path: Path) -> None:
    """NEWSROOM_SECRET has no word for it, so the restore says where it can be written."""
    house = new_house(tmp_path / "house")
    told = (LinkSecret("den-nya-hemligheten"), LinkSecret("den-sedda-hemligheten", leaked=True))
    write_secrets(house.root, told)
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    given = House(tmp_path / "given", f"sqlite:///{tmp_path}/given/var/newsroom.db")
    given.secret = "den-nya-hemligheten,den-sedda-hemligheten"

    with pytest.raises(StateError, match="a secret of the backup was leaked"):
        given.restore(file, NOW)

    assert not (given.root / "posts").exists()


def test_an_environment_without_the_backups_secret_is_told(tmp_path: Path) -> None:
    """Where NEWSROOM_SECRET names the secrets, and not that of the backup, nothing is replaced."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    given = House(tmp_path / "given", f"sqlite:///{tmp_path}/given/var/newsroom.db")
    given.secret = "ett-annat-ord-som-är-långt"

    with pytest.raises(StateError, match="NEWSROOM_SECRET lacks a secret") as refused:
        given.restore(file, NOW)
    given.secret = f"{given.secret},{house.desk().settings.secret.decode()}"
    given.restore(file, NOW)

    assert given.secret.split(",")[1] not in str(refused.value)
    assert readers(given) == 3


def test_one_restore_at_a_time(tmp_path: Path) -> None:
    """A second one is told to wait."""
    house = new_house(tmp_path / "house")
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")

    def second(_there: object) -> None:
        house.restore(file, NOW)

    with pytest.raises(StateError, match="another process is restoring"):
        agreeing(house, file, second)


def test_nobody_asked_is_answered_no(tmp_path: Path) -> None:
    """Whoever is asked and says no finds everything as it was."""
    house = new_house(tmp_path / "house")
    house.do(lambda engine: with_readers(engine, 3))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    house.do(lambda engine: with_readers(engine, 2, "region.example"))
    asked: list[tuple[int | None, tuple[str, ...]]] = []

    def no(there: WhatsThere) -> None:
        asked.append((there.readers, there.tops))
        raise KeyboardInterrupt

    put(house.root, "posts/news/ny.md", "senare")
    with pytest.raises(KeyboardInterrupt):
        agreeing(house, file, no)

    assert asked == [(5, ("posts",))]
    assert readers(house) == 5
    assert not (house.root / ".restoring").exists()


def test_a_restored_database_says_so_until_it_is_confirmed(old: House, tmp_path: Path) -> None:
    """Every machine that works with it can see that nobody has said to go on."""
    file = old.back_up(NOW, tmp_path / "kept.tar.gz")

    old.restore(file, NOW + HOUR)
    with closing(old.desk()) as desk, reading(desk.database) as connection:
        waiting = unconfirmed(connection)
    old.confirm(NOW + 2 * HOUR)

    assert waiting is not None
    assert (waiting.taken, waiting.restored) == (NOW, NOW + HOUR)
    with closing(old.desk()) as desk, reading(desk.database) as connection:
        assert unconfirmed(connection) is None


def resumed(engine: Engine) -> None:
    """Somebody resumes the issue without having confirmed anything."""
    with transaction(engine) as connection:
        resume(connection, "2026-var", NOW + 2 * HOUR)


def settle(engine: Engine, who: list[str] | None, state: DeliveryState) -> None:
    """A person says what became of unknown copies: of these, or of all."""
    with transaction(engine) as connection:
        unknown = select(delivery.c.email).where(delivery.c.state == DeliveryState.UNKNOWN)
        found = list(connection.scalars(unknown))
        wanted = found if who is None else [email for email in found if email in who]
        resolve(connection, "2026-var", wanted, state, NOW + 3 * HOUR)


def lease(engine: Engine, until: object) -> None:
    """Some machine has the batch in hand."""
    with transaction(engine) as connection:
        connection.execute(update(batch).values(worker="other-0", lease_until=until))


def with_readers(engine: Engine, number: int, domain: str = "kommun.example") -> None:
    """More readers."""
    with transaction(engine) as connection:
        add_readers(connection, addresses(number, domain))


def with_a_long_name(engine: Engine) -> None:
    """A reader whose name is longer than its column."""
    with transaction(engine) as connection:
        add_readers(connection, addresses(1), name="Å" * 201)


def approved(engine: Engine) -> None:
    """An issue has its yes."""
    with transaction(engine) as connection:
        keep_approval(connection, Approval("2026-host", "h", "anna-ek", NOW - timedelta(days=1)))


def readers(house: House) -> int:
    """How many readers the database has."""
    with closing(house.desk()) as desk, reading(desk.database) as connection:
        return len(connection.execute(select(subscriber.c.id)).all())


def agreeing(house: House, file: Path, agree: Callable[..., None]) -> None:
    """Restore, and do something when asked."""
    bringing_back.bring_back(house.root, house.environ, file, NOW, agree)


def test_the_keys_that_mail_is_signed_with_come_back(tmp_path: Path) -> None:
    """On a new machine whose settings name a key that is only in the backup."""
    house = new_house(tmp_path / "house")
    put(house.root, "var/dkim/nyhetsbrev.pem", "nyckel")
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    new = House(tmp_path / "new", f"sqlite:///{tmp_path}/new/var/newsroom.db")
    line = "NEWSROOM_DKIM=nyhetsbrev@example.se:var/dkim/nyhetsbrev.pem\n"
    put(new.root, ".env", line)

    new.restore(file, NOW)

    key = new.root / "var" / "dkim" / "nyhetsbrev.pem"
    assert key.read_text() == "nyckel"
    assert key.stat().st_mode & 0o777 == 0o600
    assert (new.root / ".env").read_text() == line


def test_what_does_not_fit_the_new_database_changes_nothing(
    tmp_path: Path, postgres_url: str
) -> None:
    """SQLite keeps a text that is too long for its column; PostgreSQL refuses, and that is told."""
    house = new_house(tmp_path / "house")
    house.do(with_a_long_name)
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    new = House(tmp_path / "new", empty_postgres(postgres_url))

    with pytest.raises(StateError, match="does not fit this database"):
        new.restore(file, NOW)

    assert not (new.root / "posts").exists()
    assert not (new.root / ".restoring").exists()
    assert readers(new) == 0


def test_a_database_that_other_machines_work_with_is_not_taken_from_them(
    postgres_url: str, tmp_path: Path
) -> None:
    """It is refused with their names and what to do, also when nobody has copies in hand.

    With a person's word that they are gone it goes on; one that comes back meanwhile is alive.
    """
    house = new_house(tmp_path / "house", empty_postgres(postgres_url))
    house.do(lambda engine: sending_now(engine, addresses(3)))
    file = house.back_up(NOW, tmp_path / "kept.tar.gz")
    house.do(lambda engine: with_readers(engine, 2, "region.example"))
    url = make_url(postgres_url).update_query_dict({"application_name": "web2:711 newsroom"})
    other = open_database(url.render_as_string(hide_password=False))
    with other.connect():
        pass
    where = house.root, house.environ, file, NOW + MINUTE

    with pytest.raises(StateError, match=r"web2:711 .*--others-are-gone"):
        bringing_back.bring_back(*where, lambda _: None)
    untouched = readers(house)
    bringing_back.bring_back(*where, lambda _: None, others_are_gone=True)
    other.dispose()

    assert (untouched, readers(house)) == (5, 3)
