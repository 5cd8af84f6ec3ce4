"""What stands in one issue of the newsletter, before it is written as HTML and as text."""

from dataclasses import dataclass

from newsroom.render.words import Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as it is shown."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Story:
    """A post in the letter."""

    id: str  # the post's, so that feed, page and letter name it alike
    lang: str
    category: str | None  # in the site's language
    date: str
    title: str
    summary: str
    url: str
    picture: Picture | None

    @property
    def kicker(self) -> str:
        """What kind of story it is, and of which day."""
        return " · ".join(part for part in (self.category, self.date) if part)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event in the letter."""

    id: str
    lang: str
    when: str
    title: str
    place: str | None
    deadline: str | None
    changed: tuple[str, ...]  # what is new about it since it was announced
    url: str
    calendar_url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask."""

    id: str
    lang: str
    name: str
    role: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """Everything that a letter shows."""

    words: Words
    site_lang: str
    issue_lang: str  # of title, subject, preheader and introduction
    subject: str
    preheader: str
    sender: str
    number: int | None
    title: str
    introduction_html: str
    introduction_text: str
    lead: Story | None
    stories: tuple[Story, ...]
    occasions: tuple[Occasion, ...]
    people: tuple[Person, ...]
    why: str  # this letter came to this reader
    postal_address: str
    host: str
    home_url: str
    web_url: str
    subscribe_url: str
    privacy_url: str
    my_data_url: str  # asks for an address and mails a link: a letter may be passed on
    leave_url: str  # a hole: filled for each reader
