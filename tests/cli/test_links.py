"""`links` and `check --links`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.database import links as known_links
from newsroom.database import transaction
from newsroom.database.link_rounds import take_round
from newsroom.model.link import Lead, LinkAnswer
from newsroom.model.saying import say
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

NY = "posts/news/2026-11-20-ny.md"
POST = "---\nid: urn:x:ny\ntitle: Ny\ndate: 2026-11-20\n---\n\nSe [dem]({}).\n"
URL = "http://127.0.0.1:1/sida"
KEYS = {"url", "state", "places", "reason", "asked", "last_good", "bad_since", "moved_to", "copy"}


@pytest.fixture
def linking(terminal: Terminal) -> Terminal:
    """A newsroom with a link into this machine, and templates without links of their own."""
    put(terminal.root, NY, POST.format(URL))
    for name in ("accessibility", "privacy"):
        put(terminal.root, f"templates/site/{name}.html", "{% extends 'site/base.html' %}")
    return terminal


@pytest.fixture
def desk(linking: Terminal) -> Iterator[Desk]:
    """The same newsroom's desk."""
    desk = Desk(Settings.from_env(linking.root, {}), lambda: datetime(2026, 11, 22, 8, tzinfo=UTC))
    yield desk
    desk.close()


def answer(desk: Desk, *answers: LinkAnswer) -> None:
    """Have the link give these answers, one a day until today."""
    now = desk.clock()
    with transaction(desk.database) as connection:
        known_links.note_seen(connection, [URL], now)
        for days, one in enumerate(reversed(answers)):
            at = now - timedelta(days=days)
            known_links.keep_answer(connection, URL, one, at, desk.site.timezone)


def test_before_anybody_has_asked(linking: Terminal) -> None:
    """The links are counted, and nothing is claimed of them."""
    said = linking.do("links", "--now", NOW)

    assert (said.out, said.err) == ("1 länk; går inte att pröva: 1\n", "")


def test_check_asks_and_links_tells(linking: Terminal) -> None:
    """What was found is told by both; a link into one's own network is never asked for."""
    checked = linking("check", "--links", "--now", NOW)
    said = linking.do("links", "--now", NOW)

    line = f'{NY}:7: "{URL}": 127.0.0.1 ligger i ett privat nät; '
    assert line in checked.err
    assert said.err.startswith(line)
    assert said.out == "1 länk; i privata nät: 1\n"


def test_a_dead_link_as_json(linking: Terminal, desk: Desk) -> None:
    """With the keys that others rely on: where it stands, since when, and a copy of it."""
    gone = LinkAnswer(Lead.GONE, say("it answers {status}", status=404))
    answer(desk, gone, gone)

    (row,) = linking.do("links", "--json", "--now", NOW).json()

    assert row.keys() == KEYS
    assert (row["url"], row["state"], row["reason"]) == (URL, "dead", "den svarar 404")
    assert row["places"] == [{"path": NY, "line": 7}]
    assert row["copy"] == f"https://web.archive.org/web/20261120/{URL}"


def test_what_has_moved_is_told_with_its_new_address(linking: Terminal, desk: Desk) -> None:
    """As a note: readers come there all the same."""
    moved = say("it has moved for good to {address}", address="https://b.example/")
    answer(desk, LinkAnswer(Lead.MOVED, moved, moved_to="https://b.example/"))

    said = linking.do("links", "--now", NOW)

    assert "skriv den nya adressen: https://b.example/ [upplysning]" in said.err
    assert said.out == "1 länk; flyttade: 1\n"


def test_links_are_problems_like_others_in_json(linking: Terminal) -> None:
    """`check --links --json` has them with path, line, severity and code."""
    problems = linking("check", "--links", "--json", "--now", NOW).json()

    (found,) = (one for one in problems if one["code"] == "private-link")
    assert (found["path"], found["line"], found["severity"]) == (NY, 7, "warning")


def test_what_check_found_is_told_when_nobody_can_be_asked(linking: Terminal, desk: Desk) -> None:
    """While another process asks, the rest of the check is not lost; the end says why."""
    put(linking.root, NY, POST.format(URL).replace("2026-11-20", "nu"))
    take_round(desk.database, "other:1", desk.clock())

    said = linking("check", "--links", "--now", NOW)

    assert said.status == 1
    assert f"{NY}:4: " in said.err
    assert said.err.splitlines()[-1] == "newsroom: länkarna prövas redan, av other:1"


def test_a_limit_is_a_number_of_links(linking: Terminal) -> None:
    """The rest is said to be left; the same command goes on with it."""
    put(linking.root, NY, POST.format(f"{URL}) [dit](http://127.0.0.1:1/annan"))

    first = linking("check", "--limit", "1", "--now", NOW)
    second = linking("check", "--limit", "1", "--now", NOW)

    assert "1 länk är kvar" in first.err
    assert "kvar" not in second.err
    assert linking("check", "--limit", "0").status == 2
