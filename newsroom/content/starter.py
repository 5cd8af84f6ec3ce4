"""What a new piece begins as: the texts in `starters/`, with advice to the editor."""

from datetime import datetime
from pathlib import Path
from string import Template

from newsroom.content.write import as_yaml
from newsroom.model import Kind, Site

_STARTERS = Path(__file__).parent / "starters"


def starter(kind: Kind, title: str, site: Site, now: datetime, id_: str) -> str:
    """A new piece, ready to be filled in, with advice in the site's language."""
    lang = "sv" if site.language.startswith("sv") else "en"
    text = (_STARTERS / lang / f"{kind.value}.md").read_text(encoding="utf-8")
    day = now.astimezone(site.timezone).date()
    shown = " ".join(title.split())
    return Template(text).substitute(title=as_yaml(shown), id=id_, day=day)
