"""Whatever stands in a field or a text, no page does anything but show it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from newsroom.model import (
    Accessibility,
    Attachment,
    Deficiency,
    Earlier,
    Image,
    Newsroom,
    Online,
    Page,
    Place,
    Publication,
    Registration,
    Source,
    Speaker,
    Withdrawal,
)
from tests.render.pieces import (
    at,
    document,
    make_contact,
    make_event,
    make_issue,
    make_member,
    make_newsroom,
    make_post,
    make_site,
    picture,
)
from tests.render.printed import printed

FIELD = "\"'><script>alert(1)</script></title></textarea><img src=x onerror=alert(1)>{{ 7*7 }}"
TEXT = (
    f"{FIELD}\n\n<svg onload=alert(1)></svg> <a href='javascript:alert(1)' onclick=x>a</a>\n\n"
    "[b](javascript:alert(1)) [c](JaVaScRiPt&colon;alert(1)) [d](data:text/html;base64,PHM+)\n\n"
    "[e](&#106;avascript:alert(1)) ![f](vbscript:x) <iframe srcdoc='<script>'></iframe>\n\n"
    "# Rubrik {: onclick=alert(1) }\n\n<form action=https://e.test><input name=p></form>\n\n"
    "<style>*{background:url(https://e.test)}</style><p style='color:red' class=lead>g</p>\n\n"
    "<base href=https://e.test><meta http-equiv=refresh content='0;url=https://e.test'>\n\n"
    "![h](https://e.test/h.png) <math><mtext></mtext></math> <object data=x></object>\n"
)
RUNS_OR_LOADS = {"iframe", "object", "embed", "svg", "math", "base", "style", "frame", "applet"}
PATH = PurePosixPath("posts/news/ett")


def common(**other: Any) -> dict[str, Any]:  # noqa: ANN401
    """What every kind of piece can say."""
    return {"title": FIELD, "summary": FIELD, "body": TEXT, "tags": (FIELD,), **other}


def hostile() -> Newsroom:
    """A newsroom in which every field of every kind that takes any words has hostile ones."""
    at_url = "https://e.test/\"'><script>alert(1)</script>"
    place, online = Place(FIELD, FIELD), Online(at_url, FIELD)
    shared: dict[str, Any] = {
        "image": Image(PATH / "b.jpg", FIELD),
        "attachments": (Attachment(PATH / "a.pdf", FIELD),),
        "contacts": ("anna",),
    }
    gone = Withdrawal(date(2026, 5, 1), FIELD)
    return make_newsroom(
        site=make_site(
            name=FIELD,
            description=FIELD,
            postal_address=FIELD,
            categories=(("x", FIELD),),
            accessibility=Accessibility(known=(Deficiency(FIELD, FIELD),), method=FIELD),
        ),
        posts=(
            make_post(
                **common(**shared),
                author=FIELD,
                category="x",
                event="mote",
                members=("kvarnmo",),
                origin=Source(FIELD, at_url),
                aliases=("forr",),
            ),
            make_post("tva", **common(withdrawn=gone)),
        ),
        events=(
            make_event(
                **common(**shared),
                start=at("2027-01-10T10:00"),
                end=None,
                place=place,
                online=online,
                registration=Registration(at_url, at("2027-01-02T10:00"), FIELD),
                audience=FIELD,
                series=FIELD,
                program=TEXT,
                documentation=TEXT,
                recordings=(at_url,),
                speakers=(Speaker(FIELD, FIELD),),
                members=("kvarnmo",),
                updated=at("2026-05-01T10:00"),
                previously=(Earlier(place=place, changed=at("2026-04-01T10:00")),),
            ),
            make_event("annat", **common(), series=FIELD, start=at("2026-01-10T10:00"), end=None),
        ),
        contacts=(
            make_contact(
                **common(photo=Image(PATH / "b.jpg", FIELD)),
                role=FIELD,
                organisation=FIELD,
                phone=FIELD,
                groups=(FIELD,),
                party=FIELD,
            ),
        ),
        members=(make_member(**common(**shared), type=FIELD, url=at_url),),
        publications=(
            Publication(
                source=PATH / "rapport.md",
                body_line=5,
                id="urn:uuid:rapport",
                slug="rapport",
                lang="sv",
                file=PATH / "a.pdf",
                published=at("2026-03-01T10:00"),
                author=FIELD,
                **common(),
            ),
        ),
        issues=(
            make_issue(**common(), subject=FIELD, preheader=FIELD, period=FIELD, stories=("ett",)),
        ),
        pages=(
            Page(
                source=PATH / "om.md",
                body_line=5,
                id="urn:uuid:om",
                slug="om",
                lang="sv",
                menu=FIELD,
                **common(),
            ),
        ),
        assets=(picture("ett", "b.jpg"), document("ett", "a.pdf")),
    )


def deeds(page: str) -> Iterator[str]:
    """Everything in a page that runs, sends or fetches, but what the site has of its own."""
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in RUNS_OR_LOADS:
            yield f"<{element.tag}>"
        if element.tag == "script":
            yield from script_deeds(element)
        if element.tag == "form" and element.get("action", "/sok/") not in {
            "/sok/",
            "/prenumerera/",
        }:
            yield f"form to {element.get('action')}"
        yield from attribute_deeds(element)


def script_deeds(script: Any) -> Iterator[str]:  # noqa: ANN401 (lxml has no types)
    """A script that is neither data nor the search page's."""
    if script.get("type") == "application/ld+json":
        json.loads(script.text)
    elif script.get("src") != "/sok/search.js" or script.text:
        yield f"script {script.get('src')} {script.text}"


def attribute_deeds(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Attributes that run something, restyle it, or name an address that does."""
    for name, value in element.attrib.items():
        if name.startswith("on") or name in {"style", "srcdoc", "ping"}:
            yield f"{element.tag} {name}"
        if name in {"href", "src", "action"} and not is_harmless(value):
            yield f"{element.tag} {name}={value}"
        if name in {"src", "srcset", "poster"} and urlsplit(value).netloc:
            yield f"{element.tag} from {value}"


def is_harmless(address: str) -> bool:
    """Whether an address leads somewhere, and does nothing."""
    plain = "".join(address.split())
    return urlsplit(plain).scheme.lower() in {"", "https", "http", "mailto", "tel", "webcal"}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The site of that newsroom."""
    return printed(hostile())


def test_no_page_runs_or_fetches_anything(site: dict[str, str]) -> None:
    """Titles, names, addresses and texts of every kind come out as words."""
    pages = {path: text for path, text in site.items() if path.endswith(".html")}

    assert {path: found for path, text in pages.items() if (found := list(deeds(text)))} == {}
    assert len(pages) > 25


def test_no_text_is_a_template(site: dict[str, str]) -> None:
    """What looks like a template's expression is shown and never worked out."""
    assert "{{ 7*7 }}" in site["nyheter/2026/ett/index.html"]


def test_hostile_words_are_still_shown(site: dict[str, str]) -> None:
    """Nobody's words are lost: readers see the very signs that were written."""
    page = html.document_fromstring(site["nyheter/2026/ett/index.html"])

    assert page.findtext(".//h1") == FIELD


def test_the_judge_is_awake(site: dict[str, str]) -> None:
    """A page that was spoilt by hand is found out."""
    page = site["nyheter/2026/ett/index.html"]

    for deed in ('<a href=" java&#10;script:x">', "<p onclick=x>", '<img src="//e.test/a.png">'):
        assert list(deeds(page.replace("<main", f"{deed}<main", 1))), deed
