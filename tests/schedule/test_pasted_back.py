"""What is said to write instead can be written: each example is read when it is pasted in."""

import re
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.front.yaml_faults import fault_of
from newsroom.model import Problem
from newsroom.model.saying import Saying
from newsroom.render.sayings import in_language
from newsroom.schedule import parse_schedule

SPRING = 'newsletter: {var: {month: juni, day: 1:a, at: "09:00"}}'
YEARLY = "newsletter: {var: {month: MONTH, day: DAY, at: 9:00}}"

WRONG = [
    "timezone: Europa/Stockholm\nlinks: {at: 6:00}",
    "publish: every 5 minutes",
    "publish: {}",
    "publish: {every: 5}",
    "publish: {every: 10 mintues}",
    "publish: {every: ofta}",
    "links: [monday]",
    "links: söndag",
    "links:",
    "bounces: ibland",
    "backup: varje natt",
    "housekeeping: {}",
    "- publish",
    "links: {day: monday}",
    "links: {at: 25:00}",
    "links: {at: 9}",
    "links: {at: kl. 7}",
    "links: {at: noon}",
    "links: {day: 1, at: 6:00}",
    "links: {day: 24, at: 6:00}",
    "links: {day: mondag, at: 6:00}",
    "links: {day: vardagar, at: 6:00}",
    "links: {day: helger, at: 6:00}",
    "links: {day: måndag och torsdag, at: 6:00}",
    "links: {day: [måndag, torsdag], at: 6:00}",
    "links: {day: första fredagen, at: 6:00}",
    "backup: {at: 3:00, keep: 0}",
    "backup: {at: 3:00, keep: fjorton}",
    "backup: {at: 3:00, to: [a, b]}",
    "backup: {at: 3:00, keep: 400}",
    "newsletter: juni",
    "newsletter: {var: juni}",
    "newsletter: {var: {day: 1:a, at: 9:00}}",
    "newsletter: {var: {month: juni, at: 9:00}}",
    "newsletter: {var: {month: juni, day: 1:a}}",
    *(
        YEARLY.replace("MONTH", month).replace("DAY", day)
        for month, day in [
            ("mai", "15"),
            ("6", "15"),
            ("decmber", "15"),
            ("höst", "15"),
            ("juni", "tisdag"),
            ("juni", "frist tuesdy"),
            ("juni", "31"),
            ("february", "29th"),
            ("juni", "femte fredagen"),
            ("june", "the 5th friday"),
            ("juni", "midsommar"),
        ]
    ),
    "newsletter: {var: {day: 31 juni, at: 9:00}}",
    "newsletter: {var: {day: femte fredagen i juni, at: 9:00}}",
    SPRING.replace("}}", ", draft: 21 dagar}}"),
    SPRING.replace("}}", ", draft: 21}}"),
    SPRING.replace("}}", ", draft: 2 vekor fore}}"),
    SPRING.replace("}}", ", remind: 9 days after}}"),
    f"{SPRING}\ncatch_up: aldrig",
    "links: {at: 6:00}\ncatch_up: {backup: snart}",
    f"{SPRING}\ncatch_up: {{newsletter: {{within: snart}}}}",
]


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is wrong with a text."""
    return parse_schedule(
        text, PurePosixPath("schedule.yaml"), ZoneInfo("Europe/Stockholm"), fault_of
    )[1]


def pasted(text: str, problem: Problem, lang: str) -> str:
    """The text with the words of the problem's fix where they belong."""
    assert isinstance(problem.fix, Saying), problem
    words = problem.fix.values["words"]
    assert isinstance(words, str)
    words = in_language(words, lang)
    name = words.partition(":")[0]
    standing = re.compile(
        rf"\b{name}:(?: (?:\{{[^{{}}]*\}}|\[[^\]]*\]|[^,{{}}\n]*)|$)", re.MULTILINE
    )
    if standing.search(text):
        return standing.sub(lambda _: words, text, count=1)
    if "{" not in text:
        return words  # the whole file is something else
    opened = re.sub(r"\{(?=[^{}]*\})", lambda _: f"{{{words}, ", text, count=1)
    return opened.replace(", }", "}")


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("text", WRONG)
def test_each_example_is_read(text: str, lang: str) -> None:
    """Whoever pastes what a message says, in either language, is rid of the problem."""
    (problem,) = problems_of(text)

    assert problems_of(pasted(text, problem, lang)) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("links: {day: mondag, at: 6:00}  # sökning", "day: måndag"),
        ("links: {day: mondag, at: 6:00}  # search, every 2 weeks", "day: monday"),
        ("links: {day: varannan måndag, at: 06:00}", "day: måndag"),
        ('links: {at: "9 pm"}', 'at: "21:00"'),
        ('links: {at: "12:30 am"}', 'at: "00:30"'),
        ("newsletter: {var: {month: juni, day: 2 tisdagen, at: 09:00}}", "day: 2:a tisdagen"),
        ("newsletter: {spring: {month: june, day: 1 tuesday, at: 09:00}}", "day: 1st tuesday"),
        (f"{SPRING.replace('juni', 'mai')}  # våren", "month: maj"),
        (SPRING.replace("juni", "mai").replace("1:a", "first monday"), "month: may"),
        ("links: {day: lordagar, at: 6:00}", "day: lördagar"),
        (SPRING.replace("juni", "12").replace("1:a", "första onsdagen"), "month: december"),
        (SPRING.replace("1:a", "femte fredagen"), "day: sista fredagen"),
        ("links: {at: kl. 7}", 'at: "07:00"'),
    ],
)
def test_the_word_that_was_meant(text: str, words: str) -> None:
    """Slips are counted in letters, å, ä and ö as a and o; the words of the file's language win."""
    (problem,) = problems_of(text)

    assert problem.fix == f"write {words}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "links: {day: vardagar, at: 6:00}",
            'schedule.yaml:1: links.day "vardagar" är mer än en dag; '
            "skriv day: måndag, eller ta bort day, så görs det varje dag",
        ),
        (
            "links: aldrig\nbackup: {at: 3:15}",
            'schedule.yaml:1: links "aldrig": det som inte ska göras står inte med; ta bort links',
        ),
        (
            SPRING.replace("}}", ", remind: nej}}"),
            'schedule.yaml:1: newsletter.var.remind "nej": det som inte ska göras står inte med; '
            "ta bort remind",
        ),
        (
            SPRING.replace("1:a", "femte fredagen"),
            'schedule.yaml:1: newsletter.var.day "femte fredagen" finns inte i alla månader; '
            "skriv day: sista fredagen",
        ),
        (
            "links: {at: 25:00}",
            'schedule.yaml:1: links.at "25:00" är inte ett klockslag mellan 00:00 och 23:59; '
            'skriv at: "09:00"',
        ),
        (
            "länkar: {at: 6:00}",
            'schedule.yaml:1: "länkar" är inte känt här; skriv links',
        ),
        (
            "backup:\n  at:'03:15'",
            "schedule.yaml:2: det saknas ett mellanslag efter kolon i \"at:'03:15'\"; "
            "skriv at: '03:15'",
        ),
    ],
)
def test_what_is_said_in_swedish(text: str, message: str) -> None:
    """A coordinator reads what is wrong, and what to write instead, in Swedish."""
    (problem,) = problems_of(text)

    assert in_language(problem.sentence, "sv") == message
