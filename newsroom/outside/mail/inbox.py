"""The mailbox that bounces come to, over IMAP (RFC 3501): the only importer of imap-tools.

Nothing in it is deleted and nothing is marked as read, so that a person may read it too.
"""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from imaplib import IMAP4
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from newsroom.errors import OutsideError
from newsroom.model.refusal import quoted, why
from newsroom.model.saying import Saying, say

if TYPE_CHECKING:
    from imap_tools import MailBox

HANDLED = "newsroom"  # the folder that mail goes to when it was dealt with
_OURS = re.compile(rb'\(\("([^"\\&]*)"')  # where one's own folders live (RFC 2342 section 5)
_PORT = 993
_TIMEOUT = 30.0  # seconds for each answer
_LONGEST = 512 * 1024  # bytes that are fetched of a message: a report stands at its beginning


@dataclass(frozen=True, slots=True)
class InboxAccount:
    """Where the inbox is, and who may look into it. The password is kept out of `repr`."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"

    def __repr__(self) -> str:
        return f"imaps://{self.user}@{self.host}:{self.port}/{self.folder}"

    @classmethod
    def parse(cls, url: str) -> "InboxAccount":
        """The account of `imaps://user:password@host/Folder`; the parts may be percent-encoded."""
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "",
            port=parts.port or _PORT,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )


class Inbox:
    """A mailbox that was opened."""

    def __init__(self, box: "MailBox", account: InboxAccount) -> None:
        """`box` has logged in and looks at the account's folder."""
        self._box = box
        self.name = repr(account)
        self._folder = account.folder

    @property
    def validity(self) -> int:
        """While this number is the same, so are the messages' numbers (RFC 3501, 2.3.1.1)."""
        return self._box.folder.status(self._folder, ["UIDVALIDITY"])["UIDVALIDITY"]

    def numbers_after(self, uid: int) -> tuple[int, ...]:
        """The numbers of the messages that came after one, in order."""
        found = map(int, self._box.uids(f"UID {uid + 1}:*", charset=None))
        return tuple(sorted(number for number in found if number > uid))  # `*` is always named

    def read(self, uid: int) -> bytes | None:
        """The beginning of a message, half a megabyte at most; None when it is gone."""
        answer = self._ask("FETCH", str(uid), f"(BODY.PEEK[]<0.{_LONGEST}>)")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def put_away(self, uid: int) -> None:
        """Move a message to the folder of those that were dealt with, which is made if need be.

        Only this one is touched: a plain EXPUNGE would also end what a person has marked as deleted
        and may still want back. Where a server can do it in no such way the message stays. Raises
        OutsideError when the server says no, as where a folder or the space for it is missing.
        """
        from imap_tools.errors import ImapToolsError

        try:
            self._move(str(uid))
        except IMAP4.abort:
            raise  # the line is gone
        except (IMAP4.error, ImapToolsError) as refused:
            raise OutsideError(
                say("the inbox {account}: {fault}", account=self.name, fault=why(refused))
            ) from refused

    def _move(self, uid: str) -> None:
        if not self._can & {"MOVE", "UIDPLUS"}:
            return
        if not self._box.folder.exists(self._handled):
            self._box.folder.create(self._handled)
        if "MOVE" in self._can:
            self._ask("MOVE", uid, f'"{self._handled}"')  # RFC 6851
            return
        self._box.copy(uid, self._handled)
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
        self._ask("EXPUNGE", uid)  # RFC 4315 section 2.1

    @cached_property
    def _handled(self) -> str:
        """The folder's whole name: on many servers one's own folders live below INBOX."""
        if "NAMESPACE" not in self._can:
            return HANDLED
        _, told = self._box.client.namespace()
        ours = _OURS.match(told[0] or b"")
        return f"{ours[1].decode()}{HANDLED}" if ours else HANDLED

    @cached_property
    def _can(self) -> frozenset[str]:
        """What the server can do, asked anew: most tell the rest only after the login."""
        _, (told,) = self._box.client.capability()
        return frozenset(told.decode("ascii", "replace").upper().split())

    def _ask(self, command: str, *words: str) -> list[Any]:
        """What is answered to a command about a message. Raises IMAP4.error when it is refused."""
        status, answer = self._box.client.uid(command, *words)
        if status != "OK":
            raise IMAP4.error(f"{command}: {answer[0]!r}")
        return answer


@contextmanager
def open_inbox(url: str, tls: ssl.SSLContext | None = None) -> Iterator[Inbox]:
    """The inbox that NEWSROOM_INBOX names; the certificate is always looked at.

    Raises OutsideError, which never repeats the password, for whatever goes wrong with it.
    """
    from imap_tools import MailBox
    from imap_tools.errors import ImapToolsError

    account = InboxAccount.parse(url)
    context = tls or ssl.create_default_context()
    try:
        box = MailBox(account.host, account.port, timeout=_TIMEOUT, ssl_context=context)
        try:
            _log_in(box, account)
            yield Inbox(box, account)
        finally:
            _say_goodbye(box)
    except (OSError, IMAP4.error, ImapToolsError) as error:
        fault = _without(account.password, why(error))
        raise OutsideError(
            say("the inbox {account}: {fault}", account=account, fault=fault)
        ) from error


def _without(secret: str, told: Saying) -> Saying:
    """What a server said, which may repeat what it was told."""
    return quoted(told.replace(secret, "…")) if secret and secret in told else told


def _log_in(box: "MailBox", account: InboxAccount) -> None:
    is_ascii = f"{account.user}{account.password}".isascii()
    log_in = box.login if is_ascii else box.login_utf8
    log_in(account.user, account.password, initial_folder=account.folder)


def _say_goodbye(box: "MailBox") -> None:
    """Leave; what was wanted is done by now, so nobody minds when the line is gone."""
    try:
        box.client.logout()
    except (OSError, IMAP4.error):
        box.client.shutdown()
