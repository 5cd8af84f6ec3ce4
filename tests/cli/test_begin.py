"""`new`: a piece is begun."""

import os
import pty
import subprocess
import sys

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_write import NOTHING_WRONG, speak
from tests.newsrooms import ISSUE, NOW, put
from tests.processes import PATIENCE, environment


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("news", "posts/news/2026-11-22-ett-oppet-brev.md"),
        ("event", "posts/events/2026-11-22-ett-oppet-brev.md"),
        ("contact", "posts/contacts/ett-oppet-brev.md"),
        ("member", "posts/members/ett-oppet-brev.md"),
        ("page", "posts/pages/ett-oppet-brev.md"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_begun_is_right(terminal: Terminal, kind: str, path: str, language: str) -> None:
    """`new` prints the file it wrote, and `check` has nothing against it, in either language."""
    speak(terminal, language)

    said = terminal.do("new", kind, "Ett öppet brev", "--now", NOW)

    assert said.out == f"{path}\n"
    assert (terminal.root / path).is_file()
    assert terminal("check", "--now", NOW).out == NOTHING_WRONG[language]


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Nyhetsbrev hösten 2026", "posts/newsletters/2026-host.md"),
        ("autumn 2027", "posts/newsletters/2027-host.md"),
    ],
)
def test_an_issue_is_called_as_the_schedule_calls_it(
    terminal: Terminal, title: str, path: str
) -> None:
    """A title that is a half-year gives the name that is sent; check has nothing against it."""
    said = terminal.do("new", "issue", title, "--now", NOW)

    assert (said.out, said.err) == (f"{path}\n", "")
    assert terminal("check", "--now", NOW).out == NOTHING_WRONG["sv"]


def test_an_issue_that_nothing_sends_is_told(terminal: Terminal) -> None:
    """When it is begun, and by check until somebody sets its day: what to do, and which names are.

    So is one whose time has gone by.
    """
    begun = terminal.do("new", "issue", "Inför valet", "--now", NOW)
    found = terminal.do("check", "--now", NOW)
    terminal.do("issue", "postpone", "infor-valet", "--to", "vecka 50", "--by", "anna-ek")
    settled = terminal("check", "--now", NOW)
    put(terminal.root, "posts/newsletters/2025-host.md", ISSUE.replace("2026", "2025"))
    passed = terminal.do("check", "--now", NOW)

    told = (
        "posts/newsletters/infor-valet.md: inget utskick heter infor-valet i schedule.yaml: det "
        "går bara om någon säger när; bestäm dagen: newsroom issue postpone infor-valet --to DAG "
        "--by NAMN, eller ge filen namnet på ett nummer som skickas: 2026-host"
    )
    assert begun.out == "posts/newsletters/infor-valet.md\n"
    assert begun.err == f"{told}\n"
    assert f"{told} [varning]\n" in found.err
    assert settled.out == NOTHING_WRONG["sv"]
    assert "2025-host skulle gå 2025-12-02 kl. 09.00 och skickades inte" in passed.err


def test_a_guessed_start_is_told(terminal: Terminal) -> None:
    """Where nobody can be asked when an event starts, what the file says is told as a guess."""
    said = terminal.do("new", "event", "Vårmöte", "--now", NOW)

    assert said.err == "starttiden är bara en gissning, 2026-11-22T13:00: skriv den rätta i filen\n"
    assert "start: 2026-11-22T13:00\n" in (terminal.root / said.out.strip()).read_text()


def test_nothing_is_written_over(terminal: Terminal) -> None:
    """A second piece of the same title on the same day gets no file; the first stays."""
    terminal.do("new", "page", "Om oss")
    put(terminal.root, "posts/pages/om-oss.md", "mine")

    said = terminal("new", "page", "Om oss")

    assert said.status == 1
    assert "posts/pages/om-oss.md" in said.err
    assert (terminal.root / "posts/pages/om-oss.md").read_text() == "mine"


def test_a_title_that_gives_no_name(terminal: Terminal) -> None:
    """A title without a letter is refused, with what to use instead."""
    said = terminal("new", "news", "…!")

    assert (said.status, said.out) == (1, "")
    assert said.err == ('newsroom: rubriken "…!" ger inget filnamn. Använd några bokstäver a–z.\n')


def test_a_publication_waits_for_its_file(terminal: Terminal) -> None:
    """`new document` says where to put what readers download; with it there nothing is wrong."""
    said = terminal.do("new", "document", "Hela rapporten", "--now", NOW)

    assert said.out == "posts/documents/hela-rapporten.md\n"
    assert said.err == "lägg det som läsaren hämtar bredvid: posts/documents/hela-rapporten.pdf\n"
    (found,) = terminal.do("check", "--json", "--now", NOW).json()
    assert (found["code"], found["severity"]) == ("missing-file", "note")
    assert found["fix"] == "lägg den där eller skriv namnet på den som finns"
    put(terminal.root, "posts/documents/hela-rapporten.pdf", "%PDF-1.7")
    assert terminal("check", "--now", NOW).out == NOTHING_WRONG["sv"]


def test_an_event_carries_its_own_day(terminal: Terminal) -> None:
    """`--start` decides what the file is called and what it says; check has nothing against it."""
    said = terminal.do("new", "event", "Vårmöte", "--start", "2027-04-14T10:00", "--now", NOW)

    assert said.out == "posts/events/2027-04-14-varmote.md\n"
    assert "start: 2027-04-14T10:00\n" in (terminal.root / said.out.strip()).read_text()
    assert terminal("check", "--now", NOW).out == NOTHING_WRONG["sv"]


def test_a_start_in_another_form(terminal: Terminal) -> None:
    """A day that cannot be read is wrong usage; what was probably meant is proposed."""
    said = terminal("new", "event", "Vårmöte", "--start", "14.4.2027")

    assert (said.status, said.out) == (2, "")
    assert said.err.endswith('Fel: --start: "14.4.2027" är ingen tid; skriv 2027-04-14\n')


def test_only_events_start(terminal: Terminal) -> None:
    """A post has a date, which is written into its file."""
    said = terminal("new", "news", "Hej", "--start", "2027-04-14")

    assert said.status == 2
    assert "bara en händelse har en start; skriv dagen i filen" in said.err


def test_at_a_terminal_it_asks_when_an_event_starts(terminal: Terminal) -> None:
    """A person is asked, and asked again after an answer that cannot be read."""
    ours, theirs = pty.openpty()
    os.write(ours, b"onsdag\n2027-04-14\n")

    done = subprocess.run(
        [sys.executable, "-m", "newsroom", "new", "event", "Vårmöte"],
        cwd=terminal.root,
        env=environment({}),
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    for end in (ours, theirs):
        os.close(end)
    assert done.stdout == "posts/events/2027-04-14-varmote.md\n"
    assert done.stderr.count("När börjar det?") == 2
    assert 'Fel: "onsdag" är ingen tid; skriv 2027-03-17T10:00' in done.stderr


def test_a_title_that_is_there_already_is_told(terminal: Terminal) -> None:
    """The second file is written, and whoever began it twice hears of the first."""
    first = terminal.do("new", "news", "Ny medlem", "--now", NOW)
    second = terminal.do("new", "news", "Ny medlem", "--now", NOW)

    assert (first.out, first.err) == ("posts/news/2026-11-22-ny-medlem.md\n", "")
    assert second.out == "posts/news/2026-11-22-ny-medlem-2026.md\n"
    assert second.err == (
        "posts/news/2026-11-22-ny-medlem.md finns redan, med en rubrik som liknar den här\n"
    )
