import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.output.indexer import Indexer
from newsroom.output.pagefind import OF_AN_INDEX, Pagefind, find_pagefind
from tests.previews import are_gone, children
from tests.processes import PATIENCE, environment

MANY = {f"sida-{number}/": b"<html><body>ord " + b"x" * 1000 for number in range(200)}


def pages(word: str) -> dict[str, bytes]:
    """Two pages that say a word."""
    page = f'<!doctype html><html lang="sv"><body data-pagefind-body>{word}'.encode()
    return {"a/": page, "b/": page}


def program() -> Path:
    """Pagefind as it is installed here."""
    found = find_pagefind()
    assert found
    return found.program


def script(folder: Path, text: str) -> Path:
    """A program that stands in Pagefind's place."""
    path = folder / "pagefind"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def saying(payload: object) -> str:
    """The line of a script that gives an answer, and then is silent."""
    answer = b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()).decode()
    return f"printf {answer},; exec sleep 600"


def files_of(indexer: Indexer) -> dict[str, bytes]:
    """An index of two pages."""
    indexer.begin(pages("krabbor"))
    return indexer.files(OF_AN_INDEX)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An index that is wanted."""

    pages: Mapping[str, bytes]
    runs: bool = False


def test_it_is_told_of_the_next_index_before_it_is_asked_for_the_first() -> None:
    """It answers in turn, and what it is told of one index is in no other."""
    with Indexer(program(), patience=PATIENCE) as indexer:
        indexer.begin(pages("krabbor"))
        indexer.begin(pages("räkor"))
        first, second = indexer.files(OF_AN_INDEX), indexer.files(OF_AN_INDEX)

        assert files_of(indexer) == first

    assert first.keys() != second.keys()
    assert {"pagefind.js", "pagefind-entry.json", "wasm.sv.pagefind"} <= first.keys()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("echo broken >&2; exit 3", "ended with status 3: broken"),
        ("exit 0", "made no index"),
        ("exec 1>&-; exec sleep 600", "made no index"),
        ("echo 'hello, world,'; exec sleep 600", "made no index"),
        (saying("hello"), "made no index"),
        (saying({"type": "GetFiles"}), "made no index"),
        (
            saying({"type": "GetFiles", "files": [{"path": "pagefind.js", "content": 1}]}),
            "made no index",
        ),
        (saying({"type": "Error", "message": "a bad day"}), "refused the pages: a bad day"),
    ],
)
def test_a_program_that_does_not_do_its_work_is_told_of(
    tmp_path: Path, text: str, why: str
) -> None:
    """One that dies, hangs up, speaks of something else, or refuses."""
    lasting = script(tmp_path, text)
    with Indexer(lasting, PATIENCE) as indexer, pytest.raises(OutsideError) as e:
        files_of(indexer)

    assert why in e.value.sentence


ENDLESS = saying({"type": "IndexedFile"}).partition(";")[0]


@pytest.mark.parametrize("text", ["exec sleep 600", f"while :; do {ENDLESS}; done"])
def test_a_program_that_hangs_is_told_of(tmp_path: Path, text: str) -> None:
    """One that says nothing, and one that says no end of what was not asked."""
    lasting = script(tmp_path, text)
    with Indexer(lasting, 0.5) as indexer, pytest.raises(OutsideError) as e:
        files_of(indexer)

    assert "took longer than 0.5 seconds" in e.value.sentence


@pytest.mark.parametrize(
    ("text", "patience", "why"),
    [
        ("exec sleep 600", 0.5, "took longer"),
        ("exec 0<&-; sleep 0.1; exit 3", PATIENCE, "status 3"),
    ],
)
def test_a_program_that_does_not_listen_is_told_of(
    tmp_path: Path, text: str, patience: float, why: str
) -> None:
    """However much it is to be told."""
    lasting = script(tmp_path, text)
    with Indexer(lasting, patience) as indexer, pytest.raises(OutsideError) as e:
        indexer.begin(MANY)

    assert why in e.value.sentence


def test_it_is_gone_after_its_block(tmp_path: Path) -> None:
    """Even one that would stay."""
    place = tmp_path / "number"
    lasting = script(tmp_path, f"echo $$ >{place}; echo ,; exec sleep 600")
    with Indexer(lasting, patience=PATIENCE) as indexer, pytest.raises(OutsideError):
        files_of(indexer)

    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text()), 0)


def test_with_nothing_wanted_nothing_is_started(tmp_path: Path) -> None:
    """Not even a program that is not there."""
    assert list(Pagefind(tmp_path / "nowhere").indexes([])) == []


def test_indexes_come_in_the_order_in_which_they_were_wanted() -> None:
    """However many are made at once; the file that names the others is the last of each."""
    pagefind = Pagefind(program())
    wanted = [Wanted(pages(f"ord{number}"), runs=number == 0) for number in range(9)]

    made = list(pagefind.indexes(wanted))

    assert [one for one, _ in made] == wanted
    assert {list(files)[-1] for _, files in made} == {"pagefind-entry.json"}
    assert ["pagefind.js" in files for _, files in made] == [True, *[False] * 8]
    alone = [files for one in wanted for _, files in pagefind.indexes([one])]
    assert [files for _, files in made] == alone


def test_it_ends_when_who_started_it_is_killed() -> None:
    """Nobody is left who waits to be told of pages, though there were two."""
    begin = (
        "import time; from tests.output.test_indexer import *; "
        "both = [Indexer(program(), 60) for _ in range(2)]; print(flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begin], env=environment({}), stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        both = children(process.pid)
        process.kill()

    assert len(both) == 2
    assert are_gone(both), "a Pagefind lasts longer than who started it"
