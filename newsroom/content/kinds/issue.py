"""One number of the newsletter, from its file."""

from collections.abc import Iterator, Sequence

from newsroom.content.front.fields import Fields
from newsroom.content.front.notes import suggestion
from newsroom.content.kinds.sheet import Sheet
from newsroom.model import Audience, Covers, Issue, Teaser
from newsroom.model.saying import say


def read_issue(sheet: Sheet) -> Issue:
    """The issue; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    published = fields.moment("date")
    if not fields.has("number") and not fields.has("period"):
        message = say("neither number nor period is written")
        fix = say("write number: 12 or period: spring 2026")
        fields.error("number", "missing-field", message, fix)
    lead, stories = fields.slug("lead"), fields.slugs("stories")
    return Issue(
        **sheet.shared(published.date() if published else None),
        number=fields.number("number"),
        period=fields.text("period"),
        published=published,
        subject=fields.text("subject"),
        preheader=fields.text("preheader"),
        covers=_covers(fields),
        lead=lead,
        stories=stories,
        events=fields.slugs("events"),
        teasers=tuple(_teasers(fields, (*stories, lead))),
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


def _teasers(fields: Fields, told: Sequence[str | None]) -> Iterator[Teaser]:
    """The issue's own words for some of its stories."""
    example = "teasers: {eu-valet: {title: …, summary: …}}"
    teasers = fields.nested("teasers", example)
    if teasers is None:
        return
    for slug in teasers.names():
        words = teasers.nested(slug, f"{slug}: {{title: …, summary: …}}")
        if words is None:
            continue
        if slug not in told:
            message = say("teasers has words for {slug}, which the issue does not tell", slug=slug)
            fix = suggestion(slug, filter(None, told), say("name it under stories: too"))
            teasers.error(slug, "unknown-reference", message, fix)
        yield Teaser(slug, words.text("title"), words.text("summary"))


def _audience(fields: Fields) -> Audience:
    audience = fields.nested("audience", "audience: {lang: sv, tags: [member]}")
    if audience is None:
        return Audience()
    lang = audience.lang("lang", "") or None
    return Audience(lang, audience.texts("tags"))
