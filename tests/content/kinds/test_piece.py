"""Every kind of piece, from its text."""

from datetime import UTC, date, datetime
from pathlib import PurePosixPath

import pytest

from newsroom.content.kinds.piece import Parsed, parse_piece
from newsroom.model import (
    Attachment,
    Audience,
    Contact,
    Covers,
    Event,
    EventStatus,
    Image,
    Issue,
    Kind,
    Member,
    Online,
    Page,
    Place,
    Placement,
    Post,
    Publication,
    Severity,
    Site,
    Source,
    Speaker,
    Withdrawal,
)
from tests.content.samples import Parse
from tests.render.pieces import at, make_site


def told(parsed: Parsed) -> list[str]:
    """The problems without the path in front."""
    return [str(problem).split(".md:")[-1] for problem in parsed.problems]


def test_post_with_every_field(parse: Parse) -> None:
    """A news item holds all that its fields say."""
    fields = """\
date: 2026-04-12T09:00
slug: eu
aliases: [europa]
lang: en
tags: [Folkhälsa, eu]
summary: >
  Två rader
  blir en.
image: {file: ../bilder/a.jpg, alt: ""}
attachments: [{file: a.pdf, title: Rapport}]
contacts: [anna]
updated: 2026-04-13
withdrawn: {date: 2026-05-01, reason: Fel siffror}
author: Anna
category: nyhet
event: mote
expires: 2026-06-01
newsletter: lead
source: {name: Tidningen, url: "https://tidningen.example"}
draft: true"""

    post = parse(Kind.NEWS, fields, "\nHej\n").piece

    assert isinstance(post, Post)
    assert post.published.astimezone(UTC) == datetime(2026, 4, 12, 7, tzinfo=UTC)
    assert (post.slug, post.aliases, post.lang, post.tags) == (
        "eu",
        ("europa",),
        "en",
        ("Folkhälsa", "eu"),
    )
    assert post.summary == "Två rader blir en."
    assert post.image == Image(PurePosixPath("posts/bilder/a.jpg"), "")
    assert post.attachments == (Attachment(PurePosixPath("posts/news/a.pdf"), "Rapport"),)
    assert post.withdrawn == Withdrawal(date(2026, 5, 1), "Fel siffror")
    assert (post.category, post.event, post.placement) == ("nyhet", "mote", Placement.LEAD)
    assert post.origin == Source("Tidningen", "https://tidningen.example")
    assert (post.body, post.body_line, post.draft) == ("Hej", 26, True)


def test_event_with_every_field(parse: Parse) -> None:
    """An event holds all that its fields say; a deadline is the end of its day."""
    fields = """\
start: 2026-10-21T13:00
end: 2026-10-22T12:00
place: {name: Salen, address: Gatan 1}
online: {url: "https://mote.example", label: Delta}
registration: {url: "mailto:kansli@example.se", deadline: 2026-10-02, cost: Gratis}
audience: Alla
status: moved
series: Höstmöten
program: |
  Ett

  Två
recordings: ["https://film.example/1"]
documentation: Kommer
speakers: [{name: Bo, role: chef}, {name: Åsa}]"""

    event = parse(Kind.EVENT, fields).piece

    assert isinstance(event, Event)
    assert (event.all_day, event.status) == (False, EventStatus.MOVED)
    assert event.place == Place("Salen", "Gatan 1")
    assert event.online == Online("https://mote.example", "Delta")
    assert event.registration is not None
    assert str(event.registration.deadline) == "2026-10-02 23:59:59+02:00"
    assert event.program == "Ett\n\nTvå\n"
    assert event.speakers == (Speaker("Bo", "chef"), Speaker("Åsa"))


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        (
            "start: 2026-03-28\nend: 2026-03-29",
            "2026-03-28 00:00:00+01:00",
            "2026-03-30 00:00:00+02:00",
        ),
        ("start: 2026-10-25", "2026-10-25 00:00:00+02:00", "2026-10-26 00:00:00+01:00"),
    ],
)
def test_whole_days_end_at_the_midnight_after(
    parse: Parse, fields: str, start: str, end: str
) -> None:
    """The last day as written counts, on days of summer time too."""
    event = parse(Kind.EVENT, fields).piece

    assert isinstance(event, Event)
    assert (event.all_day, str(event.start), str(event.end)) == (True, start, end)


