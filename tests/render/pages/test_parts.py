from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from newsroom.model import Addresses, Asset
from newsroom.render.pages.parts import Picture, picture_of
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words
from tests.render.pieces import make_site

ADDRESSES = Addresses(make_site())
LARGE = "/nytt/bilder/aaaaaaaaaaa1/mitt%20foto-1440.jpg"
SMALL = "/nytt/bilder/aaaaaaaaaaa1/mitt%20foto-720.jpg"


@dataclass(frozen=True, slots=True)
class Base:
    """As much of a frame as pictures need: a site below a path."""

    base: str = "/nytt/"

    def link(self, address: str) -> str:
        return self.base + address


def photo(width: int = 4000, height: int = 3000) -> Picture:
    """A photograph of a post."""
    source = PurePosixPath("posts/news/a/mitt foto.jpg")
    asset = Asset(source, 4_000_000, "a" * 64, "image/jpeg", width, height)
    return picture_of(asset, 'En "bild"', ADDRESSES)


def printed(call: str, picture: Picture, folder: Path) -> str:
    """What a call of one of the macros writes."""
    text = f'{{% import "site/parts.html" as parts with context %}}{{{{ parts.{call} }}}}'
    (folder / "call.html").write_text(text, encoding="utf-8")
    templates = Templates([folder, default_templates()])
    return templates.render("call.html", Words("sv"), frame=Base(), p=picture).strip()


def test_a_browser_chooses_the_width(tmp_path: Path) -> None:
    """A picture names every width, how wide it is shown, its size and what it shows."""
    assert printed("picture(p)", photo(), tmp_path) == (
        f'<img src="{LARGE}" srcset="{LARGE} 1440w, {SMALL} 720w"'
        ' sizes="(min-width: 58em) 52em, calc(100vw - 3em)" alt="En &#34;bild&#34;"'
        ' width="1440" height="1080" loading="lazy" decoding="async">'
    )


def test_the_first_picture_of_a_page_is_fetched_at_once(tmp_path: Path) -> None:
    """What stands above the fold is not lazy, and goes before the rest."""
    html = printed("picture(p, lazy=false)", photo(), tmp_path)

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html
    assert 'width="1440" height="1080"' in html


def test_lists_take_the_smallest(tmp_path: Path) -> None:
    """A thumbnail is the small width only, has its size, and says nothing beside the title."""
    assert printed("thumbnail(p)", photo(), tmp_path) == (
        f'<img class="thumbnail" src="{SMALL}" alt="" width="720" height="540"'
        ' loading="lazy" decoding="async">'
    )


@pytest.mark.parametrize("width", [400, 960])
def test_a_small_picture_offers_no_choice(tmp_path: Path, width: int) -> None:
    """A picture with one width has neither srcset nor sizes, and is its own small one."""
    picture = photo(width, 300)

    html = printed("picture(p)", picture, tmp_path)

    assert "srcset" not in html
    assert "sizes" not in html
    assert picture.small.address == picture.address


def test_a_picture_of_which_only_the_address_is_known() -> None:
    """A picture without widths is its own small one."""
    bare = Picture("bilder/x/a.svg", "", None, None, "image/svg+xml")

    assert bare.small is bare
    assert bare.srcset("/") is None
