import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from lxml.html import HtmlElement, document_fromstring

from newsroom.errors import ContentError
from newsroom.model import (
    Brand,
    Earlier,
    EventStatus,
    Image,
    Issue,
    Newsroom,
    Online,
    Place,
    Registration,
)
from newsroom.render.look.colour import READABLE, contrast
from newsroom.render.mail.dress import direction
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter, compose, content_hash
from newsroom.render.mail.weight import MOST_OCTETS
from newsroom.render.templates import Templates, default_templates
from tests.render.pieces import (
    URL,
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
    picture,
)

NOW = at("2026-06-02T09:00")
TEMPLATES = Templates([default_templates()])


def write(newsroom: Newsroom | None = None, issue: Issue | None = None, lang: str = "sv") -> Letter:
    """A letter with the packaged templates."""
    return compose(newsroom or full_newsroom(), issue or full_issue(), lang, NOW, TEMPLATES)


def full_newsroom(**other: Any) -> Newsroom:  # noqa: ANN401
    """A newsroom with posts, an event and a contact for an issue."""
    parts: dict[str, Any] = {
        "posts": (
            make_post("lead", title="Det stora", category="nyhet", image=image("lead")),
            make_post("en", title="Den första", summary="Kort om <den> första.", image=image("en")),
            make_post("tva", title="Second", lang="en", body="Read [this](https://e.test/x)."),
        ),
        "events": (
            make_event(
                place=Place("Folkets hus"),
                registration=Registration(deadline=at("2026-10-01T23:59")),
            ),
        ),
        "contacts": (make_contact(),),
        "assets": (picture("lead", "b.jpg"), picture("en", "b.jpg")),
    }
    return make_newsroom(**{**parts, **other})


def full_issue(**other: Any) -> Issue:  # noqa: ANN401
    """An issue that names everything there is."""
    values: dict[str, Any] = {
        "number": 40,
        "lead": "lead",
        "stories": ("tva", "en"),
        "events": ("mote",),
        "contacts": ("anna",),
        "body": "Hej!\n\n## Våren\n\nHär är [ett mål](https://e.test/mal) och [ett till](#x).",
    }
    return make_issue(**{**values, **other})


def image(slug: str) -> Image:
    """A picture of a post."""
    return Image(PurePosixPath(f"posts/news/{slug}/b.jpg"), f"Teckning av {slug}")


def tree(letter: Letter) -> HtmlElement:
    """The letter's HTML."""
    return document_fromstring(letter.html)


def headings(letter: Letter) -> list[str]:
    """The headings with their level, in order."""
    found = tree(letter).iter("h1", "h2", "h3")
    return [f"{element.tag} {element.text_content()}" for element in found]


def test_order() -> None:
    """Introduction, lead, stories as the editor ordered them, calendar, people."""
    assert headings(write()) == [
        "h1 Nyhetsbrev våren 2026",
        "h2 Våren",
        "h2 Det stora",
        "h2 Second",
        "h2 Den första",
        "h2 I kalendern",
        "h3 Träffen mote",
        "h2 Fråga oss",
    ]


def test_text_says_the_same() -> None:
    """The text has every heading, and every address of the HTML once."""
    letter = write()

    for heading in headings(letter):
        assert heading.partition(" ")[2] in letter.text
    links = {link.get("href") for link in tree(letter).iter("a")} - {"tel:010-1234567"}
    addresses = {address.removeprefix("mailto:") for address in links}
    written = [line.partition("] ")[2] or line for line in letter.text.splitlines()]
    assert {address: written.count(address) for address in addresses} == dict.fromkeys(addresses, 1)


def test_the_whole_text() -> None:
    """The text reads as one writes a plain mail, and ends as mail programs expect."""
    issue = full_issue(body="Hej!", stories=("en",), lead=None)

    assert (
        write(issue=issue).text
        == f"""\
Nätverket Exempel · nummer 40

Nyhetsbrev våren 2026
=====================

Hej!

Den första
----------

12 april 2026

[Teckning av en]

Kort om <den> första.

Läs hela:
{URL}/nyheter/2026/en/

I kalendern
===========

Träffen mote
21 oktober 2026 kl. 13.00–15.00 · Folkets hus
Anmäl dig senast 1 oktober 2026
{URL}/kalender/mote/
Lägg in i din kalender:
{URL}/kalender/mote.ics

Fråga oss
=========

Anna Ek
Samordnare
anna@example.se
010-123 45 67

--\x20
Du får det här brevet för att du prenumererar på nyhetsbrevet från
Nätverket Exempel.

Läs brevet på webben:
{URL}/nyhetsbrev/2026-var/
Fick du brevet av någon annan? Prenumerera själv:
{URL}/prenumerera/
Ändra dina uppgifter:
{URL}/mina-uppgifter/
Avsluta prenumerationen:
{LEAVE}
Så behandlar vi dina personuppgifter:
{URL}/integritet/

Nätverket Exempel, Hamnplan 2, 999 10 Lövhamn
{URL}/
"""
    )


