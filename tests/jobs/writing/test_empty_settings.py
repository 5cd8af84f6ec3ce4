"""The settings of an empty newsroom, which are written out in each language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from newsroom.content.folder import read
from newsroom.content.front.yaml_faults import fault_of
from newsroom.jobs.advice.sample_values import sample_values
from newsroom.jobs.writing.init import LANGUAGES, begin, starter
from newsroom.model import Schedule
from newsroom.model.season import find_season
from newsroom.schedule import parse_schedule

FILES = ("posts/site.yaml", "schedule.yaml")
EXAMPLE = re.compile(r"^( *)#(?=[a-z-])", re.MULTILINE)  # an explanation has a space after the sign
# What is said in words, and so is another in each language; the first word of each field's path.
WORDS = {
    *("name", "url", "language", "sender", "approvers", "categories", "menu"),
    *("accessibility", "privacy"),
}
UNITS = {
    "minut": "minute",
    "minuter": "minutes",
    "timme": "hour",
    "timmar": "hours",
    "dagar": "days",
    "måndag": "monday",
    "fredag": "friday",
    "till": "to",
}
ENGLISH = re.compile(rf"\b(?:{'|'.join(UNITS)})\b")
NO_WORDS = {"accessibility.assessed", "accessibility.status", "accessibility.phone", "privacy.logs"}


@pytest.fixture
def rooms(tmp_path: Path) -> dict[str, Path]:
    """An empty newsroom in each language."""
    return {each: begin(tmp_path / each, empty_in=each) for each in LANGUAGES}


def examples_taken(room: Path) -> str:
    """The settings with the sign taken away before each example."""
    return EXAMPLE.sub(r"\1", (room / "posts/site.yaml").read_text(encoding="utf-8"))


def fields(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each field with its path, as `sending.canary.count`; names that are words are numbered."""
    if isinstance(value, dict):
        for number, (key, inner) in enumerate(value.items()):
            name = str(number) if path in {"categories", "newsletter"} else key
            yield from fields(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from fields(inner, f"{path}.{number}")
    else:
        yield path, value


def is_in_words(path: str) -> bool:
    """Whether the field is another in each language."""
    return path not in NO_WORDS and path.split(".", maxsplit=1)[0] in WORDS


def meant(value: object) -> object:
    """A value with its times in English; site.yaml reads them in either language."""
    return ENGLISH.sub(lambda word: UNITS[word[0]], value) if isinstance(value, str) else value


def loaded(room: Path) -> dict[str, Any]:
    """The settings, examples too, as YAML has them."""
    settings: dict[str, Any] = yaml.safe_load(examples_taken(room))
    return settings


def schedule_of(room: Path) -> Schedule:
    """The schedule, its issues named by the season in English."""
    text = (room / "schedule.yaml").read_text(encoding="utf-8")
    source, zone = PurePosixPath("schedule.yaml"), ZoneInfo("UTC")
    schedule, problems = parse_schedule(text, source, zone, fault_of)
    assert schedule is not None
    assert problems == ()
    jobs = (replace(job, name=in_english(job.name)) for job in schedule.jobs)
    return replace(schedule, jobs=tuple(jobs), backups_line=None)


def in_english(job: str) -> str:
    """`newsletter.var.send` as `newsletter.spring.send`."""
    return ".".join(find_season(word) or word for word in job.split("."))


def test_each_language_has_the_same_fields(rooms: dict[str, Path]) -> None:
    """No field, example or value is in one and lacks in the other, or is another there."""
    swedish, english = (list(fields(loaded(rooms[each]))) for each in ("sv", "en"))

    assert [path for path, _ in swedish] == [path for path, _ in english]
    same = [(path, meant(value)) for path, value in swedish if not is_in_words(path)]
    assert same == [pair for pair in english if not is_in_words(pair[0])]
    assert {"sending.canary.count", "brand.logo", "country", "privacy.logs"} <= dict(same).keys()


def test_each_language_has_words_of_its_own(rooms: dict[str, Path]) -> None:
    """A text that reads the same in both was not translated; press is a word of either."""
    swedish, english = (loaded(rooms[each]) for each in ("sv", "en"))

    alike = {
        path
        for (path, one), (_, other) in zip(fields(swedish), fields(english), strict=True)
        if is_in_words(path) and one == other
    }
    assert {path for path in alike if not path.endswith("until")} == set()
    assert set(swedish["categories"]) & set(english["categories"]) == {"press"}


@pytest.mark.parametrize("name", FILES)
def test_each_language_explains_the_same_lines(rooms: dict[str, Path], name: str) -> None:
    """A field that is explained in one language is explained in the other."""

    def explained(room: Path) -> list[bool]:
        text = EXAMPLE.sub(r"\1", (room / name).read_text(encoding="utf-8"))
        return [" # " in line for line in text.splitlines() if re.match(r" *[\w{-]", line)]

    def passages(room: Path) -> int:
        """How many explanations stand on lines of their own."""
        text = (room / name).read_text(encoding="utf-8")
        return len(re.findall(r"(?:^ *# .*\n)+", text, re.MULTILINE))

    assert explained(rooms["sv"]) == explained(rooms["en"])
    assert passages(rooms["sv"]) == passages(rooms["en"]) > 6


def test_the_english_is_english(rooms: dict[str, Path]) -> None:
    """No Swedish letter is left in it."""
    for name in FILES:
        text = (rooms["en"] / name).read_text(encoding="utf-8")
        assert re.findall(r".*[åäöÅÄÖ”].*", text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_can_be_used(rooms: dict[str, Path], language: str) -> None:
    """With the sign taken away they are settings, and lack nothing but the pieces they name."""
    room = rooms[language]
    (room / "posts/site.yaml").write_text(examples_taken(room), encoding="utf-8")
    (room / "posts/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    reading = read(room)

    approvers = loaded(room)["approvers"]
    assert len(reading.problems) == len(approvers) == 2
    assert all(name in str(said) for name, said in zip(approvers, reading.problems, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_that_is_left_is_told_of(rooms: dict[str, Path], language: str) -> None:
    """Who uses an example without writing their own is told, as of the sample."""
    room = rooms[language]
    taken = re.sub(r"^approvers:.*\n|^ *logo:.*\n", "", examples_taken(room), flags=re.MULTILINE)
    (room / "posts/site.yaml").write_text(taken, encoding="utf-8")
    newsroom = read(room).newsroom
    assert newsroom is not None

    told = sample_values(newsroom.site)

    assert told is not None
    assert told.message == (
        "still only an example: name, url, sender.name, sender.email, sender.reply_to, "
        "sender.bounces, accessibility.contact, accessibility.phone, privacy.officer, "
        "privacy.providers 1"
    )


def test_the_schedule_is_that_of_the_sample(rooms: dict[str, Path]) -> None:
    """Whatever the language, the same happens at the same times as in the sample."""
    sample = schedule_of(starter())

    assert schedule_of(rooms["sv"]) == schedule_of(rooms["en"]) == sample
    assert "newsletter.spring.draft" in {job.name for job in sample.jobs}


def test_the_settings_fall_behind_the_sample_in_nothing(rooms: dict[str, Path]) -> None:
    """What the sample sets, an empty newsroom sets or shows, and has the same values."""
    text = (starter() / "posts/site.yaml").read_text(encoding="utf-8")
    sample, empty = yaml.safe_load(text), loaded(rooms["sv"])

    assert sample.keys() - empty.keys() == set()
    for key in ("approval", "brand", "categories", "feed", "checks", "sending", "deploy"):
        ours, theirs = (fields(settings[key], key) for settings in (empty, sample))
        assert [(path, meant(value)) for path, value in ours] == [
            (path, meant(value)) for path, value in theirs
        ]
