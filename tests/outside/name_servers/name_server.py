"""A name server on loopback, over UDP and TCP, that answers from zones as RFC 1035 and 2308 say."""

import errno
import socketserver
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

SERVFAIL = "SERVFAIL"  # in place of records: the name's servers are broken
SILENCE = "SILENCE"  # nobody answers
EVERYTHING = ("*", "*")  # a name and a type that stand for all

Records = Mapping[tuple[str, str], Sequence[str]]  # a name and a type: ("example.se", "TXT")


def txt(text: str) -> str:
    """A TXT record as a zone file has it: strings of at most 255 octets."""
    pieces = [text[at : at + 255] for at in range(0, len(text), 255)] or [""]
    quoted = [piece.replace("\\", "\\\\").replace('"', '\\"') for piece in pieces]
    return " ".join(f'"{piece}"' for piece in quoted)


class NameServer:
    """Serves zones at a free port of 127.0.0.1; used as a context.

    A TXT record is written as its text, or as it stands in a zone file when it begins with a
    quotation mark. What does not fit into UDP is cut off there, and is to be had over TCP.
    """

    def __init__(self, records: Records) -> None:
        self.records = dict(records)
        self.asked: list[tuple[str, str]] = []
        self.over_tcp = 0
        server = self

        class Datagram(socketserver.BaseRequestHandler):
            """One question over UDP."""

            def handle(self) -> None:
                """Answer it, as much as fits."""
                packet, door = self.request
                answer = server.answered(packet)
                if answer is None:
                    return
                query = dns.message.from_wire(packet)
                room = query.payload if query.edns >= 0 else 512
                wire = answer.to_wire(max_size=65535)
                if len(wire) > room:
                    short = dns.message.make_response(query)
                    short.flags |= dns.flags.TC | dns.flags.RA
                    wire = short.to_wire()
                door.sendto(wire, self.client_address)

        class Stream(socketserver.StreamRequestHandler):
            """One question over TCP (RFC 7766)."""

            def handle(self) -> None:
                """Answer it whole."""
                length = int.from_bytes(self.rfile.read(2), "big")
                answer = server.answered(self.rfile.read(length))
                if answer is not None:
                    server.over_tcp += 1
                    wire = answer.to_wire(max_size=65535)
                    self.wfile.write(len(wire).to_bytes(2, "big") + wire)

        self._tcp, self._udp = _at_one_port(Stream, Datagram)
        self._tcp.daemon_threads = self._udp.daemon_threads = True
        self.port: int = self._tcp.server_address[1]

    @property
    def address(self) -> str:
        """As NEWSROOM_DNS wants it."""
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        for door in (self._tcp, self._udp):
            threading.Thread(target=door.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for door in (self._tcp, self._udp):
            door.shutdown()
            door.server_close()

    def answered(self, packet: bytes) -> dns.message.Message | None:
        """What is answered to a question; None where nobody answers."""
        query = dns.message.from_wire(packet)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        for _ in range(8):  # aliases are followed, and not for ever
            alias = self.records.get((name, "CNAME"))
            if not alias or kind == "CNAME":
                break
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "CNAME", f"{alias[0]}."))
            name = alias[0]
        records = self.records.get((name, kind), ())
        if EVERYTHING in self.records:
            records = self.records[EVERYTHING]
        if SILENCE in records:
            return None
        if SERVFAIL in records:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif records:
            texts = [_as_written(kind, record) for record in records]
            answer.answer.append(dns.rrset.from_text_list(f"{name}.", 60, "IN", kind, texts))
        elif not self._is_there(name):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer

    def _is_there(self, name: str) -> bool:
        """Whether a name has records, or stands above one that has (RFC 8020)."""
        return any(each == name or each.endswith(f".{name}") for each, _ in self.records)


def _at_one_port(
    stream: type[socketserver.BaseRequestHandler], datagram: type[socketserver.BaseRequestHandler]
) -> tuple[socketserver.ThreadingTCPServer, socketserver.ThreadingUDPServer]:
    """Two servers at a port that nobody has over TCP nor over UDP: which one that is shows then."""
    while True:
        tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), stream)
        try:
            return tcp, socketserver.ThreadingUDPServer(tcp.server_address, datagram)
        except OSError as error:
            tcp.server_close()
            if error.errno != errno.EADDRINUSE:
                raise


def _as_written(kind: str, record: str) -> str:
    return txt(record) if kind == "TXT" and not record.startswith('"') else record
