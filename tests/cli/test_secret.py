"""`secret`."""

from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from newsroom.jobs.readers.my_data import Door, look
from newsroom.model.seal import mark_of
from newsroom.readers.tokens import data_token, leave_token, read_leave_token
from newsroom.settings import Settings
from newsroom.settings.secret import LinkSecret, secrets_in_file, write_secrets
from newsroom.wiring import Desk
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put
from tests.processes import PATIENCE, House

LATER = "2030-01-01T09:00"
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def keys(terminal: Terminal) -> tuple[bytes, ...]:
    """The secrets of the newsroom, newest first."""
    settings = Settings.from_env(terminal.root, {})
    return (settings.secret, *settings.old_secrets)


def mark(key: bytes) -> str:
    """What `secret show` calls it."""
    return mark_of(key).hex()


def test_a_new_secret_signs_and_the_old_one_answers(terminal: Terminal) -> None:
    """After `rotate` the links of earlier mails work, and nobody else may read the file."""
    (old,) = keys(terminal)
    link = leave_token(old, 7)

    said = terminal.do("secret", "rotate", "--now", NOW)

    new, kept = keys(terminal)
    file = terminal.root / "var" / "secret"
    assert kept == old
    assert read_leave_token([new, kept], link) == 7
    assert mark(new) != mark(old)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.since for one in secrets_in_file(terminal.root)][1] is None
    assert "starta om newsroom" in said.out
    assert new.decode() not in said.out + said.err


def test_a_secret_that_was_seen_opens_nobodys_data(terminal: Terminal) -> None:
    """After `--leaked` its links show no data and no review; those for leaving go on working."""
    (old,) = keys(terminal)

    terminal.do("secret", "rotate", "--leaked", "--now", NOW)
    terminal.do("secret", "rotate", "--now", LATER)

    newest, new, kept = keys(terminal)
    with closing(Desk(Settings.from_env(terminal.root, {}), lambda: AT)) as desk:
        front = desk.front_desk
        assert kept == old
        assert front.trusted == (newest, new)
        assert read_leave_token(front.keys, leave_token(old, 7)) == 7
        assert look(front, data_token(old, 7, AT), AT)[0] is Door.UNKNOWN
        assert look(front, data_token(new, 7, AT), AT)[0] is Door.GONE


def test_each_rotation_says_what_it_changes(terminal: Terminal) -> None:
    """Which links go on working, that the days' calendars have new addresses, and what to do."""
    plain = terminal.do("secret", "rotate", "--now", NOW).out.splitlines()
    leaked = terminal.do("secret", "rotate", "--leaked", "--now", LATER).out.splitlines()

    assert plain[1].startswith("länkarna i tidigare mejl fungerar som förut")
    assert leaked[1].startswith("de tidigare (2) räknas som läckta: länkar till en granskning")
    for told in (plain, leaked):
        assert "har fått en ny adress" in told[2]
        assert told[2].endswith("newsroom issue deadlines --by …")
        assert told[3].endswith("newsroom backup")


def test_what_may_go_and_what_has_to_stay_is_shown(terminal: Terminal) -> None:
    """An earlier secret is kept while its links have to work; a leaked one says what is left."""
    terminal.do("secret", "rotate", "--leaked", "--now", NOW)
    terminal.do("secret", "rotate", "--now", "2027-01-01T09:00")
    newest, second, first = keys(terminal)

    young = terminal.do("secret", "show", "--now", "2027-01-02T09:00").out.splitlines()
    aged = terminal.do("secret", "show", "--now", LATER).out.splitlines()

    assert young[1:] == [
        f"{mark(newest)}  skriver under alla nya länkar, sedan 2027-01-01",
        f"{mark(second)}  skrev under förr, från 2026-11-22 till 2027-01-01; dess länkar fungerar "
        "fortfarande",
        "    spara den till 2030-01-02: så länge ska dess länkar fungera",
        f"{mark(first)}  skrev under förr, till 2026-11-22; läckt: av dess länkar fungerar bara "
        "de för att avsluta",
        "    spara den till 2029-11-23: så länge ska dess länkar fungera",
    ]
    assert aged[-1] == f"    får tas bort: newsroom secret drop {mark(first)}"


def test_what_there_is_is_shown_without_the_secrets(terminal: Terminal) -> None:
    """Each secret has its mark, its day and what hangs on it."""
    terminal.do("subscribers", "add", "asa@example.se", "--consent", "papper")
    terminal.do("subscribers", "forget", "asa@example.se", "--yes")
    terminal.do("secret", "rotate", "--now", NOW)
    new, old = keys(terminal)

    shown = terminal.do("secret", "show")
    told = terminal.do("secret", "show", "--json").json()

    assert [(one["mark"], one["newest"], one["kept_out"]) for one in told] == [
        (mark(new), True, 0),
        (mark(old), False, 1),
    ]
    assert shown.out.splitlines()[1:] == [
        f"{mark(new)}  skriver under alla nya länkar, sedan 2026-11-22",
        f"{mark(old)}  skrev under förr, till 2026-11-22; dess länkar fungerar fortfarande",
        "    måste vara kvar: adresser som ska hållas utanför känns igen bara med den (1), eller "
        "kanske (0)",
    ]
    assert new.decode() not in shown.out
    assert old.decode() not in shown.out


