"""Whether other sites have what we link to."""

import asyncio
import socket
import ssl
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import trustme

from newsroom.model.link import Lead, LinkAnswer
from newsroom.outside.links.visitor import Net, visitor
from newsroom.outside.name_servers.host_addresses import NoSuchHostError, public_addresses, resolve
from newsroom.outside.name_servers.private_addresses import is_public
from tests.outside.links.link_site import Answers, dripping, link_site
from tests.outside.name_servers.name_server import SILENCE, NameServer
from tests.processes import PATIENCE

OUR_SITE = "https://nyheter.example.se"


async def lead_here(name: str) -> Sequence[str]:
    """A DNS in which each name ends on this machine, but for some."""
    if name.startswith("no-such"):
        raise NoSuchHostError(name)
    if name.startswith("no-dns"):
        raise OSError("the DNS does not say where it is")
    return ("127.0.0.1",)


LOCAL = Net(resolve=lead_here, may_meet=lambda _address: True)


def ask(url: str, net: Net = LOCAL, deadline: float = PATIENCE) -> LinkAnswer:
    """What a link gives."""

    async def once() -> LinkAnswer:
        async with visitor(OUR_SITE, net, pause=0, deadline=deadline) as somebody:
            return await somebody.ask(url)

    return asyncio.run(once())


@pytest.mark.parametrize(
    ("status", "lead"),
    [
        (200, Lead.GOOD),
        (204, Lead.GOOD),
        (404, Lead.GONE),
        (410, Lead.GONE),
        (401, Lead.CLOSED),
        (403, Lead.CLOSED),
        (429, Lead.CLOSED),
        (451, Lead.CLOSED),
        (999, Lead.CLOSED),
        (500, Lead.SILENT),
        (503, Lead.SILENT),
    ],
)
def test_what_an_answer_means(status: int, lead: Lead) -> None:
    """Only "not found" and "gone" say that a page is dead; much else is said to programs alone."""
    with link_site({"/a": status}) as site:
        assert ask(site.url("/a")).lead is lead


@pytest.mark.parametrize("to_head", [400, 403, 404, 405, 500, 501, 503])
def test_what_head_gives_is_not_believed(to_head: int) -> None:
    """Some servers know GET only: it is asked before anything is judged, and its body not read."""
    with link_site({"/a": 200}, heads={"/a": to_head}) as site:
        answer = ask(site.url("/a"))

    assert answer.lead is Lead.GOOD
    assert site.asked == [("HEAD", "/a"), ("GET", "/a")]


def test_what_is_there_is_asked_for_once() -> None:
    """HEAD is enough; the visitor says in whose name it asks, and brings no cookie back."""
    with link_site({"/a": (200, {"Set-Cookie": "you=seen; Path=/"}), "/b": 200}) as site:

        async def both() -> None:
            async with visitor(OUR_SITE, LOCAL, pause=0) as somebody:
                await somebody.ask(site.url("/a"))
                await somebody.ask(site.url("/b"))

        asyncio.run(both())

    assert site.asked == [("HEAD", "/a"), ("HEAD", "/b")]
    assert f"(+{OUR_SITE})" in site.headers[0]["User-Agent"]
    assert "Cookie" not in site.headers[1]


@pytest.mark.parametrize("status", [301, 308])
def test_what_has_moved_for_good_says_where(status: int) -> None:
    """The new address is told, behind as many such redirects as there are."""
    moved: Answers = {
        "/a": (status, {"Location": "/b"}),
        "/b": (301, {"Location": "/c"}),
        "/c": 200,
    }
    with link_site(moved) as site:
        answer = ask(site.url("/a"))

    assert (answer.lead, answer.moved_to) == (Lead.MOVED, site.url("/c"))
    assert answer.why == f"it has moved for good to {site.url('/c')}"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_what_is_elsewhere_for_now_stays_good(status: int) -> None:
    """And what a passing redirect leads on to is nobody's new address."""
    moved: Answers = {
        "/a": (status, {"Location": "/b"}),
        "/b": (301, {"Location": "/c"}),
        "/c": 200,
    }
    with link_site(moved) as site:
        assert ask(site.url("/a")) == LinkAnswer(Lead.GOOD, "")


def test_a_text_that_became_the_front_page_is_told() -> None:
    """Many sites send whoever asks for what is gone to their front page."""
    with link_site({"/nyheter/42": (301, {"Location": "/"}), "/": 200}) as site:
        answer = ask(site.url("/nyheter/42"))

    assert answer.lead is Lead.MOVED
    assert "front page" in answer.why


