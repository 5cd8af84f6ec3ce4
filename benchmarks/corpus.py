"""The made-up newsroom that every tool publishes: the same posts each time, for any number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks import prose

FIRST: Final = date(2016, 1, 4)
YEARS: Final = 3_640  # days: ten years, and the last post is before 2026
AFTERWARDS: Final = date(2026, 1, 5)  # the day of the first post that is added


@dataclass(frozen=True, slots=True)
class Post:
    """A news item, before a tool's own way to write it down."""

    number: int
    day: date
    title: str
    summary: str
    tags: tuple[str, ...]
    body: str

    @property
    def slug(self) -> str:
        """The last part of its address, its own among all."""
        first = self.title.split()[0]
        return f"{_ascii(first)}-{self.number}"

    @property
    def address(self) -> str:
        """Where every tool is asked to put it, below the site."""
        return f"nyheter/{self.day.year}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Event:
    """An entry in the calendar."""

    number: int
    day: date
    title: str
    body: str


def posts(count: int) -> Iterator[Post]:
    """So many posts, spread evenly over ten years, the oldest first."""
    return (post_at(number, count) for number in range(count))


def post_at(number: int, count: int) -> Post:
    """One of so many posts."""
    return make_post(number, FIRST + timedelta(number * YEARS // count))


def added(round_: int, count: int) -> Post:
    """A post newer than all the others, another in each round."""
    return make_post(count + round_, AFTERWARDS + timedelta(round_))


def events(count: int) -> Iterator[Event]:
    """So many events, the last of them a year after the last post."""
    for number in range(count):
        chance = Random(f"event {number}")
        day = FIRST + timedelta(number * (YEARS + 365) // count)
        title = f"Möte {number + 1} om {chance.choice(prose.TAGS)} i {chance.choice(prose.PLACES)}"
        yield Event(number, day, title, _paragraph(chance, 4))


def make_post(number: int, day: date) -> Post:
    """About 1.5 kB of Swedish, always the same for the same number."""
    chance = Random(f"post {number}")
    subject, object_ = chance.choice(prose.SUBJECTS), chance.choice(prose.OBJECTS)
    happened = f"{subject} {chance.choice(prose.VERBS)} {object_}"
    return Post(
        number=number,
        day=day,
        title=f"{happened} i {chance.choice(prose.PLACES)}, del {number + 1}",  # a title of its own
        summary=f"{_sentence(chance)} {chance.choice(prose.ENDINGS[:2])}",
        tags=tuple(chance.sample(prose.TAGS, chance.randint(1, 3))),
        body=_body(chance, number),
    )


def _body(chance: Random, number: int) -> str:
    parts = [_paragraph(chance, 4), *_section(chance), _linked(chance, number)]
    if number % 6 == 0:
        parts += [f"## {prose.HEADINGS[4]}", _table(chance)]
    parts += [*_section(chance), _paragraph(chance, 2)]
    return "\n\n".join(parts) + "\n"


def _section(chance: Random) -> list[str]:
    sign = chance.choice(("-", "1."))
    entries = "\n".join(f"{sign} {_sentence(chance)}" for _ in range(chance.randint(2, 3)))
    return [f"## {chance.choice(prose.HEADINGS[:4])}", _paragraph(chance, 3), entries]


def _linked(chance: Random, number: int) -> str:
    address = f"https://www.example.se/rapport/{number}"
    link = f"Hela underlaget finns i [rapporten om {chance.choice(prose.PLACES)}]({address})."
    return f"{link} {_paragraph(chance, 3)}\n\n> {_sentence(chance)}"


def _table(chance: Random) -> str:
    rows = "\n".join(
        f"| {place} | {chance.randint(10, 900)} | {chance.randint(1, 99)} % |"
        for place in prose.PLACES[:3]
    )
    return f"| Ort | Svar | Andel |\n|---|---|---|\n{rows}"


def _paragraph(chance: Random, sentences: int) -> str:
    said = (_sentence(chance) for _ in range(sentences - 1))
    return " ".join([*said, chance.choice(prose.ENDINGS)])


def _sentence(chance: Random) -> str:
    return (
        f"{chance.choice(prose.SUBJECTS)} {chance.choice(prose.VERBS)} "
        f"{chance.choice(prose.OBJECTS)}."
    )


def _ascii(word: str) -> str:
    return word.lower().translate(str.maketrans("åäö", "aao")).strip(".,?!")
