"""A real IMAP server on loopback, with TLS from the first byte: pymap in a thread."""

import asyncio
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from imaplib import IMAP4_SSL
from urllib.parse import quote

import trustme
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl.hashing import BuiltinHash

from tests.processes import PATIENCE

AUTHORITY = trustme.CA()  # made anew for each run: no key lies in the repository
USER = "studs@example.se"


class Server:
    """A server that listens: an empty INBOX, which `deliver` fills."""

    def __init__(self, port: int, password: str) -> None:
        self.port = port
        self.password = password
        self.tls = ssl.create_default_context()
        AUTHORITY.configure_trust(self.tls)

    @property
    def url(self) -> str:
        """What NEWSROOM_INBOX would say."""
        return f"imaps://{quote(USER)}:{quote(self.password, safe='')}@localhost:{self.port}"

    def deliver(self, *messages: bytes) -> None:
        """Put mails into the INBOX."""
        with self._client() as client:
            for message in messages:
                client.append("INBOX", "", "", message)

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """The mails of a folder; none where there is no such folder."""
        with self._client() as client:
            status, _ = client.select(folder, readonly=True)
            if status != "OK":
                return []
            _, (numbers,) = client.search(None, "ALL")
            found = [client.fetch(each, "(BODY.PEEK[])")[1][0] for each in numbers.split()]
            return [each[1] for each in found if isinstance(each, tuple)]

    def mark_deleted(self, number: int) -> None:
        """What a person does who may still want a mail back."""
        with self._client() as client:
            client.select("INBOX")
            client.store(str(number), "+FLAGS", r"(\Deleted)")

    def flags(self) -> str:
        """The flags of everything in the INBOX."""
        with self._client() as client:
            client.select("INBOX", readonly=True)
            return repr(client.fetch("1:*", "(FLAGS)")[1])

    def _client(self) -> IMAP4_SSL:
        client = IMAP4_SSL("localhost", self.port, ssl_context=self.tls)
        client.login(USER, self.password)
        return client


@contextmanager
def imap_server(
    password: str = "hemligt ord/a@b",
    announces: Sequence[bytes] = (b"UIDPLUS", b"MOVE"),
) -> Iterator[Server]:
    """A server that is there until the end of the context; what it can, it tells after the login.

    It knows the commands that it does not announce, too.
    """
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(password, announces, ready)))
    thread.start()
    loop, over, port = ready.result(PATIENCE)
    try:
        yield Server(port, password)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


async def _serve(
    password: str,
    announces: Sequence[bytes],
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]],
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("localhost").configure_cert(tls)
    said = Namespace(
        host=None,
        port=0,
        debug=False,
        tls=False,  # it is there before the server hears a word
        cert=None,
        key=None,
        proxy_protocol="noop",
        passlib_cfg=None,
        inherited_sockets=None,
        demo_data=False,
        demo_user=USER,
        demo_password=password,
    )
    quick = BuiltinHash(rounds=1)  # a fifth of a second for each login otherwise
    backend, config = await DictBackend.init(said, hash_context=quick)
    told = {"login_capability": property(lambda _: list(announces))}
    config.__class__ = type("Config", (type(config),), told)
    plain = ProxyProtocolReader(ProxyProtocolVersion.get("noop"))
    speak = plain.get_callback(IMAPServer(backend.login, config))
    over = asyncio.Event()
    async with await asyncio.start_server(speak, "127.0.0.1", 0, ssl=tls) as listener:
        port = listener.sockets[0].getsockname()[1]
        ready.set_result((asyncio.get_running_loop(), over, port))
        await over.wait()