def test_english() -> None:
    """The words that we add are in the reader's language; the texts stay as they are."""
    letter = write(lang="en")

    html = tree(letter)
    assert (html.get("lang"), html.get("dir")) == ("en", "ltr")
    assert "End the subscription" in letter.html
    assert "21 October 2026, 13:00–15:00" in letter.text
    assert html.xpath("//*[@class='prose']")[0].get("lang") == "sv"


def test_languages_are_marked() -> None:
    """Language and direction stand on html and on the first element, and on what is foreign."""
    html = tree(write())

    first = html.find("body")[0]
    assert (first.get("lang"), first.get("dir")) == (html.get("lang"), html.get("dir"))
    assert foreign(html.get_element_by_id("urn:uuid:tva")) == {
        ("en", "Second"),
        ("en", "Read this."),
    }
    assert foreign(html.get_element_by_id("urn:uuid:en")) == set()


def foreign(block: HtmlElement) -> set[tuple[str, str]]:
    """The words of a block that are said to be in another language."""
    return {(each.get("lang"), each.text_content()) for each in block.xpath(".//*[@lang]")}


def test_readers_can_change_their_details_from_a_letter_that_was_passed_on() -> None:
    """Both parts lead to the page that asks for an address: the same for all, it opens nothing."""
    letter = write()

    page = f"{URL}/mina-uppgifter/"
    links = {one.text_content(): one.get("href") for one in tree(letter).iter("a")}
    assert links["Ändra dina uppgifter"] == page
    assert f"Ändra dina uppgifter:\n{page}\n" in letter.text
    assert "Change your details:" in write(lang="en").text


def test_footnotes_stay_in_the_letter() -> None:
    """A footnote is a jump within the letter, and leads to no page."""
    html = tree(write(issue=full_issue(body="Ett[^1].\n\n[^1]: Två.")))

    [to, back] = [link.get("href") for link in html.xpath("//*[@class='prose']//a")]
    assert html.get_element_by_id(to.removeprefix("#")) is not None
    assert html.get_element_by_id(back.removeprefix("#")) is not None


def test_own_words_in_a_letter_for_others() -> None:
    """In the English letter the texts are Swedish, and dates, buttons and labels are not."""
    html = tree(write(lang="en"))

    assert foreign(html.get_element_by_id("urn:uuid:lead")) == {
        ("sv", "Nyhet"),
        ("sv", "Det stora"),
        ("sv", ""),  # the picture, which has words instead
        ("sv", "Första stycket."),
    }
    assert foreign(html.get_element_by_id("urn:uuid:mote")) == {("sv", "Träffen mote")}
    assert html.find(".//h1").get("lang") == html.find(".//title").get("lang") == "sv"


