"""The doctor joined: what it looks with, when it is asked, and what hangs on its verdict."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError, OutsideError, SettingsError, StateError
from newsroom.model.saying import say
from newsroom.wiring.newsletter import departs, goes_further, proof
from newsroom.wiring.site_folder import public_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from newsroom.database.doctor_runs import DoctorRun
    from newsroom.domains.dkim_key import Selector
    from newsroom.jobs.doctor.house_call import Leaving
    from newsroom.jobs.doctor.received_content import Sent
    from newsroom.jobs.doctor.setup import Setup
    from newsroom.jobs.doctor.verdicts import Demand
    from newsroom.model import Schedule
    from newsroom.model.verdict import Check
    from newsroom.outside.resolver import Dns
    from newsroom.wiring.desk import Desk

log = logging.getLogger(__name__)

GROUPS = ("dns", "relay", "site", "machine", "receivers")
_PATIENCE = 10.0  # seconds for each step with the relay
_LETTER = 200_000  # octets: the HTML that is allowed, its text, and what signing adds


def examine(
    desk: Desk, only: Collection[str] = (), selectors: Sequence[str] = ()
) -> tuple[Check, ...]:
    """Look at everything, or at some of the groups; `selectors` are keys that a relay signs with.

    Raises ContentError for a site.yaml with faults.
    """
    from newsroom.jobs.doctor.unknowable import unknowable_checks
    from newsroom.outside.resolver import Dns

    setup, dns = setup_of(desk, selectors), Dns(desk.settings.dns)
    looks: dict[str, Callable[[], Iterator[Check]]] = {
        "dns": lambda: _dns(dns, setup),
        "relay": lambda: _relay(desk, setup),
        "site": lambda: _site(desk),
        "machine": lambda: _machine(desk, setup),
        "receivers": lambda: iter(unknowable_checks()),
    }
    return tuple(check for name in GROUPS if not only or name in only for check in looks[name]())


def examine_and_keep(desk: Desk) -> tuple[tuple[Check, ...], DoctorRun]:
    """Look at everything, and write down the verdict."""
    from newsroom.jobs.doctor.verdicts import keep_verdict

    checks = examine(desk)
    return checks, keep_verdict(desk.database, checks, _configuration(desk), desk.clock())


def judge_message(
    desk: Desk, raw: bytes, named: str, selectors: Sequence[str] = ()
) -> tuple[Check, ...]:
    """Judge a message that was received. Raises StateError for a file that holds none."""
    from newsroom.jobs.doctor.received import received_checks
    from newsroom.jobs.doctor.received_message import read_message
    from newsroom.outside.resolver import Dns

    received, setup = read_message(raw, named), setup_of(desk, selectors)
    ask = Dns(desk.settings.dns).ask
    return tuple(received_checks(received, desk.site, ask, setup.keys, partial(_sent, desk)))


def setup_of(desk: Desk, selectors: Sequence[str] = ()) -> Setup:
    """What mail stands on, with the keys as the DNS should have them."""
    from newsroom.domains.dkim_key import Selector
    from newsroom.jobs.doctor.setup import Setup, domain_of
    from newsroom.wiring.post_out import read_key_file

    site, home = desk.site, domain_of(desk.site.sender.email)
    keys: list[Selector] = []
    kinds: list[str] = []
    unusable: list[str] = []
    for file in desk.settings.dkim:
        try:
            key = read_key_file(file)
        except SettingsError as error:
            keys.append(Selector(file.selector, file.domain))
            unusable.append(error.sentence)
        else:
            keys.append(Selector(key.selector, key.domain, key.published, key.record))
            kinds.append(key.kind.value)
    elsewhere = dict.fromkeys((*site.sender.selectors, *selectors))
    return Setup(
        site,
        desk.settings.mail,
        keys=tuple(keys),
        keys_elsewhere=tuple(_selector(written, home) for written in elsewhere),
        signs_with=tuple(kinds),
        unusable=tuple(unusable),
    )


def require_doctor(desk: Desk, name: str, reason: str | None, *, by_itself: bool) -> None:
    """Pass when nothing keeps an issue from arriving, or somebody has said why that is no matter.

    An issue that leaves `by_itself` is looked at again where the last verdict is no good: nobody is
    asked for what a machine can do. Mail that stays on this machine needs no verdict. Raises
    StateError that says what was found, SettingsError for a reason without words.
    """
    if reason is not None:
        if not reason.strip():
            raise SettingsError(say("--without-doctor: say why; it is kept with the issue"))
        return
    demand = _demand(desk, name)
    if demand is None:
        return
    from newsroom.jobs.doctor.verdicts import look_again, require_good_verdict

    if by_itself:
        look_again(desk.database, demand, lambda: examine_and_keep(desk)[1])
    else:
        require_good_verdict(desk.database, demand)


class HouseCalls:
    """Looks at how mail is set up on the day before an issue leaves, one look at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()

    def look(self) -> None:
        """Look where it is time to, and tell the coordinator what must be mended."""
        if not self._turn.acquire(blocking=False):
            return  # another thread of this process is at it
        try:
            self._look()
        except NewsroomError as error:  # whatever is wrong here never keeps others waiting
            log.warning("%s", error.sentence)
        finally:
            self._turn.release()

    def _look(self) -> None:
        from newsroom.jobs.doctor.house_call import house_call, memo_of
        from newsroom.wiring.memos import leave_memo

        desk, now = self._desk, self._desk.clock()
        if not _asks_for_a_verdict(desk) or (leaving := _leaving(desk, now)) is None:
            return
        configuration = _configuration(desk)
        found = house_call(
            desk.database, leaving, configuration, lambda: examine_and_keep(desk)[1], now
        )
        if found is not None:
            leave_memo(desk, memo_of(found, leaving, desk.site, now))


