"""The demo: the main job from a folder of Markdown to mail in forty inboxes, on one machine."""

import os
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import click

from newsroom.cli.bot import Bot
from newsroom.cli.commands import real_clock
from newsroom.cli.tongue import language_of
from newsroom.delivery.catcher import MailCatcher
from newsroom.errors import StateError
from newsroom.jobs.demo import ISSUE, on_this_machine, sample_readers
from newsroom.jobs.issue.issue_status import status_line
from newsroom.jobs.issue.send import send_issue
from newsroom.jobs.readers.import_subscribers import ListFile, import_subscribers
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.jobs.writing.init import begin
from newsroom.model import Newsroom
from newsroom.model.saying import Saying, say
from newsroom.render.sayings import in_language
from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter, post_office, review, website
from newsroom.wiring.site_folder import public_folder


class Demo:
    """One demonstration, in a folder of its own."""

    def __init__(self, folder: Path, port: int, asked_to_stop: threading.Event) -> None:
        self._folder = folder
        self._port = port
        self._asked_to_stop = asked_to_stop
        # It is nobody's newsroom: whatever folder it is started in, the terminal's language holds.
        self._language = language_of(None, os.environ)

    def run(self, *, stay: bool) -> None:
        """Do each step with the parts that the real commands use, and say where to look."""
        root = begin(self._folder / "newsroom")
        with (
            MailCatcher(self._folder / "mail") as catcher,
            closing(self._desk(root, catcher.address)) as desk,
        ):
            newsroom = desk.read_newsroom()
            self._build(desk, newsroom)
            self._send(desk, newsroom, catcher)
            self._tell(say("Site"), f"{public_folder(desk)}/index.html")
            self._tell(say("Mail"), str(self._list(desk, catcher)))
            if stay:
                self._stay(desk, catcher)

    def _desk(self, root: Path, mail: str) -> Desk:
        environ = {"NEWSROOM_MAIL": mail}  # nothing of the caller's: a demo mails nobody
        adjust = partial(on_this_machine, url=f"http://127.0.0.1:{self._port}")
        return Desk(Settings.from_env(root, environ), real_clock, adjust)

    def _build(self, desk: Desk, newsroom: Newsroom) -> None:
        tally = website.build(desk, BuildOptions())
        files = sum(1 for _ in newsroom.pieces())
        what = say("{pages} pages from {files} files", pages=tally.pages, files=files)
        self._tell(say("Built"), what)

    def _send(self, desk: Desk, newsroom: Newsroom, catcher: MailCatcher) -> None:
        """Import readers, approve the draft, send it through the ledger, and count what came."""
        people = sample_readers(newsroom)
        listed = ListFile("sample.csv", people, "invented for the demo", desk.site.language)
        imported = import_subscribers(desk.database, desk.keys, listed, desk.clock())
        self._tell(say("Readers"), say("{number} invented people", number=imported.added))
        by = desk.site.approvers[0]
        review.approve(desk, ISSUE, by, at=desk.clock())
        self._tell(say("Approved"), say("{issue} by {name}", issue=ISSUE, name=by))
        with post_office.at_office(desk) as office:
            newsletter.freeze_issue(desk, ISSUE)
            sent = send_issue(office, ISSUE, lambda _tally: None)
        caught = catcher.recipients
        self._tell(say("Sent"), status_line(sent.counts))
        what = say(
            "{mails} messages to {people} different people",
            mails=len(caught),
            people=len(set(caught)),
        )
        self._tell(say("Caught"), what)
        if not sent.done or len(caught) != imported.added or len(set(caught)) != len(caught):
            why = sent.waits_for or ""
            raise StateError(say("the demo did not reach everybody once: {why}", why=why))

    def _stay(self, desk: Desk, catcher: MailCatcher) -> None:
        """Serve the site and the forms, and catch the mails they cause."""
        address = f"http://127.0.0.1:{self._port}/"
        self._tell(say("Open"), say("{address} and stop with Ctrl-C", address=address))
        Bot(desk, "127.0.0.1", self._port, self._asked_to_stop).run({"web"})
        self._list(desk, catcher)

    def _list(self, desk: Desk, catcher: MailCatcher) -> Path:
        return catcher.write_index(desk.templates, desk.site.language)

    def _tell(self, heading: Saying, what: str) -> None:
        words = (in_language(text, self._language) for text in (heading, what))
        click.echo("{:<9}{}".format(*words))
