"""An export of WordPress, as clippings."""

import json
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content.foreign.clipping import Clipping
from newsroom.content.foreign.wordpress import read_wordpress
from newsroom.content.foreign.wordpress_links import with_addresses
from newsroom.content.foreign.wordpress_losses import codes_left
from newsroom.content.foreign.wordpress_text import html_of, with_paragraphs
from newsroom.errors import ContentError
from newsroom.model import Kind
from tests.content.foreign.exports import item, wordpress

SOURCE = PurePosixPath("export.xml")
DATA = Path(__file__).parents[4] / "shared/data/wxr"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the exports are not here")


def only(**other: str) -> Clipping:
    """The one piece of an export."""
    (found,) = read_wordpress(wordpress(item(**other)), SOURCE).clippings
    return found


def test_a_post() -> None:
    """Its guid, its instant, its author's name and never the address, its slug and its place."""
    found = only(
        more='<category domain="category" nicename="press"><![CDATA[Press]]></category>'
        '<category domain="post_tag" nicename="halsa"><![CDATA[Hälsa]]></category>'
        '<category domain="post_format" nicename="x"><![CDATA[Aside]]></category>',
        excerpt="Kort &amp; <b>gott</b>",
    )

    assert (found.kind, found.key, found.title) == (
        Kind.NEWS,
        "https://gamla.example/?p=12",
        "Vi har öppnat",
    )
    assert found.published == datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
    assert (found.author, found.slug, found.draft) == ("Anna Ek", "vi-har-oppnat", False)
    assert (found.categories, found.tags) == (("Press",), ("Hälsa",))
    assert found.summary == "Kort & gott"
    assert found.line is not None


@pytest.mark.parametrize(
    ("status", "password", "draft", "told"),
    [
        ("publish", "", False, ""),
        ("future", "", False, ""),
        ("draft", "", True, "was not public (draft)"),
        ("private", "", True, "was not public (private)"),
        ("pending", "", True, "was not public (pending)"),
        ("publish", "hemligt", True, "had a password"),
    ],
)
def test_what_was_not_public_is_a_draft(
    status: str,
    password: str,
    draft: bool,  # noqa: FBT001
    told: str,
) -> None:
    """And somebody is told; what waits for its time waits for it here too."""
    found = only(status=status, password=password)

    assert found.draft is draft
    assert told in " ".join(remark.words for remark in found.remarks)


@pytest.mark.parametrize("gmt", ["0000-00-00 00:00:00", ""])
def test_a_draft_without_an_instant_keeps_the_time_on_its_clock(gmt: str) -> None:
    """WordPress writes none for what was never published."""
    assert only(gmt=gmt, status="draft").published == datetime(2019, 3, 4, 9, 30)  # noqa: DTZ001


def test_what_has_no_place_here_is_counted() -> None:
    """Comments, what lies in the bin, and the pieces of plugins; menus and files are no pieces."""
    export = read_wordpress(
        wordpress(
            item(more="<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>" * 2),
            item(kind="page", status="trash"),
            item(kind="tribe_events"),
            item(kind="nav_menu_item"),
            item(kind="attachment"),
        ),
        SOURCE,
    )

    assert len(export.clippings) == 1
    assert export.left == {"comments": 2, "trash": 1, "tribe_events": 1}


def test_links_by_number_become_links_by_address() -> None:
    """As an editor of WordPress leaves them: `/?p=13`."""
    first = item(
        content='<a href="https://gamla.example/?p=13">dit</a> <a href="/?page_id=99">x</a>'
    )
    other = item(number="13", link="https://gamla.example/2019/04/andra/", guid="x")

    one, _ = read_wordpress(wordpress(first, other), SOURCE).clippings

    assert 'href="https://gamla.example/2019/04/andra/"' in one.html
    assert 'href="https://gamla.example/?p=99"' in one.html  # whole, so that somebody is told


def test_an_entity_of_the_file_is_never_expanded() -> None:
    """No file of this machine comes in by it."""
    evil = b'<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "aaa">]><rss'
    export = wordpress(item(title="Ny &file; &a;")).replace(b"<rss", evil, 1)

    (found,) = read_wordpress(export, SOURCE).clippings

    assert found.title == "Ny"