def test_the_other_kinds(parse: Parse) -> None:
    """Contacts, members, publications, issues and pages hold what their fields say."""
    contact = parse(
        Kind.CONTACT, "email: a@example.se\ngroups: [kansli]\norder: 2\nuntil: 2026-12-31"
    ).piece
    member = parse(
        Kind.MEMBER, "type: kommun\njoined: 2020-01-01\nurl: https://kommun.example"
    ).piece
    paper = parse(Kind.PUBLICATION, "date: 2026-01-01").piece
    issue = parse(
        Kind.ISSUE,
        "number: 12\ndate: 2026-06-02T09:00\ncovers: {from: 2026-01-01, to: 2026-05-31}\nlead: a\n"
        "stories: [b, c]\naudience: {lang: sv, tags: [medlem]}",
    ).piece
    page = parse(Kind.PAGE, "menu: Om\norder: 3").piece

    assert isinstance(contact, Contact)
    assert (contact.title, contact.email, contact.groups, contact.order) == (
        "Hej",
        "a@example.se",
        ("kansli",),
        2,
    )
    assert contact.until == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert isinstance(member, Member)
    assert (member.type, member.joined) == ("kommun", date(2020, 1, 1))
    assert isinstance(paper, Publication)
    assert paper.file == PurePosixPath("posts/documents/hej.pdf")
    assert isinstance(issue, Issue)
    assert (issue.number, issue.lead, issue.stories) == (12, "a", ("b", "c"))
    assert issue.covers == Covers(date(2026, 1, 1), date(2026, 5, 31))
    assert issue.audience == Audience("sv", ("medlem",))
    assert isinstance(page, Page)
    assert (page.menu, page.order) == ("Om", 3)


