import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from newsroom.output.pagefind import Pagefind, find_pagefind
from newsroom.output.search import SearchIndex
from newsroom.render.bundles import Bundle
from tests.processes import PATIENCE, environment


def pagefind() -> Pagefind:
    """The program as it is installed here."""
    found = find_pagefind()
    assert found
    return found


@dataclass(frozen=True, slots=True)
class House:
    """A site's folder, and the index of it."""

    folder: Path

    @property
    def out(self) -> Path:
        """The site."""
        return self.folder / "public"

    @property
    def index(self) -> SearchIndex:
        """The index, with what is remembered of it."""
        return SearchIndex(self.out, self.folder / "var/search.json", pagefind())

    def write(self, texts: Mapping[str, str], menu: str = "Meny") -> None:
        """Pages with these texts."""
        for address, text in texts.items():
            file = self.out / f"{address}index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f'<!doctype html><html lang="sv"><body><nav>{menu}</nav>'
                f'<article class="sheet" data-pagefind-body><h1>{address}</h1><p>{text}</p>'
                "</article><nav>Nyare</nav></body></html>"
            )

    def files(self) -> dict[str, bytes]:
        """What lies in the folder of search."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted((self.out / "sok").rglob("*"))
            if path.is_file()
        }

    def times(self) -> dict[str, int]:
        """When each file of the folder of search was written."""
        return {name: (self.out / name).stat().st_mtime_ns for name in self.files()}

    def said(self) -> str:
        """All that the files say, unpacked."""
        return "\n".join(
            (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode(
                errors="replace"
            )
            for content in self.files().values()
        )


def bundle(name: str, pages: Iterable[str]) -> Bundle:
    """Pages of a Swedish site."""
    return Bundle(f"sok/{name}/", "sv", tuple(pages))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A site of three pages."""
    house = House(tmp_path)
    house.write({"a/": "Om krabbor.", "b/": "Om kräftor.", "c/": "Om räkor."})
    return house


BOTH = (bundle("newest", ["c/"]), bundle("1-2", ["a/", "b/"]))


def test_a_browser_gets_what_it_needs_and_no_more(house: House) -> None:
    """One bundle has what browsers run; each has its list, its words and a piece for each page."""
    newest, other = BOTH
    assert house.index.renew([replace(newest, weight=2), other]) == ()

    names = {name.partition("_")[0].partition("sv_")[0] for name in house.files()}
    assert names == {
        "sok/bundles.json",
        "sok/newest/fragment/sv",
        "sok/newest/index/sv",
        "sok/newest/pagefind-entry.json",
        "sok/newest/pagefind.js",
        "sok/newest/pagefind.sv",
        "sok/newest/wasm.sv.pagefind",
        "sok/1-2/fragment/sv",
        "sok/1-2/index/sv",
        "sok/1-2/pagefind-entry.json",
        "sok/1-2/pagefind.sv",
    }
    listed = json.loads(house.files()["sok/bundles.json"])
    assert [(entry["folder"], entry["weight"]) for entry in listed] == [("newest/", 2), ("1-2/", 1)]
    assert "/a/" in house.said()
    assert "Meny" not in house.said()


def test_the_same_pages_give_the_same_files(house: House, tmp_path: Path) -> None:
    """In whatever folder and order they were written, and whenever."""
    texts = {f"sida-{number}/": f"Text nummer {number}." for number in range(30)}
    other = House(tmp_path / "other")
    other.write(dict(reversed(texts.items())), menu="En annan meny")
    other.index.renew([bundle("newest", texts)])
    house.write(texts)
    house.index.renew([bundle("newest", texts)])

    assert house.files() == other.files()


def test_only_the_bundle_with_new_texts_is_made_anew(house: House) -> None:
    """A post more touches the newest bundle; in it, what is said of the others stays as it was."""
    house.index.renew(BOTH)
    before = house.times()
    house.write({"d/": "Om musslor."})

    house.index.renew((bundle("newest", ["c/", "d/"]), BOTH[1]))

    after = house.times()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name.rpartition("/")[0] for name in changed} == {
        "sok",
        "sok/newest",
        "sok/newest/index",
        "sok/newest/fragment",
    }
    assert {name for name in changed if "pagefind.js" in name or "wasm" in name} == set()
    assert len([name for name in changed if "fragment" in name]) == 1


def test_another_menu_or_neighbour_changes_nothing(house: House) -> None:
    """Pages that are written anew with the same text are searched as before."""
    house.index.renew(BOTH)
    before = house.times()
    house.write({"a/": "Om krabbor.", "b/": "Om kräftor.", "c/": "Om räkor."}, menu="Ny meny")

    house.index.renew(BOTH)

    assert house.times() == before


def test_nothing_new_is_nothing_done(house: House) -> None:
    """When all is as it was, Pagefind is not even started."""
    house.index.renew(BOTH)
    before = house.times()
    idle = replace(house.index, pagefind=replace(pagefind(), patience=0))

    assert idle.renew(BOTH) == ()

    assert house.times() == before


@pytest.mark.parametrize("how", ["corrected", "removed"])
def test_what_was_taken_back_is_in_no_file(house: House, how: str) -> None:
    """A text that was corrected, or whose page is gone, is in no part of the index, unpacked."""
    house.index.renew(BOTH)
    assert "kräftor" in house.said()

    if how == "corrected":
        house.write({"b/": "Om fiskar."})
        house.index.renew(BOTH)
    else:
        (house.out / "b/index.html").unlink()
        house.index.renew((BOTH[0], bundle("1-2", ["a/"])))

    assert "kräft" not in house.said()
    assert "krabbor" in house.said()


