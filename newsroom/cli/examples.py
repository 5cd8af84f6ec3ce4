"""A whole line for each command that needs more than its name: shown when something is missing."""

from collections.abc import Mapping
from gettext import gettext

EXAMPLES: Mapping[str, str] = {
    "init": "init news",
    "new": 'new news "We have opened"',
    "explain": "explain posts/news/2026-11-10-autumn.md",
    "rename": "rename posts/news/2026-11-10-autumn.md autumn-walk",
    "withdraw": "withdraw posts/news/2026-11-10-autumn.md",
    "announce skip": "announce skip posts/news/2026-11-10-autumn.md",
    "issue draft": "issue draft 2026-autumn",
    "issue export": "issue export 2026-autumn --out .",
    "issue evidence": "issue evidence 2026-autumn --out evidence",
    "issue check": "issue check 2026-autumn",
    "issue rehearse": "issue rehearse 2026-autumn",
    "issue test": "issue test 2026-autumn --to anna@example.se",
    "issue review": "issue review 2026-autumn",
    "issue approve": "issue approve 2026-autumn --by karin-ek",
    "issue undo": "issue undo 2026-autumn --by karin-ek",
    "issue postpone": "issue postpone 2026-autumn --to 2026-12-08 --by karin-ek",
    "issue send": "issue send 2026-autumn",
    "issue status": "issue status 2026-autumn",
    "issue pause": "issue pause 2026-autumn",
    "issue resume": "issue resume 2026-autumn",
    "issue go": "issue go 2026-autumn",
    "issue cancel": "issue cancel 2026-autumn",
    "issue resolve": "issue resolve 2026-autumn anna@example.se --accepted",
    "issue rest": "issue rest 2026-autumn",
    "subscribers add": 'subscribers add anna@example.se --consent "asked for it on 12 May"',
    "subscribers show": "subscribers show anna@example.se",
    "subscribers export": "subscribers export anna@example.se",
    "subscribers leave": "subscribers leave anna@example.se",
    "subscribers forget": "subscribers forget anna@example.se",
    "subscribers import": 'subscribers import list.csv --consent "a box on the form of 2026"',
    "inbox classify": "inbox classify letter.eml",
    "inbox undo": "inbox undo anna@example.se",
    "import markdown": "import markdown old-site",
    "import wordpress": "import wordpress export.xml",
    "import feed": "import feed feed.xml",
    "report": "report 2026",
    "secret drop": "secret drop 2f",
    "dkim new": "dkim new autumn2026",
}


def example_of(path: str) -> str | None:
    """The example of a command that is called as `newsroom issue test`, or None.

    It is in the language of the desk, as is all that click says.
    """
    program, _, command = path.partition(" ")
    example = EXAMPLES.get(command)
    return f"{program} {gettext(example)}" if example else None