@pytest.mark.parametrize(
    ("kind", "fields", "problem"),
    [
        (Kind.NEWS, "date: 2.11.26", '4: date "2.11.26" is not a date; write 2026-11-02'),
        (
            Kind.NEWS,
            "date: 12 april 2026",
            '4: date "12 april 2026" is not a date; write 2026-04-12',
        ),
        (
            Kind.NEWS,
            "date: snart",
            '4: date "snart" is not a date; write it as 2026-11-02 or 2026-11-02T09:00',
        ),
        (Kind.NEWS, "", "1: date is missing; write date: 2026-11-02"),
        (Kind.NEWS, "date: 2026-11-02\ntag: [x]", '5: "tag" is not a field here; write tags'),
        (
            Kind.NEWS,
            "date: 2026-11-02\nsource: {nam: x}",
            "5: source.name is missing; write name: who published it first",
        ),
        (Kind.NEWS, "date: 2026-11-02\ntags: eu", "5: tags is not a list; write tags: [eu]"),
        (
            Kind.NEWS,
            "date: 2026-11-02\ntags: eu, möte]",
            "5: tags is not a list; write tags: [eu, möte]",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\ncontacts: Maria Lind",
            "5: contacts is not a list; write contacts: [maria-lind]",
        ),
        (
            Kind.NEWS,
            'date: 2026-11-02\ntags: ["!"]',
            '5: tag "!" cannot have a page of its own; write a word of at most 60 letters',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nslug: EU-valet!",
            '5: slug "EU-valet!" cannot stand in an address; write eu-valet',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\ncontacts: [anna.md]",
            '5: contacts "anna.md" is not the name of a file; write the file\'s name: anna',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nnewsletter: laed",
            '5: newsletter "laed" is not known; write lead',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\ndraft: kanske",
            '5: draft "kanske" is neither true nor false; write draft: true, or leave the line out',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nimage: a.jpg",
            '5: image is not fields; write image: {file: a.jpg, alt: "what it shows"}',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nimage: {file: ../../../etc/passwd}",
            '5: image.file "../../../etc/passwd" is not in the posts folder; put the '
            "file beside this one and write its name",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nattachments: [{file: a.pdf}]",
            "5: attachments.title is missing; write title: The report",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nlang: svenska",
            '5: lang "svenska" is not a language; write sv',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nlang: klingonska",
            '5: lang "klingonska" is not a language; write its short name: sv, en, fi',
        ),
        (Kind.NEWS, "date: 2026-11-02\nauthor: [a]", "5: author holds a list; write author: a"),
        (
            Kind.NEWS,
            "date: 10000-01-01",
            '4: date "10000-01-01" is not a date; write it as 2026-11-02 or 2026-11-02T09:00',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02T13:00\nend: 2026-11-02T12:00",
            "5: end 2026-11-02 12:00 is not after start 2026-11-02 13:00; "
            "write an end that comes later",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nend: 2026-11-01",
            "5: end 2026-11-01 is not after start 2026-11-02; write an end that comes later",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02T13:00\nend: 2026-11-03",
            "5: end 2026-11-03 has no clock time, but start has; "
            "write its time too: end: 2026-11-03T…",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02T13:00\nend: 2026-11-01",
            "5: end 2026-11-01 is not after start 2026-11-02 13:00; write an end that comes later",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02T13:00\nend: kl 14.30",
            '5: end "kl 14.30" is not a date; write 2026-11-02T14:30',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-22T25:00",
            '4: date "2026-11-22T25:00" is not a date; '
            "write 2026-11-22T09:00, with a time from 00:00 to 23:59",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-31",
            '4: date "2026-11-31" is not a date; write a day from 2026-11-01 to 2026-11-30',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nplace: Folkets hus, Ekerum",
            '5: place is not fields; write place: {name: "Folkets hus, Ekerum"}',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nonline: https://mote.example",
            "5: online is not fields; write online: {url: https://mote.example}",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nregistration: kansli@example.se",
            '5: registration is not fields; write registration: {url: "mailto:kansli@example.se"}',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nspeakers: Ebba",
            "5: speakers is not a list of fields; write speakers: [{name: Ebba}]",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nspeakers: [Ebba, Bo]",
            "5: speakers is not a list of fields; write speakers: [{name: Ebba}, {name: Bo}]",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nprogram: [Kaffe, Tal]",
            "5: program holds a list; write program: | and the text on the lines below, indented",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nattachments: [a.pdf, b.pdf]",
            "5: attachments is not a list of fields; write attachments: "
            "[{file: a.pdf, title: The report}, {file: b.pdf, title: The report}]",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nsource: Tidningen",
            "5: source is not fields; write source: {name: Tidningen}",
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\ningress: Hej",
            '5: "ingress" is not a field here; write summary',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nupprepas: varje månad",
            '5: "upprepas" is not a field here; nothing repeats itself here: make a file for each '
            "time, with newsroom new",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nsista anmälan: 2026-10-01",
            '5: "sista anmälan" is not a field here; '
            "write it inside registration: registration: {deadline: …}",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nend: 2026-11-03T10:00",
            "5: end has a clock time, but the event lasts whole days; write the day "
            "alone: 2026-11-03",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02T10:00\nall_day: true",
            "4: start has a clock time, but the event lasts whole days; write the day "
            "alone: 2026-11-02",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nall_day: false",
            "4: start 2026-11-02 has no clock time, but all_day is false; "
            "write its time too: start: 2026-11-02T…",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nstatus: inställd",
            '5: status "inställd" is not known; write cancelled',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nonline: {url: mote.example}",
            '5: online.url "mote.example" is not an address on the web; write it whole: https://mote.example',
        ),
        (
            Kind.EVENT,
            'start: 2026-11-02\nrecordings: ["javascript:alert(1)"]',
            '5: recordings "javascript:alert(1)" is not an address on the web; write it whole: https://example.se/',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nspeakers: [Bo]",
            "5: speakers is not a list of fields; write speakers: [{name: Bo}]",
        ),
        (
            Kind.CONTACT,
            "salary: Hej",
            '4: "salary" is not a field here; use one of: name, id, slug, lang, aliases, '
            "tags, summary, image, attachments, contacts, updated, draft, withdrawn, checks, "
            "role, organisation, email, phone, photo, groups, party, order, until, "
            "verified",
        ),
        (
            Kind.CONTACT,
            "email: anna@",
            '4: email "anna@" is not a mail address; write it as name@example.se',
        ),
        (
            Kind.CONTACT,
            "email: åsa@example.se",
            '4: email "åsa@example.se" is an address that many mail systems cannot deliver to; '
            "write it with a–z before the @",
        ),
        (
            Kind.CONTACT,
            "until: 2026-11-02T10:00",
            "4: until has a clock time; write the day alone: 2026-11-02",
        ),
        (
            Kind.CONTACT,
            "order: först",
            '4: order "först" is not a whole number; write it in digits: 12',
        ),
        (
            Kind.MEMBER,
            "joined: 2026-01-01\nleft: 2025-01-01",
            "5: left 2025-01-01 is before joined 2026-01-01; write a day that comes later",
        ),
        (
            Kind.ISSUE,
            "",
            "1: neither number nor period is written; write number: 12 or period: spring 2026",
        ),
        (
            Kind.ISSUE,
            "number: 1\ncovers: {from: 2026-02-01, to: 2026-01-01}",
            "5: to 2026-01-01 is before from 2026-02-01; write a day that comes later",
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nend: 9999-12-31",
            '5: end "9999-12-31" is too far away; write a year of our time',
        ),
        (
            Kind.NEWS,
            "date: 0001-01-01",
            '4: date "0001-01-01" is too far away; write a year of our time',
        ),
        (
            Kind.NEWS,
            "date: 9999-12-31T23:59-10:00",
            '4: date "9999-12-31" is too far away; write a year of our time',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\npreviously: [{start: 9999-12-31, changed: 2026-09-01}]",
            '5: previously.start "9999-12-31" is too far away; write a year of our time',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\npreviously: [{end: 9999-12-31, changed: 2026-09-01}]",
            '5: previously.end "9999-12-31" is too far away; write a year of our time',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-02\nchecks: {mising-alt: warning}",
            '5: "checks.mising-alt" is not a field here; write missing-alt',
        ),
        (
            Kind.PAGE,
            "checks: {bad-date: note}",
            '4: "checks.bad-date" is not a field here; write far-date',
        ),
        (
            Kind.EVENT,
            "start: 2026-11-02\nchecks: {missing-alt: off}",
            '5: checks.missing-alt "off" is not known; write error, warning or note',
        ),
        (Kind.PAGE, "id: a b", '4: "id" is written twice, on line 2 too; keep one of them'),
    ],
)
def test_a_wrong_field_is_told_and_keeps_the_piece_out(
    parse: Parse, kind: Kind, fields: str, problem: str
) -> None:
    """Each fault names line and value and says what to write."""
    parsed = parse(kind, fields)

    assert parsed.piece is None
    assert problem in told(parsed)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ("start: 0001-01-01", "start"),
        ("start: 9999-12-31T23:59-10:00", "start"),
        ("start: 2026-11-02\nend: 9999-12-31", "end"),
        ("start: 2026-11-02T09:00\nend: 9999-12-31T10:00", "end"),
        ("start: 2026-11-02\npreviously: [{start: 9999-12-31, changed: 2026-09-01}]", "start"),
        ("start: 2026-11-02\npreviously: [{end: 9999-12-31, changed: 2026-09-01}]", "end"),
        ("start: 2026-11-02\npreviously: [{changed: 9999-12-31}]", "changed"),
    ],
)
def test_a_time_too_far_away_is_told_once(parse: Parse, fields: str, field: str) -> None:
    """A year that calendars cannot count from is one fault, and gives rise to no other."""
    errors = [p for p in parse(Kind.EVENT, fields).problems if p.severity is Severity.ERROR]

    assert [p.code for p in errors] == ["bad-date"]
    assert f'{field} "' in errors[0].message
    assert "is too far away" in errors[0].message


