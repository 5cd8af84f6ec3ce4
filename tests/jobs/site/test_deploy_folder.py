"""The folder that a web server reads has the old site or the new one, at every moment."""

import os
import threading
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.site.deploy_folder import switch_folder


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A built site of a few pages."""
    built = tmp_path / "house" / "public"
    lay(built, {"index.html": "one", "nyheter/index.html": "one", "style.css": "same"})
    return built


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where it is read."""
    return tmp_path / "www" / "site"


def lay(folder: Path, files: dict[str, str]) -> None:
    """Have a folder hold these files; those that are there as they should be stay."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text() != text:
            path.unlink(missing_ok=True)
            path.write_text(text)


def shown(folder: Path) -> dict[str, str]:
    """The files of a folder, links followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_whole_site_is_brought(public: Path, place: Path) -> None:
    """Every file is there, with its time, so that nobody fetches what he has."""
    os.utime(public / "index.html", ns=(10**18, 10**18))

    assert switch_folder(public, place)

    assert shown(place) == shown(public)
    assert (place / "index.html").stat().st_mtime_ns == 10**18


def test_what_is_there_is_not_brought_again(public: Path, place: Path) -> None:
    """A second time nothing happens; a file that somebody has broken is mended."""
    switch_folder(public, place)
    first = place.resolve()

    again = switch_folder(public, place)
    (place / "style.css").unlink()
    mended = switch_folder(public, place)

    assert (again, mended) == (False, True)
    assert place.resolve() != first
    assert shown(place) == shown(public)


def test_a_file_in_its_place_is_left_alone(public: Path, place: Path) -> None:
    """A slip in site.yaml costs nobody a file."""
    lay(place.parent, {place.name: "viktigt"})

    with pytest.raises(OutsideError, match="is a file; name a folder"):
        switch_folder(public, place)

    assert place.read_text() == "viktigt"


def test_at_every_moment_one_site_whole(public: Path, place: Path) -> None:
    """Whoever reads all pages in one go, again and again, never finds two sites in one."""
    pages = {f"sida-{number}.html": "0" for number in range(40)}
    lay(public, pages)
    switch_folder(public, place)
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            folder = place.resolve()  # as a server does that opens a folder once for a request
            try:
                found = {(folder / name).read_text() for name in pages}
            except FileNotFoundError as error:  # two switches later a release is cleared away
                wrong.extend([error] if place.resolve() == folder else [])
                continue
            if len(found) != 1:
                wrong.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    for round_ in range(1, 15):
        lay(public, dict.fromkeys(pages, str(round_)))
        switch_folder(public, place)
    done.set()
    reader.join()

    assert wrong == []
    assert shown(place) == shown(public)


def test_old_releases_go(public: Path, place: Path) -> None:
    """Beside what is read only the release before it stays, for whoever is still reading that."""
    for number in range(5):
        lay(public, {"index.html": str(number)})
        switch_folder(public, place)

    beside = {path.name for path in place.parent.joinpath(".site.releases").iterdir()}
    assert beside == {"4", "4.files", "5", "5.files"}


def test_what_is_gone_goes_and_what_others_put_there_stays(public: Path, place: Path) -> None:
    """A page that is built no more is not read any more; a certificate's proof is left alone."""
    switch_folder(public, place)
    lay(place, {".well-known/proof": "of somebody else"})
    (public / "nyheter/index.html").unlink()

    switch_folder(public, place)
    lay(public, {"index.html": "two"})
    switch_folder(public, place)

    assert shown(place) == {
        ".well-known/proof": "of somebody else",
        "index.html": "two",
        "style.css": "same",
    }


def test_a_folder_that_was_read_before(public: Path, place: Path) -> None:
    """A real folder becomes a link, with what else lay in it."""
    lay(place, {"index.html": "old", "robots.txt": "mine"})

    switch_folder(public, place)

    assert place.is_symlink()
    assert shown(place) == {**shown(public), "robots.txt": "mine"}


def test_a_link_of_somebody_elses(public: Path, place: Path, tmp_path: Path) -> None:
    """Where the operator's own link leads to another disk, that is where the site is brought."""
    disk = tmp_path / "disk"
    disk.mkdir()
    place.parent.mkdir()
    place.symlink_to(disk / "site")

    switch_folder(public, place)

    assert place.readlink() == disk / "site"
    assert shown(place) == shown(public)