def _demand(desk: Desk, name: str) -> Demand | None:
    """What the verdict must be like; None where none is asked for."""
    from newsroom.jobs.doctor.verdicts import Demand

    age = desk.site.sending.doctor
    if age is None or not _asks_for_a_verdict(desk):
        return None
    return Demand(name, _configuration(desk), age, desk.clock())


def _asks_for_a_verdict(desk: Desk) -> bool:
    """Whether mail leaves this machine, and site.yaml wants to know how it is set up."""
    is_asked = desk.site.sending.doctor is not None and not desk.is_adjusted
    return is_asked and goes_further(desk.settings.mail)


def _configuration(desk: Desk) -> str:
    from newsroom.jobs.doctor.setup import configuration_of

    return configuration_of(setup_of(desk), desk.settings.secret, desk.settings.dns)


def _leaving(desk: Desk, now: datetime) -> Leaving | None:
    """The issue that leaves next, when that is within the day."""
    from sqlalchemy import select

    from newsroom.database import reading
    from newsroom.database.tables import issue
    from newsroom.jobs.doctor.house_call import AHEAD, Leaving
    from newsroom.model.issue_state import OPEN

    with reading(desk.database) as connection:
        waiting = connection.scalars(select(issue.c.name).where(issue.c.state.in_(OPEN))).all()
    soon = []
    for name in waiting:
        leaves = departs(desk, name)
        if leaves is not None and now <= leaves.at <= now + AHEAD:
            soon.append((leaves.at, name))
    if not soon:
        return None
    at, name = min(soon)
    titles = {each.slug: each.title for each in desk.read_newsroom().issues}
    return Leaving(name, titles.get(name, name), at)


def _dns(dns: Dns, setup: Setup) -> Iterator[Check]:
    from newsroom.jobs.doctor.dns_checks import dns_checks
    from newsroom.model.verdict import Check, Verdict

    yield from dns_checks(dns.ask, setup)
    if dns.is_silent:
        yield Check(
            "dns-resolver",
            Verdict.UNKNOWN,
            say("no name server answers, so nothing of the DNS is known"),
            say("see the machine's network; NEWSROOM_DNS names another server"),
            outside=True,
        )


def _relay(desk: Desk, setup: Setup) -> Iterator[Check]:
    from newsroom.jobs.doctor.relay_checks import folder_check
    from newsroom.settings.mail import provider_of

    settings = desk.settings
    if settings.outgoing is not None:
        yield folder_check(str(settings.outgoing))
    elif provider_of(settings.mail):
        yield _account(desk, setup)
    else:
        yield from _smtp(desk)
    if settings.inbox is not None:
        yield _inbox(settings.inbox)


