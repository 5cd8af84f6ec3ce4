"""Whether a letter can be read as many get it: without pictures, and without styles.

Outlook shows no picture from outside before it is asked to. Gmail throws the styles of a letter
away when one rule of it displeases it, and a screen reader has never seen one.
"""

from typing import Any

from newsroom.model.saying import say
from newsroom.render.mail.fault import Fault, Faults
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.runs import styles

_INVISIBLE = " \t\n\r\xa0\u2007\ufeff"


def bare_faults(html: str) -> Faults:
    """What would be lost: a title, the words of a link, the way out."""
    from lxml.html import document_fromstring

    document = document_fromstring(html)
    body = document.find("body")
    headings = [h for h in body.iter("h1", "h2", "h3", "h4", "h5", "h6") if not _words(h)]
    for heading in headings:
        yield Fault(
            "mail-bare",
            say("without pictures an {tag} says nothing", tag=heading.tag),
            say("write its words, or what its picture says, in text"),
        )
    for link in body.iter("a"):
        if link.get("href") and not _words(link):
            yield Fault(
                "mail-bare",
                say("without pictures a link to {address} says nothing", address=link.get("href")),
                say("write where it goes, or give its picture an alt text"),
            )
    if not any(_words(link) for link in body.iterfind(f".//a[@href='{LEAVE}']") if _seen(link)):
        yield Fault(
            "mail-bare",
            say("nobody can see the link that ends the subscription"),
            say("put {{{{ view.leave_url }}}} back into templates/mail/footer.html"),
        )


def _words(element: Any) -> str:  # noqa: ANN401 (lxml has no types)
    """What is read of an element when no picture is shown: its words, and those in their place."""
    inside = [element.text_content(), *(each.get("alt", "") for each in element.iter("img"))]
    return "".join(inside).strip(_INVISIBLE)


def _seen(element: Any) -> bool:  # noqa: ANN401
    """Whether nothing around an element hides it."""
    around = (element, *element.iterancestors())
    return not any(styles(each).get("display") == "none" for each in around)