def test_a_secret_that_keeps_somebody_out_stays(terminal: Terminal) -> None:
    """Whoever was erased would come back with the next list, so it is refused, whoever insists."""
    terminal.do("subscribers", "add", "asa@example.se", "--consent", "papper")
    terminal.do("subscribers", "forget", "asa@example.se", "--yes")
    terminal.do("secret", "rotate", "--now", NOW)
    _, old = keys(terminal)

    said = terminal("secret", "drop", mark(old), "--yes")

    assert said.status == 1
    assert "känns igen bara med den" in said.err
    assert len(keys(terminal)) == 2


@pytest.mark.parametrize(
    ("when", "asked"),
    [("2026-12-01T09:00", "avsluta-länkar skulle sluta gå"), (LATER, "Ingen länk")],
)
def test_what_breaks_is_told_before_it_does(terminal: Terminal, when: str, asked: str) -> None:
    """An old secret is dropped after a yes to what that means; a no leaves it."""
    keys(terminal)
    terminal.do("secret", "rotate", "--now", NOW)
    new, old = keys(terminal)

    refused = terminal("secret", "drop", mark(old), "--now", when, answer="n\n")
    kept = keys(terminal)
    agreed = terminal("secret", "drop", mark(old), "--now", when, answer="j\n")

    assert asked in refused.err
    assert (refused.status, kept) == (1, (new, old))
    assert (agreed.status, keys(terminal)) == (0, (new,))


def test_a_secret_made_while_a_question_stands_is_kept(terminal: Terminal) -> None:
    """Another process rotates before the answer comes: only what was asked about is dropped."""
    (old,) = keys(terminal)
    terminal.do("secret", "rotate", "--now", NOW)
    process = House(terminal.root).start("secret", "drop", mark(old))
    assert process.stderr is not None
    assert process.stderr.read(10)  # the question stands

    terminal.do("secret", "rotate", "--now", LATER)
    both = keys(terminal)[:2]
    process.communicate("ja\n", timeout=PATIENCE)

    assert process.returncode == 0
    assert keys(terminal) == both


def test_of_two_with_one_mark_none_is_dropped(terminal: Terminal) -> None:
    """A mark is one byte, so a backup may bring a secret of the same: then a person has to say."""
    words = (f"en-hemlighet-nummer-{number}" for number in count())
    (old,) = keys(terminal)
    same = next(word for word in words if mark(word.encode()) == mark(old))
    write_secrets(
        terminal.root,
        (LinkSecret("den-som-skriver-under"), LinkSecret(same), LinkSecret(old.decode())),
    )

    said = terminal("secret", "drop", mark(old), "--yes")

    assert said.status == 1
    assert f"2 hemligheter heter {mark(old)}" in said.err
    assert len(keys(terminal)) == 3


def test_the_one_that_signs_is_not_dropped(terminal: Terminal) -> None:
    """Nor one that is not there."""
    (only,) = keys(terminal)

    assert "är den som skriver under" in terminal("secret", "drop", mark(only), "--yes").err
    assert "det finns ingen hemlighet zz" in terminal("secret", "drop", "zz", "--yes").err


def test_secrets_of_the_environment_are_changed_there(terminal: Terminal) -> None:
    """Where NEWSROOM_SECRET names them, nothing is written that nobody would read."""
    put(terminal.root, ".env", "NEWSROOM_SECRET=en-hemlighet-som-ingen-gissar\n")

    said = terminal("secret", "rotate")

    assert said.status == 1
    assert "NEWSROOM_SECRET" in said.err
    assert "som-ingen-gissar" not in said.err
    assert not (terminal.root / "var" / "secret").exists()


def test_a_file_without_days_is_read_as_before(tmp_path: Path) -> None:
    """Secrets stand a line each, or side by side, with a day behind them or none."""
    put(tmp_path, "var/secret", "ett-ord 2026-11-22\nannat-ord tredje-ord leaked\n")

    found = secrets_in_file(tmp_path)
    write_secrets(tmp_path, found)

    assert [one.word for one in found] == ["ett-ord", "annat-ord", "tredje-ord"]
    assert secrets_in_file(tmp_path) == found
    assert Settings.from_env(tmp_path, {}).old_secrets == (b"annat-ord", b"tredje-ord")
    assert [one.leaked for one in found] == [False, False, True]
    assert repr(LinkSecret("ett-ord")) == "LinkSecret(since=None, leaked=False)"
