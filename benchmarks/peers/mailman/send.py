"""Mailman 3 delivering one message to many, configured as its documentation says.

    PYTHON-OF-THE-PEERS send.py PORT COUNT MESSAGE-FILE

Its own code does the work: `mailman.mta.deliver.deliver`, which its outgoing runner calls, with
verp_personalized_deliveries, so that each reader gets a message and a return address of their own.
It prints what that took as JSON; making the list is not counted.
"""

import json
import sys
import time
from email import message_from_bytes
from pathlib import Path

CONFIGURATION = """\
[mailman]
layout: here
[paths.here]
var_dir: {folder}/var
[mta]
incoming: mailman.mta.null.NullMTA
outgoing: mailman.mta.deliver.deliver
smtp_host: 127.0.0.1
smtp_port: {port}
verp_personalized_deliveries: yes
"""


def set_up(port: int, folder: Path) -> None:
    """A Mailman of its own below the folder, on SQLite."""
    from mailman.core.initialize import initialize

    file = folder / "mailman.cfg"
    file.write_text(CONFIGURATION.format(folder=folder, port=port), encoding="utf-8")
    initialize(str(file))


def main(port: int, count: int, sample: bytes, folder: Path) -> None:
    """Send, and print what it took."""
    set_up(port, folder)
    from mailman.app.lifecycle import create_list
    from mailman.config import config
    from mailman.email.message import Message
    from mailman.interfaces.domain import IDomainManager
    from mailman.interfaces.mailinglist import Personalization
    from mailman.mta.deliver import deliver
    from zope.component import getUtility

    getUtility(IDomainManager).add("example.se")
    news = create_list("news@example.se")
    news.personalize = Personalization.individual
    config.db.commit()
    message = message_from_bytes(sample, Message)
    recipients = {f"reader{number}@example.se" for number in range(count)}
    used, began = time.process_time(), time.perf_counter()
    deliver(news, message, {"recipients": recipients, "verp": True})
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    print(json.dumps({"messages": count, "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_bytes(), Path.cwd())
