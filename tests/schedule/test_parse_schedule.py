"""`schedule.yaml` as a schedule, through the one door: fields, kinds and rules included."""

from datetime import time, timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.content.front.yaml_faults import fault_of
from newsroom.model import Daily, Every, Rule, Schedule, ScheduledJob, Severity, Weekly, Yearly
from newsroom.schedule import parse_schedule

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SOURCE = PurePosixPath("schedule.yaml")

WHOLE = """\
timezone: Europe/Stockholm
publish:      {every: 5 minutes}              # posts whose time has come; build, deploy, announce
newsletter:
  var:        {month: june, day: first tuesday, at: "09:00", draft: 21 days before, remind: 5 days before}
  host:       {month: december, day: first tuesday, at: "09:00", draft: 21 days before, remind: 5 days before}
links:        {day: monday, at: "06:00"}
bounces:      {every: 15 minutes}
backup:       {at: "03:15", keep: 14}
housekeeping: {at: "03:30"}                   # retention: pending sign-ups, old raw bounces
catch_up:     {publish: latest, newsletter: {latest, within: 6 hours}}
"""  # noqa: E501 (the example of the design, as it stands there)

SEND_SPRING = Yearly(6, time(9), weekday=1, nth=1)
SEND_AUTUMN = Yearly(12, time(9), weekday=1, nth=1)


def read(text: str) -> Schedule:
    """The schedule of a text that has no problem at all."""
    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)
    assert problems == ()
    assert schedule is not None
    return schedule


def complaints(text: str) -> list[str]:
    """What is said of a text that gives no schedule."""
    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)
    assert schedule is None
    return [str(problem) for problem in problems]


def ahead(rule: Yearly, days: int) -> Yearly:
    """The same rule, some days before."""
    return Yearly(
        rule.month, rule.at, weekday=rule.weekday, nth=rule.nth, before=timedelta(days=days)
    )


def test_whole_schedule() -> None:
    """Every line of the example is a job, in the order it is written."""
    schedule = read(WHOLE)

    assert schedule == Schedule(
        timezone=STOCKHOLM,
        jobs=(
            ScheduledJob("publish", Every(timedelta(minutes=5))),
            ScheduledJob("newsletter.var.draft", ahead(SEND_SPRING, 21)),
            ScheduledJob("newsletter.var.remind", ahead(SEND_SPRING, 5), timedelta(days=5)),
            ScheduledJob("newsletter.var.send", SEND_SPRING, timedelta(hours=6)),
            ScheduledJob("newsletter.host.draft", ahead(SEND_AUTUMN, 21)),
            ScheduledJob("newsletter.host.remind", ahead(SEND_AUTUMN, 5), timedelta(days=5)),
            ScheduledJob("newsletter.host.send", SEND_AUTUMN, timedelta(hours=6)),
            ScheduledJob("links", Weekly(0, time(6))),
            ScheduledJob("bounces", Every(timedelta(minutes=15))),
            ScheduledJob("backup", Daily(time(3, 15))),
            ScheduledJob("housekeeping", Daily(time(3, 30))),
        ),
        keep_backups=14,
    )


def test_swedish_words_mean_the_same() -> None:
    """The example in Swedish words is the same schedule."""
    swedish = (
        WHOLE.replace("5 minutes", "5 minuter")
        .replace("june", "juni")
        .replace("first tuesday", "första tisdagen")
        .replace("21 days before", "3 veckor före")
        .replace("5 days before", "5 dagar före")
        .replace("monday", "måndagar")
        .replace("15 minutes", "15 minuter")
        .replace("6 hours", "6 timmar")
    )

    assert read(swedish) == read(WHOLE)


