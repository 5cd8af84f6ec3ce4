"""A letter as plain text: the same words and the same addresses as its HTML."""

from collections.abc import Iterator

from newsroom.render.mail.view import LetterView, Occasion, Person, Story
from newsroom.render.text.plain_writer import filled, underlined
from newsroom.render.words import Words


def letter_text(view: LetterView) -> str:
    """The text part, filled to 72 characters; a line that is an address may be longer."""
    return "\n\n".join(block for block in _blocks(view) if block) + "\n"


def _blocks(view: LetterView) -> Iterator[str]:
    _ = view.words.gettext
    number = _("number %(number)s") % {"number": view.number} if view.number else None
    yield filled(" · ".join(part for part in (view.sender, number) if part))
    yield underlined(view.title, "=")
    yield view.introduction_text
    for story in [view.lead, *view.stories]:
        if story is not None:
            yield from _story(view.words, story)
    if view.occasions:
        yield underlined(_("In the calendar"), "=")
        yield from (_occasion(view.words, occasion) for occasion in view.occasions)
    if view.people:
        yield underlined(_("Ask us"), "=")
        yield from (_person(person) for person in view.people)
    yield _footer(view)


def _story(words: Words, story: Story) -> Iterator[str]:
    yield underlined(story.title, "-")
    yield filled(story.kicker)
    if story.picture is not None and story.picture.alt:
        yield filled(f"[{story.picture.alt}]")
    yield filled(story.summary)
    yield f"{words.gettext('Read it all:')}\n{story.url}"


def _occasion(words: Words, occasion: Occasion) -> str:
    lines = [
        filled(occasion.title),
        filled(" · ".join(part for part in (occasion.when, occasion.place) if part)),
    ]
    lines += map(filled, occasion.changed)
    if occasion.deadline:
        lines.append(words.gettext("Register by {date}").format(date=occasion.deadline))
    lines.append(occasion.url)
    lines.append(f"{words.gettext('Put it in your calendar:')}\n{occasion.calendar_url}")
    return "\n".join(lines)


def _person(person: Person) -> str:
    parts = (person.name, person.role, person.email, person.phone)
    return "\n".join(filled(part) for part in parts if part)


def _footer(view: LetterView) -> str:
    """Who sends this, why, and the way out; mail programs know it by its first line."""
    _ = view.words.gettext
    links = (
        (_("Read the letter on the web:"), view.web_url),
        (_("Get the letter yourself:"), view.subscribe_url),
        (_("Change your details:"), view.my_data_url),
        (_("End the subscription:"), view.leave_url),
        (_("How we treat your personal data:"), view.privacy_url),
    )
    return "\n".join(
        [
            "-- ",
            filled(view.why),
            "",
            *(f"{words}\n{address}" for words, address in links),
            "",
            filled(view.postal_address or view.sender),
            view.home_url,
        ]
    )
