"""The same year in a process that is started anew again and again, on SQLite and on PostgreSQL."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.year.chronicle import FIRST_HALF, STORY, WHOLE, live
from tests.year.story import first_chapters, untimed
from tests.year.year import new_year

_SEEDS = os.environ.get("RESTARTS")  # RESTARTS=20 is twenty whole years


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(_SEEDS or "1")))
def test_a_restart_at_any_moment_changes_no_mail(
    tmp_path: Path, postgres_url: str, seed: int
) -> None:
    """Whenever the process is started anew, while it sends too, the story is the same.

    Every other year has a database server, the first of them too.
    """
    chapters, server = WHOLE if _SEEDS else FIRST_HALF, None if seed % 2 else postgres_url
    with new_year(tmp_path / "house", server, fate=Random(seed)) as year:
        live(year, chapters)

    assert year.restarts >= 3
    told = first_chapters(STORY.read_text(encoding="utf-8"), len(chapters))
    assert untimed(year.story.text) == untimed(told)
