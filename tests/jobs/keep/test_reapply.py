"""Who left after the backup does not come back with it."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.jobs.keep.reapply import Reapplied
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import standing, subscribers
from newsroom.readers.consent import Act, Consent, first_broken, history, record
from newsroom.readers.erasure import erase
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason, kept, lift, why_suppressed
from tests.delivery.sample_ledger import NOW
from tests.jobs.keep.house import HOUR, SECRET, House, empty_postgres, new_house

KEYS = (SECRET.encode(),)
ASA, BO, CIA, DAG, EVA, FINN, GUN, HUGO = (
    f"{name}@example.se" for name in ("asa", "bo", "cia", "dag", "eva", "finn", "gun", "hugo")
)
THEN = {ASA: "active", BO: "active", CIA: "active", DAG: "active", EVA: "active", FINN: "active"}
NOW_OUT = {ASA: None, BO: "unsubscribed", CIA: "suppressed", DAG: "suppressed"}
ALL_KNOWN = Reapplied(erased=1, left=1, kept_out=2)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """A newsroom with six readers that was backed up; then most of them went."""
    house = new_house(tmp_path / "house")
    if request.param == "postgresql":
        house.url = empty_postgres(request.getfixturevalue("postgres_url"))
    house.secret = SECRET
    house.do(lambda engine: sign_up(engine, *THEN))
    (tmp_path / "laid").mkdir()
    house.back_up(NOW, tmp_path / "laid" / "kept.tar.gz")
    house.do(go)
    return house


def sign_up(engine: Engine, *emails: str) -> None:
    """People on the list."""
    with transaction(engine) as connection:
        people = [NewSubscriber(email, SubscriberState.ACTIVE, "sv") for email in emails]
        numbers = subscribers.add(connection, people, NOW)
        record(connection, *(Consent(n, Act.ADDED, NOW, "command") for n in numbers))


def go(engine: Engine) -> None:
    """Åsa is erased, Bo leaves, Cia complains, Dag bounces.

    Eva leaves and comes back; Finn's bounce is taken back; Gun signs up and leaves.
    """
    sign_up(engine, GUN)
    later = NOW + HOUR
    with transaction(engine) as connection:
        erase(connection, KEYS, ASA, later)
        for email in (BO, EVA, GUN):
            standing.leave(connection, person(connection, email), "one-click", "link", later)
        standing.come_back(connection, person(connection, EVA), "page", later)
        standing.keep_out(connection, KEYS, CIA, Reason.COMPLAINED, later)
        for email in (DAG, FINN):
            standing.keep_out(connection, KEYS, email, Reason.BOUNCED, later)
        standing.let_in_again(connection, KEYS, FINN, later)


def person(connection: Connection, email: str) -> Subscriber:
    """Somebody on the list."""
    found = subscribers.find(connection, email)
    assert found is not None
    return found


def states(house: House) -> dict[str, str | None]:
    """Where each of those stands who were in the backup; None is nowhere."""
    with closing(house.desk()) as desk, reading(desk.database) as connection:
        found = {email: subscribers.find(connection, email) for email in THEN}
        assert first_broken(connection) is None
    return {email: str(one.state) if one else None for email, one in found.items()}


def out(house: House, email: str) -> Reason | None:
    """Why an address must stay out."""
    with closing(house.desk()) as desk, reading(desk.database) as connection:
        return why_suppressed(connection, KEYS, email)


def test_a_database_that_still_stands_is_asked(house: House, tmp_path: Path) -> None:
    """Without anything beside it, what the replaced database knows is kept to."""
    shutil.rmtree(house.root / "var" / "departed")

    done = house.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 2 * HOUR)

    assert done.reapplied == ALL_KNOWN
    assert states(house) == {**THEN, **NOW_OUT}
    assert (out(house, ASA), out(house, GUN)) == (Reason.ERASED, Reason.LEFT)


def test_the_register_knows_when_the_database_is_lost(house: House, tmp_path: Path) -> None:
    """Åsa's data is gone again; who left, complained or bounced stays out; who came back is in."""
    new = replace(house, url=f"sqlite:///{tmp_path}/another/newsroom.db")

    done = new.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 2 * HOUR)

    assert (done.reapplied, done.knows_who_left) == (ALL_KNOWN, True)
    assert states(new) == {**THEN, **NOW_OUT}
    assert (out(new, ASA), out(new, GUN)) == (Reason.ERASED, Reason.LEFT)
    assert (out(new, CIA), out(new, EVA), out(new, FINN)) == (Reason.COMPLAINED, None, None)


def test_what_a_restore_has_read_stands_in_the_register_after_it(
    house: House, tmp_path: Path
) -> None:
    """The next one may find neither the old database nor what lay beside the backup.

    Here the old database is asked, its register is lost, and then the database is.
    """
    shutil.rmtree(house.root / "var" / "departed")
    house.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 2 * HOUR)
    next_one = replace(house, url=f"sqlite:///{tmp_path}/another/newsroom.db")

    done = next_one.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 3 * HOUR)

    assert done.reapplied == ALL_KNOWN
    assert states(next_one) == {**THEN, **NOW_OUT}