def test_an_event_of_long_ago_has_its_end(parse: Parse) -> None:
    """An event from before 1970 lasts as long as it says."""
    event = parse(Kind.EVENT, "start: 1968-05-01\nend: 1968-05-03").piece

    assert isinstance(event, Event)
    assert (event.start, event.end) == (at("1968-05-01T00:00"), at("1968-05-04T00:00"))
    assert event.all_day


def test_every_fault_is_told_at_once(parse: Parse) -> None:
    """One fault never hides another."""
    parsed = parse(Kind.NEWS, "date: nu\ntags: x\nupdated: y\nfoo: z")

    assert [problem.line for problem in parsed.problems] == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2026-04-12-eu-valet", "eu-valet"),
        ("Höstmöte i Åre", "hostmote-i-are"),
        ("2026-04-12-bild/index", "bild"),
    ],
)
def test_the_slug_comes_from_the_files_name(parse: Parse, name: str, slug: str) -> None:
    """Without the date, and of a folder when the file is its index."""
    piece = parse(Kind.NEWS, "date: 2026-04-12", name=name).piece

    assert piece is not None
    assert piece.slug == slug


@pytest.mark.parametrize(
    ("kind", "name", "renamed"),
    [
        (Kind.NEWS, "2025-04-12-x", "2026-04-12-x.md"),
        (Kind.NEWS, "2026-12-04-x", "2026-04-12-x.md"),
        (Kind.NEWS, "2025-04-12-x/index", "2026-04-12-x"),
        (Kind.PUBLICATION, "2062-04-12-x", "2026-04-12-x.md"),
    ],
)
def test_a_date_that_is_most_likely_a_slip(
    parse: Parse, kind: Kind, name: str, renamed: str
) -> None:
    """A year of its own, or month and day changed about: the field decides, and both are told."""
    parsed = parse(kind, "date: 2026-04-12 09:00", name=name)

    assert parsed.piece is not None
    assert told(parsed) == [
        f"4: the file's name says {name[:10]}, the piece 2026-04-12; "
        f"mend the date, or name the file {renamed}"
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.NEWS, "date: 2026-04-11"),
        (Kind.NEWS, "date: 2026-12-20 08:00"),
        (Kind.EVENT, "start: 2027-04-11"),
        (Kind.PAGE, "order: 1"),
    ],
)
def test_a_piece_that_is_written_one_day_and_published_on_another(
    parse: Parse, kind: Kind, fields: str
) -> None:
    """Moving a date on purpose asks for no new name; an event's name says when it was begun."""
    assert told(parse(kind, fields, name="2026-04-11-x")) == []


