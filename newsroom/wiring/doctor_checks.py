"""The doctor's checks joined to what they examine: DNS, mail server, public address, machine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import OutsideError
from newsroom.model.saying import say
from newsroom.wiring.newsletter import goes_further
from newsroom.wiring.site_folder import public_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsroom.jobs.doctor.setup import MailSetup
    from newsroom.model import Schedule
    from newsroom.model.checkup import Check
    from newsroom.outside.name_servers.resolver import Dns
    from newsroom.wiring.desk import Desk

_PATIENCE = 10.0  # seconds for each step with the relay
_LETTER = 200_000  # octets: the HTML that is allowed, its text, and what signing adds


def look_at_dns(dns: Dns, setup: MailSetup) -> Iterator[Check]:
    """What the DNS says of the domains of our mail."""
    from newsroom.jobs.doctor.dns_checks import dns_checks
    from newsroom.model.checkup import check_of, unchecked

    yield from dns_checks(dns.ask, setup)
    if dns.is_silent:
        silence = unchecked(
            say("no name server answers, so nothing of the DNS is known"),
            say("see the machine's network; NEWSROOM_DNS names another server"),
            outside=True,
        )
        yield check_of("dns-resolver", [silence])


def look_at_the_way_out(desk: Desk, setup: MailSetup) -> Iterator[Check]:
    """The relay or the provider, and the inbox that bounces come to."""
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


def _account(desk: Desk, setup: MailSetup) -> Check:
    from contextlib import closing

    from newsroom.delivery.transports.accounts import judge_account
    from newsroom.model.checkup import check_of
    from newsroom.outside.over_http.api import open_api

    with closing(open_api(desk.site.url)) as api:
        remarks = judge_account(desk.settings.mail, setup.author, api, desk.clock())
    return check_of("relay-account", remarks, setup.scheme)


def _inbox(address: str) -> Check:
    from newsroom.model.checkup import check_of, fine, warning
    from newsroom.outside.mail.inbox import open_inbox

    try:
        with open_inbox(address) as inbox:
            found = fine(say("{account} can be read", account=inbox.name))
    except OutsideError as error:
        found = warning(
            say("{fault}", fault=error.sentence),
            say("see NEWSROOM_INBOX; until then nobody reads what comes back"),
            outside=True,
        )
    return check_of("relay-inbox", [found])


def look_at_the_site(desk: Desk) -> Iterator[Check]:
    """The public address, as the programs of readers see it."""
    from newsroom.jobs.doctor.one_click_checks import PublicAddress
    from newsroom.jobs.doctor.site_checks import site_checks
    from newsroom.outside.over_http.site_glance import SiteGlance
    from newsroom.readers.tokens import leave_token

    public = public_folder(desk)
    nobody = leave_token(desk.settings.secret, 0)  # the database counts from 1
    where = PublicAddress(desk.site, nobody, lambda path: (public / path).is_file())
    with SiteGlance(desk.site.url) as glance:
        yield from site_checks(where, glance, desk.clock)


def look_at_the_machine(desk: Desk, setup: MailSetup) -> Iterator[Check]:
    """What needs nobody else."""
    from newsroom.jobs.doctor.machine_checks import Machine, machine_checks
    from newsroom.jobs.doctor.privacy_checks import key_checks
    from newsroom.jobs.doctor.template_checks import template_check
    from newsroom.render.templates import default_templates

    settings = desk.settings
    machine = Machine(
        settings,
        desk.site,
        public_folder(desk),
        partial(_database, desk),
        desk.schedule_if_any,
        partial(_next_issue, desk),
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


def _next_issue(desk: Desk, schedule: Schedule) -> datetime | None:
    """When an issue is sent next, on its own day or on one that a person set."""
    from newsroom.database import reading
    from newsroom.jobs.health.coming import Almanac

    with reading(desk.database) as connection:
        found = Almanac(schedule, desk.site, connection).next_issue(desk.clock())
    return found.day if found else None
