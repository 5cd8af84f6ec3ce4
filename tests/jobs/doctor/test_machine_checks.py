"""This machine: its secrets, its room, its time, and the templates that replace others."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content.front.yaml_faults import fault_of
from newsroom.errors import OutsideError, ScheduleError
from newsroom.jobs.doctor.machine_checks import Machine, machine_checks
from newsroom.jobs.doctor.template_checks import template_check
from newsroom.model import Schedule
from newsroom.model.checkup import Check, CheckVerdict
from newsroom.schedule import parse_schedule
from newsroom.settings import Settings
from tests.jobs.doctor.zones import SITE
from tests.newsrooms import SCHEDULE

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RELAY, CATCHER = "smtp://relay.example.se:25", "smtp://127.0.0.1:1025"
INBOX = "imaps://studs:password@mail.example.se"
LONG = b"a-long-random-word-of-more-than-32-characters"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine in order."""
    var = tmp_path / "var"
    var.mkdir()
    settings = Settings(tmp_path, f"sqlite:///{var}/newsroom.db", RELAY, INBOX, LONG)
    public = tmp_path / "public"
    return Machine(
        settings, SITE, public, lambda: "sqlite", planned, no_database, goes_further=True
    )


def no_database(_schedule: Schedule) -> datetime | None:
    """A database that does not answer."""
    raise OutsideError("the database does not answer")


def planned() -> Schedule | None:
    """The schedule of the small newsroom, which has its inbox read."""
    text = f"{SCHEDULE}bounces: {{every: 15 minutes}}\n"
    return parse_schedule(text, PurePosixPath("schedule.yaml"), SITE.timezone, fault_of)[0]


def looked_at(machine: Machine) -> dict[str, Check]:
    """The checks by their names."""
    return {check.name: check for check in machine_checks(machine, NOW)}


def wrong(checks: dict[str, Check]) -> dict[str, str]:
    """The verdicts that are not "ok"."""
    return {name: c.verdict.value for name, c in checks.items() if c.verdict is not CheckVerdict.OK}


def test_a_machine_in_order(machine: Machine) -> None:
    """Where all is well nothing is remarked, and the next issue is told in the site's own time."""
    checks = looked_at(machine)

    assert wrong(checks) == {}
    assert "2026-12-01 09:00" in checks["machine-schedule"].detail
    assert "10:00 in Europe/Stockholm" in checks["machine-schedule"].detail


def test_an_issue_whose_time_comes_on_a_saturday(machine: Machine) -> None:
    """The doctor tells the day on which it is really sent."""
    text = SCHEDULE.replace("month: december, day: första tisdagen", "day: 5 december")
    found, _ = parse_schedule(text, PurePosixPath("schedule.yaml"), SITE.timezone, fault_of)

    checks = looked_at(replace(machine, schedule=lambda: found))

    assert "2026-12-07 08:00" in checks["machine-schedule"].detail


def test_an_issue_leaves_on_the_day_that_a_person_set(machine: Machine) -> None:
    """It is told as it will be, in the site's own time, and not as the schedule has it."""
    moved = replace(machine, next_issue=lambda _: datetime(2026, 11, 23, 8, tzinfo=UTC))

    checks = looked_at(moved)

    assert "2026-11-23 09:00" in checks["machine-schedule"].detail


@pytest.mark.parametrize("name", ["var/secret", ".env"])
def test_secrets_that_others_can_read(machine: Machine, name: str) -> None:
    """A secret that others on the machine can read is a fault, and it is said how to mend it."""
    path = machine.settings.root / name
    path.write_text("a secret")
    path.chmod(0o644)

    checks = looked_at(machine)

    assert wrong(checks) == {"machine-secrets": "fail"}
    assert f"chmod 600 {path}" in (checks["machine-secrets"].fix or "")


def test_a_list_that_others_can_read(machine: Machine) -> None:
    """A database that every account here can read is a fault, until its folder is shut."""
    database = machine.settings.var / "newsroom.db"
    database.touch(mode=0o644)
    machine.settings.var.chmod(0o755)

    open_one = looked_at(machine)
    machine.settings.var.chmod(0o700)

    assert wrong(open_one) == {"machine-folders": "fail"}
    assert f"chmod 700 {machine.settings.var}" in (open_one["machine-folders"].fix or "")
    assert wrong(looked_at(machine)) == {}


def test_a_short_secret(machine: Machine) -> None:
    """A secret that a person made up too short is warned of."""
    short = replace(machine, settings=replace(machine.settings, secret=b"sixteen-letters!"))

    assert wrong(looked_at(short)) == {"machine-secrets": "warn"}


@pytest.mark.parametrize("public", [".", "var"])
def test_what_is_private_in_the_public_folder(machine: Machine, public: str) -> None:
    """Where the web server would show the database, that is a fault."""
    open_one = replace(machine, public=machine.settings.root / public)

    assert wrong(looked_at(open_one))["machine-folders"] == "fail"


def away() -> str:
    """A database that does not answer."""
    raise OutsideError("the database is away")