def test_sample_schedule_has_no_problem() -> None:
    """The schedule at the top of the repository is one that works."""
    sample = Path(__file__).parents[2] / "schedule.yaml"

    assert read(sample.read_text(encoding="utf-8")).jobs


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("links: {every: 6 timmar}", Every(timedelta(hours=6))),
        ("links: {at: 10:30}", Daily(time(10, 30))),
        ("links: {at: 9.05}", Daily(time(9, 5))),
        ("links: {day: söndag, at: kl. 23.59}", Weekly(6, time(23, 59))),
        ("newsletter: {x: {month: maj, day: 15th, at: 8:00}}", Yearly(5, time(8), day=15)),
        ("newsletter: {x: {month: maj, day: den 1:a, at: 8:00}}", Yearly(5, time(8), day=1)),
        (
            "newsletter: {x: {month: maj, day: sista fredagen, at: 8:00}}",
            Yearly(5, time(8), weekday=4, nth=-1),
        ),
        (
            "newsletter: {x: {day: sista fredagen i mars, at: 8:00}}",
            Yearly(3, time(8), weekday=4, nth=-1),
        ),
        (
            "newsletter: {x: {month: jun, day: 1st tues in june, at: 8:00}}",
            Yearly(6, time(8), weekday=1, nth=1),
        ),
        ("newsletter: {x: {day: 15 december, at: 8:00}}", Yearly(12, time(8), day=15)),
        ("links: {day: tors, at: kl 6.00}", Weekly(3, time(6))),
        ("links: {day: varje dag, at: 6.00}", Daily(time(6))),
        ("links: {day: måndag, at: ”06:00”}", Weekly(0, time(6))),
        ("newsletter: {x: {month: maj, day: 24, at: 8:00}}", Yearly(5, time(8), day=24)),
        ("newsletter: {x: {month: maj, day: 5th, at: 8:00}}", Yearly(5, time(8), day=5)),
        ("newsletter: {x: {day: den 5:e maj, at: 8:00}}", Yearly(5, time(8), day=5)),
        ("newsletter: {x: {month: maj, day: 2, at: 8:00}}", Yearly(5, time(8), day=2)),
    ],
)
def test_rule(line: str, rule: Rule) -> None:
    """A job's words are its rule; a time needs no quotes, though YAML would make 10:30 a 630."""
    assert [job.rule for job in read(line).jobs] == [rule]


def test_absent_jobs_do_not_exist() -> None:
    """A file with one job gives that job, the site's zone, and a fortnight of backups."""
    assert read("bounces: {every: 1 hour}") == Schedule(
        STOCKHOLM, (ScheduledJob("bounces", Every(timedelta(hours=1))),), keep_backups=14
    )


def test_own_timezone_and_keep() -> None:
    """The file's own zone goes before the site's."""
    schedule = read('timezone: America/New_York\nbackup: {at: "04:00", keep: 3}')

    assert (schedule.timezone.key, schedule.keep_backups) == ("America/New_York", 3)


@pytest.mark.parametrize(
    ("catch_up", "within"),
    [
        ("", timedelta(hours=6)),
        ("catch_up: {newsletter: latest}", timedelta(hours=6)),
        ("catch_up: {newsletter: {latest, within: 3 days}}", timedelta(days=3)),
        ("catch_up: {newsletter: {within: 30 minutes}}", timedelta(minutes=30)),
    ],
)
def test_newsletter_is_never_sent_however_late(catch_up: str, within: timedelta) -> None:
    """An issue has a limit, six hours when none is written; its draft and reminder have none."""
    text = "newsletter: {x: {month: maj, day: 2:a, at: 8:00, draft: 1 day before}}\n" + catch_up

    assert [(job.name, job.within) for job in read(text).jobs] == [
        ("newsletter.x.draft", None),
        ("newsletter.x.send", within),
    ]


@pytest.mark.parametrize(
    ("catch_up", "within"),
    [
        ("", None),
        ("catch_up: {links: latest}", None),
        ("catch_up: {links: {latest, within: 1 day}}", timedelta(days=1)),
        ("catch_up: {publish: {within: 1 day}}", None),
    ],
)
def test_other_jobs_run_however_late(catch_up: str, within: timedelta | None) -> None:
    """Other jobs have a limit only where one is written for them."""
    (job,) = read("links: {day: friday, at: 8:00}\n" + catch_up).jobs

    assert job.within == within


