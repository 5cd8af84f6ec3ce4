"""Debian's Postfix as a private instance: it takes mail on loopback and passes it on to a test."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port
from tests.previews import are_gone, children
from tests.processes import PATIENCE

PROGRAM = shutil.which("postfix", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
IS_ROOT = os.geteuid() == 0  # else its daemons cannot be started
_DAEMONS = "/usr/lib/postfix/sbin"
_MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
meta_directory = /etc/postfix
maillog_file = {home}/log
maillog_file_prefixes = {home}
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:{onward}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
    check_recipient_access inline:{{ {{ nobody@a.example = 550 5.1.1 No }} }}
    permit_mynetworks, reject
smtpd_tls_security_level = may
smtpd_tls_chain_files = {certificate}
smtp_tls_security_level = none
smtp_dns_support_level = disabled
smtputf8_enable = no
notify_classes =
"""
_MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
scache unix - - n - 1 scache
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Postfix:
    """One that listens, and where it writes what it does."""

    port: int
    log: Path


@contextmanager
def postfix(onward: int, certificate: Path) -> Iterator[Postfix]:
    """Postfix inside the context; what it has taken it hands to the port `onward`."""
    home = Path(tempfile.mkdtemp(prefix="newsroom-postfix-"))
    home.chmod(0o755)  # its daemons run as nobody in particular
    try:
        relay = Postfix(free_port(), home / "log")
        _configure(home, relay.port, onward, certificate)
        with _started(home / "etc", relay):
            yield relay
    finally:
        shutil.rmtree(home)


def _configure(home: Path, port: int, onward: int, certificate: Path) -> None:
    for name in ("etc", "spool", "data"):
        (home / name).mkdir()
    shutil.chown(home / "data", "postfix")
    main = _MAIN.format(home=home, daemons=_DAEMONS, onward=onward, certificate=certificate)
    (home / "etc" / "main.cf").write_text(main)
    (home / "etc" / "master.cf").write_text(_MASTER.format(port=port))


@contextmanager
def _started(config: Path, relay: Postfix) -> Iterator[None]:
    """The one process that starts all others, and takes them with it when it ends."""
    assert PROGRAM is not None, "python scripts/find_tools.py installs Postfix"
    subprocess.run([PROGRAM, "-c", str(config), "check"], check=True, capture_output=True)
    with subprocess.Popen([f"{_DAEMONS}/master", "-c", str(config), "-s"]) as master:
        try:
            _wait_for(relay)
            yield
        finally:
            daemons = children(master.pid)
            master.terminate()
            master.wait(PATIENCE)
            assert are_gone(daemons), "Postfix still writes in its folder"


def _wait_for(relay: Postfix) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", relay.port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    told = relay.log.read_text() if relay.log.exists() else "it wrote no log"
    raise AssertionError(f"postfix does not start: {told}")