def misspelt() -> Schedule | None:
    """A schedule that cannot be followed."""
    raise ScheduleError("schedule.yaml:1: what is this")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"open_database": away}, {"machine-database": "fail"}),
        ({"schedule": misspelt}, {"machine-schedule": "fail"}),
        ({"schedule": lambda: None}, {"machine-schedule": "warn", "machine-inbox": "warn"}),
        ({"site": replace(SITE, language="fi")}, {"machine-language": "warn"}),
    ],
)
def test_each_fault_has_its_check(
    machine: Machine, changed: dict[str, object], expected: dict[str, str]
) -> None:
    """What is wrong with one part of the machine is told by its own check."""
    assert wrong(looked_at(replace(machine, **changed))) == expected  # type: ignore[arg-type]


def returns(machine: Machine, **changed: object) -> tuple[str, str]:
    """What is said of who reads what comes back, with other settings."""
    settings = replace(machine.settings, **changed)  # type: ignore[arg-type]
    goes_further = settings.mail == RELAY
    check = looked_at(replace(machine, settings=settings, goes_further=goes_further))
    return check["machine-inbox"].verdict.value, check["machine-inbox"].detail


def test_an_inbox_that_is_read(machine: Machine) -> None:
    """An inbox counts as read when the schedule says how often."""
    whole = planned()
    jobs = tuple(job for job in whole.jobs if job.name != "bounces") if whole else ()
    unplanned = replace(machine, schedule=lambda: Schedule(SITE.timezone, jobs))

    assert returns(machine) == (
        "ok",
        "what comes back is read from the inbox, as schedule.yaml says",
    )
    assert returns(unplanned)[0] == "warn"
    assert "never has it read" in returns(unplanned)[1]
    assert "bounces: {every: 15 minutes}" in (looked_at(unplanned)["machine-inbox"].fix or "")


def test_a_provider_that_tells(machine: Machine) -> None:
    """With a webhook nobody needs an inbox."""
    told = returns(machine, inbox=None, hooks=(("postmark", "proof"),))

    assert told == ("ok", "postmark tells what bounces")


@pytest.mark.parametrize("mail", [RELAY, CATCHER, "folder:var/outgoing"])
def test_nobody_reads_what_comes_back(machine: Machine, mail: str) -> None:
    """Without an inbox nobody reads bounces, wherever mail goes, and that is never called in order.

    Mail that stays on this machine does not bounce, so there it is no warning yet.
    """
    verdict, told = returns(machine, inbox=None, mail=mail)

    assert verdict == ("warn" if mail == RELAY else "not checked")
    assert "nobody" in told


@pytest.fixture
def templates(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A newsroom's own templates, the packaged ones, and the memory of them."""
    own, packaged = tmp_path / "templates", tmp_path / "packaged"
    for folder in (own, packaged):
        (folder / "mail").mkdir(parents=True)
    (packaged / "mail/footer.html").write_text("their footer")
    (packaged / "mail/letter.html").write_text("their letter")
    return own, packaged, tmp_path / "var/templates.json"


def test_a_template_that_replaces_nothing(templates: tuple[Path, Path, Path]) -> None:
    """A template whose name is misspelt is told, with the name that is meant."""
    own, packaged, memory = templates
    (own / "mail/foter.html").write_text("our footer")

    check = template_check(own, packaged, memory)

    assert check.verdict is CheckVerdict.WARN
    assert "mail/foter.html" in check.detail
    assert "mail/footer.html" in (check.fix or "")


def test_a_packaged_template_that_moved_on(templates: tuple[Path, Path, Path]) -> None:
    """When a new version changes a template that was replaced, that is told until it is looked at.

    It is told again each time, and no more when the own one has been saved anew.
    """
    own, packaged, memory = templates
    (own / "mail/footer.html").write_text("our footer")
    assert template_check(own, packaged, memory).verdict is CheckVerdict.OK

    (packaged / "mail/footer.html").write_text("their footer, mended")
    told = [template_check(own, packaged, memory) for _ in range(2)]
    (own / "mail/footer.html").write_text("our footer, mended")

    assert [check.verdict for check in told] == [CheckVerdict.WARN, CheckVerdict.WARN]
    assert "mail/footer.html has changed" in told[0].detail
    assert template_check(own, packaged, memory).verdict is CheckVerdict.OK


def test_a_copy_of_a_packaged_template(templates: tuple[Path, Path, Path]) -> None:
    """A template that is the packaged one to the letter is told: without it new versions come."""
    own, packaged, memory = templates
    (own / "mail/footer.html").write_text("their footer")

    check = template_check(own, packaged, memory)

    assert check.verdict is CheckVerdict.OK
    assert "new versions" in check.detail


def test_the_packaged_templates_themselves(templates: tuple[Path, Path, Path]) -> None:
    """Where the newsroom's templates are the packaged ones there is nothing to compare."""
    _, packaged, memory = templates

    assert template_check(packaged, packaged, memory).verdict is CheckVerdict.OK
    assert not memory.exists()
