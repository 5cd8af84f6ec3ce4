"""A year of the newsroom, from New Year's Day to New Year's Eve 2026, in one go.

Everything is real but the time: the database, the mails over SMTP, the pages, the engine. The
story that comes of it stands in `story.txt`; read it first. `make story` accepts the one that
comes of it now.
"""

import os
from collections.abc import Callable
from pathlib import Path

from tests.year.chapters import autumn, spring, summer, winter
from tests.year.year import Year, new_year

STORY = Path(__file__).parent / "story.txt"
CHAPTERS: tuple[Callable[[Year], None], ...] = (
    *(winter.january, winter.february, winter.march),
    *(spring.april, spring.may, spring.june),
    *(summer.after_the_letter, summer.july),
    *(autumn.september, autumn.october, autumn.november),
    *(autumn.december, autumn.second_letter, autumn.end),
)


def live(year: Year) -> None:
    """Go through all chapters; a failure says in which of them, and when in the year."""
    for chapter in CHAPTERS:
        try:
            chapter(year)
        except BaseException as error:
            error.add_note(f"in {chapter.__module__}.{chapter.__name__}, {year.today}")
            error.add_note(f"the story until then:\n{year.story.text[-3000:]}")
            raise


def test_the_year(tmp_path: Path) -> None:
    """The coordinator's inbox holds exactly the mails that `story.txt` has, in that order."""
    with new_year(tmp_path / "house") as year:
        live(year)

    if os.environ.get("NEWSROOM_GOLDEN") == "write":
        STORY.write_text(year.story.text, encoding="utf-8")
    assert year.story.text == STORY.read_text(encoding="utf-8")