@pytest.mark.parametrize(
    ("kind", "fields", "implied"),
    [
        (Kind.NEWS, "date: 2026-04-12T00:30", "tag:nyheter.example.se,2026-04-12:hej"),
        (Kind.EVENT, "start: 2026-04-12", "tag:nyheter.example.se,2026-04-12:events/hej"),
        (Kind.PAGE, "slug: annan", "urn:uuid:f199c159-2e7d-51da-8560-bf43e51f3b39"),
    ],
)
def test_a_piece_without_an_id_has_a_lasting_one(
    site: Site, kind: Kind, fields: str, implied: str
) -> None:
    """It comes from the first address, the day and the file's first name, never from the title."""
    text = f"---\ntitle: Hej\n{fields}\n---\n"

    parsed = parse_piece(kind, text, PurePosixPath(f"posts/{kind.value}/hej.md"), site)

    assert parsed.piece is not None
    assert parsed.piece.id == implied
    assert [problem.code for problem in parsed.problems] == ["missing-id"]


@pytest.mark.parametrize(
    ("kind", "name", "day"),
    [
        (Kind.NEWS, "2026-04-12-hej", "2026-04-12"),
        (Kind.EVENT, "2026-04-12-hej", "2026-04-12"),
        (Kind.EVENT, "2026-04-12-hej/index", "2026-04-12"),
        (Kind.NEWS, "2026-13-12-hej", "2026-05-01"),  # a month that there is not
        (Kind.NEWS, "hej", "2026-05-01"),
    ],
)
def test_an_implied_id_outlives_another_date(site: Site, kind: Kind, name: str, day: str) -> None:
    """An event that is moved stays one event in calendars: its file's name keeps the first day."""
    field = "start" if kind is Kind.EVENT else "date"
    text = f"---\ntitle: Hej\n{field}: 2026-05-01\n---\n"

    parsed = parse_piece(kind, text, PurePosixPath(f"posts/{kind.value}/{name}.md"), site)

    assert parsed.piece is not None
    assert parsed.piece.id.startswith(f"tag:nyheter.example.se,{day}:")


def test_clock_changes_are_remarked(parse: Parse) -> None:
    """A time that does not exist that day is published at the first that does."""
    parsed = parse(Kind.NEWS, "date: 2026-03-29T02:30")

    assert parsed.piece is not None
    assert told(parsed) == [
        "4: 02:30 does not exist on 2026-03-29; 03:00 is used; write the offset too, or "
        "another time"
    ]


def test_names_that_other_programs_have(site: Site) -> None:
    """Each is told with the field it means, and none is missed by its own name."""
    fields = "rubrik: Hej\ndatum: 2026-11-02\nbild: a.jpg\nutkast: ja\nabc: x\nxyz: y"

    parsed = parse_piece(
        Kind.NEWS, f"---\nid: a\n{fields}\n---\n", PurePosixPath("posts/news/a.md"), site
    )

    assert [(problem.line, problem.fix.partition(":")[0]) for problem in parsed.problems] == [
        (3, "write title"),
        (4, "write date"),
        (5, "write image"),
        (6, "write draft"),
        (7, "use one of"),
        (8, "take the line away"),
    ]


@pytest.mark.parametrize(("length", "faults"), [(300, 0), (301, 1)])
def test_an_id_is_as_long_as_the_ledger_keeps_it(length: int, faults: int) -> None:
    """An id that the ledger could not keep is told by the check, not when an issue is frozen."""
    written = "urn:x:".ljust(length, "x")
    text = f"---\nid: {written}\ntitle: A\ndate: 2026-04-12\n---\n\nText.\n"

    parsed = parse_piece(Kind.NEWS, text, PurePosixPath("posts/news/a.md"), make_site())

    assert len([each for each in parsed.problems if each.code == "bad-id"]) == faults