@pytest.mark.parametrize(
    ("answers", "lead", "why"),
    [
        ({"/a": (301, {"Location": "/b"})}, Lead.GONE, "it answers 404"),
        ({"/a": (302, {"Location": "/a"})}, Lead.SILENT, "in a circle"),
        ({"/a": (302, {"Location": "ftp://127.0.0.1/a"})}, Lead.SILENT, "ftp:"),
        ({"/a": (302, {"Location": "http://["})}, Lead.SILENT, "no answer"),
        ({"/a": (302, {"Location": "//no-such.example/"})}, Lead.GONE, "no host no-such.example"),
        ({"/a": 302}, Lead.CLOSED, "302"),
    ],
)
def test_where_a_redirect_leads_counts(answers: Answers, lead: Lead, why: str) -> None:
    """To nothing, in a circle, or out of the web."""
    with link_site(answers) as site:
        answer = ask(site.url("/a"))

    assert answer.lead is lead
    assert why in answer.why


@pytest.mark.parametrize(
    ("url", "lead"),
    [
        ("http://no-such.example/", Lead.GONE),
        ("http://no-dns.example/", Lead.SILENT),
        ("http://127.0.0.1:1/", Lead.SILENT),
        ("https://[", Lead.SILENT),
        ("http://0177.0.0.1/", Lead.SILENT),
        ("http://exa mple.se/", Lead.SILENT),
        ("http://" + "a" * 70 + ".example/", Lead.SILENT),
    ],
)
def test_a_host_that_does_not_answer(url: str, lead: Lead) -> None:
    """No such name is dead; a DNS or a host that is silent may speak tomorrow."""
    assert ask(url).lead is lead


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 302 Found\r\nLocation: /"],
    ids=["nothing", "headers", "redirect"],
)
def test_a_server_that_drips_holds_nobody_beyond_the_deadline(beginning: bytes) -> None:
    """A byte now and then would please any limit for a single step."""
    with dripping(beginning) as port:
        began = time.monotonic()
        answer = ask(f"http://127.0.0.1:{port}/", deadline=2)

    assert answer.lead is Lead.SILENT
    assert "2 seconds" in answer.why
    assert time.monotonic() - began < PATIENCE


def test_a_body_that_never_ends_is_not_read() -> None:
    """The head of an answer is all that is needed."""
    with dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n") as port:
        assert ask(f"http://127.0.0.1:{port}/").lead is Lead.GOOD


