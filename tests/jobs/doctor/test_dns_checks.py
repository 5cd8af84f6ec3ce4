"""Every verdict on a domain, against zones that a real name server on loopback serves."""

from functools import cache

import pytest

from newsroom.jobs.doctor.dns_checks import dns_checks
from newsroom.model.checkup import Check, CheckVerdict, worst_of
from newsroom.outside.name_servers.resolver import Dns
from tests.jobs.doctor.zones import SILENT, ZONES, Zone
from tests.outside.name_servers.name_server import NameServer
from tests.processes import PATIENCE


def examined(zone: Zone, patience: float = PATIENCE) -> tuple[Check, ...]:
    """The checks of a zone, asked over the wire."""
    with NameServer(zone.published) as server:
        return tuple(dns_checks(Dns([server.address], patience).ask, zone.setup))


@cache
def found(name: str) -> tuple[Check, ...]:
    """The checks of the zone of that name, asked once for all tests."""
    return examined(next(zone for zone in ZONES if zone.name == name))


def verdicts(checks: tuple[Check, ...]) -> dict[str, str]:
    """The worst verdict of each check, but for what is in order."""
    names = dict.fromkeys(check.name for check in checks)
    worst = {name: worst_of(c for c in checks if c.name == name) for name in names}
    return {
        name: verdict.value for name, verdict in worst.items() if verdict is not CheckVerdict.OK
    }


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.name)
def test_each_zone_gets_its_verdicts(zone: Zone) -> None:
    """What a zone lacks is told by the check that it belongs to, and nothing else is blamed."""
    checks = found(zone.name)

    assert verdicts(checks) == zone.verdicts, "\n".join(f"{c.name}: {c.detail}" for c in checks)


@pytest.mark.parametrize("zone", [z for z in ZONES if z.says], ids=lambda zone: zone.name)
def test_each_fault_names_its_value(zone: Zone) -> None:
    """What is told names the record, the tag or the number that is wrong."""
    told = " ".join(f"{check.detail} {check.fix or ''}" for check in found(zone.name))

    assert zone.says in told


def test_each_fault_says_what_to_do() -> None:
    """Whatever fails or deserves a look has a line that says what to do about it."""
    every = [check for zone in ZONES for check in found(zone.name)]

    silent = [
        c for c in every if c.verdict in {CheckVerdict.FAIL, CheckVerdict.WARN} and c.fix is None
    ]

    assert not silent


def test_silence_is_no_fault() -> None:
    """Where nobody answers about a name, nothing is said against it, nor for what hangs on it."""
    checks = examined(SILENT, patience=0.3)

    assert verdicts(checks) == SILENT.verdicts
    assert "fail" not in verdicts(checks).values()