DISAGREE = (
    "is a digit, and programs disagree on whether the week's day 1 is Monday or Tuesday, "
    "and day 0 Sunday or Monday"
)
SPRING = "newsletter: {var: {month: june, day: first tuesday, at: 9:00, draft: 9 days before}}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "timezone: Europe/Stokholm",
            '1: timezone "Europe/Stokholm" is not a time zone; '
            "write timezone: Europe/Stockholm, or leave the line out",
        ),
        (
            "timezone: Europe",
            '1: timezone "Europe" is not a time zone; '
            "write timezone: Europe/Stockholm, or leave the line out",
        ),
        (
            "timezone: /etc/passwd",
            '1: timezone "/etc/passwd" is not a time zone; '
            "write timezone: Europe/Stockholm, or leave the line out",
        ),
        ("\npublsh: {every: 5 minutes}", '2: "publsh" is not known here; write publish'),
        (
            "weather: {every: 5 minutes}",
            '1: "weather" is not known here; write one of timezone, publish, newsletter, links, '
            "bounces, backup, housekeeping, catch_up",
        ),
        (
            "[a]: b",
            '1: "[…]" is not known here; write one of timezone, publish, newsletter, links, '
            "bounces, backup, housekeeping, catch_up",
        ),
        ("links: {dya: monday, at: 6:00}", '1: "links.dya" is not known here; write day'),
        (
            "publish: {every: 5 minutes, keep: 3}",
            '1: "publish.keep" is not known here; write one of every, day, at',
        ),
        (
            "publish: every 5 minutes",
            '1: publish "every 5 minutes" does not hold names with values; '
            "write publish: {every: 5 minutes}",
        ),
        (
            "links: [monday]",
            '1: links "[…]" does not hold names with values; '
            'write links: {day: monday, at: "06:00"}',
        ),
        (
            "links:",
            '1: links "" does not hold names with values; write links: {day: monday, at: "06:00"}',
        ),
        (
            "newsletter: {var: june}",
            '1: newsletter.var "june" does not hold names with values; '
            'write var: {month: june, day: first tuesday, at: "09:00", '
            "draft: 21 days before}",
        ),
        (
            "- publish",
            '1: the file "[…]" does not hold names with values; write publish: {every: 5 minutes}',
        ),
        (
            "links: {at: 6:00}\nlinks: {at: 7:00}",
            '2: "links" is written twice, on line 1 too; keep one of them',
        ),
        (
            "publish: {}",
            '1: publish does not say when; write every: 5 minutes, or at: "09:00" for once a day',
        ),
        ("links: {day: monday}", '1: links has no at; write at: "09:00"'),
        (
            "links: {at: 25:00}",
            '1: links.at "25:00" is not a time of day from 00:00 to 23:59; write at: "09:00"',
        ),
        (
            "links: {at: {}}",
            '1: links.at "{…}" is not a time of day from 00:00 to 23:59; write at: "09:00"',
        ),
        ("links: {day: 1, at: 6:00}", f'1: links.day "1" {DISAGREE}; write day: monday'),
        (
            "links: {day: mondya, at: 6:00}",
            '1: links.day "mondya" is not a day of the week; write day: monday',
        ),
        (
            "links: {day: tisdgar, at: 6:00}",
            '1: links.day "tisdgar" is not a day of the week; write day: tisdagar',
        ),
        (
            "links: {day: first monday, at: 6:00}",
            '1: links.day "first monday" is not a day of the week; write day: monday',
        ),
        (
            "publish: {every: 5}",
            '1: publish.every "5" is not a length of time; write every: 5 minutes',
        ),
        (
            "publish: {every: 10 mintues}",
            '1: publish.every "10 mintues" is not a length of time; write every: 10 minutes',
        ),
        (
            "publish: {every: 1 day}",
            '1: publish.every "1 day" is not less than a day; '
            'write at: "03:00" in place of every, and day: monday beside it for once a week',
        ),
        (
            "publish: {every: 1 hour, at: 3:00}",
            "1: publish.at stands beside every, which has no at; keep either every or at",
        ),
        (
            "backup: {at: 3:00, keep: 0}",
            '1: backup.keep "0" is not a number from 1 upward; write keep: 14',
        ),
        (
            "newsletter: {var: {day: 1:a, at: 9:00}}",
            "1: newsletter.var has no month; write month: june",
        ),
        (
            "newsletter: {var: {month: june, at: 9:00}}",
            "1: newsletter.var has no day; write day: first tuesday",
        ),
        (
            "newsletter: {var: {month: june, day: 1:a}}",
            '1: newsletter.var has no at; write at: "09:00"',
        ),
        (
            "newsletter: {var: {month: 6, day: 1:a, at: 9:00}}",
            '1: newsletter.var.month "6" is not a month by name; write month: june',
        ),
        (
            "newsletter: {var: {month: decmber, day: 1:a, at: 9:00}}",
            '1: newsletter.var.month "decmber" is not a month by name; write month: december',
        ),
        (
            "newsletter: {var: {month: june, day: frist tuesdy, at: 9:00}}",
            '1: newsletter.var.day "frist tuesdy" is not a day of the month; '
            "write day: first tuesday",
        ),
        (
            "newsletter: {var: {month: june, day: tuesday, at: 9:00}}",
            '1: newsletter.var.day "tuesday" is not a day of the month; write day: first tuesday',
        ),
        (
            "newsletter: {var: {month: june, day: 31st, at: 9:00}}",
            '1: newsletter.var.day "31st" does not come every year; write day: 30',
        ),
        (
            "newsletter: {var: {month: february, day: 29th, at: 9:00}}",
            '1: newsletter.var.day "29th" does not come every year; write day: 28',
        ),
        (
            SPRING.replace("9 days before", "9 days after"),
            '1: newsletter.var.draft "9 days after" is not a number of days ahead, '
            "fewer than a year; write draft: 21 days before",
        ),
        (
            SPRING.replace("}}", ", remind: 9 days before}}"),
            "1: newsletter.var.remind is not later than the draft it reminds of; "
            "write fewer days than draft has",
        ),
        (
            SPRING.replace("var", "vår"),
            '1: "vår" cannot stand in an address, and issues are named 2026-vår; write var',
        ),
        (
            SPRING.replace("var", "–"),
            '1: "–" cannot stand in an address, and issues are named 2026-–; write spring',
        ),
        (
            "catch_up: {publish: all}",
            '1: catch_up.publish "all" does not hold names with values; '
            "write publish: {latest, within: 6 hours}",
        ),
        (
            "catch_up: {newsletters: latest}",
            '1: "catch_up.newsletters" is not known here; write newsletter',
        ),
        (
            "catch_up: latest",
            '1: catch_up "latest" does not hold names with values; '
            "write catch_up: {publish: latest}",
        ),
        (
            "catch_up: {links: {within: soon}}",
            '1: catch_up.links.within "soon" is not a length of time; write within: 5 minutes',
        ),
    ],
)
def test_complaint(text: str, complaint: str) -> None:
    """A mistake is told with its line, its value and what to write instead."""
    assert complaints(text) == [f"schedule.yaml:{complaint}"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("publish: {every: 5 minutes", 1),
        ("links: {at: 6:00}\n\tbackup: x", 2),
        ("links: {at: 6:00}\nbackup: a: b", 2),
        ("links: {at: 6:00}\n---\nbackup: {}", 2),
        ("links: {at: 6:00}\nbackup: \x00", 2),
        ("*nothing", 1),
        ("[" * 30_000, 1),
        ("- " * 30_000, 1),
    ],
)
def test_not_yaml(text: str, line: int) -> None:
    """What is not YAML, or is made to overrun its reader, is one problem with its line."""
    schedule, (problem,) = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule is None
    assert (problem.code, problem.line) == ("not-yaml", line)


