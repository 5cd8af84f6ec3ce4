import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newsroom.content import folder
from newsroom.errors import ContentError, StateError
from newsroom.jobs.writing.import_markdown import Imported, import_markdown
from newsroom.model import Newsroom, Post, Severity, Site

BLOGS = Path(__file__).parents[4] / "shared/data/blogs"
SITE_YAML = """\
name: Blog
url: https://blog.example.se
language: en
timezone: America/New_York
sender: {name: Blog, email: blog@example.se}
categories: {news: News}
"""
# What check tells of English posts by careful writers: each of these was looked at and is so.
PLAINLY_SO = {
    *("bold-heading", "file-link", "heading-order", "list-start", "placeholder", "raw-html"),
    "remote-picture",
    *("repeated-title", "table-header", "top-heading", "vague-link", "wrapped-link"),
}
needs_blogs = pytest.mark.skipif(not BLOGS.is_dir(), reason="the old blogs are not here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with nothing in it."""
    (tmp_path / "new/posts").mkdir(parents=True)
    (tmp_path / "new/posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path / "new"


@pytest.fixture
def site(root: Path) -> Site:
    """The site of that newsroom."""
    return newsroom(root).site


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of the old blog's posts."""
    (tmp_path / "old/assets/img").mkdir(parents=True)
    (tmp_path / "old/assets/img/a b.svg").write_text(
        '<svg viewBox="0 0 1 1"></svg>', encoding="utf-8"
    )
    (tmp_path / "old/posts").mkdir()
    (tmp_path / "secret.svg").write_text("secret", encoding="utf-8")
    return tmp_path / "old/posts"


def newsroom(root: Path) -> Newsroom:
    """What the folder holds."""
    found = folder.read(root).newsroom
    assert found is not None
    return found


def bring(
    old: Path, root: Path, site: Site, text: str, name: str = "2020-01-02-hello.md"
) -> Imported:
    """Import one post."""
    (old / name).write_text(text, encoding="utf-8")
    return import_markdown(old, root, site, assets=old.parent / "assets")


def only(root: Path) -> Post:
    """The one post that was imported."""
    posts = newsroom(root).posts
    assert len(posts) == 1
    return posts[0]


def test_fields_get_our_names(old: Path, root: Path, site: Site) -> None:
    """Title, date, authors, tags, summary and language arrive; a post keeps its old guid."""
    imported = bring(
        old,
        root,
        site,
        '---\ntitle: "Hello: all"\ndate: "2020-01-02 23:12:52 -0800"\nauthors: [ann, bo]\n'
        "tags: [a b, c]\ncategories: news misc\nexcerpt: |\n  Two\n  lines.\nlang: sv\n"
        "guid: https://old.example/?p=7\nlayout: post\n---\n\nText.\n",
    )

    post = only(root)
    assert post.title == "Hello: all"
    assert post.published == datetime.fromisoformat("2020-01-03T07:12:52+00:00")
    assert (post.author, post.tags, post.category) == ("ann, bo", ("a b", "c", "misc"), "news")
    assert (post.summary, post.lang, post.id) == ("Two lines.", "sv", "https://old.example/?p=7")
    assert (post.slug, post.body) == ("hello", "Text.")
    assert [str(p) for p in imported.problems] == [
        '2020-01-02-hello.md:12: the field layout "post" has no place here and was left out; '
        "nothing, unless it mattered"
    ]
    assert [str(path) for path in imported.posts] == ["posts/news/2020-01-03-hello.md"]


def test_toml_as_hugo_writes_it(old: Path, root: Path, site: Site) -> None:
    """Front matter between +++ is TOML."""
    text = (
        "+++\ntitle = 'Hej'\ndate = 2020-01-02T10:00:00.5Z\ndraft = true\n"
        "tags = ['x']\nweight = 3\n+++\nText\n"
    )

    imported = bring(old, root, site, text, "hej.md")

    post = only(root)
    assert (post.title, post.draft, post.tags, post.slug) == ("Hej", True, ("x",), "hej")
    assert [(p.line, p.code) for p in imported.problems] == [(6, "left-out")]


def test_the_date_in_the_name_is_enough(old: Path, root: Path, site: Site) -> None:
    """A post without a date has the one of its file, and one without a title the file's name."""
    imported = bring(old, root, site, "Just text\n", "2020-01-02-my-first_post.markdown")

    post = only(root)
    assert (post.title, str(post.published.date())) == ("My first post", "2020-01-02")
    assert post.id == "tag:blog.example.se,2020-01-02:my-first-post"
    assert [p.code for p in imported.problems] == ["missing-field"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{% image "assets/img/a b.svg" "A [b] &amp; c" %}', "![A (b) & c](a-b.svg)"),
        ("{%- image_with_class '/assets/img/a b.svg', 'big', 'A' -%}", "![A](a-b.svg)"),
        (
            '<figure>\n  {% image "img/a b.svg" "A" %}\n</figure>',
            '<figure>\n  <img src="a-b.svg" alt="A">\n</figure>',
        ),
        (
            '{% include "figure.html", image: "/assets/img/a b.svg", alt: "A", caption: "C" %}',
            "![A](a-b.svg)\n\n*C*",
        ),
        (
            '<img src="{{site.baseurl}}/assets/img/a%20b.svg" alt="A">',
            '<img src="a-b.svg" alt="A">',
        ),
        ("![A](</assets/img/a b.svg>)", "![A](<a-b.svg>)"),
    ],
)
def test_pictures_come_along(old: Path, root: Path, site: Site, body: str, expected: str) -> None:
    """Short codes and links become pictures beside the post, which gets a folder of its own."""
    imported = bring(old, root, site, f"---\ntitle: A\n---\n{body}\n")

    assert only(root).body == expected
    assert [str(path) for path in imported.assets] == ["posts/news/2020-01-02-hello/a-b.svg"]
    assert imported.problems == ()
    assert folder.read(root).problems == ()


def test_the_picture_of_a_post(old: Path, root: Path, site: Site) -> None:
    """The picture in the fields comes along with its description, none is invented."""
    bring(old, root, site, "---\ntitle: A\nimage: /assets/img/a b.svg\nimage_alt: Two\n---\n")

    image = only(root).image
    assert image is not None
    assert (image.file.name, image.alt) == ("a-b.svg", "Two")


@pytest.mark.parametrize(
    "path", ["../secret.svg", "/assets/../../secret.svg", "img/../../../secret.svg"]
)
def test_nothing_outside_the_assets_is_copied(old: Path, root: Path, site: Site, path: str) -> None:
    """A path that climbs out of the folder finds nothing."""
    imported = bring(old, root, site, f"---\ntitle: A\nimage: {path}\n---\n![x]({path})\n")

    assert imported.assets == ()
    assert [p.code for p in imported.problems] == ["missing-file", "missing-file"]


def test_links_between_posts_are_kept(old: Path, root: Path, site: Site) -> None:
    """An address of a post that came along leads to its file; every form of it is known."""
    (old / "2019-05-06-first_one.md").write_text(
        "---\ntitle: F\nredirect_from:\n  - /2019/05/06/zero/\n  - /old/\n---\nText",
        encoding="utf-8",
    )
    body = (
        '[a]({{ "/2019/05/06/first_one/" | url }})\n[b]({% post_url 2019-05-06-first_one %}#x)\n'
        "[c]({% link _posts/2019-05-06-first_one.md %})\n[d](/old/)\n[e](2019-05-06-first_one.md)"
    )

    imported = bring(old, root, site, f"---\ntitle: A\n---\n{body}\n")

    file = "2019-05-06-first-one.md"
    second = newsroom(root).posts[0]
    assert second.body == f"[a]({file})\n[b]({file}#x)\n[c]({file})\n[d]({file})\n[e]({file})"
    assert newsroom(root).posts[1].aliases == ("zero",)
    assert [p.message for p in imported.problems] == [
        "the old address /old/ cannot be written as an alias"
    ]


def test_links_to_what_stays_behind(old: Path, root: Path, site: Site) -> None:
    """They lead to the old site when it is named, and are told of either way."""
    (old / "2020-01-02-a.md").write_text(
        "---\ntitle: A\n---\n\n[g](/guides/?a=b)\n[h](https://old.example/x/)\n", encoding="utf-8"
    )

    unnamed = import_markdown(old, root, site)
    (root / "posts/news/2020-01-02-a.md").unlink()
    named = import_markdown(old, root, site, old_site="https://old.example")

    assert only(root).body == "[g](https://old.example/guides/?a=b)\n[h](https://old.example/x/)"
    assert [(p.line, p.severity) for p in unnamed.problems] == [(5, Severity.WARNING)]
    assert [(p.line, p.severity) for p in named.problems] == [
        (5, Severity.NOTE),
        (6, Severity.NOTE),
    ]


@pytest.mark.parametrize(
    ("body", "code", "told"),
    [
        ("{% gallery x %}", "untranslated", "{% gallery x %}"),
        ("{{ page.author | upcase }}", "untranslated", "{{ page.author | upcase }}"),
        ("Text {.small}", "left-out", "{.small}"),
        ("Text\n{: .no_toc }", "left-out", "{: .no_toc }"),
        ("<style>a {b: c}</style>", "raw-html", "<style>"),
        ('<blockquote class="x">y</blockquote>', "raw-html", "<blockquote>"),
    ],
)
def test_what_is_not_understood_is_told(
    old: Path, root: Path, site: Site, body: str, code: str, told: str
) -> None:
    """Nothing is dropped in silence: each has its file and line."""
    imported = bring(old, root, site, f"---\ntitle: A\n---\n\n{body}\n")

    assert [p.code for p in imported.problems] == [code]
    assert told in imported.problems[0].message
    assert imported.problems[0].line in {5, 6}


def test_liquid_shown_as_text_stays(old: Path, root: Path, site: Site) -> None:
    """What stands between raw and endraw is what the author shows; highlights become code."""
    body = "{% raw %}`{{ x }}`{% endraw %}\n\n{% highlight yaml %}\na: b\n{% endhighlight %}"

    imported = bring(old, root, site, f"---\ntitle: A\n---\n{body}\n")

    assert only(root).body == "`{{ x }}`\n\n```yaml\na: b\n```"
    assert imported.problems == ()


def test_importing_again_writes_nothing(old: Path, root: Path, site: Site) -> None:
    """What is there is known and left as it is, edited or not."""
    bring(old, root, site, "---\ntitle: A\n---\nText\n")
    path = root / "posts/news/2020-01-02-hello.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Text", "Edited"), encoding="utf-8")

    again = import_markdown(old, root, site)

    assert (again.posts, [str(known) for known in again.known]) == (
        (),
        ["posts/news/2020-01-02-hello.md"],
    )
    assert only(root).body == "Edited"


