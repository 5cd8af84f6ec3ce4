"""A year in review as Markdown: a text to paste into an annual report, and to go on writing."""

from collections.abc import Iterator, Sequence

from newsroom.model import Site
from newsroom.model.saying import Saying, say
from newsroom.model.year_in_review import YearInReview
from newsroom.render.sayings import in_language
from newsroom.render.words import Words


def year_as_markdown(review: YearInReview, site: Site, lang: str) -> str:
    """The year in words and tables, in a language of the desk."""
    words = Words(lang)
    said = (in_language(line, lang) for line in _lines(review, site, words, lang))
    return "\n".join(said) + "\n"


def _lines(review: YearInReview, site: Site, words: Words, lang: str) -> Iterator[Saying | str]:
    yield say("# {name} in {year}", name=site.name, year=review.year)
    yield ""
    yield from _published(review, words, lang)
    yield from _newsletter(review, words, lang)
    members = review.members
    yield say("## Members")
    yield ""
    yield say(
        "Members at the end: {after}. Joined: {joined}. Left: {left}.",
        after=members.after,
        joined=members.joined,
        left=members.left,
    )
    if review.dead_links is not None:
        yield ""
        yield say("## Links")
        yield ""
        yield say(
            "Links to other sites that lead nowhere today: {number}.", number=review.dead_links
        )


def _published(review: YearInReview, words: Words, lang: str) -> Iterator[Saying | str]:
    yield say("## Published")
    yield ""
    yield say(
        "Posts: {posts}. Events: {events}, of these cancelled: {cancelled}. Publications: {done}.",
        posts=sum(review.posts),
        events=sum(review.events),
        cancelled=review.cancelled,
        done=review.publications,
    )
    yield ""
    headings = [say("month"), say("posts"), say("events")]
    yield from _table([in_language(each, lang) for each in headings])
    for number, (posts, events) in enumerate(zip(review.posts, review.events, strict=True), 1):
        yield _row(words.month_name(number), posts, events)
    yield ""
    if review.categories:
        yield from _table([in_language(each, lang) for each in (say("category"), say("posts"))])
        for name, many in review.categories.items():
            yield _row(name, many)
        yield ""


def _newsletter(review: YearInReview, words: Words, lang: str) -> Iterator[Saying | str]:
    readers = review.readers
    yield say("## The newsletter")
    yield ""
    yield say(
        "Readers at the beginning: {before}. Joined: {joined}. Left: {left}. Not reached any more: "
        "{kept_out}. Readers at the end: {after}.",
        before=readers.before,
        joined=readers.joined,
        left=readers.left,
        kept_out=readers.kept_out,
        after=readers.after,
    )
    yield ""
    if review.issues:
        headings = [
            *(say("issue"), say("sent"), say("readers"), say("accepted")),
            *(say("refused"), say("left before"), say("unknown"), say("came back")),
        ]
        yield from _table([in_language(each, lang) for each in headings])
        for one in review.issues:
            numbers = (one.frozen, one.accepted, one.refused, one.excluded, one.unknown)
            yield _row(one.name, words.date(one.sent), *numbers, one.bounced)
        yield ""
        yield say("Accepted means that a mail server took the mail; nobody knows more.")
        yield ""
    if review.returned:
        yield say(
            "Mails that came back: {bounces}. Called spam: {complaints}.",
            bounces=review.returned.get("bounce", 0),
            complaints=review.returned.get("complaint", 0),
        )
        yield ""


def _table(headings: Sequence[str]) -> Iterator[str]:
    yield _row(*headings)
    yield _row("---", *("---:" for _ in headings[1:]))


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