def test_every_problem_at_once() -> None:
    """All that is wrong with a file is told together, from the top down."""
    text = (
        "catch_up: {newsletter: {within: soon}}\n"
        "newsletter:\n"
        "  var:\n"
        "    month: 6\n"
        "    day: someday\n"
        "    at: noon\n"
        "    draft: 21\n"
        "    colour: red\n"
        "timezone: Mars\n"
    )

    _, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "bad-duration"),
        (4, "bad-month"),
        (5, "bad-day"),
        (6, "bad-time"),
        (7, "bad-duration"),
        (8, "unknown-key"),
        (9, "bad-timezone"),
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "timezone: Europe/Stockholm", "{}"])
def test_empty_schedule_is_a_warning(text: str) -> None:
    """A schedule without jobs is one, and somebody ought to know."""
    schedule, (problem,) = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule == Schedule(STOCKHOLM, ())
    assert problem.severity is Severity.WARNING
    assert problem.code == "empty-schedule"


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("links: {at: 2:30}", True),
        ("links: {at: 2:00}", True),
        ("links: {at: 3:00}", False),
        ("links: {day: sunday, at: 2:30}", True),
        ("links: {day: monday, at: 2:30}", False),
        ("newsletter: {x: {month: march, day: last sunday, at: 2:30}}", True),
        ("newsletter: {x: {month: march, day: first sunday, at: 2:30}}", False),
        ("timezone: UTC\nlinks: {at: 2:30}", False),
        ("links: {every: 5 minutes}", False),
    ],
)
def test_time_at_a_clock_change_is_noted(text: str, noted: bool) -> None:  # noqa: FBT001 (a table)
    """A time that the clocks skip or repeat is allowed, and said to be one."""
    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule is not None
    assert [(p.code, p.severity) for p in problems] == [("clock-change", Severity.NOTE)] * noted


@settings(deadline=None)  # a shared machine pauses
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """No text makes the parser raise: it gives a schedule, or says why not."""
    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule is not None or problems


