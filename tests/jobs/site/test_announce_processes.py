"""Processes that publish at the same moment tell each item once between them."""

import subprocess
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

import pytest
from sqlalchemy import Engine

from newsroom.database.announcements import AnnouncementRows
from tests.outside.channels.services import NOW
from tests.processes import PATIENCE, REPOSITORY, environment

pytestmark = pytest.mark.slow

ITEMS, PROCESSES = 8, 3
PROCESS = """
import sys
from tests.jobs.site.announcing import Bureau, News, item
from newsroom.database import open_database
from newsroom.jobs.site.announce import announce
from newsroom.jobs.site.announce_attempt import Office
from newsroom.database.announcements import AnnouncementRows
from newsroom.outside.over_http.api import Api
from newsroom.outside.channels.slack import Slack
from newsroom.outside.over_http.client import open_client
from tests.outside.channels.services import NOW

database, service, items = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = AnnouncementRows(open_database(database))
office = Office(rows, Api(open_client("https://nyheter.example.se")), lambda: NOW)
news = News([item(f"nr-{number}") for number in range(items)])
print("ready", flush=True)
sys.stdin.readline()
done = announce([Slack("slack:kansli", service)], lambda: news, office)
print(len(done.made), len(done.troubled), flush=True)
"""


class _Slack(BaseHTTPRequestHandler):
    """Counts what is posted."""

    posted: Counter[bytes]
    turn: Lock

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.turn:
            self.posted[body] += 1
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_words: Any) -> None:  # noqa: ANN401 (as in the standard library)
        """Say nothing."""


def test_each_item_once_between_them(either_database: Engine) -> None:
    """Real processes on one database, let go at once: nothing is posted twice, nothing is lost."""
    AnnouncementRows(either_database).begin("slack:kansli", (), NOW)
    url = either_database.url.set(drivername=either_database.url.get_backend_name())
    posted: Counter[bytes] = Counter()
    handler = type("Handler", (_Slack,), {"posted": posted, "turn": Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    where = f"http://127.0.0.1:{server.server_port}/"
    command = [
        sys.executable,
        "-c",
        PROCESS,
        url.render_as_string(hide_password=False),
        where,
        str(ITEMS),
    ]
    processes = [
        subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]

    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    told = [process.communicate("go\n", timeout=PATIENCE)[0].split() for process in processes]
    server.shutdown()
    server.server_close()

    assert set(posted.values()) == {1}
    assert len(posted) == ITEMS
    assert sum(int(made) for made, _ in told) == ITEMS
    assert {wrong for _, wrong in told} == {"0"}
