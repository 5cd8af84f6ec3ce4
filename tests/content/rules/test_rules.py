from pathlib import Path

import pytest

from newsroom.content import folder
from tests.content.samples import SITE_YAML, Put, post, slugs, told

CONTACT = "---\nid: urn:c:{name}\nname: {name}\n{more}---\n"


def test_the_same_id_keeps_both_out(root: Path, put: Put) -> None:
    """Two files with one id name each other, and neither is published."""
    put("news/a.md", post("A", id_="urn:x:same"))
    put("events/b.md", "---\nid: urn:x:same\ntitle: B\nstart: 2026-04-12\n---\n")
    put("news/c.md", post("C"))

    reading = folder.read(root)

    fix = "take the id line out of the newer file and run: newsroom check --fix"
    assert told(reading) == [
        f"posts/events/b.md:2: the id urn:x:same is that of posts/news/a.md too; {fix}",
        f"posts/news/a.md:2: the id urn:x:same is that of posts/events/b.md too; {fix}",
    ]
    assert slugs(reading) == ["c"]


def test_the_same_address_keeps_both_out(root: Path, put: Put) -> None:
    """Two posts of one year cannot have the same slug."""
    put("news/2026-01-01-a.md", post("A", "2026-01-01"))
    put("news/2026-02-01-b.md", post("B", "2026-02-01", more="slug: a\n"))

    reading = folder.read(root)

    assert [(p.code, p.line) for p in reading.problems] == [
        ("duplicate-slug", None),
        ("duplicate-slug", 5),
    ]
    assert slugs(reading) == []


def test_the_same_slug_in_different_years_is_told(root: Path, put: Put) -> None:
    """Their addresses differ, so both are published; but an issue could not name one of them."""
    put("news/2025-12-15-god-jul.md", post("A", "2025-12-15"))
    put("news/2026-12-15-god-jul.md", post("B", "2026-12-15"))

    reading = folder.read(root)

    assert [p.code for p in reading.problems] == ["duplicate-slug"] * 2
    assert slugs(reading) == ["god-jul", "god-jul"]


def test_addresses_that_the_site_needs(root: Path, put: Put) -> None:
    """A page cannot stand where a section does, nor a post where a month does."""
    put("pages/nyheter.md", "---\nid: p\ntitle: N\n---\n")
    put("news/04.md", post())

    assert told(folder.read(root)) == [
        'posts/news/04.md: the slug "04" looks like a month or a page of the archive; '
        "write slug: nr-04",
        'posts/pages/nyheter.md: the address "nyheter/" is the site\'s own; write slug: '
        "nyheter-sida",
    ]


def test_aliases_lead_nowhere_else(root: Path, put: Put) -> None:
    """An alias is nobody's address, not even one's own, and nobody else's alias."""
    put("news/a.md", post("A", more="aliases: [b, x]\n"))
    put("news/b.md", post("B", more="aliases: [x, b]\n"))
    put("pages/om.md", "---\nid: p\ntitle: Om\naliases: [om]\n---\n")

    assert [str(p).split("posts/")[1] for p in folder.read(root).problems] == [
        "news/a.md:5: the alias nyheter/2026/b/ is the address of ",
        "news/a.md:5: the alias nyheter/2026/x/ is in ",
        "news/b.md:5: the alias nyheter/2026/b/ is the address of ",
        "news/b.md:5: the alias nyheter/2026/x/ is in ",
        "pages/om.md:4: the alias om/ is the address of ",
    ]


def test_an_alias_cannot_stand_where_the_site_does(root: Path, put: Put) -> None:
    """A redirection from a section, or from a month of the archive, would never work for long."""
    put("news/a.md", post("A", more="aliases: [a-forr, '02']\n"))
    put("pages/om.md", "---\nid: p\ntitle: Om\naliases: [nyheter, embed, om-oss]\n---\n")

    problems = [str(p).split("posts/")[1] for p in folder.read(root).problems]

    own = "is the site's own; take it away"
    assert problems == [
        'news/a.md:5: the slug "02" looks like a month or a page of the archive; take it away',
        f'pages/om.md:4: the address "nyheter/" {own}',
        f'pages/om.md:4: the address "embed/" {own}',
    ]


