import pytest
from PIL import Image, ImageChops

from newsroom.errors import ContentError
from newsroom.render.pictures.bare import bare, orientation
from tests.photographs import (
    GPS,
    ORIENTATION,
    SECRET,
    corners,
    notes,
    opened,
    saved,
    scene,
    swapped_profile,
    telling,
)

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}


def same(first: bytes, second: bytes) -> bool:
    """Whether two files show the same pixels, in every frame."""
    with opened(first) as one, opened(second) as other:
        frames = getattr(one, "n_frames", 1)
        assert frames == getattr(other, "n_frames", 1)
        for frame in range(frames):
            one.seek(frame)
            other.seek(frame)
            if ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox():
                return False
    return True


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_told_beside_the_picture(kind: str) -> None:
    """Place, camera, comments and what stands after the picture's end are gone, no pixel is."""
    told = telling(scene((90, 60)), kind)

    freed = bare(told, TYPES[kind])

    assert SECRET in told
    assert SECRET not in freed
    with opened(freed) as picture:
        assert not picture.getexif()
        assert not {"comment", "xmp", "Author"} & picture.info.keys()
    assert same(told, freed)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_how_it_was_held_is_kept(kind: str) -> None:
    """Of the camera's notes only the one that turns the picture upright stays."""
    freed = bare(telling(corners(), kind, orientation=6), TYPES[kind])

    with opened(freed) as picture:
        assert dict(picture.getexif()) == {ORIENTATION: 6}
        assert not picture.getexif().get_ifd(GPS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_kept_when_asked_for(kind: str) -> None:
    """A colour profile stays in a picture to be saved, and goes from one that is shown."""
    coloured = saved(scene((60, 40)), kind, icc_profile=swapped_profile())

    with opened(bare(coloured, TYPES[kind], colours=True)) as picture:
        assert picture.info["icc_profile"] == swapped_profile()
    with opened(bare(coloured, TYPES[kind])) as picture:
        assert "icc_profile" not in picture.info


def test_a_thumbnail_goes() -> None:
    """The small picture that a camera keeps beside the large one, of what was cut away, goes."""
    thumbnail = saved(corners(), "JPEG")
    jfxx = b"\xff\xe0" + (8 + len(thumbnail)).to_bytes(2) + b"JFXX\0\x10" + thumbnail
    plain = saved(scene((90, 60)), "JPEG")

    assert bare(plain[:2] + jfxx + plain[2:], "image/jpeg") == bare(plain, "image/jpeg")


def test_a_progressive_photograph_stays_whole() -> None:
    """Every scan of a progressive JPEG is kept, and restart marks in it end nothing."""
    told = saved(scene(), "JPEG", progressive=True, restart_marker_rows=1)

    assert same(told, bare(told, "image/jpeg"))


def test_a_second_photograph_in_the_file_goes() -> None:
    """Telephones put two photographs, or a film, into one file: only the one shown is kept."""
    two = saved(scene((90, 60)), "MPO", save_all=True, append_images=[corners((90, 60))])

    with opened(bare(two, "image/jpeg")) as picture:
        assert picture.format == "JPEG"
    assert len(bare(two, "image/jpeg")) < len(two)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_an_animation_moves_as_before(kind: str) -> None:
    """Frames, their times and how often they are shown stay."""
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "lime", "blue")]
    moving = saved(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=2
    )

    freed = bare(moving, TYPES[kind])

    assert same(moving, freed)
    with opened(moving) as before, opened(freed) as after:
        assert after.info.get("loop") == before.info.get("loop") == 2
        assert after.info.get("duration") == before.info.get("duration")


def test_a_gif_without_its_end_gets_one() -> None:
    """Some programs leave out the last byte; every browser shows the picture all the same."""
    whole = saved(corners(), "GIF")

    assert bare(whole[:-1], "image/gif") == bare(whole, "image/gif")


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_told(kind: str, part: float) -> None:
    """A file of which the end is missing is found out without decoding it."""
    whole = saved(scene((300, 200)), kind)

    with pytest.raises(ContentError, match="is cut short or damaged"):
        bare(whole[: int(len(whole) * part)], TYPES[kind])


@pytest.mark.parametrize("kind", TYPES)
def test_no_bytes_at_all(kind: str) -> None:
    """Nothing, or what is no picture, is told and never a crash."""
    for content in (b"", b"\xff", b"not a picture at all, but a sentence"):
        with pytest.raises(ContentError, match="is cut short or damaged"):
            bare(content, TYPES[kind])


@pytest.mark.parametrize("kind", TYPES)
def test_a_file_of_another_kind(kind: str) -> None:
    """No file passes for one of another kind."""
    for other in TYPES.keys() - {kind}:
        with pytest.raises(ContentError, match="is cut short or damaged"):
            bare(saved(corners(), other), TYPES[kind])


def test_bytes_between_the_parts_of_a_jpeg() -> None:
    """Fill bytes and marks that stand alone are allowed between the parts and passed over."""
    plain = saved(corners(), "JPEG")

    assert bare(plain[:2] + b"\xff\x01\xff\xff" + plain[2:], "image/jpeg") == plain


def test_a_webp_whose_last_part_is_too_long() -> None:
    """A part that says it is longer than the file is told."""
    whole = bytearray(saved(corners(), "WEBP"))
    whole[16:20] = (10_000).to_bytes(4, "little")

    with pytest.raises(ContentError, match="is cut short or damaged"):
        bare(bytes(whole), "image/webp")


def test_a_damaged_chunk_is_told() -> None:
    """A PNG with one wrong byte is known by the sum of that chunk."""
    whole = bytearray(saved(scene((90, 60)), "PNG"))
    whole[len(whole) // 2] ^= 1

    with pytest.raises(ContentError, match="is cut short or damaged"):
        bare(bytes(whole), "image/png")


def test_a_kind_that_is_not_known() -> None:
    """What this cannot be done with is refused, never passed on as it is."""
    with pytest.raises(ContentError, match=r"image/avif"):
        bare(b"", "image/avif")


@pytest.mark.parametrize("order", ["II", "MM"])
def test_orientation_in_both_orders_of_bytes(order: str) -> None:
    """Cameras write numbers from either end."""
    exif = notes(8)
    exif.endian = "<" if order == "II" else ">"

    assert orientation(exif.tobytes()) == 8


@pytest.mark.parametrize("exif", [b"", b"II", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"])
def test_damaged_notes_turn_nothing(exif: bytes) -> None:
    """Notes that make no sense leave the picture upright."""
    assert orientation(exif) == 1


def test_a_gif_with_a_part_nobody_knows() -> None:
    """A GIF whose parts do not follow each other is told."""
    whole = saved(corners(), "GIF")

    with pytest.raises(ContentError, match="is cut short or damaged"):
        bare(whole[:-1] + b"?", "image/gif")
