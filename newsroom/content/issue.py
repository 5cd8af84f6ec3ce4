"""One number of the newsletter, from its file."""

from newsroom.content.fields import Fields
from newsroom.content.sheet import Sheet
from newsroom.model import Audience, Covers, Issue
from newsroom.model.saying import say


def read_issue(sheet: Sheet) -> Issue:
    """The issue; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    published = fields.moment("date")
    if not fields.has("number") and not fields.has("period"):
        message = say("neither number nor period is written")
        fix = say("write number: 12 or period: våren 2026")
        fields.error("number", "missing-field", message, fix)
    return Issue(
        **sheet.shared(published.date() if published else None),
        number=fields.number("number"),
        period=fields.text("period"),
        published=published,
        subject=fields.text("subject"),
        preheader=fields.text("preheader"),
        covers=_covers(fields),
        lead=fields.slug("lead"),
        stories=fields.slugs("stories"),
        events=fields.slugs("events"),
        audience=_audience(fields),
    )


def _covers(fields: Fields) -> Covers | None:
    covers = fields.nested("covers", "covers: {from: 2026-06-01, to: 2026-11-30}")
    if covers is None:
        return None
    start = covers.required_when("from", "2026-06-01").day
    end = covers.required_when("to", "2026-11-30").day
    if end < start:
        message = say("to {end} is before from {start}", end=end, start=start)
        covers.error("to", "end-before-start", message, say("write a day that comes later"))
    return Covers(start, end)


def _audience(fields: Fields) -> Audience:
    audience = fields.nested("audience", "audience: {lang: sv, tags: [member]}")
    if audience is None:
        return Audience()
    lang = audience.lang("lang", "") or None
    return Audience(lang, audience.texts("tags"))