def test_a_file_that_swells_is_refused_or_stays_small() -> None:
    """A billion laughs are not even ten."""
    nested = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    evil = f'<!DOCTYPE rss [<!ENTITY a "{"ha" * 500}">{nested}]><rss'
    export = wordpress(item(content="x", title="&i;")).replace(b"<rss", evil.encode(), 1)

    try:
        found = read_wordpress(export, SOURCE).clippings
    except ContentError as error:
        assert "export it again" in error.sentence  # noqa: PT017 (either is right)
    else:
        assert sum(len(one.title) for one in found) < 100


def test_an_export_that_was_cut_short_is_refused() -> None:
    """Half of it would be lost without a word."""
    whole = wordpress(item(), item(guid="x", number="13"))

    with pytest.raises(ContentError, match=r"export\.xml: .* line \d+"):
        read_wordpress(whole[: len(whole) * 2 // 3], SOURCE)


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml", b"\x00\x01", b"<rss><channel><title>x</title></channel></rss>", b"<html/>"],
)
def test_another_file_is_refused(content: bytes) -> None:
    """The answer says how to make an export."""
    with pytest.raises(ContentError, match=r"export\.xml: .*(Tools, Export|export it again)"):
        read_wordpress(content, SOURCE)


def test_control_characters_are_passed_over() -> None:
    """WordPress lets them through, and XML does not."""
    export = wordpress(item(content="Hej\x0bdär"), item(number="13", guid="y"))

    assert len(read_wordpress(export, SOURCE).clippings) == 2


@needs_data
@pytest.mark.parametrize("name", ["theme-unit-test-data.xml", "small-export.xml"])
def test_the_exports_of_wordpress_itself(name: str) -> None:
    """Every published post is there with its slug, none is lost and none is made public."""
    said = json.loads((DATA / "expected.json").read_text())["files"][name]

    export = read_wordpress((DATA / name).read_bytes(), SOURCE)

    posts = [one for one in export.clippings if one.kind is Kind.NEWS]
    by_slug = {one.slug: one for one in posts}
    for wanted in said["published_posts"]:
        assert by_slug[wanted["slug"]].draft is wanted["password"]
    counts = said["by_type_and_status"]
    assert len(posts) == sum(n for kind, n in counts.items() if kind.startswith("post/"))
    pages = sum(n for kind, n in counts.items() if kind.startswith("page/"))
    assert len(export.clippings) - len(posts) == pages
    assert export.left.get("comments", 0) == said["comments"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett\n\nTvå", "<p>Ett</p>\n<p>Två</p>"),
        ("Ett\nrad två", "<p>Ett<br>\nrad två</p>"),
        ("Ett\n<h2>R</h2>\nTvå", "<p>Ett</p>\n<h2>R</h2>\n<p>Två</p>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
        ("\r\n\r\nEtt\r\n\r\n", "<p>Ett</p>"),
        ("", ""),
    ],
)
def test_paragraphs_that_wordpress_leaves_out(text: str, html: str) -> None:
    """A blank line ends one, a line break stays one, and nothing is put around a block."""
    assert with_paragraphs(text) == html


def test_the_codes_of_wordpress() -> None:
    """Captions, films and galleries become HTML; of blocks the comments go.

    What stands beside blocks is text of the older editor, and gets its paragraphs.
    """
    pictures = {
        "7": "https://g.example/a.jpg",
        "12/7": "https://g.example/a.jpg",
        "12/8": "https://g.example/a.pdf",
    }

    caption = html_of('[caption id="x"]<img src="a.png" /> Bild[/caption]', {}, None)
    caption = caption.replace("\n", "")
    film = html_of("[embed]https://film.example/1[/embed]", {}, None)
    own_film = html_of('[video mp4="/wp-content/uploads/f.mp4"][/video]', {}, None)
    gallery = html_of('[gallery ids="7,8"]', pictures, "12")
    own = html_of("[gallery columns=2]", pictures, "12")
    old = html_of('[caption caption="Anna Ek"]<img src="a.png">[/caption]', {}, None)
    block = html_of("<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->", {}, None)
    nested = html_of(
        '<!-- wp:group {"a":1} --><div>\n\n<!-- wp:more /--><b>A</b></div>\n<!-- /wp:group -->\n\n'
        "B\n\nC",
        {},
        None,
    )

    assert caption == '<figure><img src="a.png" /><figcaption>Bild</figcaption></figure>'
    assert '<a href="https://film.example/1">' in film
    assert '<a href="/wp-content/uploads/f.mp4">' in own_film
    assert gallery == own == '<p><img src="https://g.example/a.jpg"></p>'
    assert "<figcaption>Anna Ek</figcaption>" in old
    assert block == "<p>A</p>"
    assert nested == "<div>\n\n<b>A</b></div>\n<p>B</p>\n<p>C</p>"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://gamla.example/?p=13", "https://gamla.example/2019/04/andra/"),
        ("http://gamla.example/?p=13", "https://gamla.example/2019/04/andra/"),
        ("//www.gamla.example/?p=13", "https://gamla.example/2019/04/andra/"),
        ("?p=13&amp;preview=true", "https://gamla.example/2019/04/andra/"),
        ("/?preview=true&#038;p=13#x", "https://gamla.example/2019/04/andra/#x"),
        ("/?attachment_id=7", "https://gamla.example/wp-content/uploads/a.jpg"),
        ("/?s=13", "/?s=13"),
        ("https://annan.example/?p=13", "https://annan.example/?p=13"),
    ],
)
def test_a_number_is_known_however_the_site_is_written(written: str, address: str) -> None:
    """With www or without, over http or https, among other things; of other sites none is."""
    numbers = {
        "13": "https://gamla.example/2019/04/andra/",
        "7": "https://gamla.example/wp-content/uploads/a.jpg",
    }

    html = with_addresses(f'<a href="{written}">x</a>', "https://gamla.example", numbers)

    assert html == f'<a href="{address}">x</a>'


