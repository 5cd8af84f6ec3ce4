"""`run` and `tick`: the bot, and one look of it at the clock."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import PORT, at_desk, json_option, now_option
from newsroom.cli.language import desk_language, said
from newsroom.cli.log import begin_log, keep_log, note_all_that_breaks
from newsroom.cli.outlook import slot_json, state_words
from newsroom.cli.stopping import Farewell
from newsroom.jobs.running.job_words import words_of
from newsroom.settings import find_root
from newsroom.settings.environment import written_settings
from newsroom.settings.watching import log_form
from newsroom.wiring import Desk, post_office
from newsroom.wiring.rounds import Rounds

if TYPE_CHECKING:
    from newsroom.jobs.running.rota import Done


def _with_log(command: Callable[..., None]) -> Callable[..., None]:
    """Begin the log before the desk is opened: what is wrong with the settings belongs there."""

    @wraps(command)
    @click.pass_context
    def logged(context: click.Context, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        root = context.find_root().obj or find_root(Path.cwd())
        begin_log(log_form(written_settings(root, os.environ)), desk_language())
        command(*args, **kwargs)

    return logged


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the web listens.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="And on which port.")
@click.option(
    "--only", type=click.Choice(["clock", "worker", "web"]), help="One of the three, alone."
)
@_with_log
@at_desk
def run_command(desk: Desk, host: str, port: int, only: str | None) -> None:
    """Clock, sender and web in one process, until Ctrl-C or SIGTERM."""
    from newsroom.cli.bot import Bot

    farewell = Farewell()
    farewell.heed_signals()
    keep_log(desk.settings, desk_language(), desk.site.timezone)
    note_all_that_breaks()
    parts = {only} if only else {"clock", "worker", "web"}
    Bot(desk, host, port, farewell.asked).run(parts)


@click.command("tick")
@now_option
@json_option
@_with_log
@at_desk
def tick_command(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Do what is due now, then exit: for cron."""
    farewell = Farewell()
    farewell.heed_signals()
    keep_log(desk.settings, desk_language(), desk.site.timezone, logging.WARNING)
    rounds = Rounds(desk, farewell.asked.is_set)
    done = _do_what_is_due(desk, rounds, farewell)
    if as_json:
        zone = desk.site.timezone
        print_json(
            [{**slot_json(one.slot, zone), "state": one.state, "note": one.note} for one in done]
        )
    else:
        for one in done:
            words = said(words_of(one.slot.job)), said(state_words(one.state)), said(one.note)
            click.echo(": ".join(words))
    if rounds.has_failed or any(one.state == "failed" for one in done):
        raise SystemExit(3)


def _do_what_is_due(desk: Desk, rounds: Rounds, farewell: Farewell) -> "list[Done]":
    """Run what is due, and send what may leave now; a signal is heeded after what is in hand."""
    from newsroom.delivery.sending.dispatch import on_their_way
    from newsroom.jobs.issue.send import send_due

    done: list[Done] = []
    rounds.go(desk.clock(), done.append)
    if farewell.asked.is_set() or not on_their_way(desk.database):
        return done  # and the engine need not be started
    with (
        post_office.at_office(desk, stop=farewell.asked) as office,
        _clock_goes_on(desk, rounds, done.append),
    ):
        send_due(office)
    rounds.look(went_well=not rounds.has_failed)
    return done


@contextmanager
def _clock_goes_on(desk: Desk, rounds: Rounds, tell: "Callable[[Done], None]") -> Iterator[None]:
    """Do what falls due meanwhile: to send an issue may take hours, and a timer starts no second.

    At the end what has been begun is finished.
    """
    from newsroom.clock import Clock

    schedule, _ = desk.schedule()
    clock = Clock(schedule, lambda now: rounds.go(now, tell), desk.clock)
    clock.start()
    try:
        yield
    finally:
        clock.stop()
