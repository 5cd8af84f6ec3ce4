"""`preview`: the site in a browser, new at each save."""

import socket
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from shutil import rmtree

import click

from newsroom.cli.desk import PORT, at_desk, now_option
from newsroom.cli.language import desk_language, said
from newsroom.cli.listening import address_of, listen
from newsroom.cli.stopping import end_on_signals
from newsroom.model.saying import say
from newsroom.wiring import Desk


@click.command("preview")
@click.option(
    "--drafts/--no-drafts", default=True, show_default=True, help="Show what is not out yet, too."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the web listens.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="And on which port.")
@click.option("--open", "opens", is_flag=True, help="Open the front page in the browser.")
@now_option
@at_desk
def preview_command(
    desk: Desk,
    drafts: bool,  # noqa: FBT001
    host: str,
    port: int,
    opens: bool,  # noqa: FBT001
) -> None:
    """Show the site as it will be, new at each save, until Ctrl-C. Nothing is published."""
    from newsroom.cli.live_site import LiveSite
    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.jobs.site.watch import tell_of_saves
    from newsroom.workers.companion import accompany

    end_if_asked = end_on_signals()
    with ExitStack() as parts:
        listening = parts.enter_context(listen(host, port))
        address = address_of(listening)
        out = desk.settings.var / "preview" / address.rpartition(":")[2]
        # What is shown here is not meant for the world: nothing of it stays.
        parts.callback(partial(rmtree, out, ignore_errors=True))
        # Both are forked while there is little to inherit, and before anything makes a thread.
        server = accompany(partial(_serve, listening, out, _words()))
        parts.callback(server.end)
        watcher = accompany(partial(tell_of_saves, desk.settings.root), [server])
        parts.callback(watcher.end)
        listening.close()
        as_of = click.get_current_context().params["when"]
        options = BuildOptions(
            out=out,
            url=address,
            drafts=drafts,
            preview=True,
            coming=drafts and as_of is None,  # else as it will be at that time
            remove_many=True,
        )
        click.echo(said(say("The site is on {address}/ until Ctrl-C", address=address)))
        site = LiveSite(desk, options, server, watcher, end_if_asked)
        site.run(lambda: opens and click.launch(address))


def _serve(
    listening: socket.socket, public: Path, words: Mapping[str, str], _tell: int, told: int
) -> None:
    """Be the server; its libraries are taken in here, where they are nobody else's."""
    from newsroom.web.preview import serve
    from newsroom.web.preview_pages import PreviewWords

    serve(listening, public, PreviewWords(**words), told)


def _words() -> dict[str, str]:
    """What the preview says by itself, in the language of the desk."""
    return {
        "lang": desk_language(),
        "title": said(say("Preview")),
        "empty": said(say("There is no page here yet. When there is one, it appears by itself.")),
        "form": said(say("This is a preview, so the form was not sent and nothing was saved.")),
        "stopped": said(
            say("The preview has stopped. Start it again and this page goes on: newsroom preview")
        ),
    }
