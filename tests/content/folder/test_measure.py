from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image

from newsroom.content.folder.measure import Facts, UnusableError, measure
from tests.photographs import corners, saved, scene, telling

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
KINDS = {".avif": "AVIF", ".gif": "GIF", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


def facts(folder: Path, name: str, content: bytes) -> Facts:
    """What is found out about a file with this name and content."""
    path = folder / name
    path.write_bytes(content)
    return measure(path, TYPES.get(path.suffix.lower(), "application/octet-stream"))


def enormous_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""
    png = bytearray(saved(corners(), "PNG"))
    png[16:24] = width.to_bytes(4) + height.to_bytes(4)
    png[29:33] = crc32(bytes(png[12:29])).to_bytes(4)
    return bytes(png)


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_as_large_as_it_is_shown(
    tmp_path: Path, ending: str, orientation: int
) -> None:
    """However the camera was held; a GIF cannot say."""
    content = telling(corners((40, 20)), KINDS[ending], orientation)
    sideways = orientation >= 5 and ending != ".gif"

    found = facts(tmp_path, f"b{ending}", content)

    assert (found.width, found.height) == ((20, 40) if sideways else (40, 20))
    assert found.digest == sha256(content).hexdigest()
    assert found.size < len(content) or ending == ".avif"


@pytest.mark.parametrize(
    ("picture", "opaque"),
    [
        (corners(), True),
        (corners().convert("L"), True),
        (corners().convert("RGBA"), False),
        (corners().convert("P"), False),
    ],
)
def test_what_may_be_seen_through(tmp_path: Path, picture: Image.Image, *, opaque: bool) -> None:
    """A PNG says in its header whether anything in it may be see-through."""
    assert facts(tmp_path, "b.png", saved(picture, "PNG")).opaque is opaque


@pytest.mark.parametrize("ending", [".gif", ".png", ".webp"])
def test_what_moves(tmp_path: Path, ending: str) -> None:
    """More than one frame makes an animation; a telephone's double photograph is none."""
    two = {"save_all": True, "append_images": [corners()]}
    moving = saved(scene((40, 20)), KINDS[ending], **two)
    still = saved(corners(), KINDS[ending])
    double = saved(scene((40, 20)), "MPO", **two)

    assert facts(tmp_path, f"a{ending}", moving).animated
    assert not facts(tmp_path, f"b{ending}", still).animated
    assert not facts(tmp_path, "c.jpg", double).animated


@pytest.mark.parametrize(
    ("name", "content", "fault", "fix"),
    [
        ("b.jpg", b"", "is empty", "save the file again"),
        ("b.png", b"not a picture", "is not the picture its name says", "put another"),
        ("b.svg", b"not a drawing", "is no drawing in SVG", "put another"),
        ("b.jpg", saved(corners(), "PNG"), "another kind (PNG)", "rename it b.png"),
        ("b.jpg", saved(corners(), "BMP"), "another kind (BMP)", "save it as JPEG"),
        ("b.png", enormous_png(30_000, 30_000), "has far too many pixels", "3000 pixels wide"),
        ("b.png", enormous_png(10_000, 9_000), "10000 × 9000 pixels", "3000 pixels wide"),
        ("b.heic", b"ftypheic", "browsers do not show", "save it as JPEG"),
        ("b.html", b"<p>Hej", "runs as a part of the site", "save it as PDF"),
        ("b.XHTML", b"<html/>", "runs as a part of the site", "pack it in a ZIP file"),
        ("b.js", b"alert(1)", "runs as a part of the site", "ZIP"),
        ("b.xml", b"<?xml-stylesheet href='b.xsl'?><a/>", "runs as a part of the site", "ZIP"),
        ("b.svgz", b"\x1f\x8b", "runs as a part of the site", "ZIP"),
        ("b.swf", b"FWS", "runs as a part of the site", "ZIP"),
        ("b.php", b"<?php", "runs as a part of the site", "ZIP"),
        ("b.TIFF", b"II*", "browsers do not show", "save it as JPEG"),
        ("b.jpg", saved(scene(), "JPEG")[:-900], "is cut short", "save the file again"),
        ("b.png", saved(scene(), "PNG")[:-900], "is cut short", "save the file again"),
        ("b.gif", saved(scene(), "GIF")[:-900], "is cut short", "save the file again"),
        ("b.webp", saved(scene(), "WEBP")[:-900], "is a damaged picture", "save the file again"),
        ("b.avif", saved(scene((90, 60)), "AVIF")[:-90], "is a damaged picture", "save the file"),
        (
            "b.avif",
            saved(scene((90, 60)), "AVIF", save_all=True, append_images=[corners((90, 60))]),
            "is an animation in AVIF",
            "put another",
        ),
    ],
)
def test_what_cannot_be_used(
    tmp_path: Path, name: str, content: bytes, fault: str, fix: str
) -> None:
    """It is told what is wrong with a picture and what to do about it."""
    with pytest.raises(UnusableError) as told:
        facts(tmp_path, name, content)

    assert fault in told.value.fault
    assert fix in told.value.fix


def test_a_ribbon_is_a_picture(tmp_path: Path) -> None:
    """Thirty thousand pixels one way are no harm as long as there are few the other."""
    assert facts(tmp_path, "b.png", saved(scene((30_000, 3)), "PNG")).width == 30_000


def test_a_file_too_heavy_to_be_looked_at(tmp_path: Path) -> None:
    """Sixty megabytes are refused before they are read into memory."""
    path = tmp_path / "b.jpg"
    with path.open("wb") as file:
        file.truncate(60_000_000)

    with pytest.raises(UnusableError, match="is larger than 50 MB"):
        measure(path, "image/jpeg")


def test_a_document(tmp_path: Path) -> None:
    """Of what is no picture only digest and size are found out."""
    assert facts(tmp_path, "r.pdf", b"%PDF") == Facts(sha256(b"%PDF").hexdigest(), 4)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """A file that vanished meanwhile, or cannot be read, is told."""
    with pytest.raises(UnusableError, match="cannot be read"):
        measure(tmp_path / "b.jpg", "image/jpeg")
