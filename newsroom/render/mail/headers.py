"""The headers of our messages, built with the standard message class."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from newsroom.errors import AddressError
from newsroom.model import Addresses, Issue, Site
from newsroom.model.saying import say
from newsroom.render.mail.holes import DATE, LEAVE_WORD, MESSAGE_ID, ONE_CLICK, TO
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.policy import POLICY
from newsroom.render.text.characters import one_line

_SENDER_ID = slice(15)  # the most characters that Gmail reads of it


def letter_message(letter: Letter, site: Site, issue: Issue) -> EmailMessage:
    """A letter as a message to nobody yet: what is personal in it is holes."""
    message = EmailMessage(policy=POLICY)
    _add_sender(message, site)
    message["To"] = TO
    message["Subject"] = one_line(letter.subject)
    message["Date"] = DATE
    message["Message-ID"] = MESSAGE_ID
    _add_list(message, site, issue)
    _add_body(message, letter.text, letter.html)
    message["Content-Language"] = letter.lang  # setting the body takes away what begins so
    return message


def system_message(  # noqa: PLR0913, PLR0917 (a mail is all of these)
    site: Site, to: str, subject: str, text: str, html: str | None, now: datetime
) -> EmailMessage:
    """A message that the program wrote by itself (RFC 3834, section 5): nothing to leave in it.

    `to` is an address alone; raises AddressError when no mail can carry it. The same words to the
    same person at the same `now` (aware) have the same Message-ID.
    """
    message = EmailMessage(policy=POLICY)
    _add_sender(message, site)
    message["To"] = Address(addr_spec=_recipient(to))
    message["Subject"] = one_line(subject)
    message["Date"] = now
    name = sha256(f"{to}\n{subject}\n{text}\n{now.isoformat()}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{name}@{domain_of(site)}>"
    message["Auto-Submitted"] = "auto-generated"
    _add_no_holiday_replies(message)
    _add_body(message, text, html)
    return message


def ascii_address(address: str) -> str:
    """A mail address with its domain in ASCII (RFC 5890); ValueError when it is none."""
    checked = validate_email(
        address,
        check_deliverability=False,
        globally_deliverable=False,
        allow_smtputf8=False,
        allow_quoted_local=True,  # the list takes them, too
        test_environment=True,
    )
    return checked.ascii_email or checked.normalized


def _recipient(address: str) -> str:
    try:
        return ascii_address(address)
    except EmailNotValidError as error:
        raise AddressError(
            say("no mail can carry the address {address}", address=address)
        ) from error


def domain_of(site: Site) -> str:
    """The domain that the site's mail is sent from."""
    return ascii_address(site.sender.email).rpartition("@")[2]


def _add_sender(message: EmailMessage, site: Site) -> None:
    sender = site.sender
    message["From"] = Address(one_line(sender.name), addr_spec=ascii_address(sender.email))
    if sender.reply_to:
        message["Reply-To"] = Address(addr_spec=ascii_address(sender.reply_to))


def _add_list(message: EmailMessage, site: Site, issue: Issue) -> None:
    """What makes it a list that one can leave with one click (RFC 2369, 2919 and 8058)."""
    addresses, sender = Addresses(site), site.sender
    leave = f"mailto:{ascii_address(sender.bounces or sender.email)}?subject=unsubscribe"
    subscribe = addresses.url(addresses.section("subscribe"))
    message["List-Unsubscribe"] = f"<{ONE_CLICK}>, <{leave}%20{LEAVE_WORD}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Stable for ever, since readers sort by it.
    message["List-Id"] = f"<newsletter.{urlsplit(site.first_url).hostname}>"
    message["List-Help"] = message["List-Subscribe"] = f"<{subscribe}>"
    message["List-Archive"] = f"<{addresses.url(addresses.section('issues'))}>"
    message["List-Owner"] = f"<mailto:{ascii_address(site.mailbox)}>"
    sender_id = re.sub("[^a-z0-9]", "", domain_of(site).lower()).ljust(5, "0")[_SENDER_ID]
    message["Feedback-ID"] = f"{issue.slug}:newsletter:news:{sender_id}"
    message["Precedence"] = "bulk"
    _add_no_holiday_replies(message)


def _add_no_holiday_replies(message: EmailMessage) -> None:
    """Exchange's own header; anything more would keep bounces from us too."""
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"


def _add_body(message: EmailMessage, text: str, html: str | None) -> None:
    """The text and the HTML as alternatives, with a boundary that follows from them."""
    message.set_content(text, cte="quoted-printable")
    if html is not None:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        # "=_" cannot occur in quoted-printable (RFC 2045, section 6.7).
        for part in message.iter_parts():
            del part["MIME-Version"]  # is the whole message's (RFC 2045, section 4)
        message.set_boundary(f"=_{sha256((text + html).encode()).hexdigest()[:32]}")