def test_a_file_that_is_written_in_place_changes_no_release(public: Path, place: Path) -> None:
    """Releases share files with each other and never with the built site."""
    switch_folder(public, place)

    (public / "style.css").write_text("other")

    assert (place / "style.css").read_text() == "same"


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no second disk here")
def test_another_disk(public: Path, tmp_path: Path) -> None:
    """The served folder may lie on another file system than the built site."""
    disk = Path("/dev/shm") / tmp_path.name
    if (tmp_path.stat().st_dev) == Path("/dev/shm").stat().st_dev:
        pytest.skip("it is the same disk")
    try:
        switch_folder(public, disk / "site")
        lay(public, {"index.html": "two"})
        switch_folder(public, disk / "site")

        assert shown(disk / "site") == shown(public)
    finally:
        import shutil

        shutil.rmtree(disk, ignore_errors=True)


def test_a_disk_that_refuses(public: Path, place: Path) -> None:
    """Where nothing can be written, that is said, and the folder stays as it was."""
    place.parent.mkdir()
    (place.parent / ".site.releases").write_text("in the way")

    with pytest.raises(OutsideError, match="the site there is as it was"):
        switch_folder(public, place)

    assert not place.exists()


def test_links_in_a_circle(public: Path, place: Path) -> None:
    """Links that lead nowhere but round are told of."""
    place.parent.mkdir()
    other = place.with_name("other")
    place.symlink_to(other)
    other.symlink_to(place)

    with pytest.raises(OutsideError, match="links that lead in a circle"):
        switch_folder(public, place)


def test_a_release_that_was_begun_is_no_obstacle(public: Path, place: Path) -> None:
    """What a process that was killed left half done is passed over, and cleared away."""
    lay(place.parent / ".site.releases" / "1", {"index.html": "half"})
    lay(place.parent / ".site.releases", {"2.link": "half"})

    switch_folder(public, place)
    lay(place.parent / ".site.releases" / "3", {"index.html": "half"})
    lay(public, {"index.html": "two"})
    switch_folder(public, place)

    assert shown(place) == shown(public)
    beside = {path.name for path in place.parent.joinpath(".site.releases").iterdir()}
    assert {name for name in beside if name.isdigit()} == {"2", "4"}


def test_a_switch_that_was_cut_short_loses_nobody_a_file(public: Path, place: Path) -> None:
    """Killed when the real folder had left its place, the next switch carries on what lay there."""
    releases = place.parent / ".site.releases"
    lay(releases / "0", {"index.html": "old", "robots.txt": "mine"})
    lay(releases / "1", {**shown(public), "robots.txt": "mine"})
    lay(releases, {"1.files": "".join(f"{name}\n" for name in shown(public))})
    (releases / "1.link").symlink_to(Path(releases.name, "1"))

    switch_folder(public, place)
    first = shown(place)
    lay(public, {"index.html": "two"})
    switch_folder(public, place)

    assert first["robots.txt"] == shown(place)["robots.txt"] == "mine"
    assert shown(place)["index.html"] == "two"


def test_a_release_that_was_half_laid_is_nobodys(public: Path, place: Path) -> None:
    """Of a first release that was killed half laid, what is built no more is not carried along."""
    releases = place.parent / ".site.releases"
    lay(releases, {"1.files": "borta.html\nindex.html\n"})
    lay(releases / "1", {"borta.html": "draft"})

    switch_folder(public, place)

    assert shown(place) == shown(public)


def test_a_site_that_is_there_is_not_told_as_refused(public: Path, place: Path) -> None:
    """What an older release leaves behind, where it cannot be removed, does not undo a switch."""
    switch_folder(public, place)
    lay(public, {"index.html": "two"})
    switch_folder(public, place)
    (place.parent / ".site.releases" / "1.files").unlink()
    lay(place.parent / ".site.releases" / "1.files", {"in the way": ""})
    lay(public, {"index.html": "three"})

    assert switch_folder(public, place)

    assert shown(place) == shown(public)