def test_the_copy_beside_the_backups_knows_when_the_machine_is_lost(
    house: House, tmp_path: Path
) -> None:
    """With the backups on another disk, where the register is copied to, nobody is forgotten."""
    shutil.copytree(house.root / "var" / "departed", tmp_path / "laid" / "departed")
    new = replace(house, root=tmp_path / "new", url=f"sqlite:///{tmp_path}/new/var/newsroom.db")

    done = new.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 2 * HOUR)

    assert done.reapplied == ALL_KNOWN
    assert states(new) == {**THEN, **NOW_OUT}


def test_a_machine_that_knows_nothing_says_so(house: House, tmp_path: Path) -> None:
    """Where nobody can know who left since the backup, the restore does not pretend to."""
    new = replace(house, root=tmp_path / "new", url=f"sqlite:///{tmp_path}/new/var/newsroom.db")

    done = new.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 2 * HOUR)

    assert (done.reapplied, done.knows_who_left) == (Reapplied(0, 0, 0), False)
    assert states(new) == THEN


def test_a_secret_that_was_rotated_since_still_knows_them(house: House, tmp_path: Path) -> None:
    """The register's hashes are found with the secret that they were made with, new or old."""
    house.secret = f"en-nyare-hemlighet-än-den,{SECRET}"
    house.do(leave_again)
    new = replace(house, url=f"sqlite:///{tmp_path}/another/newsroom.db")

    done = new.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 3 * HOUR)

    assert done.reapplied == ALL_KNOWN
    with closing(new.desk()) as desk, reading(desk.database) as connection:
        told = [entry.consent.act for entry in history(connection, person(connection, BO).id)]
    assert told == [Act.ADDED, Act.LEFT]


def test_who_was_erased_and_came_back_has_no_past(house: House, tmp_path: Path) -> None:
    """Åsa, erased after the backup, signed up anew: what was kept of her before stays erased."""
    house.do(sign_up_anew)

    done = house.restore(tmp_path / "laid" / "kept.tar.gz", NOW + 3 * HOUR)

    assert done.reapplied == ALL_KNOWN
    assert states(house)[ASA] is None


def test_a_complaint_weighs_more_than_what_the_backup_says(house: House, tmp_path: Path) -> None:
    """Whoever the backup has as bounced, or knows as erased, and who complained since, complained.

    A sign-up lifts those, and a complaint only an operator does. The number counts them.
    """
    house.do(bounced_or_erased)
    house.back_up(NOW + 2 * HOUR, tmp_path / "laid" / "later.tar.gz")
    house.do(complain)

    done = house.restore(tmp_path / "laid" / "later.tar.gz", NOW + 30 * HOUR)

    people = (HUGO, DAG, EVA)
    assert [out(house, email) for email in people] == [Reason.COMPLAINED] * len(people)
    assert states(house)[EVA] is None
    assert done.reapplied.kept_out == 1
    with closing(house.desk()) as desk, transaction(desk.database) as connection:
        for email in people:
            lift(connection, KEYS, email)
        assert why_suppressed(connection, KEYS, HUGO) is Reason.COMPLAINED
        assert [one.reason for one in kept(connection, KEYS, DAG)] == [Reason.COMPLAINED]


def bounced_or_erased(engine: Engine) -> None:
    """Hugo is erased; Dag has bounced already, and Eva reads."""
    sign_up(engine, HUGO)
    with transaction(engine) as connection:
        erase(connection, KEYS, HUGO, NOW + 2 * HOUR)


def complain(engine: Engine) -> None:
    """More than a day later, Hugo, who has signed up anew, Dag and Eva; then Eva is erased."""
    later = NOW + 29 * HOUR
    sign_up(engine, HUGO)
    with transaction(engine) as connection:
        standing.confirm(connection, KEYS, person(connection, HUGO), "page", later)
        for email in (HUGO, DAG, EVA):
            standing.keep_out(connection, KEYS, email, Reason.COMPLAINED, later)
        erase(connection, KEYS, EVA, later)


def leave_again(engine: Engine) -> None:
    """Bo comes back and leaves a second time, under a newer secret."""
    with transaction(engine) as connection:
        standing.come_back(connection, person(connection, BO), "page", NOW + 2 * HOUR)
        again = person(connection, BO)
        standing.leave(connection, again, "one-click", "link", NOW + 2 * HOUR)


def sign_up_anew(engine: Engine) -> None:
    """Åsa confirms a new subscription."""
    sign_up(engine, ASA)
    with transaction(engine) as connection:
        standing.confirm(connection, KEYS, person(connection, ASA), "page", NOW + 2 * HOUR)
