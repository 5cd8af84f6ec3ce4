"""The site: what follows from what its file says."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from newsroom.model import Sender, Site

SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket Exempel", "brev@example.se"),
)


@pytest.mark.parametrize(
    ("reply_to", "mailbox"), [(None, "brev@example.se"), ("kansli@example.se", "kansli@example.se")]
)
def test_people_write_to_the_mailbox_that_a_person_reads(
    reply_to: str | None, mailbox: str
) -> None:
    """That is the sender's, unless answers are to go elsewhere."""
    sender = replace(SITE.sender, reply_to=reply_to)

    assert replace(SITE, sender=sender).mailbox == mailbox
