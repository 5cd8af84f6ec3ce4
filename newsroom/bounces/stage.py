"""At which SMTP command a server refused, RCPT or DATA, as far as its words tell.

A server that refuses the recipient (RCPT) speaks of the address. One that takes the address, and
calls it unknown once it has the text, has the address, or had it: some of the large ones answer so
for a reader whose own filter refuses us.
"""

import re
from enum import StrEnum


class Stage(StrEnum):
    """What was refused."""

    RECIPIENT = "recipient"
    TEXT = "text"
    NOT_SAID = "not said"


_RECIPIENT = re.compile(
    r"in\s+reply\s+to\s+RCPT|after\s+RCPT|RCPT(?:\s+TO)?\s+(?:response|command)|\[RCPT_TO\]|"
    r"SMTP:RCPT|command:?\s+RCPT|\(state 14\)|does not like recipient|"
    r">>>\s*RCPT\b[^\n]*\n+\s*<<<\s*5|<<<\s*RCPT\b[^\n]*\n+[^\n]{0,20}>>>\s*5|"
    r"\bRCPT TO:\s*<[^<>\n]*>[:;,]?\s+(?:[^\n]{0,60}\s)?5\d\d[ -]",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"in\s+reply\s+to\s+(?:end\s+of\s+)?DATA|(?:after|at)\s+end\s+of\s+(?:data|message)|"
    r"our\s+final\s+DATA|failed\s+after\s+I\s+sent\s+the\s+message|\(state 1[78]\)|"
    # Replies to several commands at once follow DATA too (RFC 2920); then there is no `554`.
    r">>>\s*DATA\s*\n<<<\s*5[^\n]*\n554 5\.0\.0 Service unavailable|SMTP command\s+DATA\b",
    re.IGNORECASE,
)


def stage_in(text: str) -> Stage:
    """The point that a text names; the recipient's, where it names both."""
    if _RECIPIENT.search(text):
        return Stage.RECIPIENT
    return Stage.TEXT if _TEXT.search(text) else Stage.NOT_SAID
