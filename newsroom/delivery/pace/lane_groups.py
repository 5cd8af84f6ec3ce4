"""Which lane an address belongs to: who takes its mail, not what it is called.

A sender is judged by the host that takes the message. All tenants of Microsoft 365 are one lane,
though each has a host name of its own: they share the doors, the lists of senders that are
throttled or refused, and what one of them learns of us. Many small lanes would each have to be
refused before one stopped, and hundreds of refusals are what a reputation is lost by. A single
tenant that is strict costs at worst a look by a person, who resumes the lane.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from newsroom.database.overwriting import write_over
from newsroom.database.tables import mail_host, subscriber
from newsroom.delivery.pace.lanes import lane_of
from newsroom.model import LaneGroup, SubscriberState

_GROUPS = (
    LaneGroup("microsoft-365", ("mail.protection.outlook.com", "mx.microsoft")),
    LaneGroup("outlook.com", ("olc.protection.outlook.com",)),
    LaneGroup("google", ("google.com", "googlemail.com")),
    LaneGroup("yahoo", ("yahoodns.net",)),
    LaneGroup("icloud", ("mail.icloud.com",)),
)
_GOOD_FOR = timedelta(days=30)
_NOTHING_GOOD_FOR = timedelta(days=1)  # that a domain names no host may be a slip of its own


def lane_for(domain: str, host: str | None, groups: Collection[LaneGroup] = ()) -> str:
    """The lane of a domain whose mail `host` takes: a group's name, else the host's own domain.

    A newsroom's groups come before those that everybody has, and may name domains as well. Where
    no host is known the domain is its own lane.
    """
    for group in (*groups, *_GROUPS):
        if any(_ends(name, end) for end in group.hosts for name in (host or domain, domain)):
            return group.name
    if host is None:
        return domain
    _, _, above = host.partition(".")
    return above if "." in above else host


def unknown_domains(connection: Connection, now: datetime) -> set[str]:
    """The domains of active readers of which the DNS has to be asked."""
    emails = select(subscriber.c.email).where(subscriber.c.state == SubscriberState.ACTIVE)
    domains = {lane_of(email) for email in connection.scalars(emails)}
    return domains - _known(connection, now).keys()


def keep_hosts(connection: Connection, found: Mapping[str, str | None], now: datetime) -> None:
    """Write down what the DNS said; of two who asked at once, the later word stands."""
    rows = [{"domain": domain, "host": found[domain], "asked": now} for domain in sorted(found)]
    write_over(connection, mail_host, rows)


def lane_finder(connection: Connection, groups: Collection[LaneGroup]) -> Callable[[str], str]:
    """What gives each address its lane, from what is known now; an old answer beats none."""
    hosts = {row.domain: row.host for row in connection.execute(select(mail_host))}
    lanes: dict[str, str] = {}

    def lane(email: str) -> str:
        domain = lane_of(email)
        if domain not in lanes:
            lanes[domain] = lane_for(domain, hosts.get(domain), groups)
        return lanes[domain]

    return lane


def _known(connection: Connection, now: datetime) -> dict[str, str | None]:
    rows = connection.execute(select(mail_host))
    return {
        row.domain: row.host
        for row in rows
        if now - row.asked < (_GOOD_FOR if row.host else _NOTHING_GOOD_FOR)
    }


def _ends(name: str, end: str) -> bool:
    """Whether a host or domain is `end`, or under it."""
    return name == end or name.endswith(f".{end}")