def test_a_contact_who_is_gone_takes_nothing_along(root: Path, put: Put) -> None:
    """What names a missing person or event is told and published without it."""
    put("news/a.md", post(more="contacts: [ana]\nevent: mote\n"))
    put("contacts/anna.md", CONTACT.format(name="Anna", more=""))

    reading = folder.read(root)

    assert told(reading) == [
        'posts/news/a.md:5: there is no "ana" in posts/contacts/; write anna',
        'posts/news/a.md:6: there is no "mote" in posts/events/; write the name of a '
        "file in posts/events/",
    ]
    assert slugs(reading) == ["a"]


def test_a_reference_to_a_broken_file_is_no_second_fault(root: Path, put: Put) -> None:
    """The file is there; its own fault is told and nobody else's."""
    put("news/a.md", post(more="event: mote\n"))
    put("events/mote.md", "---\nid: e\ntitle: Möte\nstart: nu\n---\n")

    assert [p.code for p in folder.read(root).problems] == ["bad-date"]


def test_an_issue_must_find_all_it_names(root: Path, put: Put) -> None:
    """An issue with a story that is not there is kept out, so that it cannot be sent."""
    put("news/a.md", post())
    put(
        "newsletters/var.md", "---\nid: i\ntitle: Våren\nnumber: 1\nlead: a\nstories: [a, b]\n---\n"
    )

    reading = folder.read(root)

    assert told(reading) == [
        'posts/newsletters/var.md:6: there is no "b" in posts/news/; write the name of a '
        "file in posts/news/"
    ]
    assert reading.newsroom is not None
    assert reading.newsroom.issues == ()


def test_files_that_are_not_there(root: Path, put: Put) -> None:
    """A missing picture or attachment is told with its line, and the nearest name is offered."""
    put(
        "news/a.md",
        post(more='image: {file: bild.jpg, alt: ""}\nattachments:\n  - {file: x.pdf, title: X}\n'),
    )
    put("news/bld.jpg", "x")
    put("documents/rapport.md", "---\nid: d\ntitle: R\ndate: 2026-01-01\n---\n")
    put("contacts/anna.md", CONTACT.format(name="Anna", more='photo: {file: a.jpg, alt: ""}\n'))
    put("members/m.md", '---\nid: m\ntitle: M\nlogo: {file: l.svg, alt: ""}\n---\n')

    assert [str(p).partition("; ")[0::2] for p in folder.read(root).problems] == [
        (
            "posts/contacts/anna.md:4: there is no file posts/contacts/a.jpg",
            "put it there, or take the line away",
        ),
        (
            "posts/documents/rapport.md: there is no file posts/documents/rapport.pdf",
            "put it there, or write the name of the one that is there",
        ),
        (
            "posts/members/m.md:4: there is no file posts/members/l.svg",
            "put it there, or take the line away",
        ),
        ("posts/news/a.md:5: there is no file posts/news/bild.jpg", "write bld.jpg"),
        (
            "posts/news/a.md:7: there is no file posts/news/x.pdf",
            "put it there, or take the line away",
        ),
    ]


@pytest.mark.parametrize("written", ["nyhe", "Nyhet", "Nyheter"])
def test_categories_are_declared(root: Path, put: Put, written: str) -> None:
    """A category that site.yaml does not know is told, with the one that was meant."""
    put("news/a.md", post(more=f"category: {written}\n"))

    assert told(folder.read(root)) == [
        f'posts/news/a.md:5: the category "{written}" is not in posts/site.yaml; write nyhet'
    ]


