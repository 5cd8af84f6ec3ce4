"""The holes of a rendering, filled in for the place that it is shown at."""

import lxml.html

from newsroom.render.text.markdown import render_html, render_markdown
from newsroom.render.text.rendered import Target


def test_addresses_are_resolved_everywhere() -> None:
    """Links, pictures and quotations, in Markdown and in HTML, pass through `resolve`."""
    body = (
        '[a](a.md) ![b](b.jpg)\n\n<a href="c.md">c</a> <img src="d.jpg" alt="">\n\n'
        '<blockquote cite="e">e</blockquote> [f](#f)'
    )
    html = render_html(body, lambda address: Target(f"https://e.test/{address}"))

    assert [html.count(f"https://e.test/{name}") for name in ("a.md", "b.jpg", "c.md")] == [1] * 3
    assert [html.count(f"https://e.test/{name}") for name in ("d.jpg", "e", "#t-f")] == [1] * 3


def test_pictures_say_their_size() -> None:
    """A picture whose size is known has it, and waits until it is near."""
    html = render_html("![Alt](a.jpg)", lambda _: Target("/bilder/a.jpg", 1200, 800))

    picture = lxml.html.fragment_fromstring(html).find("img")
    assert dict(picture.attrib) == {
        "src": "/bilder/a.jpg",
        "alt": "Alt",
        "width": "1200",
        "height": "800",
        "loading": "lazy",
    }


def test_one_rendering_serves_page_and_feed() -> None:
    """A text is rendered once, and its addresses are filled in for each place it is shown at."""
    rendered = render_markdown("[a](b.md) och ![c](d.jpg)")

    page = rendered.html(lambda address: Target(f"/{address}", 40, 30))
    feed = rendered.html(lambda address: Target(f"https://e.test/{address}"))

    assert page == (
        '<p><a href="/b.md">a</a> och '
        '<img alt="c" src="/d.jpg" width="40" height="30" loading="lazy"></p>'
    )
    assert 'href="https://e.test/b.md"' in feed
    assert rendered.addresses == ("b.md", "d.jpg")


def test_pictures_come_in_several_widths() -> None:
    """A picture names its other widths, and how wide it is shown."""
    rendered = render_markdown("![c](d.jpg)")

    html = rendered.html(lambda _: Target("d", 40, 30, "d-20 20w, d 40w", "20px"))

    assert 'src="d" width="40" height="30" srcset="d-20 20w, d 40w" sizes="20px"' in html


def test_size_in_the_text_stands() -> None:
    """A picture in HTML that says its own width keeps it."""
    rendered = render_markdown('<img alt="" width="7" src="d.jpg"> <img src="e.jpg" alt="">')

    html = rendered.html(lambda _: Target("d", 40, 30))

    assert html.count("width=") == 2
    assert 'width="7"' in html


def test_resolved_addresses_are_escaped() -> None:
    """Nothing that an address resolves to can leave its attribute."""
    rendered = render_markdown("[a](b)")

    assert 'href="&quot;&gt;&lt;script&gt;"' in rendered.html(lambda _: Target('"><script>'))


def test_a_link_that_leads_nowhere_is_its_words_alone() -> None:
    """What a link says stays when there is nothing to follow it to, with its own markup."""
    body = '[Mer *om* allt](a "x > y"), [en till](https://e.test/) och <a href="a">en</a>.'

    html = render_html(body, lambda a: Target("" if a == "a" else a))

    assert html == '<p>Mer <em>om</em> allt, <a href="https://e.test/">en till</a> och en.</p>'
