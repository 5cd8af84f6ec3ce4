"""`init` and `demo`: the first five minutes."""

import shutil
import tempfile
import threading
from pathlib import Path

import click

from newsroom.cli.desk import PORT, stop_on_signals
from newsroom.cli.language import said
from newsroom.model.saying import say


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Without the sample's posts, people and events.")
def init_command(folder: Path, empty: bool) -> None:  # noqa: FBT001
    """Make a newsroom folder with a sample in it, to be made one's own."""
    from newsroom.jobs.writing.init import begin

    begin(folder, empty=empty)
    click.echo(said(say("{folder} is a newsroom. Next:", folder=folder)))
    click.echo(f"  cd {folder}")
    click.echo(f"  newsroom build     {said(say('makes the site in public/'))}")
    shown = say("shows it on {address}", address="http://127.0.0.1:8000")
    click.echo(f"  newsroom run       {said(shown)}")
    last = say("Then write who you are in posts/site.yaml, and put your own posts in posts/news.")
    click.echo(said(last))


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
