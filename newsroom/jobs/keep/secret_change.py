"""The secrets that links in mails hang on, changed by one process at a time.

Whoever changes them reads what stands in `var/secret` at that moment: between a question and its
answer another process may have written a new one there.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.errors import StateError
from newsroom.jobs.keep.secret_use import SecretUse, uses, write_down_marks
from newsroom.model.saying import say
from newsroom.model.seal import mark_of
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets
from newsroom.workers.lock import wait_for_lock


@contextmanager
def changing(root: Path) -> Iterator[tuple[LinkSecret, ...]]:
    """The secrets in `var/secret`, newest first, which nobody else changes in this context."""
    var = root / "var"
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / "secret.lock").open("a+") as file:
        wait_for_lock(file)
        yield secrets_in_file(root)


def rotate(root: Path, engine: Engine, today: date, *, leaked: bool) -> int:
    """Sign with a new secret from now on; how many earlier ones answer for their mails."""
    with changing(root) as here:
        with transaction(engine) as connection:
            write_down_marks(connection, [one.word.encode() for one in here])
        earlier = (replace(one, leaked=one.leaked or leaked) for one in here)
        write_secrets(root, (LinkSecret(_new(here), today), *earlier))
        return len(here)


def drop(root: Path, engine: Engine, mark: str) -> None:
    """Believe a secret no longer. Raises StateError for one that is not `droppable`."""
    with changing(root) as here:
        droppable(engine, here, mark)
        write_secrets(root, tuple(one for one in here if _mark(one) != mark))


def droppable(engine: Engine, here: Sequence[LinkSecret], mark: str) -> SecretUse:
    """What hangs on the secret of that mark.

    Raises StateError for one that is not there, signs, or keeps somebody out, and for a mark that
    several have.
    """
    with reading(engine) as connection:
        called = [use for use in uses(connection, here) if use.mark == mark]
    if not called:
        raise StateError(say("there is no secret {mark}; see: newsroom secret show", mark=mark))
    if len(called) > 1:
        raise _ambiguous(mark, len(called))
    (use,) = called
    if use.newest:
        raise StateError(
            say("{mark} is the one that signs; first: newsroom secret rotate", mark=mark)
        )
    if use.is_needed:
        raise StateError(
            say(
                "{mark} cannot be dropped: {number} addresses that must stay out are known by it "
                "alone, or may be, and the next list could bring them back",
                mark=mark,
                number=use.kept_out + use.perhaps,
            )
        )
    return use


def _new(here: Sequence[LinkSecret]) -> str:
    """A secret whose mark no other one has: a link is then tried with one secret only."""
    taken = {_mark(one) for one in here}
    while True:
        one = LinkSecret(secrets.token_urlsafe(32))
        if _mark(one) not in taken:
            return one.word


def _mark(one: LinkSecret) -> str:
    return mark_of(one.word.encode()).hex()


def _ambiguous(mark: str, number: int) -> StateError:
    """That a mark is one byte, and that of several secrets."""
    return StateError(
        say(
            "{number} secrets are called {mark}, so nothing was dropped; take the line of the one "
            "you mean out of var/secret (newsroom secret show has them in the order of its lines) "
            "and start newsroom again, on every machine",
            number=number,
            mark=mark,
        )
    )
