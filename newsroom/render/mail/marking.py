"""Puts a banner on a letter that is a trial or a preview, so that nobody takes it for the issue."""

import re
from dataclasses import replace

from newsroom.render.mail.dress import direction
from newsroom.render.mail.letter import Letter
from newsroom.render.words import Words

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_RULE = "-" * 72
_BANNER = (
    '<div role="note" lang="{lang}" dir="{dir}" style="margin:0;padding:12px 16px;'
    "background-color:#fff3c4;color:#1c1c1c;font-family:Arial,sans-serif;font-size:16px;line-height:24px;"
    'text-align:center">{words}</div>'
)


def marked(letter: Letter, subject: str, html: str, text: str) -> Letter:
    """The letter under another subject, with some HTML and some text above everything else."""
    start = _BODY.search(letter.html)
    place = start.end() if start else 0
    return replace(
        letter,
        subject=subject,
        html=letter.html[:place] + html + letter.html[place:],
        text=f"{text}\n\n{_RULE}\n\n{letter.text}",
    )


def as_trial(letter: Letter) -> Letter:
    """The letter for those who try it: it says so in its subject and before its first word."""
    words = Words(letter.lang)
    warning = words.gettext("[Test] This is a trial, and its links end nobody's subscription.")
    subject = words.gettext("[Test] {subject}").format(subject=letter.subject)
    return marked(letter, subject, banner(warning, letter.lang), warning)


def banner(words: str, lang: str) -> str:
    """A line in a band of its own colour, dark on light in every mail program."""
    return _BANNER.format(lang=lang, dir=direction(lang), words=words)
