"""`run` and `tick`: the bot, and one look of it at the clock."""

import threading
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import PORT, at_desk, json_option, now_option, stop_on_signals
from newsroom.cli.job_words import words_of
from newsroom.cli.language import desk_language, said
from newsroom.cli.log import keep_log
from newsroom.cli.outlook import slot_json, state_words
from newsroom.wiring import Desk, newsletter
from newsroom.wiring.rounds import Rounds

if TYPE_CHECKING:
    from newsroom.jobs.tick import Done


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the web listens.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="And on which port.")
@click.option(
    "--only", type=click.Choice(["clock", "worker", "web"]), help="One of the three, alone."
)
@at_desk
def run_command(desk: Desk, host: str, port: int, only: str | None) -> None:
    """Clock, sender and web in one process, until Ctrl-C or SIGTERM."""
    from newsroom.cli.bot import Bot

    keep_log(desk_language(), desk.site.timezone)
    parts = {only} if only else {"clock", "worker", "web"}
    asked_to_stop = threading.Event()
    stop_on_signals(asked_to_stop)
    Bot(desk, host, port, asked_to_stop).run(parts)


@click.command("tick")
@now_option
@json_option
@at_desk
def tick_command(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Do what is due now, then exit: for cron."""
    from newsroom.delivery.sending.dispatch import on_their_way

    done: list[Done] = []
    rounds = Rounds(desk)
    rounds.go(desk.clock(), done.append)
    if on_their_way(desk.database):  # else the engine need not be started
        _send(desk)
        rounds.look()
    if as_json:
        print_json(
            [{**slot_json(desk, one.slot), "state": one.state, "note": one.note} for one in done]
        )
    else:
        for one in done:
            words = said(words_of(one.slot.job)), said(state_words(one.state)), one.note
            click.echo(": ".join(words))
    if any(one.state == "failed" for one in done):
        raise SystemExit(3)


def _send(desk: Desk) -> None:
    """Send what may leave now; a signal is heeded after the message in hand."""
    from newsroom.jobs.issue.send import send_due

    with newsletter.sending(desk) as office:
        stop_on_signals(office.stop)
        send_due(office)