def test_tags_spelt_in_two_ways(root: Path, put: Put) -> None:
    """Tags that share a page should be spelt alike."""
    put("news/a.md", post("A", "2026-01-01", more="tags: [Folkhälsa]\n"))
    put("news/b.md", post("B", "2026-01-02", more="tags: [folkhalsa]\n"))

    assert told(folder.read(root)) == [
        'posts/news/a.md:5: the tag "Folkhälsa" is spelt "folkhalsa" elsewhere; write folkhalsa'
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("approvers: [bo]", 'there is no "bo" in posts/contacts/; write the name of a file there'),
        (
            "approvers: [anna]",
            "anna approves issues and has no mail address; write email: in its file",
        ),
        (
            "menu: [nyheter, om, kontkt]",
            'the menu names "kontkt", which is no part of the site and no page; write kontakt',
        ),
        ("brand: {logo: logo.svg}", "there is no file posts/logo.svg; put it there"),
        (
            "approval: {by: two}",
            "two must approve, and approvers names fewer; "
            "write approvers: [anna-exempel, bo-exempel]",
        ),
    ],
)
def test_what_the_site_names_is_there(root: Path, put: Put, lines: str, problem: str) -> None:
    """Approvers, menu and logo of site.yaml are looked up too."""
    put("site.yaml", SITE_YAML + lines + "\n")
    put("contacts/anna.md", CONTACT.format(name="Anna", more=""))
    put("pages/om.md", "---\nid: p\ntitle: Om\n---\n")

    assert told(folder.read(root)) == [f"posts/site.yaml:7: {problem}"]


@pytest.mark.parametrize("date", ["2026-04-12", "2026-05-10"])
def test_a_title_that_comes_again_soon(root: Path, put: Put, date: str) -> None:
    """Readers could not tell the two apart in a list; both are published."""
    put("news/a.md", post("Ny medlem", "2026-04-12", id_="urn:x:a"))
    put("news/b.md", post("Ny medlem", date, id_="urn:x:b"))

    reading = folder.read(root)

    assert slugs(reading) in (["a", "b"], ["b", "a"])
    assert told(reading) == [
        'posts/news/b.md:3: "Ny medlem" is the title of posts/news/a.md too; '
        "write another title, or take one of them away"
    ]


@pytest.mark.parametrize(
    ("date", "more"), [("2026-06-10", ""), ("2027-04-12", ""), ("2026-04-13", "draft: true\n")]
)
def test_a_title_that_may_come_again(root: Path, put: Put, date: str, more: str) -> None:
    """What comes every month or year is called the same each time; a draft may get another yet."""
    put("news/a.md", post("God jul", "2026-04-12", id_="urn:x:a"))
    put("news/b.md", post("God jul", date, id_="urn:x:b", more=more))

    assert told(folder.read(root)) == []


def test_events_and_persons_may_share_a_name(root: Path, put: Put) -> None:
    """A meeting every week is a series, and two persons may be called the same."""
    for slug in ("a", "b"):
        put(f"events/{slug}.md", f"---\nid: urn:e:{slug}\ntitle: Möte\nstart: 2026-04-12\n---\n")
        put(f"contacts/{slug}.md", f"---\nid: urn:c:{slug}\nname: Bo Ek\n---\n")

    assert told(folder.read(root)) == []


@pytest.mark.parametrize(
    "name",
    [
        "hej - kopia",
        "hej - Kopia (2)",
        "hej (2)",
        "hej-kopia",
        "hej copy",
        "hej copy 3",
        "hej_copy",
    ],
)
def test_a_file_that_looks_like_a_copy(root: Path, put: Put, name: str) -> None:
    """Somebody copied a file to begin from it, or by mistake; its title is no second fault."""
    put("news/hej.md", post("Hej"))
    put(f"news/{name}.md", post("Hej", id_="urn:x:b"))
    put(f"pages/{name}/index.md", "---\nid: urn:p:1\ntitle: Om\n---\n")

    assert told(folder.read(root)) == [
        f"posts/news/{name}.md: the file looks like a copy of posts/news/hej.md; "
        "take it away, or give it a name of its own"
    ]


@pytest.mark.parametrize("name", ["hej-copyright", "fotokopian", "hej (2)a", "kopia"])
def test_a_file_that_is_no_copy(root: Path, put: Put, name: str) -> None:
    """A word in a name is no sign of a copy, nor is a copy of what is not there."""
    put("news/hej.md", post("Hej"))
    put(f"news/{name}.md", post("Annat"))

    assert told(folder.read(root)) == []
