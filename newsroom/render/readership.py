"""The list and the issues as a page for the desk: drawings, and tables with the same figures."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.model.delivery import Counts
from newsroom.model.readership import Readership
from newsroom.render.pictures.charts import NARROW, WIDE, Bar, Said, bar_chart, line_chart
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_ISSUE = ("frozen", "accepted", "bounced", "refused", "excluded", "unknown", "cancelled", "waiting")


def readership_files(
    counted: Readership, site: Site, words: Words, templates: "Templates"
) -> Mapping[str, bytes]:
    """`index.html` with drawings and tables, the drawings alone, and the tables as CSV."""
    growth, issues = (draw(counted, site, words, WIDE) for draw in (_growth, _issues))
    page = templates.render(
        "web/readership.html",
        words,
        site=site,
        counted=counted,
        growth=_in_page(growth, _growth(counted, site, words, NARROW)),
        issues=_in_page(issues, _issues(counted, site, words, NARROW)),
    )
    months = [
        (f"{month.first:%Y-%m}", month.joined, month.left, month.kept_out, month.active)
        for month in counted.months
    ]
    sent = [(one.issue, *(getattr(one, name) for name in _ISSUE)) for one in counted.issues]
    return {
        "index.html": page.encode(),
        "growth.svg": growth,
        "issues.svg": issues,
        "growth.csv": _table(("month", "joined", "left", "kept_out", "active"), months),
        "issues.csv": _table(("issue", *_ISSUE), sent),
    }


def _in_page(wide: bytes, narrow: bytes) -> Mapping[str, str]:
    """A drawing for wide windows and one for narrow ones, as parts of a page."""
    from markupsafe import Markup

    return {"wide": Markup(wide.decode()), "narrow": Markup(narrow.decode())}  # noqa: S704 (XML writer)


def _growth(counted: Readership, site: Site, words: Words, width: int) -> bytes:
    points = [
        (f"{words.short_month(month.first.month)} {month.first:%Y}", month.active)
        for month in counted.months
    ]
    if not points:
        description = words.gettext("Nobody has got the newsletter yet.")
    else:
        told = words.gettext("From %(start)s, with %(before)s readers, to %(end)s, with %(now)s.")
        description = told % {
            "start": points[0][0],
            "before": points[0][1],
            "end": points[-1][0],
            "now": points[-1][1],
        }
    said = Said(words.gettext("Readers, month by month"), description)
    return line_chart(said, points, site.brand, width)


def _issues(counted: Readership, site: Site, words: Words, width: int) -> bytes:
    bars = [_bar(one, words) for one in counted.issues]
    title = words.gettext("What became of each issue")
    description = "; ".join(f"{bar.label}: {bar.figures}" for bar in bars)
    said = Said(title, description or words.gettext("No issue has been sent yet."))
    return bar_chart(said, bars, _parts(words), site.brand, width)


def _parts(words: Words) -> tuple[str, ...]:
    """What the parts of a bar are, in their order."""
    return (
        words.gettext("Accepted"),
        words.gettext("Came back"),
        words.gettext("Refused"),
        words.gettext("Never left, or unclear"),
    )


def _bar(one: Counts, words: Words) -> Bar:
    """An issue's copies: still accepted, come back, refused, and those that never left."""
    others = one.frozen - one.accepted - one.refused
    said = words.gettext(
        "%(accepted)s of %(frozen)s accepted, %(bounced)s of them came back, %(refused)s refused"
    )
    figures = {
        "accepted": one.accepted,
        "frozen": one.frozen,
        "bounced": one.bounced,
        "refused": one.refused,
    }
    parts = (one.accepted - one.bounced, one.bounced, one.refused, others)
    return Bar(one.issue, parts, said % figures)


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table that spreadsheets open; the first cells are made by us and begin no formula."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(headings)
    out.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()
