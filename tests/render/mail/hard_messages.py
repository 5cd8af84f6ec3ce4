"""Messages that are hard to write right, whose bytes are kept in messages/.

python -m tests.render.mail.hard_messages DIR
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from newsroom.model import Sender, Site
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.message import Personal, message_template, system_message
from tests.render.pieces import URL, at, make_issue, make_site

FOLDER = Path(__file__).parent / "messages"
NOW = at("2026-12-01T09:00")
TOKEN = "AQAAAAABabcdefghijklmnopqrstuv"
READER = Personal(
    to_name="Anna Ek",
    to_email="anna@example.se",
    message_id="<2026-var.17@example.se>",
    one_click_url=f"{URL}/u/{TOKEN}",
    leave_url=f"{URL}/avsluta/{TOKEN}",
)
LETTER = Letter(
    issue="2026-var",
    lang="sv",
    subject="Våren är här",
    preheader="Allt som har hänt.",
    html=f'<p>Hej, så här års!</p>\n<p><a href="{LEAVE}">Avsluta prenumerationen</a></p>\n',
    text=f"Hej, så här års!\n\n-- \nAvsluta prenumerationen:\n{LEAVE}\n",
)
ENGLISH = replace(
    LETTER,
    lang="en",
    subject="Spring is here",
    html=LETTER.html.replace("Hej, så här års!", "Hello – it’s spring!"),
    text=LETTER.text.replace("Hej, så här års!", "Hello – it’s spring!"),
)
LONG = "Nätverket för hälsofrämjande samhällsplanering i Norra och Södra Exempellandet"


def written(
    letter: Letter = LETTER, reader: Personal = READER, site: Site | None = None
) -> Callable[[], bytes]:
    """A letter to a reader, when it is asked for."""
    return lambda: message_template(letter, site or make_site(), make_issue(), NOW).fill(reader)


def sent_by(name: str, email: str = "brev@example.se", reply_to: str | None = None) -> Site:
    """The site with another sender."""
    return make_site(sender=Sender(name, email, reply_to or email))


def with_words(words: str) -> Letter:
    """The letter with some more words in both of its parts."""
    return replace(LETTER, text=f"{words}\n{LETTER.text}", html=f"<p>{words}</p>{LETTER.html}")


MESSAGES: dict[str, Callable[[], bytes]] = {
    "swedish": written(),
    "english": written(ENGLISH),
    "comma-and-dash": written(
        reader=replace(READER, to_name="Öberg, Åsa – Region"), site=sent_by("Ek, Anna – Region")
    ),
    "quotes": written(
        reader=replace(READER, to_name='Anna "Ann" Ek (vik.) <x>'), site=sent_by('Ek & "Co", AB')
    ),
    "long-names": written(reader=replace(READER, to_name=LONG), site=sent_by(LONG)),
    "no-name": written(reader=replace(READER, to_name="", to_email="registrator@example.se")),
    "idn": written(
        reader=replace(READER, to_email="asa@xn--malm-8qa.example"),
        site=sent_by("Malmö", "brev@malmö.example", "kansli@malmö.example"),
    ),
    "long-token": written(
        reader=replace(
            READER,
            one_click_url=f"{URL}/u/".ljust(300, "x"),
            leave_url=f"{URL}/avsluta/".ljust(300, "x"),
        )
    ),
    "emoji": written(replace(LETTER, subject="🌱 Våren 👩🏽‍🌾 och 健康ネットワーク " + "🌷" * 30)),
    "long-subject": written(
        replace(ENGLISH, subject="The spring letter, in which a great many things are told " * 3)
    ),
    "lookalike": written(
        replace(ENGLISH, subject="=?utf-8?q?x?= is no subject"),
        replace(READER, to_name="=?utf-8?q?Anna?="),
    ),
    "long-words": written(with_words(f"{'å' * 400} {'x' * 1_200} . 🌱\t=3D \n.\n.punkt")),
    "system": lambda: system_message(
        make_site(), "anna@malmö.example", "Ett steg kvar", "Hej å!\n", "<p>Hej å!</p>\n", NOW
    ).as_bytes(),
}


def write(folder: Path) -> None:
    """Write each message to a file of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, message in MESSAGES.items():
        (folder / f"{name}.eml").write_bytes(message())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
