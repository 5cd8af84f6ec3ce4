"""A site of some hundred posts with an index, and servers with and without leave to run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from newsroom.model import Newsroom
from newsroom.output.pagefind import find_pagefind
from newsroom.output.search import SearchIndex
from newsroom.output.tree import Tree
from newsroom.render.pages.whole_site import plan
from newsroom.render.templates import Templates, default_templates
from newsroom.web.headers import StrictHeaders
from newsroom.web.public_files import PublicFiles
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_member,
    make_newsroom,
    make_post,
    make_site,
)
from tests.serving import serving

NOW = at("2026-11-22T09:00")
BASE = "/a"


def archive(posts: int) -> Newsroom:
    """Posts that all say "gemensamt", of which the oldest and two new ones say something else.

    One of them is by a person, and names her and a member.
    """
    said = {
        0: ("Krabborna", "Om krabbornas arbete på botten."),
        7: ("Fisken", "Nu lutas fisken: lutfisk."),
        posts - 2: ("<img src=x>", "Skriv &lt;b&gt; för fet. Krabban återvänder."),
        posts - 1: ("Nordic crabs", "All about crabs."),
    }
    made = []
    for number in range(posts):
        title, body = said.get(number, (f"Nyhet {number}", "En text."))
        made.append(
            make_post(
                f"p{number}",
                title=title,
                body=f"{body}\n\nDetta är gemensamt.",
                lang="en" if title == "Nordic crabs" else "sv",
                published=at("2024-01-01T09:00") + timedelta(days=number),
            )
        )
    made[7] = replace(made[7], author="Anna Ek", contacts=("anna",), members=("kvarnmo",))
    site = make_site(url=f"https://nyheter.example.se{BASE}")
    return make_newsroom(
        site=site,
        posts=tuple(reversed(made)),
        events=(make_event(body="Krabbfest."),),
        contacts=(make_contact(groups=("kansli",)), make_contact("bo", title="Bo Lind")),
        members=(make_member(type="kommun", joined=date(2026, 11, 22)),),
    )


def build(newsroom: Newsroom, out: Path) -> None:
    """The site with its index, in a folder."""
    site = plan(newsroom, NOW, Templates([default_templates()]))
    Tree(out, out.with_name("state.db"), "1").write(site.pages, [])
    index = SearchIndex(out, out.with_name("search.json"), find_pagefind())
    assert index.renew(site.searched) == ()


@contextmanager
def served(public: Path, *, runs_programs: bool) -> Iterator[str]:
    """The address of the search page, with the headers that `newsroom run` sends."""
    search = "sok/" if runs_programs else None
    strict = Middleware(StrictHeaders, base=f"{BASE}/", encrypted=True, search=search)
    app = Starlette(routes=[Mount("/", PublicFiles(public, BASE))], middleware=[strict])
    with serving(lambda _url: app) as url:
        yield f"{url}{BASE}/sok/"