def test_an_import_that_was_cut_short_goes_on(old: Path, root: Path, site: Site) -> None:
    """A picture that came along before its post did is kept, and the post comes beside it."""
    (old / "2020-01-02-hello.md").write_text(
        "---\ntitle: A\n---\n![A](</assets/img/a b.svg>)\n", encoding="utf-8"
    )
    assets = old.parent / "assets"
    first = import_markdown(old, root, site, assets=assets)
    (root / first.posts[0]).unlink()

    again = import_markdown(old, root, site, assets=assets)

    assert (again.posts, again.assets, again.problems) == (first.posts, (), ())
    assert only(root).title == "A"


def test_a_picture_of_somebody_else_is_not_written_over(old: Path, root: Path, site: Site) -> None:
    """Another file where a picture should come is told, and both are as they were."""
    (old / "2020-01-02-hello.md").write_text(
        "---\ntitle: A\n---\n![A](</assets/img/a b.svg>)\n", encoding="utf-8"
    )
    mine = root / "posts/news/2020-01-02-hello/a-b.svg"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")

    with pytest.raises(StateError, match=r"a-b\.svg: the file is there already"):
        import_markdown(old, root, site, assets=old.parent / "assets")

    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_post_that_cannot_be_read(old: Path, root: Path, site: Site) -> None:
    """It is told and the others come."""
    (old / "2020-01-01-bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (old / "no-date.md").write_text("---\ntitle: N\n---\n", encoding="utf-8")

    imported = bring(old, root, site, "---\ntitle: A\n---\n")

    assert [(str(p.source), p.code) for p in imported.problems] == [
        ("2020-01-01-bad.md", "not-utf-8"),
        ("no-date.md", "missing-field"),
    ]
    assert only(root).title == "A"


def test_two_posts_with_one_name(old: Path, root: Path, site: Site) -> None:
    """The second of two posts with one day and slug is told of, and not written over the first."""
    (old / "a").mkdir()
    (old / "a/2020-01-02-hello.md").write_text("---\ntitle: B\n---\n", encoding="utf-8")

    imported = bring(old, root, site, "---\ntitle: A\n---\n")

    assert only(root).title == "A"
    assert [(str(p.source), p.code) for p in imported.problems] == [
        ("a/2020-01-02-hello.md", "duplicate-slug")
    ]


def test_a_folder_that_is_none(tmp_path: Path, root: Path, site: Site) -> None:
    """A path that names no folder is an error."""
    with pytest.raises(ContentError, match="no such folder"):
        import_markdown(tmp_path / "nowhere", root, site)


def expected(blog: str) -> list[dict[str, Any]]:
    """What is known of the posts of an old blog."""
    found: list[dict[str, Any]] = json.loads((BLOGS / blog / "expected.json").read_bytes())["posts"]
    return found


@needs_blogs
def test_a_whole_blog_of_a_government_office(root: Path, site: Site) -> None:
    """All 107 posts arrive with title, date, authors, tags and pictures, and can be read."""
    blog = BLOGS / "18f"

    imported = import_markdown(blog / "posts", root, site, assets=blog / "assets")

    reading = folder.read(root)
    assert reading.newsroom is not None
    posts = {(p.title, str(p.published.date())): p for p in reading.newsroom.posts}
    assert len(imported.posts) == len(posts) == 107
    pictures = Counter(asset.parent for asset in imported.assets)
    for wanted in expected("18f"):
        post = posts[wanted["title"], wanted["date"]]
        assert post.author == ", ".join(wanted["authors"])
        assert list(post.tags) == wanted["tags"]
        assert pictures[post.source.parent] == len(wanted["images"]), wanted["file"]
        assert "{%" not in post.body
        assert "{{" not in post.body
    kinds = Counter((p.code, p.severity) for p in reading.problems)
    errors = {code for code, severity in kinds if severity is Severity.ERROR}
    assert errors == {"broken-link"}  # to other pages of the old site
    assert kinds["missing-alt", Severity.WARNING] == imported.undescribed > 0
    assert {code for code, _ in kinds} - errors - {"missing-alt"} <= PLAINLY_SO


@needs_blogs
def test_a_blog_of_release_news(root: Path, site: Site) -> None:
    """All 100 posts arrive at their instants; what Liquid would have computed is listed."""
    blog = BLOGS / "jekyll"

    imported = import_markdown(blog / "_posts", root, site, assets=blog / "img")

    reading = folder.read(root)
    assert reading.newsroom is not None
    assert len(imported.posts) == len(reading.newsroom.posts) == 100
    posts = {post.title: post for post in reading.newsroom.posts}
    for wanted in expected("jekyll"):
        post = posts[wanted["title"]]
        assert post.author == wanted["author"]
        if wanted["date_raw"] and wanted["date_raw"].count(" ") == 2:
            instant = datetime.strptime(wanted["date_raw"], "%Y-%m-%d %H:%M:%S %z")
            assert post.published == instant
    computed = {p.id for p in reading.newsroom.posts if "{{ site.repository }}" in p.body}
    told = {p.source for p in imported.problems if "{{ site.repository }}" in p.message}
    assert len(computed) == len(told) > 0
    assert {p.code for p in reading.problems} - {"broken-link"} <= PLAINLY_SO


def test_other_ways_to_write_the_same(old: Path, root: Path, site: Site) -> None:
    """Names in mappings, flags, lists with commas and old updates are understood too."""
    bring(
        old,
        root,
        site,
        "+++\ntitle = 'A'\ntags = 'a b, c'\nlastmod = 2020-03-04\npublished = false\n"
        "[author]\nname = 'Ann'\n+++\n\nText\n",
    )

    post = only(root)
    assert (post.author, post.tags, post.draft) == ("Ann", ("a b", "c"), True)
    assert str(post.updated) == "2020-03-04 00:00:00-05:00"


@pytest.mark.parametrize("text", ["+++\ntitle = x\n+++\n", "+++\ntitle = 'x'\n", "---\ntitle: x\n"])
def test_fields_that_cannot_be_read(old: Path, root: Path, site: Site, text: str) -> None:
    """The post stays behind, and why is told."""
    imported = bring(old, root, site, text)

    assert imported.posts == ()
    assert imported.problems[0].severity is Severity.ERROR


def test_a_picture_that_nobody_described(old: Path, root: Path, site: Site) -> None:
    """Its post says that this is no error, so that it is published; other posts say nothing."""
    text = "---\ntitle: A\nimage: /img/a b.svg\n---\n\n![](https://x.test/a.png)\n"
    (old / "2020-01-03-whole.md").write_text("---\ntitle: B\n---\nText\n", encoding="utf-8")
    (old / "2020-01-04-draft.md").write_text(
        "---\ntitle: C\ndraft: true\n---\n![](https://x.test/c.png)\n", encoding="utf-8"
    )

    imported = bring(old, root, site, text)

    assert imported.undescribed == 3
    assert {post.title: post.checks for post in newsroom(root).posts} == {
        "A": (("missing-alt", Severity.WARNING),),
        "B": (),
        "C": (),
    }


def test_two_pictures_with_one_name(old: Path, root: Path, site: Site) -> None:
    """Each gets a name of its own beside the post."""
    (old.parent / "assets/a b.svg").write_text('<svg viewBox="0 0 2 2"></svg>', encoding="utf-8")

    bring(old, root, site, "---\ntitle: A\n---\n![x](/img/a%20b.svg) ![y](/a%20b.svg)\n")

    assert only(root).body == "![x](a-b.svg) ![y](a-b-2.svg)"


def test_a_tag_that_can_have_no_page(old: Path, root: Path, site: Site) -> None:
    """It is left out and told."""
    imported = bring(old, root, site, "---\ntitle: A\ntags: ['!', b]\n---\n")

    assert only(root).tags == ("b",)
    assert [p.code for p in imported.problems] == ["bad-tag"]
