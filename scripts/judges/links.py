"""linkinator: every link, picture and anchor that can be reached from the front page."""

import json
from typing import Final

from scripts.judges.exhibit import Exhibit
from scripts.judges.opinion import Opinion, error
from scripts.judges.toolbox import Toolbox, heard, run

_MOST: Final = 12  # connections at once


def by_linkinator(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """Crawl the served site; addresses on other machines are left alone."""
    program = tools.node_program("linkinator")
    said = run(
        [
            *(program, f"{exhibit.served}/", "--recurse", "--check-fragments", "--check-css"),
            *("--concurrency", str(_MOST), "--format", "json"),
            *("--skip", f"^(?!{exhibit.served})"),
        ]
    )
    if "{" not in said.stdout:
        return Opinion("linkinator", "nothing", heard(said, ()))
    links = json.loads(said.stdout[said.stdout.index("{") :])["links"]
    mine = [link for link in links if link["state"] != "SKIPPED"]
    broken = tuple(
        error(link.get("parent") or "", f"{link['url']} answers {link.get('status')}")
        for link in mine
        if link["state"] == "BROKEN"
    )
    return Opinion("linkinator", f"{len(mine)} addresses", heard(said, broken))
