"""The demo: the main job from a folder of Markdown to mail in forty inboxes, on one machine."""

import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import click

from newsroom.cli.bot import Bot
from newsroom.cli.commands import real_clock
from newsroom.delivery.catcher import MailCatcher
from newsroom.errors import StateError
from newsroom.jobs.approve import Approval, approve
from newsroom.jobs.build_options import BuildOptions
from newsroom.jobs.demo import ISSUE, on_this_machine, sample_readers
from newsroom.jobs.import_subscribers import ListFile, import_subscribers
from newsroom.jobs.init import begin
from newsroom.jobs.issue_status import status_line
from newsroom.jobs.send import send_issue
from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter, website


class Demo:
    """One demonstration, in a folder of its own."""

    def __init__(self, folder: Path, port: int, asked_to_stop: threading.Event) -> None:
        self._folder = folder
        self._port = port
        self._asked_to_stop = asked_to_stop

    def run(self, *, stay: bool) -> None:
        """Do each step with the parts that the real commands use, and say where to look."""
        root = begin(self._folder / "newsroom")
        with (
            MailCatcher(self._folder / "mail") as catcher,
            closing(self._desk(root, catcher.address)) as desk,
        ):
            self._build(desk)
            self._send(desk, catcher)
            click.echo(f"Site     {website.public_folder(desk)}/index.html")
            click.echo(f"Mail     {catcher.write_index()}")
            if stay:
                self._stay(desk, catcher)

    def _desk(self, root: Path, mail: str) -> Desk:
        environ = {"NEWSROOM_MAIL": mail}  # nothing of the caller's: a demo mails nobody
        adjust = partial(on_this_machine, url=f"http://127.0.0.1:{self._port}")
        return Desk(Settings.from_env(root, environ), real_clock, adjust)

    def _build(self, desk: Desk) -> None:
        tally = website.build(desk, BuildOptions())
        click.echo(
            f"Built    {tally.pages} pages from {sum(1 for _ in desk.newsroom.pieces())} files"
        )

    def _send(self, desk: Desk, catcher: MailCatcher) -> None:
        """Import readers, approve the draft, send it through the ledger, and count what came."""
        people = sample_readers(desk.newsroom)
        listed = ListFile("sample.csv", people, "invented for the demo", desk.site.language)
        imported = import_subscribers(desk.database, desk.keys, listed, desk.clock())
        click.echo(f"Readers  {imported.added} invented people")
        by = desk.site.approvers[0]
        given = Approval(ISSUE, newsletter.proof(desk, ISSUE).content_hash, by, desk.clock())
        approve(desk.database, given, desk.site.approvers)
        click.echo(f"Approved {ISSUE} by {by}")
        with newsletter.sending(desk) as press:
            newsletter.freeze_issue(desk, ISSUE)
            sent = send_issue(press, ISSUE, lambda _tally: None)
        caught = catcher.recipients
        click.echo(f"Sent     {status_line(sent.counts)}")
        click.echo(f"Caught   {len(caught)} messages to {len(set(caught))} different people")
        if not sent.done or len(caught) != imported.added or len(set(caught)) != len(caught):
            raise StateError(f"the demo did not reach everybody once: {sent.waits_for}")

    def _stay(self, desk: Desk, catcher: MailCatcher) -> None:
        """Serve the site and the forms, and catch the mails they cause."""
        click.echo(f"Open     http://127.0.0.1:{self._port}/ and stop with Ctrl-C")
        Bot(desk, "127.0.0.1", self._port, self._asked_to_stop).run({"web"})
        catcher.write_index()
