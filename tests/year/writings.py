"""What stands in the newsroom's folder on New Year's Day, and what Anna writes through the year."""

from base64 import b64encode
from pathlib import Path

from tests.newsrooms import put

ANNA, BO, OFFICE = "anna.ek@example.se", "bo.berg@example.se", "kansli@example.se"
MASTODON = "a-token-of-the-account"
SHARED = "whsec_" + b64encode(b"a secret of the newsroom and its hosts").decode()
ADDRESS = "https://nyheter.natverket.test"

SCHEDULE = """\
timezone: Europe/Stockholm
publish: {every: 5 minutes}
newsletter:
  var:
    month: juni
    day: första tisdagen
    at: "09:00"
    draft: 21 days before
    remind: 5 days before
  host:
    month: december
    day: första tisdagen
    at: "09:00"
    draft: 21 days before
    remind: 5 days before
links: {day: söndag, at: "04:00"}
bounces: {every: 15 minutes}
housekeeping: {DAYat: "02:30"}
backup: {DAYat: "03:15", keep: 14, to: ../backups}
catch_up: {publish: latest, newsletter: {latest, within: 6 hours}}
"""

CONTACT = """\
---
id: urn:x:{slug}
name: {name}
role: {role}
email: {email}
groups: [kansli]
verified: 2026-01-02
---
"""

WELCOME = """\
---
id: urn:x:valkommen
title: Välkommen till vår nya webbplats
date: 2025-12-15T08:00
newsletter: never
summary: Här hittar du nyheter, kalender och nyhetsbrev.
---

Här samlar vi allt som rör nätverket. Tipsa oss gärna om vad du saknar.
"""

CONFERENCE = """\
---
id: urn:x:arskonferens
title: Årskonferens i Lövhamn
start: 2026-10-14T10:00
end: 2026-10-14T16:00
place: {name: Folkets hus, address: "Hamnplan 2, Lövhamn"}
summary: En dag om mötesplatser för alla åldrar.
---

Anmälan öppnar i augusti.
"""

WEBINAR = """\
---
id: urn:x:webbinarium
title: Webbinarium om ensamhet
start: 2027-01-20T13:00
end: 2027-01-20T14:00
summary: En timme om vad kommuner kan göra.
---

Du behöver inte anmäla dig.
"""

REPORT = """\
---
id: urn:x:rapport
title: Så mår vi i Norden
date: 2026-02-09T09:00
summary: En ny rapport jämför hälsan i fem länder.
---

Skillnaderna har minskat sedan 2015, men inte överallt. [Rapporten finns hos institutet](LINK).
"""

STROLL = """\
---
id: urn:x:promenad
title: Rekord på Promenadens dag
date: 2026-04-20T10:00
summary: Fler än någonsin gick tillsammans.
---

Över tvåtusen personer i sju kommuner gav sig ut.
"""

HANDBOOK = """\
---
id: urn:x:handbok
title: Handboken är här
date: 2026-09-07T08:30
summary: Femton frågor att ställa innan man bygger.
---

Handboken är gratis för alla medlemmar.
"""

MOVED = """\
---
id: urn:x:installt
title: "Inställt: Årskonferensen i Lövhamn"
date: 2026-09-28T11:00
event: arskonferens
summary: Huset har fått en vattenskada.
---

Årskonferensen den 14 oktober är inställd. Vi hör av oss om ett nytt datum.
"""

GREETING = "Hej!\n\nHär är det som har hänt sedan sist. Svara gärna på brevet.\n\nAnna Ek"


def write_house(root: Path, hub: str, mastodon: str, *, nightly: bool) -> None:
    """The newsroom as it stands on New Year's Day.

    `hub` is where its feeds are announced, and `mastodon` the server of its account.

    What is done by night is done every night, or else on Sundays, which saves the test minutes:
    the clocks are changed on Sundays too.
    """
    put(root, "posts/site.yaml", site(hub, mastodon))
    put(root, "schedule.yaml", SCHEDULE.replace("DAY", "" if nightly else "day: söndag, "))
    (root.parent / "backups").mkdir()
    for slug, name, role, email in (
        ("anna-ek", "Anna Ek", "Samordnare", ANNA),
        ("bo-berg", "Bo Berg", "Ordförande", BO),
    ):
        contact = CONTACT.format(slug=slug, name=name, role=role, email=email)
        put(root, f"posts/contacts/{slug}.md", contact)
    put(root, "posts/news/2025-12-15-valkommen.md", WELCOME)
    put(root, "posts/events/2026-10-14-arskonferens.md", CONFERENCE)


def site(hub: str, mastodon: str) -> str:
    """What site.yaml says."""
    return f"""\
name: Nätverket
url: {ADDRESS}
language: sv
timezone: Europe/Stockholm
description: Kommuner och regioner för jämlik hälsa.
sender:
  name: Nätverket
  email: nyhetsbrev@example.se
  reply_to: {OFFICE}
  bounces: studs@example.se
postal_address: Nätverket, Hamnplan 2, 999 10 Lövhamn
approvers: [anna-ek, bo-berg]
accessibility: {{assessed: 2026-01-02, status: fully}}
announce: [{{websub: "{hub}"}}, {{webhook: intranet}}, {{mastodon: "{mastodon}"}}]
sending:
  pace: 20 per minute
  lane_pace: 5 per minute
  canary: {{count: 8, wait: 15 minutes}}
"""


def finished(draft: str) -> str:
    """A draft as Anna leaves it: with a preheader and a greeting."""
    front, _, _ = draft.rpartition("---\n")
    front = front.replace(
        "preheader:\n", "preheader: Det viktigaste från nätverket i en läsning.\n"
    )
    return f"{front}---\n\n{GREETING}\n"
