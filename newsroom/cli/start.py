"""`init` and `demo`: the first five minutes."""

import shlex
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import click

from newsroom.cli.desk import PORT, stop_on_signals
from newsroom.cli.language import desk_language, said
from newsroom.model.saying import say

_ADDRESS = "http://127.0.0.1:8000"


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Without the sample's posts, people and events.")
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    help="With --empty: what the settings are written in. Left out, your terminal's language.",
)
def init_command(folder: Path, empty: bool, language: str | None) -> None:  # noqa: FBT001
    """Make a newsroom folder with a sample in it, to be made one's own."""
    from newsroom.jobs.writing.init import begin, settings_language

    if language == "en" and not empty:
        what = say("the sample is in Swedish; add --empty, and begin with settings in English")
        raise click.BadParameter(said(what), param_hint="--language")
    begin(folder, empty_in=language or settings_language(desk_language()) if empty else None)
    click.echo(said(say("{folder} is a newsroom. Next:", folder=folder)))
    click.echo(f"  cd {shlex.quote(str(folder))}")
    for told in _steps_of_empty() if empty else _steps_of_sample():
        click.echo(told)


def _steps_of_sample() -> Iterator[str]:
    """What to do with the sample, and how to begin in another language than it has."""
    shown = say("shows it on {address}", address=_ADDRESS)
    yield f"  newsroom build     {said(say('makes the site in public/'))}"
    yield f"  newsroom run       {said(shown)}"
    yield said(
        say("Then write who you are in posts/site.yaml, and put your own posts in posts/news.")
    )
    if not desk_language().startswith("sv"):
        command = "newsroom init --empty --language en"
        yield said(
            say("The sample is in Swedish. To begin in English: {command} FOLDER", command=command)
        )


def _steps_of_empty() -> Iterator[str]:
    """What to do in a newsroom with nothing in it but settings."""
    steps = (
        ("newsroom check", say("names what should be mended")),
        (say('newsroom new news "We have opened"'), say("begins a post: a file in posts/news")),
        ("newsroom preview", say("shows it on {address}", address=_ADDRESS)),
    )
    width = max(len(said(command)) for command, _ in steps)
    for command, what in steps:
        yield f"  {said(command):<{width}}  {said(what)}"
    yield said(
        say(
            "Write who you are in posts/site.yaml before anybody reads the site: "
            "each line is explained there."
        )
    )


@click.command("demo")
@click.option("--once", is_flag=True, help="Do it all, then exit.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Where the site is shown.")
def demo_command(once: bool, port: int) -> None:  # noqa: FBT001
    """The whole line on the sample newsroom: build, serve, send an issue to a mail catcher."""
    from newsroom.cli.demo import Demo

    folder = Path(tempfile.mkdtemp(prefix="newsroom-demo-"))
    asked_to_stop = threading.Event()
    stop_on_signals(asked_to_stop)
    Demo(folder, port, asked_to_stop).run(stay=not once)
    if not once:
        shutil.rmtree(folder)  # who stayed has seen it
