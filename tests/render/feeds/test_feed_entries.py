from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import Attachment, FeedOptions, Image, Newsroom, Post
from newsroom.render.feeds.feed_entries import (
    MOST_OCTETS,
    Enclosure,
    Entry,
    _most_octets,
    _octets,
    entry,
    fitting,
)
from newsroom.render.feeds.feeds import atom, feed_info, rss
from newsroom.render.feeds.json_feed import json_feed
from newsroom.render.text.links import Links
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.rendered import Rendered
from tests.render.pieces import (
    URL,
    at,
    document,
    make_contact,
    make_newsroom,
    make_post,
    make_site,
    picture,
)

NOW = at("2026-11-22T09:00")


def entries(newsroom: Newsroom, posts: Iterable[Post]) -> tuple[Entry, ...]:
    """What a feed of these posts carries."""
    links = Links(newsroom, NOW)
    return fitting(entry(newsroom.site, post, links) for post in posts)


def test_feeds_stay_below_the_size_that_readers_take() -> None:
    """In a feed that would be too large the last entries have summaries, and each is there."""
    posts = tuple(make_post(f"p{number}", body="å & " * 2_000) for number in range(30))
    newsroom = make_newsroom(posts=posts)

    made = entries(newsroom, posts)

    feed = feed_info(newsroom.site, "feed.xml")
    sizes = [len(write(feed, made)) for write in (rss, atom, json_feed)]
    whole = [entry.html is not None for entry in made]
    assert len(made) == 30
    assert 3 < sum(whole) < 30
    assert whole == sorted(whole, reverse=True)
    assert max(sizes) <= MOST_OCTETS


def test_one_post_that_is_too_long() -> None:
    """A post longer than a whole feed is there by its summary; the others are whole."""
    posts = [make_post("lang", body="å & " * 49_000, summary="Lång."), make_post("kort")]

    made = entries(make_newsroom(posts=posts), posts)

    assert [(entry.summary, entry.html is None) for entry in made] == [
        ("Lång.", True),
        ("Första stycket.", False),
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("3 < 4 & <b>åäö</b>", "3 < 4 & åäö"),
        ("<script>alert(1)</script>Nytt <img src=x onerror=alert(1)>", "alert(1)Nytt"),
        ("<!-- dold -->Synlig", "Synlig"),
        ("<b></b>", "bb"),
        ("AT&amp;T", "AT&amp;T"),  # as the editor wrote it
        ("<3 folkhälsa", "<3 folkhälsa"),
    ],
)
def test_titles_are_plain(title: str, shown: str) -> None:
    """A title has nothing that a reader would take for HTML."""
    post = make_post(title=title)

    assert entries(make_newsroom(posts=(post,)), [post])[0].title == shown


def test_dates() -> None:
    """A correction moves `updated` only; one that is dated before publication moves nothing."""
    post = make_post(updated=at("2026-05-01T09:00"))
    earlier = make_post("tidig", updated=at("2026-01-01T09:00"))

    made = {entry.id: entry for entry in entries(make_newsroom(), [post, earlier])}

    assert made[post.id].published == post.published
    assert made[post.id].updated == at("2026-05-01T09:00")
    assert made[earlier.id].updated == earlier.published


def test_every_address_is_absolute() -> None:
    """Links to files, pieces and fragments, in Markdown and in HTML, are whole addresses."""
    body = (
        "[a](a.pdf) [b](../tva/index.md) [c](#d) [e](/kalender/) [f](//e.test/f)\n\n"
        '<a href="a.pdf">a</a> <img src="b.jpg" srcset="b.jpg 2x" alt=""> '
        '<q cite="g">g</q> [h](?i=j) ![k](b.jpg)\n\n[l]()'
    )
    post = make_post(body=body)
    newsroom = make_newsroom(
        posts=(post, make_post("tva")),
        assets=(document("ett", "a.pdf"), picture("ett", "b.jpg")),
    )

    html = entries(newsroom, [post])[0].html or ""

    page = f"{URL}/nyheter/2026/ett/"
    addresses = [word.split('"')[1] for word in html.split() if word.startswith(("href=", "src="))]
    assert all(address.startswith("https://") for address in addresses)
    assert {f"{URL}/filer/news/ett/a.pdf", f"{URL}/nyheter/2026/tva/", f"{page}#t-d"} <= {
        *addresses
    }
    assert f'cite="{page}g"' in html
    assert "srcset" not in html


def test_whom_to_ask() -> None:
    """The contacts stand below the text, as on the page, with ways to reach them."""
    anna, bo = make_contact(), make_contact("bo", title="<Bo>", role=None, email=None, phone=None)
    site = make_site()
    post = make_post(body="Hej")

    made = entry(site, post, Links(make_newsroom(posts=(post,)), NOW), people=(anna, bo))

    assert made.html == (
        "<p>Hej</p>\n"
        '<p>Kontakt: Anna Ek, Samordnare, <a href="mailto:anna@example.se">anna@example.se</a>, '
        '<a href="tel:0101234567">010-123 45 67</a></p>\n'
        "<p>Kontakt: &lt;Bo&gt;</p>"
    )


