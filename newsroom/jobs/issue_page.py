"""Put an issue on the web: its own file says that it has been sent, and when."""

from datetime import datetime
from pathlib import Path

from newsroom.content.folder_save import replace
from newsroom.content.write import set_fields
from newsroom.jobs.edition import find_issue
from newsroom.model import Newsroom


def mark_as_sent(root: Path, newsroom: Newsroom, name: str, now: datetime) -> None:
    """Take `draft` out of the issue's file and write the `date` it was sent, unless it has one.

    Nothing else in the file is touched, and an approval does not hang on these two fields: what
    readers get stays what was approved. May run more than once.
    """
    issue = find_issue(newsroom, name)
    if not issue.draft and issue.published is not None and issue.published <= now:
        return
    sent = now.astimezone(newsroom.site.timezone).strftime("%Y-%m-%dT%H:%M")
    path = root / issue.source
    changed = set_fields(path.read_bytes().decode(), {"draft": None, "date": sent})
    replace(path, changed)
