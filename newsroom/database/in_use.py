"""Which processes of newsroom are at work with a PostgreSQL database, on whichever machine.

Each tells the server its name as it connects, and keeps a connection for as long as it lives. Other
programs, a person's psql say, have other names.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from newsroom.workers.this_process import this_process

_LONGEST = 63  # characters of a name; PostgreSQL cuts off the rest
_MARK = " newsroom"
_PATIENCE = 5_000  # milliseconds for a connection to end


def name_for_server() -> str:
    """What this process tells the server that it is called."""
    return f"{str(this_process())[: _LONGEST - len(_MARK)]}{_MARK}"


def others_at_work(connection: Connection) -> tuple[str, ...]:
    """The other processes that are connected, as `host:711`; on SQLite nobody can tell.

    One whose machine fell silent is among them until the server notices, which takes hours.
    """
    if connection.dialect.name != "postgresql":
        return ()
    names = connection.scalars(
        text(
            "SELECT DISTINCT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE :ours"
            " AND application_name <> :own ORDER BY 1"
        ),
        {"ours": f"%{_MARK}", "own": name_for_server()},
    )
    return tuple(name.removesuffix(_MARK) for name in names)


def cut_off(connection: Connection, others: Sequence[str]) -> None:
    """End the connections of processes that are said to be dead; a living one connects anew."""
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid, :patience) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = ANY(:names)"
        ),
        {"names": [f"{name}{_MARK}" for name in others], "patience": _PATIENCE},
    )
