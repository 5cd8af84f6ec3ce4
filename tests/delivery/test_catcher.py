"""The page of a mail catcher: what came, in the language of the newsroom."""

import smtplib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsroom.delivery.catcher import MailCatcher
from newsroom.render.templates import Templates, default_templates

TEMPLATES = Templates([default_templates()])


def caught(folder: Path, lang: str, *, html: bool) -> Path:
    """The page after one mail with a subject that would be markup."""
    message = EmailMessage()
    message["To"], message["From"] = "asa@example.se", "brev@example.se"
    message["Subject"] = "Höst <i>& vinter</i>"
    message.set_content("Hej <b>du</b>!")
    if html:
        message.add_alternative("<p>Hej!</p>", subtype="html")
    with MailCatcher(folder) as catcher:
        address = urlsplit(catcher.address)
        with smtplib.SMTP(str(address.hostname), address.port or 0) as server:
            server.send_message(message)
        return catcher.write_index(TEMPLATES, lang)


@pytest.mark.parametrize(
    ("lang", "title", "link"),
    [("sv", "Fångade mejl: 1", "som det skickades"), ("en", "Caught mails: 1", "as it was sent")],
)
def test_the_list_speaks_the_language_of_the_newsroom(
    tmp_path: Path, lang: str, title: str, link: str
) -> None:
    """Its words, and the language that it says it is in; what a mail says is text and no markup."""
    page = caught(tmp_path, lang, html=True).read_text()

    assert f'<html lang="{lang}">' in page
    assert f"<h1>{title}</h1>" in page
    assert f">{link}</a>" in page
    assert '<a href="0001.html">Höst &lt;i&gt;&amp; vinter&lt;/i&gt;</a>' in page
    assert "asa@example.se" in page
    assert (tmp_path / "0001.html").read_text() == "<p>Hej!</p>\n"


def test_a_mail_of_text_alone_is_shown_as_such(tmp_path: Path) -> None:
    """On a page of its own, where nothing of it is markup."""
    caught(tmp_path, "sv", html=False)

    assert "<pre>Hej &lt;b&gt;du&lt;/b&gt;!\n</pre>" in (tmp_path / "0001.html").read_text()
