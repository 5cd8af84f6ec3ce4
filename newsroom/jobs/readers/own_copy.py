"""What is kept about a reader as they can take it along: words to read, and JSON for programs."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.my_data import MyData, my_data
from newsroom.jobs.readers.own_words import ACTS, STANDS
from newsroom.model import Site, Subscriber
from newsroom.readers.consent import Entry
from newsroom.readers.privacy import export_person
from newsroom.render.mail.confirmation import OwnCopy
from newsroom.render.text.plain_writer import filled, underlined
from newsroom.render.words import Words


def own_copy(connection: Connection, desk: FrontDesk, person: Subscriber, words: Words) -> OwnCopy:
    """Everything that is kept about somebody, both ways (GDPR, articles 15 and 20)."""
    kept = export_person(connection, desk.keys, person.email)
    return OwnCopy(
        words=readable(my_data(connection, desk.site, person), desk.site, words),
        json=json.dumps(kept, ensure_ascii=False, indent=2).encode(),
    )


def readable(data: MyData, site: Site, words: Words) -> str:
    """The page of somebody's own data as text, in their language and on the clock of the site."""
    return "\n\n".join(_blocks(data, site, words)) + "\n"


def _blocks(data: MyData, site: Site, words: Words) -> Iterator[str]:
    _, person = words.gettext, data.person
    yield underlined(_("What we have about you"), "=")
    topics = ", ".join(site.tag_words(tag) for tag in person.tags)
    facts = (
        (_("Your e-mail address"), person.email),
        (_("Your name"), person.name),
        (_("The language of your newsletter"), words.language(person.lang)),
        (_("Topics that you want to hear about"), topics),
    )
    yield "\n".join(filled(f"{what}: {value}") for what, value in facts if value)
    yield filled(_(STANDS[person.state]))
    yield underlined(_("Your consent"), "-")
    yield from (_consent(entry, site, words) for entry in data.consents)
    if not data.consents:
        yield filled(_("Nothing is written down about it."))
    yield underlined(_("What we have sent you"), "-")
    yield _sent(data, site, words)
    if data.returned:
        yield filled(_("Mails to you that came back: %(number)s.") % {"number": data.returned})
    yield filled(_("We do not know whether you open our mails or follow links in them."))


def _consent(entry: Entry, site: Site, words: Words) -> str:
    """What somebody agreed to, when and where, with the words that they saw."""
    one = entry.consent
    when = words.moment(one.at.astimezone(site.timezone))
    where = f", {one.source}" if one.source and one.source.startswith("http") else ""
    said = filled(f"{when}: {words.gettext(ACTS[one.act])}{where}", first="- ", rest="  ")
    quoted = filled(entry.text, first="  > ", rest="  > ") if entry.text else ""
    return "\n".join(part for part in (said, quoted) if part)


def _sent(data: MyData, site: Site, words: Words) -> str:
    if not data.sent:
        return filled(words.gettext("No newsletter yet."))
    return "\n".join(
        filled(
            f"{words.date(one.at.astimezone(site.timezone))}: {one.subject or one.issue}",
            first="- ",
            rest="  ",
        )
        for one in data.sent
    )
