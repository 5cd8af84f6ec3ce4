"""The desk: one newsroom's folder, settings and time."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.errors import ScheduleError, SettingsError
from newsroom.model import Severity
from newsroom.settings import Settings
from newsroom.wiring import Desk, memory, post_office
from newsroom.wiring.rota import make_rota
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The desk of a small newsroom."""
    return Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)


@pytest.mark.parametrize(
    "when", ["0001-01-01", "1969-12-31", "9001-01-01", "9999-12-31T23:59-10:00"]
)
def test_a_time_too_far_away(desk: Desk, when: str) -> None:
    """A time that calendars cannot count from is refused, whatever its offset."""
    with pytest.raises(SettingsError, match=f'--now "{when}" is too far away; write 2026-'):
        desk.at(when)


def test_at_another_time_the_clock_goes_on(desk: Desk) -> None:
    """The desk's clock shows the time that was written, in the site's zone, and goes on."""
    assert desk.at("2027-01-02T09:00").clock() == datetime(2027, 1, 2, 8, tzinfo=UTC)


ANSI = "publish: {every: 5 minutes}\n# varje m\u00e5ndag\n".encode("cp1252")


def test_a_schedule_in_an_old_encoding(desk: Desk) -> None:
    """A schedule that was saved as ANSI is told with its line, as any text of the house is."""
    (desk.settings.root / "schedule.yaml").write_bytes(ANSI)

    (problem,) = desk.schedule_problems()
    with pytest.raises(
        ScheduleError, match=r"^schedule\.yaml:2: the file is saved as Windows-1252"
    ):
        desk.schedule()
    with pytest.raises(ScheduleError, match="check --fix"):
        desk.schedule_if_any()

    assert (problem.place, problem.code) == ("schedule.yaml:2", "not-utf-8")


def test_check_fix_saves_a_schedule_as_utf_8(desk: Desk) -> None:
    """What is told to be mended by check --fix is mended by it, and the schedule holds again."""
    (desk.settings.root / "schedule.yaml").write_bytes(ANSI)

    mended = memory.mend(desk)

    assert [(str(one.path), one.what) for one in mended] == [("schedule.yaml", "saved as UTF-8")]
    assert desk.schedule_problems() == ()
    assert (desk.settings.root / "schedule.yaml").read_bytes() == ANSI.decode("cp1252").encode()


def test_a_schedule_that_is_no_text(desk: Desk) -> None:
    """A file of other bytes, and a folder in its place, are told and raise nothing else."""
    path = desk.settings.root / "schedule.yaml"
    path.write_bytes(b"\x81\x00")
    of_bytes = desk.schedule_problems()
    path.unlink()
    path.mkdir()

    of_folder = desk.schedule_problems()

    assert [p.code for p in (*of_bytes, *of_folder)] == ["not-utf-8", "unreadable"]
    assert {p.severity for p in (*of_bytes, *of_folder)} == {Severity.ERROR}


def test_a_newsroom_without_a_schedule(desk: Desk) -> None:
    """Nothing is wrong with it until somebody asks what runs when."""
    (desk.settings.root / "schedule.yaml").unlink()

    assert desk.schedule_problems() == ()
    assert desk.schedule_if_any() is None
    with pytest.raises(ScheduleError, match="the file is missing; bring it back"):
        desk.schedule()


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        ("folder:var/outgoing", "FolderTransport"),
        ("smtp://127.0.0.1:1025", "SmtpTransport"),
        ("postmark://en-lang-nyckel@nyheter", "ServiceTransport"),
        ("ses://AKIDEXAMPLE:en-lang-nyckel@eu-north-1", "ServiceTransport"),
    ],
)
def test_mail_leaves_as_the_settings_say(tmp_path: Path, mail: str, kind: str) -> None:
    """A folder, a relay or a provider; nobody is called before there is something to send."""
    settings = Settings.from_env(write_newsroom(tmp_path), {"NEWSROOM_MAIL": mail})
    transport = Desk(settings, lambda: NOW).transport()
    transport.close()

    assert type(transport).__name__ == kind


@pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(minutes=7)])
@pytest.mark.usefixtures("postgres_database")
def test_sending_and_slots_go_by_one_clock(
    tmp_path: Path, postgres_url: str, wrong: timedelta
) -> None:
    """Machines that share a database server send, and claim slots, by the server's clock."""
    root = write_newsroom(tmp_path)
    put(root, "schedule.yaml", "publish: {every: 5 minutes}\n")
    settings = Settings.from_env(root, {"NEWSROOM_DATABASE": postgres_url})
    before = datetime.now(UTC)

    with (
        closing(Desk(settings, lambda: datetime.now(UTC) + wrong)) as desk,
        post_office.at_office(desk) as office,
    ):
        times = [office.clock(), make_rota(desk).lease_time()]

    assert all(before <= time <= datetime.now(UTC) for time in times)


def test_readers_are_told_the_day_of_the_next_issue(desk: Desk) -> None:
    """It is the day in the schedule; where there is none, or it cannot be read, no day is told."""
    file = desk.settings.root / "schedule.yaml"
    file.unlink(missing_ok=True)
    assert desk.front_desk.next_issue() is None

    file.write_text("newsletter: {every: other blue moon}\n")
    assert desk.front_desk.next_issue() is None

    file.write_text('newsletter: {host: {month: december, day: first tuesday, at: "09:00"}}\n')
    day = desk.front_desk.next_issue()
    assert day is not None
    assert (day.month, day > desk.clock()) == (12, True)
