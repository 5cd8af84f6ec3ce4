"""A year of the newsroom, from New Year's Day to New Year's Eve 2026, in one go.

Everything is real but the time: the database, the mails over SMTP and IMAP, the pages, the engine,
the process that is killed. The story that comes of it stands in `story.txt`: read it first.
"""

import os
from pathlib import Path

import pytest

from tests.year.chronicle import STORY, WHOLE, live
from tests.year.year import new_year

_IN_FULL = "NIGHTLY" in os.environ  # else the half on PostgreSQL in `test_restarts` has to do


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if _IN_FULL else ["sqlite"])
def test_the_year(tmp_path: Path, postgres_url: str, database: str) -> None:
    """The coordinator's inbox holds exactly the mails that `story.txt` has, in that order.

    `make story` accepts the one that comes of it now: look at the difference before you commit it.
    With NIGHTLY=1 every night has its backup, not Sunday's alone, and the year is gone through on
    a database server too, by whose clock all machines send; the story is the same.
    """
    server = postgres_url if database == "postgresql" else None
    with new_year(tmp_path / "house", server, nightly=_IN_FULL) as year:
        live(year, WHOLE)

    if os.environ.get("NEWSROOM_GOLDEN") == "write":
        STORY.write_text(year.story.text, encoding="utf-8")
    assert year.story.text == STORY.read_text(encoding="utf-8")
