import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from newsroom.errors import ContentError
from newsroom.output.raster import fitted
from newsroom.render.pictures.bare import bare
from tests.photographs import (
    SECRET,
    corners,
    noise,
    notes,
    opened,
    saved,
    scene,
    swapped_profile,
    telling,
)

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}
RED, LIME, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def made(picture: bytes, kind: str, width: int, wanted: str | None = None) -> Image.Image:
    """The picture as the site has it, decoded."""
    return opened(fitted(picture, TYPES[kind], width, TYPES[wanted or kind]))


Colour = tuple[int, ...]


def colour(picture: Image.Image, at: tuple[int, int]) -> Colour:
    """The channels of one pixel."""
    found = picture.getpixel(at)
    assert found is not None
    return found if isinstance(found, tuple) else (round(found),)


def near(found: Colour, wanted: Colour, slack: int = 24) -> bool:
    """Whether a colour is the wanted one, but for what a lossy file does to it."""
    return all(abs(a - b) <= slack for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("width", [1600, 720])
def test_a_width_tells_nothing(kind: str, width: int) -> None:
    """The made picture has the width asked for and no word about where it was taken."""
    file = fitted(telling(scene(), kind), TYPES[kind], width, TYPES[kind])

    with opened(file) as picture:
        assert picture.size == (width, width * 3 // 4)
        assert picture.format == kind
        assert not picture.getexif()
        assert not {"comment", "xmp", "icc_profile", "exif"} & picture.info.keys()
    assert SECRET not in file


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, (RED, LIME, BLUE, WHITE)),
        (2, (LIME, RED, WHITE, BLUE)),
        (3, (BLUE, WHITE, RED, LIME)),
        (4, (WHITE, BLUE, LIME, RED)),
        (5, (RED, WHITE, BLUE, LIME)),
        (6, (WHITE, RED, LIME, BLUE)),
        (7, (BLUE, LIME, RED, WHITE)),
        (8, (LIME, BLUE, WHITE, RED)),
    ],
)
def test_every_way_to_hold_a_camera(
    kind: str, orientation: int, expected: tuple[tuple[int, ...], ...]
) -> None:
    """The pixels are turned upright, and nothing in the file turns them again."""
    sideways = orientation >= 5
    width, height = (80, 160) if sideways else (160, 80)

    with made(telling(corners((160, 80)), kind, orientation), kind, width) as picture:
        shown = picture.convert("RGB")
        at = [(9, 9), (width - 9, 9), (width - 9, height - 9), (9, height - 9)]

        assert picture.size == (width, height)
        assert all(near(colour(shown, p), c) for p, c in zip(at, expected, strict=True))
        assert not picture.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_of_another_profile(kind: str) -> None:
    """The pixels are brought into the web's colours, and the profile is left out."""
    red = saved(Image.new("RGB", (400, 300), "red"), kind, icc_profile=swapped_profile())

    with made(red, kind, 200) as picture:
        assert near(colour(picture.convert("RGB"), (9, 9)), LIME)
        assert "icc_profile" not in picture.info


def test_a_damaged_profile_is_passed_over() -> None:
    """A profile that no program understands changes nothing."""
    red = saved(Image.new("RGB", (400, 300), "red"), "JPEG", icc_profile=b"broken")

    with made(red, "JPEG", 200) as picture:
        assert near(colour(picture, (9, 9)), RED)


def test_a_profile_for_other_pixels_is_passed_over() -> None:
    """A profile for colours in a grey picture changes nothing."""
    grey = saved(Image.new("L", (400, 300), 99), "JPEG", icc_profile=swapped_profile())

    with made(grey, "JPEG", 200) as picture:
        assert near(colour(picture.convert("L"), (9, 9)), (99,), 3)


def test_inks_become_light() -> None:
    """A picture for print (CMYK) is shown as browsers expect it, at its own width too."""
    cyan = saved(Image.new("CMYK", (400, 300), (255, 0, 0, 0)), "JPEG")

    for width in (400, 200):
        with made(cyan, "JPEG", width) as picture:
            assert picture.mode == "RGB"
            assert near(colour(picture, (9, 9)), (0, 255, 255))