def test_a_bundle_that_is_no_longer_wanted_goes(house: House) -> None:
    """What Pagefind made for it goes, and what somebody else put there stays."""
    house.index.renew(BOTH)
    (house.out / "sok/1-2/notes.txt").write_text("mine")
    (house.out / "sok/index.html").write_text("the page")

    house.index.renew((bundle("newest", ["a/", "b/", "c/"]),))

    assert {name for name in house.files() if "newest" not in name} == {
        "sok/1-2/notes.txt",
        "sok/bundles.json",
        "sok/index.html",
    }


def test_without_the_program_there_is_no_index(house: House) -> None:
    """Nothing is made and nothing is said; one that was made before is taken away."""
    without = replace(house.index, pagefind=None)
    assert without.renew(BOTH) == ()
    assert not (house.out / "sok").exists()
    house.index.renew(BOTH)

    assert without.renew(BOTH) == ()

    assert house.files() == {}
    assert not (house.out / "sok").exists()


def test_the_folder_follows_the_address_of_the_page(house: House) -> None:
    """When the path word of search changes, the old folder is emptied."""
    house.index.renew(BOTH)

    house.index.renew([Bundle("hitta/newest/", "sv", ("a/", "b/", "c/"))])

    assert house.files() == {}
    assert (house.out / "hitta/bundles.json").is_file()


def script(path: Path, text: str, patience: float) -> Pagefind:
    """A program that stands in Pagefind's place."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return Pagefind(path, patience)


@pytest.mark.parametrize(
    ("text", "patience", "why"),
    [
        ("sleep 20", 0.5, "took longer than 0.5 seconds"),
        ("echo broken >&2; exit 3", PATIENCE, "ended with status 3: broken"),
        ("exit 0", PATIENCE, "made no index"),
    ],
)
def test_a_failure_is_a_warning(
    house: House, tmp_path: Path, text: str, patience: float, why: str
) -> None:
    """The build goes on; what could not be renewed is taken away, and made the next time."""
    house.index.renew(BOTH)
    house.write({"b/": "Om fiskar."})
    failing = replace(house.index, pagefind=script(tmp_path / "pagefind", text, patience))

    (problem,) = failing.renew(BOTH)

    assert problem.severity == "warning"
    assert why in problem.message
    assert "kräft" not in house.said()
    assert house.index.renew(BOTH) == ()
    assert "fiskar" in house.said()


def test_a_program_that_cannot_be_started_is_told_of(house: House, tmp_path: Path) -> None:
    """So is one that may not be run."""
    (tmp_path / "pagefind").touch()
    (problem,) = replace(house.index, pagefind=Pagefind(tmp_path / "pagefind")).renew(BOTH)

    assert "could not be started" in problem.message


def test_a_full_or_closed_disk_is_a_warning(house: House) -> None:
    """A folder that cannot be written to is named."""
    (house.out / "sok").write_text("a file in the way")

    (problem,) = house.index.renew(BOTH)

    assert "sok" in problem.message


@pytest.mark.parametrize("touch", [Path.unlink, lambda file: file.write_bytes(b"")])
@pytest.mark.parametrize("name", ["fragment/*", "index/*", "pagefind-entry.json"])
def test_an_index_that_somebody_touched_is_made_whole(
    house: House, name: str, touch: Callable[[Path], object]
) -> None:
    """Files that are gone, or cut short where the power went, come back."""
    house.index.renew(BOTH)
    before = house.files()
    touch(next((house.out / "sok/1-2").glob(name)))

    house.index.renew(BOTH)

    assert house.files() == before


def test_a_damaged_memory_of_indexes_is_none(house: House) -> None:
    """They are made anew, with the same files."""
    house.index.renew(BOTH)
    before = house.files()

    house.index.state.write_text("[not json")
    house.index.renew(BOTH)

    assert house.files() == before


def test_pages_without_a_mark_are_not_searched(house: House) -> None:
    """A template of one's own says with data-pagefind-body what is searched; else nothing is."""
    (house.out / "c/index.html").write_text("<html><body><main>Om valar.</main></body></html>")

    assert house.index.renew([bundle("newest", ["a/", "c/"])]) == ()

    assert "valar" not in house.said()
    assert house.index.renew([bundle("newest", ["c/"])]) == ()
    assert house.files() == {}


@pytest.mark.slow
def test_a_killed_run_leaves_every_index_whole(house: House, tmp_path: Path) -> None:
    """At whatever moment it is killed, each list names files that are there; the next run mends."""
    texts = {f"sida-{number}/": f"Ord{number} och annat." for number in range(60)}
    house.write(texts)
    wanted = [bundle("newest", texts), BOTH[1]]
    program = (
        "import sys; from tests.output.test_search import *; "
        "House(Path(sys.argv[1])).index.renew([bundle('newest', sys.argv[2:]), BOTH[1]])"
    )
    command = [sys.executable, "-c", program, str(tmp_path), *texts]
    for number in range(8):
        house.write({"sida-0/": f"Version {number}."})
        with subprocess.Popen(command, env=environment({}), start_new_session=True) as process:
            time.sleep(0.3 + 0.06 * number)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
        for entry in house.out.glob("sok/*/pagefind-entry.json"):
            (language,) = json.loads(entry.read_bytes())["languages"].values()
            assert (entry.parent / f"pagefind.{language['hash']}.pf_meta").is_file()

    house.index.renew(wanted)

    cold = House(tmp_path / "cold")
    cold.write({**texts, "a/": "Om krabbor.", "b/": "Om kräftor.", "sida-0/": "Version 7."})
    cold.index.renew(wanted)
    assert house.files() == cold.files()
    assert not (house.out / ".newsroom.search").exists()