@settings(deadline=None)  # a shared machine pauses
@given(st.data())
def test_damaged_schedule_is_answered(data: st.DataObject) -> None:
    """Nor does the example with a piece cut out and anything put in its place."""
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, len(WHOLE)))
    text = WHOLE[:start] + data.draw(st.text(max_size=20)) + WHOLE[end:]

    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule is not None or problems


def test_a_day_may_name_its_month_once() -> None:
    """A day in one month and a month that says another are both told, and neither is chosen."""
    said = complaints("newsletter: {x: {month: juni, day: första tisdagen i maj, at: 8:00}}")

    assert said == [
        'schedule.yaml:1: newsletter.x.day "första tisdagen i maj" is in another month than month '
        "says; write the month once"
    ]


@pytest.mark.parametrize(
    ("line", "within"),
    [
        ("publish: {every: 5 minutes}", timedelta(days=1)),
        ("publish: {every: 5 minutes}\ncatch_up: {publish: latest}", None),
        (
            "publish: {every: 5 minutes}\ncatch_up: {publish: {latest, within: 2 hours}}",
            timedelta(hours=2),
        ),
        ("backup: {at: 3:15}", None),
        ("housekeeping: {at: 3:30}", None),
        ("links: {day: monday, at: 6:00}", None),
        ("bounces: {every: 15 minutes}", None),
        ("newsletter: {x: {month: maj, day: 15th, at: 8:00}}", timedelta(hours=6)),
    ],
)
def test_how_late_a_job_may_run(line: str, within: timedelta | None) -> None:
    """A site within a day, a newsletter within six hours, and however late what makes all good."""
    assert [job.within for job in read(line).jobs] == [within]


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ('backup: {at: "03:15", keep: 30}', None),
        ('backup: {at: "03:15", keep: 31}', 30),
        ("backup: {every: 6 hours, keep: 121}", 120),
        ('backup: {day: monday, at: "03:15", keep: 5}', 4),
        ('backup: {at: "03:15"}', None),
        ('backup: {day: monday, at: "03:15"}', 4),  # fourteen are kept where nothing is said
    ],
)
def test_backups_of_more_than_a_month_are_warned_of(line: str, most: int | None) -> None:
    """The privacy page says that what is erased is gone from the backups within a month."""
    schedule, problems = parse_schedule(line, SOURCE, STOCKHOLM, fault_of)

    assert schedule is not None
    assert [(p.code, p.severity, p.fix) for p in problems] == (
        [("old-backups", Severity.WARNING, f"write keep: {most}")] if most else []
    )


def test_backups_may_be_laid_elsewhere() -> None:
    """A folder of another disk, or one seen from the newsroom's; a list is none."""
    there = read('backup: {at: "03:15", to: /mnt/kopior}')
    beside = read('backup: {at: "03:15", to: ../kopior}')

    assert (there.backups_to, beside.backups_to) == ("/mnt/kopior", "../kopior")
    assert complaints('backup: {at: "03:15", to: [a, b]}') == [
        'schedule.yaml:1: backup.to "[…]" is not a folder; write to: /mnt/backups'
    ]


@pytest.mark.parametrize(
    ("draft", "remind", "comes", "complaint"),
    [
        (
            21,
            2,
            5,
            '1: newsletter.var.remind "2 days before" is too late: the last day to approve is two '
            "working days before it is sent, so the reminder comes 5 days before; "
            "write remind: 5 days before",
        ),
        (
            4,
            2,
            None,
            '1: newsletter.var.remind "2 days before" is too late: the last day to approve is two '
            "working days before it is sent, and the draft comes no earlier, so nobody is "
            "reminded; write draft: 21 days before",
        ),
        (21, 5, 5, None),
    ],
)
def test_a_reminder_leaves_time_to_answer(
    draft: int, remind: int, comes: int | None, complaint: str | None
) -> None:
    """One that would come on the last day to approve or after it is warned of, and comes before.

    Where the draft comes no earlier there is none.
    """
    text = SPRING.replace("9 days before", f"{draft} days before, remind: {remind} days before")

    schedule, problems = parse_schedule(text, SOURCE, STOCKHOLM, fault_of)

    assert schedule is not None
    reminders = [job for job in schedule.jobs if job.name.endswith(".remind")]
    assert [job.rule for job in reminders] == ([ahead(SEND_SPRING, comes)] if comes else [])
    told = [str(problem).removeprefix(f"{SOURCE}:") for problem in problems]
    assert told == ([complaint] if complaint else [])
    assert all(problem.severity is Severity.WARNING for problem in problems)
