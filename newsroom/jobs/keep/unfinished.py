"""One restore at a time, and what becomes of one that was cut short."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from newsroom.database import reading
from newsroom.database.restorations import is_from, keeps_restorations
from newsroom.errors import StateError
from newsroom.jobs.keep.unpacked import UnpackedBackup
from newsroom.model.saying import say
from newsroom.workers.lock import lock


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only process that restores. Raises StateError when another one does."""
    var = root / "var"
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / "restore.lock").open("a+") as file:
        if not lock(file):
            raise StateError(say("another process is restoring; wait for it"))
        yield


def finish(root: Path, engine: Engine) -> bool:
    """Finish a restoring that was cut short, or clear up after it; whether it was finished.

    Call it while `alone`. Raises OperationalError when the database does not answer: it may be the
    backup's, so what was unpacked waits.
    """
    unpacked = UnpackedBackup(root)
    plan = unpacked.plan()
    if plan is not None and _has_token(engine, plan.token):
        unpacked.put_in_place(plan)
        return True
    unpacked.clear()
    return False


def clear_up(root: Path) -> bool:
    """Throw away what a restore that broke off had unpacked; whether there was anything.

    What has a plan waits for `finish`, and what another process is unpacking is left to it.
    """
    unpacked = UnpackedBackup(root)
    if not unpacked.folder.exists():
        return False
    with suppress(StateError), alone(root):
        if unpacked.folder.exists() and unpacked.plan() is None:
            unpacked.clear()
            return True
    return False


def _has_token(engine: Engine, token: str) -> bool:
    try:
        with reading(engine) as connection:
            return keeps_restorations(connection) and is_from(connection, token)
    except OperationalError:
        raise
    except DatabaseError:  # a spoilt file, which nobody has filled
        return False
