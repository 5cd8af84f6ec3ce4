"""A year of the newsroom, from New Year's Day to New Year's Eve 2026, in one go.

Everything is real but the time: the database, the mails over SMTP and IMAP, the pages, the engine,
the process that is killed. The story that comes of it stands in `story.txt`: read it first.
"""

import os
from pathlib import Path

import pytest

from tests.year.chronicle import STORY, WHOLE, live
from tests.year.year import new_year

NIGHTLY = "NIGHTLY" in os.environ


@pytest.mark.slow
def test_the_year(tmp_path: Path) -> None:
    """The coordinator's inbox holds exactly the mails that `story.txt` has, in that order.

    `make story` accepts the one that comes of it now: look at the difference before you commit it.
    With NIGHTLY=1 every night has its backup, not Sunday's alone; the story is the same.
    """
    with new_year(tmp_path / "house", nightly=NIGHTLY) as year:
        live(year, WHOLE)

    if os.environ.get("NEWSROOM_GOLDEN") == "write":
        STORY.write_text(year.story.text, encoding="utf-8")
    assert year.story.text == STORY.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_year_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """With a database server, by whose clock all machines send, the story is the same."""
    with new_year(tmp_path / "house", postgres_url, nightly=NIGHTLY) as year:
        live(year, WHOLE)

    assert year.story.text == STORY.read_text(encoding="utf-8")
