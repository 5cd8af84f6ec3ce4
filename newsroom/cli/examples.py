"""A whole line for each command that needs more than its name: shown when something is missing."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "init": "init nyheter",
    "new": 'new news "Vi har öppnat"',
    "explain": "explain posts/news/2026-11-10-host.md",
    "rename": "rename posts/news/2026-11-10-host.md hosten",
    "withdraw": "withdraw posts/news/2026-11-10-host.md",
    "announce skip": "announce skip posts/news/2026-11-10-host.md",
    "issue draft": "issue draft 2026-host",
    "issue export": "issue export 2026-host --out .",
    "issue evidence": "issue evidence 2026-host --out bevis",
    "issue check": "issue check 2026-host",
    "issue rehearse": "issue rehearse 2026-host",
    "issue test": "issue test 2026-host --to asa@example.se",
    "issue review": "issue review 2026-host",
    "issue approve": "issue approve 2026-host --by karin-ek",
    "issue undo": "issue undo 2026-host --by karin-ek",
    "issue postpone": "issue postpone 2026-host --to 2026-12-08 --by karin-ek",
    "issue send": "issue send 2026-host",
    "issue status": "issue status 2026-host",
    "issue pause": "issue pause 2026-host",
    "issue resume": "issue resume 2026-host",
    "issue go": "issue go 2026-host",
    "issue cancel": "issue cancel 2026-host",
    "issue resolve": "issue resolve 2026-host asa@example.se --accepted",
    "issue rest": "issue rest 2026-host",
    "subscribers add": 'subscribers add asa@example.se --consent "bad om det 12 maj"',
    "subscribers show": "subscribers show asa@example.se",
    "subscribers export": "subscribers export asa@example.se",
    "subscribers forget": "subscribers forget asa@example.se",
    "subscribers import": 'subscribers import lista.csv --consent "ruta på anmälan 2026"',
    "inbox classify": "inbox classify brev.eml",
    "inbox undo": "inbox undo asa@example.se",
    "import markdown": "import markdown gamla-sidan",
    "import wordpress": "import wordpress export.xml",
    "import feed": "import feed feed.xml",
    "report": "report 2026",
    "secret drop": "secret drop 2f",
    "dkim new": "dkim new host2026",
}


def example_of(path: str) -> str | None:
    """The example of a command that is called as `newsroom issue test`, or None."""
    program, _, command = path.partition(" ")
    example = EXAMPLES.get(command)
    return f"{program} {example}" if example else None
