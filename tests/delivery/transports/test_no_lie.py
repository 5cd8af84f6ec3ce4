"""Whatever a relay says, an outcome is never a lie."""

from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope
from tests.delivery.transports.scripted_server import CLOSE, scripted
from tests.delivery.transports.smtp_client import PIPELINING, connect

MESSAGES = 4
ANSWERS = (
    *("250 2.0.0 yes", "250-2.0.0 yes\r\n250 2.0.0 of course", "251 will forward", "354 go on"),
    *("421 4.3.2 closing", "450 4.2.0 greylisted", "451 later", "432 4.3.2 too many", "454 no"),
    *("550 5.1.1 no such user", "552 5.2.2 full", "554 5.7.1 blocked", "503 5.5.1 what?"),
    *("220 hello", "hello", "", "250-on\r\n550 off", "999 what", CLOSE),
)
SCRIPTS = st.fixed_dictionaries(
    {},
    optional={
        command: st.lists(st.sampled_from((good, good, *ANSWERS)), max_size=MESSAGES)
        for command, good in (
            ("MAIL", "250 2.1.0 ok"),
            ("RCPT", "250 2.1.5 ok"),
            ("DATA", "354 go on"),
            (".", "250 2.0.0 taken"),
            ("RSET", "250 2.0.0 ok"),
        )
    },
)


@settings(max_examples=40)
@given(SCRIPTS, st.booleans())
def test_what_is_told_is_so(script: dict[str, list[str]], pipelines: bool) -> None:  # noqa: FBT001
    """Accepted: the relay has it. Put off, refused, or none at all: it has not. Else: unknown."""
    told: dict[int, DeliveryState | None] = {}
    with (
        scripted(script, announces=PIPELINING if pipelines else ()) as server,
        closing(connect(server)) as transport,
    ):
        for number in range(MESSAGES):
            message = b"Message-ID: <%d@example.se>\r\n\r\nHej!\r\n" % number
            try:
                outcome = transport.send(Envelope("s@example.se", f"r{number}@a.example"), message)
            except DeliveryError:
                told[number] = None
            else:
                told[number] = outcome.state

    for number, state in told.items():
        copies = sum(b"<%d@" % number in message for message in server.taken)
        assert copies <= 1
        if state is not DeliveryState.UNKNOWN:
            assert copies == (state is DeliveryState.ACCEPTED), (number, state)
