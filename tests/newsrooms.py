"""A newsroom small enough to be built in no time, with one of most things in it."""

from pathlib import Path

NOW = "2026-11-22T09:00"  # what the tests give to --now
AT_ONCE = (
    "sending: {pace: unlimited, lane_pace: unlimited, hours: always, canary: none,"
    " undo: 0 minutes, doctor: never}\n"
)
SITE = (
    "name: Nätverket\nurl: https://nyheter.natverket.test\nlanguage: sv\n"
    "timezone: Europe/Stockholm\ndescription: Kommuner för jämlik hälsa.\n"
    "sender: {name: Nätverket, email: brev@example.se, bounces: returer@example.se}\n"
    "accessibility: {assessed: 2026-09-01, status: fully}\n"
    "postal_address: Hamnplan 2, Lövhamn\napprovers: [anna-ek]\n"
)
SCHEDULE = """\
publish: {every: 5 minutes}
newsletter:
  host: {month: december, day: första tisdagen, at: "09:00", draft: 21 days before}
links: {day: måndag, at: "06:00"}
housekeeping: {at: "03:30"}
catch_up: {publish: latest, newsletter: {latest, within: 6 hours}}
"""
# A newsletter whose draft day has gone by would be begun at the first look.
NO_NEWSLETTER = "publish: {every: 5 minutes}\n"
FILES = {
    "posts/site.yaml": SITE + AT_ONCE,
    "schedule.yaml": SCHEDULE,
    "posts/contacts/anna-ek.md": (
        "---\nid: urn:x:anna\nname: Anna Ek\nemail: anna@example.se\ngroups: [kansli]\n---\n"
    ),
    "posts/news/2026-06-03-sommar.md": (
        "---\nid: urn:x:sommar\ntitle: Sommar\ndate: 2026-06-03\n---\n\nSolen skiner.\n"
    ),
    "posts/news/2026-11-10-host.md": (
        "---\nid: urn:x:host\ntitle: Höst\ndate: 2026-11-10\n---\n\nLöven faller.\n"
    ),
    "posts/news/2026-12-24-jul.md": (
        "---\nid: urn:x:jul\ntitle: Jul\ndate: 2026-12-24 12:00\n---\n\nGod jul.\n"
    ),
    "posts/news/2026-11-12-utkast.md": (
        "---\nid: urn:x:utkast\ntitle: Utkast\ndate: 2026-11-12\ndraft: true\n---\n\nInte än.\n"
    ),
    "posts/events/2027-03-17-konferens.md": (
        "---\nid: urn:x:konferens\ntitle: Konferens\nstart: 2027-03-17T10:00\n"
        "end: 2027-03-17T16:00\n---\n\nVälkommen.\n"
    ),
    "posts/newsletters/2026-var.md": (
        "---\nid: urn:x:var\ntitle: Nyhetsbrev våren 2026\nnumber: 1\ndate: 2026-06-02T09:00\n"
        "preheader: Allt om våren.\n---\n\nHej!\n"
    ),
}
ISSUE = (
    "---\nid: urn:x:2026-host\ntitle: Nyhetsbrev hösten 2026\nnumber: 2\ndraft: true\n"
    "preheader: Allt som har hänt sedan i våras.\nstories: [host, sommar]\n"
    "events: [konferens]\ncontacts: [anna-ek]\n---\n\nHej!\n"
)


def write_newsroom(root: Path) -> Path:
    """The small newsroom, written to a folder, which is given back."""
    for name, text in FILES.items():
        put(root, name, text)
    return root


def put(root: Path, name: str, text: str) -> Path:
    """Write one file of a newsroom, and give its path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
