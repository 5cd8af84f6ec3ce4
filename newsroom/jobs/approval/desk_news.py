"""The mail about some news of an issue, in the language of the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime

from newsroom.delivery.approval.desk_mails import News
from newsroom.jobs.approval import news_after, news_before, news_under_way
from newsroom.jobs.approval.news import DeskCalendar, IssueNews, UnsaidNote
from newsroom.model import Site
from newsroom.model.saying import say
from newsroom.render.mail.desk_note import OWN_LINK, DeskNote
from newsroom.render.sayings import in_language

_DRAFTS: Mapping[News, Callable[[IssueNews, DeskCalendar], UnsaidNote]] = {
    News.ASKED: news_before.asked,
    News.REMINDED: news_before.reminded,
    News.APPROVED: news_before.approved,
    News.VOIDED: news_before.voided,
    News.STOPPED: news_before.stopped,
    News.POSTPONED: news_before.postponed,
    News.HELD: news_before.held,
    News.SKIPPED: news_before.skipped,
    News.CANCELLED: news_after.cancelled,
    News.LEAVING: news_under_way.leaving,
    News.CANARIES: news_under_way.canaries,
    News.LANE: news_under_way.lane,
    News.PAUSED: news_under_way.paused,
    News.UNSURE: news_under_way.unsure,
    News.DONE: news_after.done,
    News.REPORTED: news_after.reported,
}
_DAYS = say("Have the days of the newsletter in your own calendar")


def desk_note(
    site: Site, told: IssueNews, url: str | None, now: datetime, days: str | None = None
) -> DeskNote:
    """The mail about some news; `url` is where it can be decided about.

    `days` is the address of the reader's own calendar of deadlines.
    """
    lang = site.language
    draft = _DRAFTS[told.news](told, DeskCalendar(site, now))
    return DeskNote(
        lang=lang,
        subject=in_language(draft.subject, lang),
        sentences=tuple(in_language(sentence, lang) for sentence in draft.sentences),
        must=tuple(in_language(fault, lang) for fault in draft.must),
        way_out=in_language(OWN_LINK, lang),
        heading=in_language(say("This must be mended first:"), lang),
        button=in_language(draft.button, lang),
        url=url,
        command=(in_language(draft.command[0], lang), draft.command[1]) if draft.command else None,
        aside=(in_language(_DAYS, lang), days) if days else None,
        preview=told.preview,
        caption=in_language(say("Preview: this is how readers will get it."), lang),
    )