def test_a_server_that_hangs_at_head_is_asked_with_get() -> None:
    """There is time left for it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            request = await reader.readline()
            if request.startswith(b"HEAD"):
                await reader.read()  # until the visitor goes
            else:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
            writer.close()

        async def once() -> LinkAnswer:
            server = await asyncio.start_server(serve, sock=listening)
            async with server, visitor(OUR_SITE, LOCAL, pause=0, deadline=5) as somebody:
                return await somebody.ask(f"http://127.0.0.1:{port}/")

        assert asyncio.run(once()).lead is Lead.GOOD


# Nobody asks what only our own network may ask.


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "[::1]"),
        *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "10.0.0.1", "0.0.0.0"),
        "good.example@127.0.0.1",
    ],
)
def test_a_private_address_is_never_asked(host: str) -> None:
    """However it is written, and whatever stands before its @."""
    with link_site({"/a": 200}) as site:
        answer = ask(f"http://{host}:{site.port}/a", Net(resolve=lead_here))

    assert answer.lead is Lead.PRIVATE
    assert site.asked == []


@pytest.mark.parametrize(
    "found", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::1",), ("fd00::1", "8.8.8.8")]
)
def test_a_name_that_leads_into_a_private_network_is_never_asked(found: tuple[str, ...]) -> None:
    """One private address among public ones is enough."""

    async def resolve(_name: str) -> Sequence[str]:
        return found

    with link_site({"/a": 200}) as site:
        url = site.url("/a", "intranet.example")
        answer = ask(url, Net(resolve=resolve))

    assert (answer.lead, answer.why) == (
        Lead.PRIVATE,
        "intranet.example is in a private network",
    )
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    """What stands at a public address decides nothing about where we go next."""
    to_metadata = {"/a": (302, {"Location": "http://169.254.169.254/latest/meta-data/"})}
    with link_site(to_metadata) as site:
        only_this = Net(resolve=lead_here, may_meet=lambda ip: ip == "127.0.0.1" or is_public(ip))
        answer = ask(site.url("/a"), only_this)

    assert (answer.lead, answer.why) == (
        Lead.PRIVATE,
        "169.254.169.254 is in a private network",
    )


def test_a_name_that_changes_between_two_looks_is_met_where_it_was_judged() -> None:
    """The connection goes to the address that was looked at; nobody asks the DNS a second time."""
    looks: list[str] = []

    async def rebinding(name: str) -> Sequence[str]:
        looks.append(name)
        return ("127.0.0.1",) if len(looks) == 1 else ("127.0.0.99",)

    with link_site({"/a": 200}) as site:
        met: list[str] = []
        net = Net(resolve=rebinding, may_meet=lambda ip: not met.append(ip))  # type: ignore[func-returns-value]
        answer = ask(site.url("/a", "rebinding.example"), net)

    assert answer.lead is Lead.GOOD
    assert (looks, met) == (["rebinding.example"], ["127.0.0.1"])
    assert site.hosts == [f"rebinding.example:{site.port}"]


def test_no_password_of_a_link_is_sent() -> None:
    """What an editor pasted before an @ is no business of the check."""
    with link_site({"/a": 200}) as site:
        ask(f"http://anna:secret@127.0.0.1:{site.port}/a")

    assert "Authorization" not in site.headers[0]


def test_every_address_of_a_host_is_tried() -> None:
    """One that refuses does not hide another that answers."""

    async def two(_name: str) -> Sequence[str]:
        return ("127.0.0.2", "127.0.0.1")

    with link_site({"/a": 200}) as site:
        net = Net(resolve=two, may_meet=lambda _ip: True)
        assert ask(site.url("/a", "two.example"), net).lead is Lead.GOOD


def test_the_dns_itself_is_asked() -> None:
    """Who gives no answer within the time is an OSError; a private name is refused before that."""

    async def slow(_name: str) -> Sequence[str]:
        raise OSError("no answer")

    with pytest.raises(OSError, match="no answer"):
        asyncio.run(public_addresses("a.example", slow))


def test_the_name_servers_are_those_that_were_named() -> None:
    """Their word counts, and their silence is an OSError; the machine's own are not asked."""
    records = {("a.example", "A"): ["192.0.2.7"], ("b.example", "A"): [SILENCE]}
    with NameServer({**records, ("b.example", "AAAA"): [SILENCE]}) as server:
        here = (server.address,)
        found = asyncio.run(resolve("a.example", here, PATIENCE))
        with pytest.raises(NoSuchHostError):
            asyncio.run(resolve("c.example", here, PATIENCE))
        with pytest.raises(OSError, match=r"does not say where b\.example is"):
            asyncio.run(resolve("b.example", here, 0.5))

    assert found == ("192.0.2.7",)
    assert ("a.example", "A") in server.asked


# Certificates.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Whom the visitor trusts."""
    return trustme.CA()


def served_by(authority: trustme.CA, *hosts: str, until: datetime | None = None) -> ssl.SSLContext:
    """What a server shows for these hosts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts, not_after=until).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> Net:
    """A visitor who trusts that authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return Net(resolve=lead_here, may_meet=lambda _ip: True, tls=context)


def test_a_certificate_is_looked_at_for_the_name_and_not_for_the_address(
    authority: trustme.CA,
) -> None:
    """The connection goes to an address, and the certificate must be the name's."""
    with link_site({"/a": 200}, tls=served_by(authority, "good.example")) as site:
        right = ask(site.url("/a", "good.example", "https"), trusting(authority))
        wrong = ask(site.url("/a", "other.example", "https"), trusting(authority))

    assert right.lead is Lead.GOOD
    assert wrong.lead is Lead.DISTRUSTED
    assert "it is for another host" in wrong.why


def test_a_certificate_that_has_expired_is_told(authority: trustme.CA) -> None:
    """Readers would be stopped by a warning."""
    old = served_by(authority, "old.example", until=datetime(2020, 1, 1, tzinfo=UTC))
    with link_site({"/a": 200}, tls=old) as site:
        answer = ask(site.url("/a", "old.example", "https"), trusting(authority))

    assert answer.lead is Lead.DISTRUSTED
    assert "its time is over" in answer.why


def test_a_chain_that_lacks_a_part_is_not_held_against_a_site(authority: trustme.CA) -> None:
    """Browsers fetch what a server forgot, so that readers see no warning."""
    with link_site({"/a": 200}, tls=served_by(trustme.CA(), "half.example")) as site:
        answer = ask(site.url("/a", "half.example", "https"), trusting(authority))

    assert answer.lead is Lead.SILENT