def test_picture_and_files() -> None:
    """The text has the picture above it, with its size, and the files below, with theirs."""
    post = make_post(
        image=Image(PurePosixPath("posts/news/ett/b.jpg"), 'En "å"'),
        attachments=(Attachment(PurePosixPath("posts/news/ett/a.pdf"), "Program"),),
    )
    assets = (document("ett", "a.pdf"), picture("ett", "b.jpg"))

    entry = entries(make_newsroom(posts=(post,), assets=assets), [post])[0]

    html = entry.html or ""
    pictured = f"{URL}/bilder/abababababa1/b-1200.jpg"
    assert html.startswith(
        f'<p><img src="{pictured}" alt="En &#34;å&#34;" width="1200" height="800"></p>'
    )
    assert "<p>Texten" in html or "<p>" in html.partition("</p>")[2]  # not escaped
    assert (
        '<li><a href="https://nyheter.example.se/filer/news/ett/a.pdf">Program</a> (PDF, 123 kB)'
        in (html)
    )
    assert entry.image == pictured
    assert entry.enclosures == (
        Enclosure(f"{URL}/filer/news/ett/a.pdf", 123_456, "application/pdf", "Program"),
    )


def test_a_file_that_is_not_there() -> None:
    """What a post names but nobody has is left out."""
    post = make_post(
        image=Image(PurePosixPath("posts/news/ett/b.jpg"), "B"),
        attachments=(Attachment(PurePosixPath("posts/news/ett/a.pdf"), "A"),),
    )

    entry = entries(make_newsroom(posts=(post,)), [post])[0]

    assert entry.image is None
    assert entry.enclosures == ()


def test_summaries() -> None:
    """The summary is the editor's, else the first paragraph, else the title."""
    made = entries(
        make_newsroom(),
        [
            make_post("a", summary="Kort."),
            make_post("b", body="Ett [ord](https://e.test).\n\nTvå."),
            make_post("c", body=""),
        ],
    )

    assert [entry.summary for entry in made] == ["Kort.", "Ett ord.", "Nyheten c"]


def test_a_file_in_the_text_tells_its_type_and_size() -> None:
    """A reader that opens the feed far from the site knows what a link would fetch."""
    post = make_post("ett", body="Läs [rapporten](r.pdf).", lang="en")
    newsroom = make_newsroom(posts=(post,), assets=(document("ett", "r.pdf"),))

    made = entries(newsroom, [post])[0]

    assert made.html is not None
    assert ">rapporten (PDF, 123 kB)</a>." in made.html
    assert made.summary == "Läs rapporten."


def test_summary_feed() -> None:
    """Where site.yaml says summaries, entries carry no text."""
    newsroom = make_newsroom(site=make_site(feed=FeedOptions(full=False)))

    assert entries(newsroom, [make_post()])[0].html is None


def test_a_text_is_opened_when_its_words_are_needed() -> None:
    """A feed of summaries does not look into the text of a post that has one."""
    newsroom = make_newsroom(site=make_site(feed=FeedOptions(full=False)))
    opened: list[str] = []

    def rendered(body: str) -> Rendered:
        opened.append(body)
        return render_markdown(body)

    made = [
        entry(newsroom.site, post, Links(newsroom, NOW), rendered).summary
        for post in (make_post(body="Ett.", summary="Kort."), make_post(body="Två."))
    ]

    assert made == ["Kort.", "Två."]
    assert opened == ["Två."]


def test_words_for_category_and_tags() -> None:
    """Category and tags are in the words that readers see."""
    post = make_post(category="nyhet", tags=("jamlik-halsa",))
    site = make_site(tags=(("jamlik-halsa", "Jämlik hälsa"),))

    assert entries(make_newsroom(site=site), [post])[0].tags == ("Nyhet", "Jämlik hälsa")


def test_author() -> None:
    """The author is the post's, else the site."""
    made = entries(make_newsroom(), [make_post("a", author="Bo"), make_post("b")])

    assert [entry.author for entry in made] == ["Bo", "Nätverket Exempel"]


def test_control_characters_go() -> None:
    """Characters that XML cannot write are left out of every text."""
    post = make_post(title="A\x0bB", summary="C\x00D", body="E\x08F", author="G\ufffeH")

    entry = entries(make_newsroom(), [post])[0]

    assert (entry.title, entry.summary, entry.author) == ("AB", "CD", "GH")
    assert entry.html == "<p>EF</p>"


@given(text=st.text("a&<\"'å€😀"), html=st.none() | st.text("a&<\"'å€😀"))
def test_no_entry_is_larger_than_it_was_taken_for(text: str, html: str | None) -> None:
    """A feed that is small without weighing its texts is small when they are escaped, too."""
    made = Entry(
        id="1",
        title=text,
        url=URL,
        published=at("2026-04-12"),
        updated=at("2026-04-12"),
        lang="sv",
        author="",
        summary=text,
        html=html,
    )

    assert _octets(made) <= _most_octets(made)
