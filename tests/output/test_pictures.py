import threading
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from newsroom.content.folder.measure import measure
from newsroom.errors import ContentError, StateError
from newsroom.model import Addresses, Asset
from newsroom.output.pictures import picture_pages, sweep
from newsroom.output.tree import Tree
from newsroom.render.page import Page
from tests.photographs import SECRET, corners, opened, saved, scene, telling
from tests.render.pieces import make_site

ADDRESSES = Addresses(make_site())
TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def put(root: Path, name: str, content: bytes) -> Asset:
    """A file of the content folder, and what reading finds out about it."""
    source = PurePosixPath("posts/news/a", name)
    path = root / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    media_type = TYPES[source.suffix[1:]]
    facts = measure(path, media_type)
    return Asset(
        source=source,
        size=facts.size,
        digest=facts.digest,
        media_type=media_type,
        width=facts.width,
        height=facts.height,
        animated=facts.animated,
        opaque=facts.opaque,
    )


def planned(root: Path, *shown: Asset, offered: tuple[Asset, ...] = ()) -> tuple[Page, ...]:
    """The pages of some pictures, with a cache beside them."""
    return picture_pages(shown, offered, ADDRESSES, root.joinpath, root / "cache")


def kept(root: Path) -> set[str]:
    """The names in the cache."""
    return {path.name for path in (root / "cache").iterdir()}


def test_a_photograph_on_the_site(tmp_path: Path) -> None:
    """A photograph of a post comes in two widths, neither of which tells where it was taken."""
    photo = put(tmp_path, "b.jpg", telling(scene((2000, 1500)), "JPEG", orientation=6))

    pages = planned(tmp_path, photo)
    files = {page.path.rpartition("/")[2]: page.render() for page in pages}

    assert SECRET in (tmp_path / photo.source).read_bytes()
    assert {name: opened(file).size for name, file in files.items()} == {
        "b-1440.jpg": (1440, 1920),
        "b-720.jpg": (720, 960),
    }
    assert not any(SECRET in file for file in files.values())


def test_what_is_no_picture_is_passed_over(tmp_path: Path) -> None:
    """Documents are copied elsewhere."""
    document = put(tmp_path, "r.pdf", b"%PDF")

    assert planned(tmp_path, document, offered=(document,)) == ()


@pytest.mark.parametrize("name", ["b.jpg", "b.png", "b.gif", "b.webp", "b.avif"])
def test_a_picture_to_save_keeps_its_size(tmp_path: Path, name: str) -> None:
    """A press photograph is offered as large as it came, and tells nothing either."""
    kind = {"jpg": "JPEG"}.get(name[2:], name[2:].upper())
    photo = put(tmp_path, name, telling(scene((1600, 1200)), kind))

    (page,) = planned(tmp_path, offered=(photo,))
    file = page.render()

    assert page.path.endswith(f"/{name}")
    assert opened(file).size == (1600, 1200)
    assert SECRET not in file
    assert name == "b.avif" or len(file) == photo.size


def test_a_logo_with_a_script(tmp_path: Path) -> None:
    """A drawing comes to the site without what would run there."""
    logo = put(tmp_path, "logo.svg", LOGO)

    (page,) = planned(tmp_path, logo, offered=(logo,))

    assert page.render() == b'<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    assert len(page.render()) == logo.size


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_an_animation_moves_on_the_site(tmp_path: Path, kind: str) -> None:
    """Animated pictures keep their frames and their width."""
    frames = [scene((1600, 12)), corners((1600, 12))]
    moving = saved(frames[0], kind.upper(), save_all=True, append_images=frames[1:], duration=90)
    asset = put(tmp_path, f"b.{kind}", moving)

    (page,) = planned(tmp_path, asset)

    with opened(page.render()) as picture:
        assert getattr(picture, "n_frames", 1) == 2
        assert picture.width == 1600


def test_a_picture_is_made_once(tmp_path: Path) -> None:
    """A site built from nothing takes its pictures from the cache, and has the same bytes."""
    photo = put(tmp_path, "b.jpg", saved(scene(), "JPEG"))
    first = [page.render() for page in planned(tmp_path, photo)]
    (tmp_path / photo.source).unlink()

    again = [page.render() for page in planned(tmp_path, photo)]

    assert again == first


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 500])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    """What a full disk or a crash left in the cache never reaches the site."""
    photo = put(tmp_path, "b.jpg", saved(scene(), "JPEG"))
    first = [page.render() for page in planned(tmp_path, photo)]
    for name in kept(tmp_path):
        (tmp_path / "cache" / name).write_bytes(damage)

    assert [page.render() for page in planned(tmp_path, photo)] == first


