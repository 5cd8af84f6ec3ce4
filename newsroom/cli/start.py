"""`init` and `demo`: the first five minutes."""

import shutil
import tempfile
import threading
from pathlib import Path

import click

from newsroom.cli.desk import PORT, stop_on_signals


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Without the sample's posts, people and events.")
def init_command(folder: Path, empty: bool) -> None:  # noqa: FBT001
    """Make a newsroom folder with a sample in it, to be made one's own."""
    from newsroom.jobs.init import begin

    begin(folder, empty=empty)
    click.echo(f"{folder} is a newsroom. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  newsroom build     makes the site in public/")
    click.echo("  newsroom run       shows it on http://127.0.0.1:8000")
    click.echo("Then write who you are in posts/site.yaml, and put your own posts in posts/news.")


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
