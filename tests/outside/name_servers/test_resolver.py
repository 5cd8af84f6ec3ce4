"""The DNS, asked of a name server on loopback: what is known is kept apart from what is not."""

import pytest

from newsroom.domains.answers import DnsAnswer, DnsOutcome
from newsroom.outside.name_servers.resolver import Dns, resolver_for
from tests.outside.name_servers.name_server import SERVFAIL, SILENCE, NameServer
from tests.processes import PATIENCE

LONG = "v=spf1 " + " ".join(f"ip4:192.0.2.{number}" for number in range(120)) + " -all"
ZONE = {
    ("example.se", "TXT"): ["v=spf1 -all", "another text"],
    ("long.example.se", "TXT"): [LONG],
    ("split.example.se", "TXT"): ['"v=spf1 include:spf." "example.se -all"'],
    ("alias.example.se", "CNAME"): ["example.se"],
    ("example.se", "MX"): ["20 Backup.example.se.", "10 mx.example.se."],
    ("null.example.se", "MX"): ["0 ."],
    ("broken.example.se", "TXT"): [SERVFAIL],
    ("silent.example.se", "TXT"): [SILENCE],
}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        (
            "EXAMPLE.se.",
            "TXT",
            DnsAnswer("example.se", DnsOutcome.FOUND, ("another text", "v=spf1 -all")),
        ),
        ("example.se", "A", DnsAnswer("example.se", DnsOutcome.NO_RECORD)),
        ("nowhere.example.se", "TXT", DnsAnswer("nowhere.example.se", DnsOutcome.NO_NAME)),
        ("broken.example.se", "TXT", DnsAnswer("broken.example.se", DnsOutcome.FAILED)),
        (
            "split.example.se",
            "TXT",
            DnsAnswer(
                "split.example.se", DnsOutcome.FOUND, ("v=spf1 include:spf.example.se -all",)
            ),
        ),
        (
            "example.se",
            "MX",
            DnsAnswer("example.se", DnsOutcome.FOUND, ("10 mx.example.se", "20 backup.example.se")),
        ),
        ("null.example.se", "MX", DnsAnswer("null.example.se", DnsOutcome.FOUND, ("0 .",))),
        (f"{'x' * 70}.example.se", "TXT", DnsAnswer(f"{'x' * 70}.example.se", DnsOutcome.NO_NAME)),
    ],
)
def test_each_kind_of_answer(name: str, kind: str, expected: DnsAnswer) -> None:
    """Records, no record, no name and a failing server are four different things."""
    with NameServer(ZONE) as server:
        assert Dns([server.address], PATIENCE).ask(name, kind) == expected


def test_an_alias_is_followed() -> None:
    """A name that is another's alias has the other's records."""
    with NameServer(ZONE) as server:
        assert (
            "v=spf1 -all" in Dns([server.address], PATIENCE).ask("alias.example.se", "TXT").records
        )


def test_a_long_answer_comes_over_tcp() -> None:
    """What does not fit into a datagram is asked for again over TCP, and is whole."""
    with NameServer(ZONE) as server:
        answer = Dns([server.address], PATIENCE).ask("long.example.se", "TXT")

        assert answer.records == (LONG,)
        assert server.over_tcp == 1


def test_one_question_is_asked_once() -> None:
    """A whole look asks each question once, however often it comes up."""
    with NameServer(ZONE) as server:
        resolver = Dns([server.address], PATIENCE)
        for _ in range(3):
            resolver.ask("example.se", "TXT")

        assert server.asked == [("example.se", "TXT")]


def test_nobody_to_ask() -> None:
    """Where nobody answers at all that is no answer, and it is not asked for ever."""
    resolver = Dns(["127.0.0.1:9"], patience=0.1)

    answers = [resolver.ask(f"{number}.example.se", "TXT") for number in range(20)]

    assert {answer.outcome for answer in answers} == {DnsOutcome.SILENT}
    assert resolver.is_silent


def test_some_names_that_nobody_answers_about() -> None:
    """Names without an answer do not stand for all: where somebody is there, the next is asked."""
    silent = {(f"{number}.example.se", "TXT"): [SILENCE] for number in range(3)}
    with NameServer({**ZONE, **silent}) as server:
        resolver = Dns([server.address], patience=2)
        for number in range(3):
            assert resolver.ask(f"{number}.example.se", "TXT").outcome is DnsOutcome.SILENT

        assert resolver.ask("example.se", "TXT").outcome is DnsOutcome.FOUND


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("192.0.2.1", "192.0.2.1", 53),
        ("127.0.0.1:5353", "127.0.0.1", 5353),
        ("[2001:db8::1]:5353", "2001:db8::1", 5353),
        ("2001:db8::1", "2001:db8::1", 53),
    ],
)
def test_how_a_server_is_written(written: str, host: str, port: int) -> None:
    """A server is an address, with a port where it is not 53."""
    (server,) = resolver_for([written]).nameservers

    assert (getattr(server, "address", None), getattr(server, "port", None)) == (host, port)


@pytest.mark.parametrize(("patience", "one_try"), [(0.5, 2.0), (5.0, 2.0), (60.0, 24.0)])
def test_who_has_time_does_not_ask_again_soon(patience: float, one_try: float) -> None:
    """A try has its part of the time, and two seconds at least: then an answer may yet come."""
    resolver = resolver_for(["192.0.2.1"], patience)

    assert (resolver.lifetime, resolver.timeout) == (patience, one_try)
