"""The chapters of the year in their order, and where the story stands that they make."""

from collections.abc import Callable
from pathlib import Path

from tests.year.chapters import autumn, spring, summer, winter
from tests.year.year import Year

Chapters = tuple[Callable[[Year], None], ...]

STORY = Path(__file__).parent / "story.txt"
FIRST_HALF: Chapters = (
    *(winter.january, winter.february, winter.march),
    *(spring.april, spring.may, spring.june),
)
WHOLE: Chapters = (
    *FIRST_HALF,
    *(summer.after_the_letter, summer.july, summer.august),
    *(autumn.hub, autumn.september, autumn.october, autumn.november),
    *(autumn.december, autumn.second_letter, autumn.end),
)


def live(year: Year, chapters: Chapters) -> None:
    """Go through some chapters; a failure says in which of them, and when in the year."""
    for chapter in chapters:
        try:
            chapter(year)
        except BaseException as error:
            error.add_note(f"in {chapter.__module__}.{chapter.__name__}, {year.today}")
            error.add_note(f"the story until then:\n{year.story.text[-3000:]}")
            raise
