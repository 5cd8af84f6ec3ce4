"""Pictures as cameras, telephones and drawing programs write them, made by Pillow for the tests."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

ORIENTATION, MAKE, COMMENT, GPS = 0x0112, 0x010F, 0x9286, 0x8825
SECRET = b"Storgatan 1"  # what no picture of a site may tell


def scene(size: tuple[int, int] = (1600, 1200), mode: str = "RGB") -> Image.Image:
    """A picture with light and shade, another in each corner, and some grain, as photographs have.

    Made by arithmetic, so that it is the same on every run.
    """
    small = Image.new("RGB", (16, 12))
    for x in range(16):
        for y in range(12):
            grain = (x * 37 + y * 101 + x * y * 13) % 23
            small.putpixel((x, y), (x * 15 + grain, y * 20 + grain, 255 - x * 9 - y * 8))
    return small.resize(size, Image.Resampling.BICUBIC).convert(mode)


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture that no lossless file can make small."""
    count = size[0] * size[1] * len(mode)
    steps = (i * 2654435761 % 4294967296 >> 24 for i in range(count))
    return Image.frombytes(mode, size, bytes(steps))


def corners(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red, green, blue and white, clockwise from the top left: to see how a picture is turned."""
    picture = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    picture.paste("red", (0, 0, *half))
    picture.paste("lime", (half[0], 0, size[0], half[1]))
    picture.paste("blue", (*half, *size))
    return picture


def notes(orientation: int = 1) -> Image.Exif:
    """What a camera writes: how it was held, who made it, where it stood."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (59.0, 19.0, 45.0), 3: "E", 4: (18.0, 4.0, 7.0)})
    return exif


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401
    """The picture as a file of a kind that Pillow writes."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def telling(picture: Image.Image, kind: str, orientation: int = 1) -> bytes:
    """The picture as a file that tells of the place in every way its kind knows."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    match kind:
        case "JPEG":
            more: dict[str, Any] = {"xmp": xmp, "comment": SECRET}
        case "PNG":
            text = PngImagePlugin.PngInfo()
            text.add_text("Author", SECRET.decode())
            text.add_itxt("XML:com.adobe.xmp", xmp.decode())
            more = {"pnginfo": text}
        case "GIF":
            return saved(picture, "GIF", comment=SECRET)
        case _:
            more = {"xmp": xmp}
    return saved(picture, kind, exif=notes(orientation), **more) + SECRET


def swapped_profile() -> bytes:
    """A colour profile in which red is the web's green and green its red."""
    web = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = web.replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))
    return other.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(BytesIO(content))