def test_sixteen_bits_become_eight() -> None:
    """A scan in sixteen bits of grey keeps its shades."""
    scan = Image.new("I;16", (400, 300), 32768)

    with made(saved(scan, "PNG"), "PNG", 200) as picture:
        assert picture.mode == "L"
        assert near(colour(picture, (9, 9)), (128,), 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA"])
def test_every_kind_of_pixels(mode: str) -> None:
    """Black and white, grey, palettes and transparency all come through as PNG and WebP."""
    picture = corners((400, 200)).convert("RGBA").convert(mode, dither=Image.Dither.NONE)
    expected = colour(picture.convert("RGB"), (9, 9))

    for kind in ("PNG", "WEBP"):
        original = saved(
            picture if kind == "PNG" and mode != "PA" else picture.convert("RGBA"), kind
        )
        with made(original, kind, 100) as small:
            assert small.size == (100, 50)
            assert near(colour(small.convert("RGB"), (3, 3)), expected)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_what_is_seen_through_stays_so(kind: str) -> None:
    """A transparent corner of a logo stays transparent, with no fringe of another colour."""
    logo = Image.new("RGBA", (400, 200), (255, 0, 0, 255))
    logo.paste((0, 0, 0, 0), (0, 0, 200, 100))

    with made(saved(logo, kind), kind, 100) as small:
        shown = small.convert("RGBA")
        assert near(colour(shown, (9, 9))[3:], (0,), 2)
        assert near(colour(shown, (90, 40)), (255, 0, 0, 255))


@pytest.mark.parametrize("transparent", [0, bytes([0, 255, 128])])
def test_a_palette_with_transparency(transparent: int | bytes) -> None:
    """A palette's see-through colours, one or several, stay so in a smaller width."""
    palette = corners((400, 200)).quantize(3)
    (hidden,) = colour(palette, (9, 9))
    palette = palette.remap_palette([hidden, *(i for i in range(3) if i != hidden)])

    with made(saved(palette, "PNG", transparency=transparent), "PNG", 100) as small:
        assert small.mode == "P"
        assert near(colour(small.convert("RGBA"), (9, 9))[3:], (0,), 2)


def test_one_colour_that_is_seen_through() -> None:
    """A picture without a palette may name one colour that is not there."""
    red = saved(Image.new("RGB", (400, 200), "red"), "PNG", transparency=(255, 0, 0))

    with made(red, "PNG", 100) as small:
        assert near(colour(small.convert("RGBA"), (9, 9))[3:], (0,), 2)


def test_a_drawing_keeps_its_few_colours() -> None:
    """A diagram with a palette gets one again: in all colours it would be much larger."""
    diagram = scene((1200, 800)).quantize(32)

    small = fitted(saved(diagram, "PNG"), "image/png", 720, "image/png")

    in_all_colours = saved(diagram.convert("RGB").resize((720, 480)), "PNG", optimize=True)
    assert len(small) < len(in_all_colours)
    with opened(small) as picture:
        assert picture.mode == "P"


def test_a_lossless_webp_stays_lossless() -> None:
    """A screen's picture in WebP is not blurred."""
    screen = Image.new("RGB", (400, 200), "white")
    screen.paste("black", (200, 0, 400, 200))
    small = fitted(saved(screen, "WEBP", lossless=True), "image/webp", 200, "image/webp")

    assert b"VP8L" in small[:40]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("quality", [15, 60, 95])
def test_never_larger_than_the_original_without_its_notes(
    kind: str, orientation: int, quality: int
) -> None:
    """At its own width no picture costs the reader more than it did, but for a turned PNG."""
    options = {"quality": quality} if kind != "PNG" else {}
    original = saved(scene((640, 480)), kind, exif=notes(orientation), **options)

    file = fitted(original, TYPES[kind], 640 if orientation == 1 else 480, TYPES[kind])

    limit = len(bare(original, TYPES[kind]))
    assert len(file) <= (limit if kind != "PNG" or orientation == 1 else 2 * limit)


def test_a_good_file_is_not_made_worse() -> None:
    """A photograph of the right width, already small, keeps its pixels bit for bit."""
    original = saved(scene((1200, 900)), "JPEG", quality=70, progressive=True, optimize=True)

    assert fitted(original, "image/jpeg", 1200, "image/jpeg") == bare(original, "image/jpeg")


def test_a_palette_at_its_own_width_is_not_touched() -> None:
    """A diagram of the right width keeps exactly the colours it was drawn in."""
    diagram = saved(scene((600, 400)).quantize(32), "PNG")

    assert fitted(diagram, "image/png", 600, "image/png") == bare(diagram, "image/png")


def test_a_photograph_saved_as_png_becomes_much_smaller() -> None:
    """Grain costs a PNG dear; a JPEG of it is progressive, and a fraction of the size."""
    original = saved(Image.blend(scene((800, 600)), noise((800, 600)), 0.1), "PNG")

    file = fitted(original, "image/png", 800, "image/jpeg")

    assert len(file) < len(original) / 4
    with opened(file) as picture:
        assert picture.format == "JPEG"
        assert picture.info.get("progressive")


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (20_000, 2)])
def test_strange_shapes(size: tuple[int, int]) -> None:
    """One pixel, a thread and a ribbon are pictures too."""
    width = min(720, size[0])

    with made(saved(scene(size), "PNG"), "PNG", width) as picture:
        assert picture.size == (width, max(1, round(size[1] * width / size[0])))


@pytest.mark.parametrize("kind", TYPES)
def test_damage_is_told(kind: str) -> None:
    """What cannot be decoded ends in words, never in a crash."""
    whole = saved(scene((400, 300)), kind)

    with pytest.raises(ContentError):
        fitted(whole[: len(whole) // 2], TYPES[kind], 200, TYPES[kind])


def test_a_picture_whose_header_is_right_and_no_more() -> None:
    """A file whose parts are whole but make no picture is told too."""
    whole = saved(scene((400, 300)), "WEBP")
    broken = whole[:40] + bytes(len(whole) - 40)

    with pytest.raises(ContentError, match="cannot be decoded"):
        fitted(broken, "image/webp", 200, "image/webp")


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_bytes_on_every_run(kind: str, tmp_path: Path) -> None:
    """Two runs, one of them in another process with another hash seed, make the same file."""
    original = telling(scene((900, 600)), kind, orientation=3)
    (tmp_path / "a").write_bytes(original)
    program = (
        "import sys, hashlib, pathlib\n"
        "from newsroom.output.raster import fitted\n"
        "made = fitted(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2], 300, sys.argv[2])\n"
        "print(hashlib.sha256(made).hexdigest())\n"
    )

    here = sha256(fitted(original, TYPES[kind], 300, TYPES[kind])).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a"), TYPES[kind]],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert here == there
