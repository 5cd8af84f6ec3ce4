"""Who is at work with a PostgreSQL database, by the names that processes give the server."""

from sqlalchemy import Engine, make_url

from newsroom.database import open_database, reading, transaction
from newsroom.database.in_use import cut_off, name_for_server, others_at_work

LONGEST = 63  # characters, NAMEDATALEN - 1


def called(url: str, name: str) -> Engine:
    """An engine of a process on another machine, or of another program."""
    named = make_url(url).update_query_dict({"application_name": name})
    return open_database(named.render_as_string(hide_password=False))


def at_work(engine: Engine) -> tuple[str, ...]:
    """The others, asked from here."""
    with reading(engine) as connection:
        return others_at_work(connection)


def test_another_process_is_seen_for_as_long_as_it_lives(
    postgres_url: str, postgres_database: Engine
) -> None:
    """It keeps a connection, also while it does nothing; when it ends nobody is left."""
    other = called(postgres_url, "web2:711 newsroom")
    with other.connect():
        pass

    seen = at_work(postgres_database)
    other.dispose()

    assert seen == ("web2:711",)
    while at_work(postgres_database):  # the server takes a moment
        pass


def test_ourselves_and_other_programs_are_no_others(
    postgres_url: str, postgres_database: Engine
) -> None:
    """A second engine of this process has its name, and whoever looks with psql has psql's."""
    ours, psql = called(postgres_url, name_for_server()), called(postgres_url, "psql")
    with ours.connect(), psql.connect():
        assert at_work(postgres_database) == ()
    ours.dispose()
    psql.dispose()


def test_on_sqlite_nobody_can_tell(database: Engine) -> None:
    """There the machine's own locks say it."""
    assert at_work(database) == ()


def test_a_connection_of_the_dead_is_ended_and_the_living_come_back(
    postgres_url: str, postgres_database: Engine
) -> None:
    """So whoever is there again after that is alive, whatever a person has said."""
    other = called(postgres_url, "web2:711 newsroom")
    with other.connect():
        pass

    with transaction(postgres_database) as connection:
        cut_off(connection, others_at_work(connection))
    ended = at_work(postgres_database)
    with other.connect():
        back = at_work(postgres_database)
    other.dispose()

    assert (ended, back) == ((), ("web2:711",))


def test_the_name_fits() -> None:
    """PostgreSQL cuts names off after 63 characters, and ours has its mark at the end."""
    assert len(name_for_server()) <= LONGEST
    assert name_for_server().endswith(" newsroom")
