"""The inbox over IMAP, against a real server."""

import ssl
from collections.abc import Iterator

import pytest

from newsroom.errors import OutsideError
from newsroom.outside.mail.inbox import HANDLED, InboxAccount, open_inbox
from tests.outside.mail.imap_server import Server, imap_server
from tests.outside.mail.scripted_imap import scripted_imap

FIRST, SECOND = b"Subject: a\r\n\r\nfirst\r\n", b"Subject: b\r\n\r\nsecond\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with two mails."""
    with imap_server() as running:
        running.deliver(FIRST, SECOND)
        yield running


def test_mails_are_read_without_a_trace(server: Server) -> None:
    """Each mail has a number, in order, and stays unread."""
    with open_inbox(server.url, server.tls) as inbox:
        numbers = inbox.numbers_after(0)
        read = [inbox.read(number) for number in numbers]
        rest = inbox.numbers_after(numbers[0]), inbox.numbers_after(numbers[1])

    assert read == [FIRST, SECOND]
    assert rest == ((numbers[1],), ())
    assert "Seen" not in server.flags()


def test_what_is_gone_is_nothing(server: Server) -> None:
    """A mail that somebody took away in the meantime is no fault."""
    with open_inbox(server.url, server.tls) as inbox:
        assert inbox.read(99_999) is None


def test_a_long_mail_is_read_in_part(server: Server) -> None:
    """Of a mail of megabytes half a megabyte is fetched."""
    server.deliver(b"Subject: c\r\n\r\n" + b"x" * 1_000_000)

    with open_inbox(server.url, server.tls) as inbox:
        read = inbox.read(inbox.numbers_after(0)[-1])

    assert read is not None
    assert len(read) == 512 * 1024


def test_mails_are_put_away(server: Server) -> None:
    """A mail moves to a folder that is made for it; nothing is deleted."""
    with open_inbox(server.url, server.tls) as inbox:
        for number in inbox.numbers_after(0):
            inbox.put_away(number)

    assert server.mails() == []
    assert server.mails(HANDLED) == [FIRST, SECOND]


@pytest.mark.parametrize("announces", [[b"MOVE", b"UIDPLUS"], [b"MOVE"], [b"UIDPLUS"]])
def test_only_what_was_dealt_with_is_moved(announces: list[bytes]) -> None:
    """A mail that a person marked as deleted is still there: they may want it back."""
    with imap_server(announces=announces) as server:
        server.deliver(FIRST, SECOND)
        server.mark_deleted(2)

        with open_inbox(server.url, server.tls) as inbox:
            inbox.put_away(inbox.numbers_after(0)[0])

        assert (server.mails(), server.mails(HANDLED)) == ([SECOND], [FIRST])


def test_a_server_that_cannot_move_one_alone_keeps_it() -> None:
    """Without a way to move that mail and no other, it stays where it is."""
    with imap_server(announces=[]) as server:
        server.deliver(FIRST)

        with open_inbox(server.url, server.tls) as inbox:
            inbox.put_away(inbox.numbers_after(0)[0])

        assert (server.mails(), server.mails(HANDLED)) == ([FIRST], [])


def test_a_mail_that_cannot_be_moved_is_told(server: Server) -> None:
    """A number that is none is the server's no, as something outside."""
    with pytest.raises(OutsideError), open_inbox(server.url, server.tls) as inbox:
        inbox.put_away(-1)


def test_a_mail_that_cannot_be_read_now_is_not_gone() -> None:
    """A server that has a mail and cannot give it just now is asked again later (RFC 5530)."""
    busy = {"UID FETCH": b"TAG NO [UNAVAILABLE] the store is away\r\n"}
    with (
        scripted_imap(busy) as server,
        pytest.raises(OutsideError, match="the store is away"),
        open_inbox(server.url, server.tls) as inbox,
    ):
        inbox.read(1)


@pytest.mark.parametrize(
    ("told", "folder"),
    [
        (b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n', "INBOX.newsroom"),
        (b'* NAMESPACE (("" "/")("#mh/" "/")) NIL NIL\r\n', "newsroom"),
        (b"* NAMESPACE NIL NIL NIL\r\n", "newsroom"),
    ],
)
def test_folders_live_where_the_server_says(told: bytes, folder: str) -> None:
    """The folder of handled mails is made where one's own folders may be (RFC 2342)."""
    with (
        scripted_imap({"NAMESPACE": told}) as server,
        open_inbox(server.url, server.tls) as inbox,
    ):
        inbox.put_away(1)

    assert f'CREATE "{folder}"' in server.asked
    assert f'UID MOVE 1 "{folder}"' in server.asked


@pytest.mark.parametrize("command", ["CREATE", "UID MOVE"])
def test_a_folder_that_is_refused_leaves_the_inbox_open(command: str) -> None:
    """That a mail may not be moved is told, and the next one is read all the same."""
    with (
        scripted_imap({command: b"TAG NO [NOPERM] not there\r\n"}) as server,
        open_inbox(server.url, server.tls) as inbox,
    ):
        with pytest.raises(OutsideError, match="not there"):
            inbox.put_away(1)

        assert inbox.read(1) == FIRST


def test_passwords_of_any_letters() -> None:
    """A password that is not ASCII opens the inbox too."""
    with imap_server("hemlig påse") as server, open_inbox(server.url, server.tls) as inbox:
        assert inbox.numbers_after(0) == ()


def test_a_wrong_password_is_told_without_it(server: Server) -> None:
    """The account is named, the password never."""
    url = server.url.replace("hemligt", "felaktigt")

    with pytest.raises(OutsideError) as caught, open_inbox(url, server.tls):
        pass

    assert "studs@example.se@localhost" in caught.value.sentence
    assert "felaktigt" not in caught.value.sentence


def test_a_strange_certificate_is_refused(server: Server) -> None:
    """Nobody is spoken to whose certificate no authority answers for."""
    with pytest.raises(OutsideError), open_inbox(server.url, ssl.create_default_context()):
        pass


def test_nobody_there() -> None:
    """A server that does not answer is told of as something outside."""
    with imap_server() as server:
        url = server.url
    with pytest.raises(OutsideError), open_inbox(url):
        pass


def test_accounts() -> None:
    """An account is read from its address; its password is not shown."""
    account = InboxAccount.parse("imaps://studs%40example.se:a%2Fb@mail.example.se/INBOX.Studs")

    assert (account.user, account.password, account.folder) == (
        "studs@example.se",
        "a/b",
        "INBOX.Studs",
    )
    assert repr(account) == "imaps://studs@example.se@mail.example.se:993/INBOX.Studs"