def _smtp(desk: Desk) -> Iterator[Check]:
    from newsroom.delivery.transports.connector import Connector
    from newsroom.delivery.transports.relay import parse_relay
    from newsroom.jobs.doctor.relay_checks import relay_checks
    from newsroom.readers.return_address import return_address
    from newsroom.wiring.post_out import tokens_for

    relay = parse_relay(desk.settings.mail)
    tokens = tokens_for(relay.registration, desk.site.url) if relay.registration else None
    sender = desk.envelope_sender
    if desk.site.sender.verp:
        sender = return_address(sender, "doctor")
    connect = Connector(timeout=_PATIENCE, tokens=tokens)
    yield from relay_checks(relay, connect, sender, _LETTER, desk.clock())


def _account(desk: Desk, setup: Setup) -> Check:
    from contextlib import closing

    from newsroom.delivery.transports.accounts import judge_account
    from newsroom.model.verdict import one_check
    from newsroom.outside.api import open_api

    with closing(open_api(desk.site.url)) as api:
        remarks = judge_account(desk.settings.mail, setup.author, api, desk.clock())
    return one_check("relay-account", remarks, setup.scheme)


def _inbox(address: str) -> Check:
    from newsroom.model.verdict import Check, Verdict
    from newsroom.outside.inbox import open_inbox

    try:
        with open_inbox(address) as inbox:
            name = inbox.name
    except OutsideError as error:
        return Check(
            "relay-inbox",
            Verdict.WARN,
            say("{fault}", fault=error.sentence),
            say("see NEWSROOM_INBOX; until then nobody reads what comes back"),
            outside=True,
        )
    return Check("relay-inbox", Verdict.OK, say("{account} can be read", account=name))


def _site(desk: Desk) -> Iterator[Check]:
    from newsroom.jobs.doctor.site_checks import PublicAddress, site_checks
    from newsroom.outside.site_glance import SiteGlance
    from newsroom.readers.tokens import leave_token

    public = public_folder(desk)
    nobody = leave_token(desk.settings.secret, 0)  # the database counts from 1
    where = PublicAddress(desk.site, nobody, lambda path: (public / path).is_file())
    with SiteGlance(desk.site.url) as glance:
        yield from site_checks(where, glance, desk.clock)


def _machine(desk: Desk, setup: Setup) -> Iterator[Check]:
    from newsroom.jobs.doctor.machine_checks import Machine, key_checks, machine_checks
    from newsroom.jobs.doctor.template_checks import template_check
    from newsroom.render.templates import default_templates

    settings = desk.settings
    machine = Machine(
        settings,
        desk.site,
        public_folder(desk),
        partial(_database, desk),
        partial(_schedule, desk),
        settings.inbox is not None or bool(settings.hooks),
        goes_further(settings.mail),
    )
    yield from machine_checks(machine, desk.clock())
    yield from key_checks(setup.unusable)
    memory = settings.var / "builds" / "templates.json"
    yield template_check(settings.root / "templates", default_templates(), memory)


def _database(desk: Desk) -> str:
    """The database in words, made and brought up to date where it was not."""
    from sqlalchemy import text

    from newsroom.database import reading

    with reading(desk.database) as connection:
        shape = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return say("{kind}, shape {shape}", kind=desk.database.dialect.name, shape=shape)


def _schedule(desk: Desk) -> Schedule | None:
    return desk.schedule_if_any()


def _sent(desk: Desk, name: str) -> Sent | None:
    """What an issue's letters lead to and show; None of one that cannot be made up."""
    from newsroom.jobs.doctor.received_content import letter_content

    try:
        made = proof(desk, name)
    except NewsroomError:
        return None
    return letter_content(tuple(letter.html for letter in made.letters.values()))


def _selector(written: str, home: str) -> Selector:
    """A key that others sign with: `selector1`, or `selector1@example.se`."""
    from newsroom.domains.dkim_key import Selector

    name, _, domain = written.partition("@")
    if not name:
        raise StateError(
            say(
                '"{written}" is no selector; write {example}',
                written=written,
                example="selector1@example.se",
            )
        )
    return Selector(name.lower(), domain.lower() or home)
