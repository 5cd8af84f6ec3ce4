"""What a new piece begins as: the texts in `starters/`, with advice to the editor."""

from datetime import datetime, time
from pathlib import Path
from string import Template

from newsroom.content.front.times import When
from newsroom.content.write import as_yaml
from newsroom.model import Kind, Site

_AFTERNOON = time(13)  # when an event starts until somebody says when
_STARTERS = Path(__file__).parent / "starters"


def starter(  # noqa: PLR0913, PLR0917 (what a piece begins with)
    kind: Kind, title: str, site: Site, now: datetime, id_: str, start: When | None = None
) -> str:
    """A new piece, ready to be filled in, with advice in the site's language."""
    lang = "sv" if site.language.startswith("sv") else "en"
    text = (_STARTERS / lang / f"{kind.value}.md").read_text(encoding="utf-8")
    start = start or guessed_start(site, now)
    shown = " ".join(title.split())
    return Template(text).substitute(
        title=as_yaml(shown), id=id_, day=start.day, start=written_start(start)
    )


def guessed_start(site: Site, now: datetime) -> When:
    """When an event starts until somebody says when: this afternoon."""
    return When(now.astimezone(site.timezone).date(), _AFTERNOON)


def written_start(when: When) -> str:
    """A day, with its clock time if there is one, as front matter has it."""
    clock = f"T{when.clock.isoformat('minutes')}" if when.clock else ""
    return f"{when.day}{clock}"