@pytest.mark.parametrize(("lang", "way"), [("sv", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl")])
def test_direction(lang: str, way: str) -> None:
    """Arabic and its like are written from right to left."""
    assert direction(lang) == way


def test_blocks_have_the_ids_of_their_pieces() -> None:
    """A story, an event and a person are anchored by the id that feeds and calendars use."""
    html = tree(write())

    ids = {element.get("id") for element in html.xpath("//td[@id]")}
    assert ids == {f"urn:uuid:{slug}" for slug in ("lead", "en", "tva", "mote", "anna")} | {
        "footer"
    }


def test_nothing_that_readers_may_not_see() -> None:
    """Drafts, future posts and names that lead nowhere are left out."""
    newsroom = full_newsroom()
    hidden = replace(newsroom.posts[1], draft=True)
    future = replace(newsroom.posts[2], published=at("2026-07-01T09:00"))

    letter = write(
        replace(newsroom, posts=(newsroom.posts[0], hidden, future)),
        full_issue(stories=("en", "tva", "saknas"), events=("saknas",), contacts=("saknas",)),
    )

    assert headings(letter)[2:] == ["h2 Det stora"]


def test_no_story_twice() -> None:
    """The lead is not told again among the stories."""
    letter = write(issue=full_issue(stories=("lead", "en")))

    assert letter.text.count("Det stora") == 1


def test_subject_and_preheader() -> None:
    """They are the editor's, else the title and the first words of the introduction."""
    written = write(issue=full_issue(subject="Nu är det\nvår", preheader="Tre korta."))
    made = write(issue=full_issue(preheader=None, body="ord " * 40))

    assert (written.subject, written.preheader) == ("Nu är det vår", "Tre korta.")
    assert made.subject == "Nyhetsbrev våren 2026"
    assert made.preheader == "ord " * 22 + "…"
    short = full_issue(preheader=None, body="Hej!\n\nKort.")
    assert write(issue=short).preheader == "Hej! Kort."
    assert write(issue=replace(short, body="")).preheader == "Det stora · Second · Den första"
    assert "Tre korta." in tree(written).xpath("//*[@class='preheader']")[0].text_content()


def test_pictures() -> None:
    """Pictures are as wide as they are shown, with what they show in words, on our own host."""
    html = tree(write())

    shown = [{**picture.attrib} for picture in html.iter("img")]
    assert [(each["alt"], each["width"], each["height"]) for each in shown] == [
        ("Teckning av lead", "552", "368"),
        ("Teckning av en", "168", "112"),
    ]
    assert all(each["src"].startswith(f"{URL}/") for each in shown)


def test_pictures_in_the_introduction_fit() -> None:
    """A picture in the text is no wider than the column."""
    issue = full_issue(
        body="![En å](b.jpg)", source=PurePosixPath("posts/news/lead/brev.md"), lead=None
    )

    found = next(tree(write(issue=issue)).iter("img"))

    assert (found.get("width"), found.get("height")) == ("552", "368")


@pytest.mark.parametrize(
    "asset",
    [
        picture("lead", "b.jpg", media_type="image/webp"),
        picture("lead", "b.jpg", media_type="image/svg+xml"),
        picture("lead", "b.jpg", width=None),
        picture("annan", "b.jpg"),
    ],
)
def test_pictures_that_mails_cannot_show(asset: Any) -> None:  # noqa: ANN401
    """What Word or Gmail does not show, or is not there, is left out."""
    letter = write(full_newsroom(assets=(asset,)), full_issue(stories=()))

    assert tree(letter).find(".//img") is None


def test_events() -> None:
    """An event says when, where and until when, and has its file; what is off says so."""
    events = (
        make_event(status=EventStatus.CANCELLED, online=Online("https://e.test/m")),
        make_event("dag", all_day=True, start=at("2026-03-14T00:00"), end=at("2026-03-16T00:00")),
    )

    text = write(full_newsroom(events=events), full_issue(events=("mote", "dag"))).text

    assert "INSTÄLLT: Träffen mote\n21 oktober 2026 kl. 13.00–15.00 · På nätet\n" in text
    assert f"Träffen dag\n14–15 mars 2026\n{URL}/kalender/dag/\n" in text


def test_a_changed_event() -> None:
    """The letter says what is new about an event, to those who have its earlier time."""
    moved = make_event(previously=(Earlier(start=at("2026-10-07T13:00")),))

    letter = write(full_newsroom(events=(moved,)), full_issue(events=("mote",)))

    assert "kl. 13.00–15.00\nNy dag: onsdag 21 oktober (tidigare 7 oktober)\n" in letter.text
    assert "Ny dag: onsdag 21 oktober (tidigare 7 oktober)" in letter.html


def test_a_cancelled_event_takes_no_registrations() -> None:
    """Nobody is asked to register for what will not take place."""
    registration = Registration("https://e.test/a", at("2026-10-01T23:59"))
    planned = make_event(registration=registration)
    off = make_event(registration=registration, status=EventStatus.CANCELLED)

    letters = [
        write(full_newsroom(events=(event,)), full_issue(events=("mote",)))
        for event in (planned, off)
    ]

    assert ["Anmäl dig senast" in letter.text for letter in letters] == [True, False]


def test_empty_issue() -> None:
    """An issue with nothing but an introduction has no headings over nothing."""
    letter = write(make_newsroom(), make_issue())

    assert headings(letter) == ["h1 Nyhetsbrev våren 2026"]
    assert "I kalendern" not in letter.text


def test_words_of_others_stay_words() -> None:
    """Titles and summaries are text, and what is written in the introduction does nothing."""
    newsroom = full_newsroom(posts=(make_post("lead", title="<b>&", summary="<script>"),))
    issue = full_issue(title="<i>", subject="</title>", body="<script>alert(1)</script>[a](x:y)")

    letter = write(newsroom, issue)

    html = tree(letter)
    assert headings(letter)[:2] == ["h1 <i>", "h2 <b>&"]
    assert html.findtext(".//title") == "</title>"
    assert html.find(".//script") is None
    assert all(not (link.get("href") or "").startswith("x:") for link in html.iter("a"))


def test_layout_for_word_and_telephones() -> None:
    """The ghost table for Outlook and the rules for dark and small screens are still there."""
    html = write().html

    assert '<!--[if mso]><table role="presentation" width="600" align="center"' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media (max-width: 599px)" in html
    assert 'name="color-scheme" content="light dark"' in html


def test_tables_are_for_layout_only() -> None:
    """Every table says that it is no table of data."""
    tables = list(tree(write()).iter("table"))

    assert tables
    assert all(table.get("role") == "presentation" for table in tables)


def test_words_are_large_enough() -> None:
    """No text that is shown is smaller than 16 pixels."""
    sizes = [
        (int(size), element.get("class"))
        for element in tree(write()).xpath("//*[@style]")
        for size in re.findall(r"font-size: ?(\d+)px", element.get("style"))
    ]

    assert {name for size, name in sizes if size < 16} <= {"preheader", "rule"}


def same(colour: str) -> str:
    """A colour as it is."""
    return colour


def inverted(colour: str) -> str:
    """A colour as a program shows it that inverts every channel."""
    return "#" + "".join(f"{255 - int(colour[i : i + 2], 16):02x}" for i in (1, 3, 5))


def turned(colour: str) -> str:
    """A colour as a program shows it that turns lightness over and keeps the hue."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    shift = 255 - max(channels) - min(channels)
    return "#" + "".join(f"{channel + shift:02x}" for channel in channels)


@pytest.mark.parametrize("shown", [same, inverted, turned])
@pytest.mark.parametrize("accent", ["#0b6e6e", "#e4007c", "#ffd400", "#003366"])
def test_contrast(shown: Callable[[str], str], accent: str) -> None:
    """Words stand out from what is behind them, also where a program darkens colours by itself."""
    newsroom = full_newsroom(site=make_site(brand=Brand(accent=accent)))

    pairs = set(colour_pairs(tree(write(newsroom)).find("body")[0], "#000000", "#ffffff"))

    assert len(pairs) > 3
    assert all(contrast(shown(words), shown(back)) >= READABLE for words, back in pairs)


def colour_pairs(element: Any, words: str, back: str) -> list[tuple[str, str]]:  # noqa: ANN401
    """The colours of words and of what lies behind them, in an element and all within it."""
    if element.get("class") == "preheader" or not isinstance(element.tag, str):
        return []
    style = dict(re.findall(r"(?:^|;)\s*([a-z-]+):\s*(#[0-9a-f]{6})", element.get("style", "")))
    words, back = style.get("color", words), style.get("background-color", back)
    found = [(words, back)] if (element.text or "").strip() else []
    for child in element:
        found += colour_pairs(child, words, back)
    return found


def test_without_pictures_and_styles() -> None:
    """Bare of both, the letter still has its sender, titles, links, reasons and way out."""
    letter = write()
    html = tree(letter)
    for element in html.xpath("//style | //img | //head"):
        element.drop_tree()

    words = html.text_content()

    for part in ("Nätverket Exempel", "Det stora", "21 oktober", "Hamnplan 2", "Avsluta"):
        assert part in words
    assert html.xpath(f"//a[@href='{LEAVE}']")


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No picture, font, style or script of another host, and nothing that counts opens."""
    html = tree(write())

    assert not html.xpath("//link | //script | //iframe")
    assert "@import" not in write().html
    assert "url(" not in write().html
    assert all(each.get("src").startswith(f"{URL}/") for each in html.xpath("//*[@src]"))


def test_web_address_names_nobody() -> None:
    """The address of the letter on the web is the same for everybody."""
    assert f'href="{URL}/nyhetsbrev/2026-var/"' in write().html


def test_too_large() -> None:
    """A letter that Gmail would cut is refused, with the parts that take most."""
    newsroom = full_newsroom(
        posts=(make_post("lead", title="Det långa", summary="ord " * 20_000), make_post("en"))
    )

    with pytest.raises(ContentError, match="may be 80 kB") as refused:
        write(newsroom)

    assert 'the largest parts are "Det långa" (8' in str(refused.value)
    assert str(refused.value).startswith("posts/newsletters/2026-var.md: ")


def test_twenty_stories_fit() -> None:
    """An issue of twenty stories with pictures is well below the size that is cut."""
    slugs = [f"nyhet-{number}" for number in range(20)]
    posts = tuple(
        make_post(slug, title="En rubrik av vanlig längd", image=image(slug), summary="ö" * 200)
        for slug in slugs
    )
    assets = tuple(picture(slug, "b.jpg") for slug in slugs)

    letter = write(
        full_newsroom(posts=posts, assets=assets), full_issue(lead=None, stories=tuple(slugs))
    )

    assert len(letter.html.encode()) < 0.8 * MOST_OCTETS


def test_an_organisation_replaces_a_part(tmp_path: Path) -> None:
    """One file in the newsroom's own templates changes that part, and nothing else."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "contact.html").write_text(
        "{% macro contact(person) %}<tr><td>Ring {{ person.name }}!</td></tr>{% endmacro %}"
    )
    templates = Templates([tmp_path, default_templates()])

    letter = compose(full_newsroom(), full_issue(), "sv", NOW, templates)

    assert "Ring Anna Ek!" in letter.html
    assert headings(letter) == headings(write())


def test_an_organisation_adds_to_a_part(tmp_path: Path) -> None:
    """A template that builds on the packaged one adds to a part, and the rest stays as it is."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "letter.html").write_text(
        '{% extends "packaged/mail/letter.html" %}'
        '{% from "mail/row.html" import row with context %}'
        "{% block people %}{{ super() }}{% call row(0, 8) %}<p>Eller ring.</p>{% endcall %}"
        "{% endblock %}"
    )

    letter = compose(
        full_newsroom(), full_issue(), "sv", NOW, Templates([tmp_path, default_templates()])
    )

    assert letter.html.index("Fråga oss") < letter.html.index("Eller ring.")
    assert letter.html.replace("Eller ring.", "").count("<tr>") == write().html.count("<tr>") + 1


def test_a_brand_changes_the_letter() -> None:
    """Another colour and another font in site.yaml change the look, and not a word."""
    site = make_site(brand=Brand(accent="#7a1fa2", font="serif"))

    plain, branded = write(), write(full_newsroom(site=site))

    assert "#7a1fa2" in branded.html
    assert "#7a1fa2" not in plain.html
    assert "font-family: Georgia" in tree(branded).xpath("//td[@class='side']/@style")[0]
    assert branded.text == plain.text
    assert tree(branded).find("body").text_content() == tree(plain).find("body").text_content()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("\n{{ 1 / 0 }}", r"contact\.html:2: division by zero"),
        ("\n{% macro contact(person) %}\n{% if %}", r"contact\.html:3: Expected an expression"),
        (
            "\n{% macro contact(person) %}\n\n{{ person.nam }}{% endmacro %}",
            r"contact\.html:4: .*has no attribute 'nam'",
        ),
    ],
)
def test_a_broken_template(tmp_path: Path, written: str, words: str) -> None:
    """A broken template is an error that names its file and line."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "contact.html").write_text(written)
    templates = Templates([tmp_path, default_templates()])

    with pytest.raises(ContentError, match=words):
        compose(full_newsroom(), full_issue(), "sv", NOW, templates)


def test_hash() -> None:
    """The hash is the same for the same letters in any order, and follows every change."""
    swedish, english = write(), write(lang="en")
    changes = [
        replace(swedish, subject="Annat"),
        replace(swedish, preheader="Annat"),
        replace(swedish, html="Annat"),
        replace(swedish, text="Annat"),
    ]

    hashes = {content_hash([changed, english]) for changed in changes}

    assert content_hash([swedish, english]) == content_hash([english, write()])
    assert len(hashes | {content_hash([swedish]), content_hash([swedish, english])}) == 6


def test_draft_and_date_do_not_matter() -> None:
    """That an issue is published changes nothing that its readers get."""
    draft = full_issue(draft=True)

    assert write(issue=draft) == write(issue=replace(draft, draft=False, published=NOW))