def test_without_room_for_a_cache(tmp_path: Path) -> None:
    """A cache that cannot be written costs time and nothing else."""
    photo = put(tmp_path, "b.jpg", saved(scene(), "JPEG"))
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")

    (large, _) = planned(tmp_path, photo)

    assert opened(large.render()).width == 1440


def test_an_erased_portrait_leaves_the_cache(tmp_path: Path) -> None:
    """What no page shows any more is gone from the cache after the next build."""
    anna = put(tmp_path, "anna.jpg", saved(scene((400, 400)), "JPEG"))
    bo = put(tmp_path, "bo.jpg", saved(corners((400, 400)), "JPEG"))
    both = planned(tmp_path, anna, bo)
    for page in both:
        page.render()
    (tmp_path / "cache/.left-by-a-crash").touch()

    sweep(tmp_path / "cache", planned(tmp_path, bo))

    assert kept(tmp_path) == {planned(tmp_path, bo)[0].digest}
    sweep(tmp_path / "no cache yet", both)


def test_inputs_say_what_a_picture_is_made_from(tmp_path: Path) -> None:
    """Other bytes give other inputs and another address; another name only the address."""
    photo = put(tmp_path, "b.jpg", saved(scene((400, 300)), "JPEG"))
    twin = put(tmp_path, "c.jpg", saved(scene((400, 300)), "JPEG"))
    other = put(tmp_path, "d.jpg", saved(corners((400, 300)), "JPEG"))

    first, second, third = (planned(tmp_path, a)[0] for a in (photo, twin, other))

    assert first.digest == second.digest != third.digest
    assert first.path.split("/")[:2] == second.path.split("/")[:2] != third.path.split("/")[:2]


def test_a_picture_changed_meanwhile(tmp_path: Path) -> None:
    """A source that is no longer the one that was read never comes under the old address."""
    photo = put(tmp_path, "b.jpg", saved(scene((400, 300)), "JPEG"))
    (page,) = planned(tmp_path, photo)
    put(tmp_path, "b.jpg", saved(corners((400, 300)), "JPEG"))

    with pytest.raises(StateError, match=r"posts/news/a/b\.jpg was changed"):
        page.render()


def test_a_picture_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    """What only decoding finds out names the file and what to do; other pages are made."""
    broken = saved(scene((400, 300)), "WEBP")
    broken = broken[:40] + bytes(len(broken) - 40)
    asset = Asset(
        PurePosixPath("posts/b.webp"), 9, sha256(broken).hexdigest(), "image/webp", 400, 300
    )
    (tmp_path / "posts").mkdir()
    (tmp_path / asset.source).write_bytes(broken)
    good = Page("index.html", ("a",), lambda: b"a")
    tree = Tree(tmp_path / "public", tmp_path / "var/site.json", "1", wait=0)

    tally = tree.write([good, *planned(tmp_path, asset)], [])

    assert (tmp_path / "public/index.html").read_bytes() == b"a"
    (problem,) = tally.problems
    assert "posts/b.webp cannot be decoded" in problem.message
    assert "save it again, or put another in its place" in problem.message


def test_the_tree_keeps_a_picture_that_is_the_same(tmp_path: Path) -> None:
    """A second build looks at neither the source nor the cache."""
    photo = put(tmp_path, "b.jpg", saved(scene(), "JPEG"))
    tree = Tree(tmp_path / "public", tmp_path / "var/site.json", "1", wait=0)
    tree.write(planned(tmp_path, photo), [])
    (tmp_path / photo.source).unlink()
    sweep(tmp_path / "cache", ())

    tally = tree.write(planned(tmp_path, photo), [])

    assert (tally.pages, tally.written, tally.problems) == (2, 0, ())


def test_two_that_make_the_same_picture(tmp_path: Path) -> None:
    """Two builds at once give the same bytes, and leave one whole file in the cache."""
    photo = put(tmp_path, "b.jpg", saved(scene((400, 300)), "JPEG"))
    made: list[Any] = []
    runs = [
        threading.Thread(target=lambda: made.append(planned(tmp_path, photo)[0].render()))
        for _ in range(4)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert len(made) == 4
    assert len(set(made)) == 1
    assert kept(tmp_path) == {planned(tmp_path, photo)[0].digest}


def test_what_is_neither_there_nor_kept(tmp_path: Path) -> None:
    """A source that is gone is an error of that picture."""
    photo = put(tmp_path, "b.jpg", saved(scene((400, 300)), "JPEG"))
    (tmp_path / photo.source).unlink()

    with pytest.raises((ContentError, OSError), match=r"b\.jpg"):
        planned(tmp_path, photo)[0].render()