def test_what_is_lost_of_a_text_is_told_with_its_line() -> None:
    """Pictures of galleries that are not in the export, blocks without a text, and codes."""
    content = (
        "Hej\n\n[gallery ids='7,8']\n<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->\n"
        '<!-- wp:core/block {"ref":9} /-->\n[gallery]\n[playlist ids="7"]'
    )
    picture = item(
        kind="attachment",
        number="7",
        guid="y",
        more="<wp:attachment_url>https://gamla.example/a.jpg</wp:attachment_url>",
    )
    export = wordpress(item(title="Två\nrader", content=content), picture)
    lines = export.decode().splitlines()

    (found,) = read_wordpress(export, SOURCE).clippings

    assert [(remark.words, lines[(remark.line or 0) - 1]) for remark in found.remarks] == [
        ("the export lacks pictures of a gallery, by number: 8", "[gallery ids='7,8']"),
        ("the export has no picture for [gallery], which stays in the text", "[gallery]"),
        (
            "the block core/block has no text in the export and was left out",
            '<!-- wp:core/block {"ref":9} /-->',
        ),
        (
            "the code [playlist] means nothing here and stays in the text",
            '[playlist ids="7"]]]></content:encoded>',
        ),
    ]
    assert "[gallery]" in found.html
    assert "a.jpg" in found.html


def test_a_picture_above_the_text_that_is_not_in_the_export_is_told() -> None:
    """By its number in WordPress, which is all that the export says of it."""
    meta = (
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value>"
        "</wp:postmeta>"
    )

    (remark,) = only(more=meta).remarks

    assert remark.words == "the export lacks the picture above the text, by number: 8"


def test_lines_are_right_in_a_long_export() -> None:
    """Also behind the 65535 lines that the parser counts by itself."""
    long = item(number="1", guid="a", content="rad\n" * 70_000)
    export = wordpress(long, item(content="Hej\n[gallery ids='9']"))

    _, last = read_wordpress(export, SOURCE).clippings

    (remark,) = last.remarks
    assert export.decode().split("\n")[(remark.line or 0) - 1].startswith("[gallery ids='9']")


def test_codes_that_nothing_is_made_of_are_named() -> None:
    """By an end, something that is set, or a name like one; a word in brackets is a word."""
    text = (
        "[contact-form-7 id=1] [box]x[/box] [sic] [gallery] <a title='[no-code]'>x</a> "
        "[map place='Lövhamn'] [playlist] [se nedan]"
    )

    assert codes_left(text) == ("contact-form-7", "box", "map", "playlist")
