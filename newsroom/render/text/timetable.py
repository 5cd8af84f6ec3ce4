"""Formats a programme whose items begin with a time, with the times in a column."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_TIME = r"(?:kl\.? )?\d{1,2}[.:]\d{2}(?: ?[–-] ?\d{1,2}[.:]\d{2})?"
_TIMED = re.compile(rf"<li>(\s*<p>)?({_TIME})(?![\d.]|:\d)(?:\s*[–:-])?\s+")


def timetable(html: str) -> "Markup":
    """Sanitised HTML in which each item of a list that begins with a time has it by itself."""
    from markupsafe import Markup

    marked = _TIMED.sub(r'<li class="timed">\1<span class="time">\2</span> ', str(html))
    return Markup(marked)  # noqa: S704 (sanitised by render_markdown, then marks of our own)
