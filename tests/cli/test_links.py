"""`links` and `check --links`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.database import links as known_links
from newsroom.database import transaction
from newsroom.database.link_rounds import RoundEnd, leave_round, take_round
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
    """That is said, with the time of the first round and the command that does not wait for it."""
    said = linking.do("links", "--now", NOW)

    assert said.out.splitlines() == [
        "1 länk; inte prövade än: 1",
        "newsroom run prövar dem nästa gång mån 2026-11-23 06:00; pröva nu: newsroom check --links",
    ]


def test_a_schedule_with_faults_is_told_alone(linking: Terminal) -> None:
    """The fault is not told behind numbers that look like an answer."""
    put(linking.root, "schedule.yaml", "publish: now and then\n")

    said = linking("links", "--now", NOW)

    assert (said.status, said.out) == (1, "")
    assert "schedule.yaml:1" in said.err


@pytest.mark.parametrize("has_schedule", [True, False], ids=["without-links", "no-schedule"])
def test_where_the_schedule_never_asks(linking: Terminal, *, has_schedule: bool) -> None:
    """The line that is missing is given, and the command that asks now."""
    schedule = linking.root / "schedule.yaml"
    schedule.unlink()
    if has_schedule:
        schedule.write_text("publish: {every: 5 minutes}\n", encoding="utf-8")

    said = linking.do("links", "--now", NOW)

    assert said.out.splitlines()[1] == (
        "de prövas inte av sig själva: schedule.yaml har ingen rad links; "
        'skriv links: {day: måndag, at: "06:00"} där, eller pröva nu: newsroom check --links'
    )


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (RoundEnd.FINISHED, "senast prövade sön 2026-11-22 09:00"),
        (RoundEnd.CUT_SHORT, "rundan sön 2026-11-22 09:00 avbröts"),
        (RoundEnd.LEFT_AS_IT_IS, "rundan sön 2026-11-22 09:00 nådde ingen"),
        (None, "de prövas sedan sön 2026-11-22 09:00, av annan:1"),
    ],
)
def test_how_the_last_round_went(
    linking: Terminal, desk: Desk, end: RoundEnd | None, words: str
) -> None:
    """`links` and `status` say whether it was finished, broke off, reached nobody or goes on."""
    take_round(desk.database, "annan:1/3f2a", desk.clock())
    if end is not None:
        with transaction(desk.database) as connection:
            leave_round(connection, "annan:1/3f2a", desk.clock(), end)

    links, status = (linking(command, "--now", NOW).out for command in ("links", "status"))

    assert links.splitlines()[1].startswith(f"{words}; newsroom run prövar dem nästa gång ")
    assert f"{words}; döda: 0" in status


def test_check_asks_and_links_tells(linking: Terminal) -> None:
    """What was found is told by both; a link into one's own network is never asked for."""
    checked = linking("check", "--links", "--now", NOW)
    said = linking.do("links", "--now", NOW)

    line = f'{NY}:7: "{URL}": 127.0.0.1 ligger i ett privat nät; '
    assert line in checked.err
    assert said.err.startswith(line)
    count, when = said.out.splitlines()
    assert count == "1 länk; i privata nät: 1"
    assert when.startswith("senast prövade sön 2026-11-22 09:00; newsroom run prövar dem nästa ")


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
    assert said.out.startswith("1 länk; flyttade: 1\n")


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
