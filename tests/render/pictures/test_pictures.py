from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.model import Addresses, Asset
from newsroom.render.pictures.pictures import srcset, variants
from tests.render.pieces import make_site

ADDRESSES = Addresses(make_site())
DIGEST = "0123456789abcdef" * 4


def asset(name: str = "b.jpg", **other: Any) -> Asset:  # noqa: ANN401
    """A photograph from a telephone."""
    values: dict[str, Any] = {
        "source": PurePosixPath("posts/news/a", name),
        "size": 4_000_000,
        "digest": DIGEST,
        "media_type": "image/jpeg",
        "width": 4000,
        "height": 3000,
    }
    return Asset(**{**values, **other})


def sizes(asset: Asset) -> list[tuple[int | None, int | None]]:
    """Width and height of each variant."""
    return [(v.width, v.height) for v in variants(asset, ADDRESSES)]


def test_a_photograph_has_two_widths() -> None:
    """A large one for columns on dense screens, and a small one; both of its shape."""
    large, small = variants(asset(), ADDRESSES)

    assert (large.address, large.width, large.height) == (
        "bilder/0123456789a1/b-1440.jpg",
        1440,
        1080,
    )
    assert (small.address, small.width, small.height) == ("bilder/0123456789a1/b-720.jpg", 720, 540)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1, 1, [(1, 1)]),
        (600, 400, [(600, 400)]),
        (960, 640, [(960, 640)]),
        (1200, 675, [(1200, 675), (720, 405)]),
        (30_000, 2, [(1440, 1), (720, 1)]),
        (700, 30_000, [(700, 30_000)]),
    ],
)
def test_no_picture_becomes_larger(
    width: int, height: int, expected: list[tuple[int, int]]
) -> None:
    """A small picture comes in its own width only, and none without any height."""
    assert sizes(asset(width=width, height=height)) == expected


def test_other_bytes_have_another_address() -> None:
    """The address of a picture is for its bytes: browsers keep it for ever."""
    first, second = (variants(asset(digest=d * 64), ADDRESSES)[0].address for d in "ab")

    assert first != second


@pytest.mark.parametrize(
    "still",
    [
        {"media_type": "image/gif"},
        {"media_type": "image/webp", "animated": True},
        {"media_type": "image/png", "animated": True, "opaque": True, "size": 40_000_000},
    ],
)
def test_what_moves_comes_as_it_is(still: dict[str, Any]) -> None:
    """Animations have one width, their own."""
    assert sizes(asset(**still)) == [(4000, 3000)]


def test_a_drawing_has_one_file_for_all_widths() -> None:
    """SVG is sharp at any width; it may have no size."""
    (only,) = variants(
        asset("Logga.SVG", media_type="image/svg+xml", width=None, height=None), ADDRESSES
    )

    assert (only.address, only.width) == ("bilder/0123456789a1/Logga.svg", None)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"opaque": True, "size": 20_000_000}, "image/jpeg"),
        ({"opaque": False, "size": 20_000_000}, "image/png"),
        ({"opaque": True, "size": 900_000}, "image/png"),
        ({"opaque": True, "size": 4_000, "width": 50, "height": 50}, "image/png"),
    ],
)
def test_a_photograph_saved_as_png(facts: dict[str, Any], kind: str) -> None:
    """A PNG with as many bytes as pixels is a photograph and becomes a JPEG; drawings stay."""
    found = variants(asset("b.png", media_type="image/png", **facts), ADDRESSES)

    assert {v.media_type for v in found} == {kind}
    assert all(v.address.endswith(".jpg" if kind == "image/jpeg" else ".png") for v in found)


def test_srcset() -> None:
    """Widths as HTML writes them; signs that would end an address are quoted."""
    found = variants(asset("a, b.jpg"), ADDRESSES)

    assert srcset(found, "/x/") == (
        "/x/bilder/0123456789a1/a%2C%20b-1440.jpg 1440w, "
        "/x/bilder/0123456789a1/a%2C%20b-720.jpg 720w"
    )
    assert srcset(found[:1], "/") is None


def test_a_picture_to_save() -> None:
    """What readers are offered to save keeps its name and stands beside the widths."""
    assert ADDRESSES.asset(asset("Press.JPG")) == "bilder/0123456789a1/Press.jpg"
