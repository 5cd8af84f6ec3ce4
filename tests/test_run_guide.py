"""From an empty machine to the first issue: what docs/run.md says to type is typed, and works.

The machine is a folder, and what needs a real one (packages, accounts, systemd, certificates) is
left out; what a person writes by hand is written between the steps.
"""

import json
import re
import shlex
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.delivery.catcher import MailCatcher
from tests.newsrooms import AT_ONCE, put
from tests.processes import PATIENCE, REPOSITORY

pytestmark = pytest.mark.slow

GUIDE = REPOSITORY / "docs/run.md"
OF_A_REAL_MACHINE = {
    *("apt-get", "adduser", "addgroup", "chown", "certbot", "curl", "journalctl", "nginx"),
    *("systemctl", "usermod"),
}
ACCOUNT = "runuser -u newsroom -- "
NOT_HERE = (
    *("newsroom doctor", "pip install --require-hashes"),  # they need the network
    "--force-reinstall",  # the same once more
)
SITE = (
    "name: Nätverket\nurl: https://nyheter.example.se\nlanguage: sv\ntimezone: Europe/Stockholm\n"
)
SITE += "sender: {name: Nätverket, email: nyhetsbrev@example.se}\napprovers: [anna-exempel]\n"
SITE += f"postal_address: Hamnplan 2, Lövhamn\n{AT_ONCE}"


def steps() -> dict[str, list[str]]:
    """The lines to type, by the number of their step."""
    text = GUIDE.read_text(encoding="utf-8")
    walk = text.partition("## From an empty machine to the first issue")[2].partition("\n## ")[0]
    walk = walk.replace("### A new version", "**13. A new version.**").partition("### When")[0]
    found: dict[str, list[str]] = {}
    for number, rest in re.findall(r"\*\*(\d+)\.(.*?)(?=\n\*\*\d+\.|\Z)", walk, re.DOTALL):
        blocks = re.findall(r"^```\n(.*?)^```$", rest, re.DOTALL | re.MULTILINE)
        found[number] = [line for block in blocks for line in block.splitlines()]
    return found


@dataclass
class Machine:
    """A folder in which the guide's places stand for themselves."""

    root: Path
    mail: str
    here: Path

    def place(self, line: str) -> str:
        """A line as it is typed on this machine."""
        line = line.removeprefix(ACCOUNT)
        line = line.replace("/usr/local/src/newsroom", str(REPOSITORY))
        for folder in ("/srv/", "/opt/", "/etc/", "/usr/local/bin"):
            line = re.sub(rf"(?<![\w.]){folder}", f"{self.root}{folder}", line)
        return line

    def type(self, line: str) -> str:
        """What one line of the guide prints; it has to go well."""
        words = shlex.split(line.removeprefix(ACCOUNT))
        if words[0] in OF_A_REAL_MACHINE or any(part in line for part in NOT_HERE):
            return ""
        typed = self.place(line)
        if words[0] == "cd":
            self.here = Path(shlex.split(typed)[1])
            return ""
        if "pip install" in typed:  # what it would be built with is here, and nothing is fetched
            typed = typed.replace(
                "--no-deps", "--quiet --no-index --no-build-isolation --no-compile --no-deps"
            )
        done = subprocess.run(
            ["sh", "-c", typed],
            cwd=self.here,
            env={
                "PATH": f"{self.root}/usr/local/bin:/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "HOME": str(self.root),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, (typed, done.stdout, done.stderr)
        return done.stdout


def see_the_libraries_of_the_tests(environment: Path) -> None:
    """In place of the libraries that the guide has fetched."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    path = environment / "lib" / version / "site-packages" / "libraries.pth"
    path.write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")


def fill_in(path: Path, *changes: tuple[str, str]) -> None:
    """Write into a file by hand."""
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        text = re.sub(before, after, text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def by_hand(machine: Machine, step: str) -> None:
    """What the guide asks a person to write after a step."""
    folder = machine.root / "srv/nyheter"
    if step == "2":
        return
    if step == "3":
        put(folder, "posts/site.yaml", SITE)
        put(folder, ".env", f"NEWSROOM_MAIL={machine.mail}\n")
        contact = folder / "posts/contacts/anna-exempel.md"
        fill_in(contact, ("^email:$", "email: anna@example.se"), ("^.*draft.*\n", ""))
    if step == "9":
        (post,) = (folder / "posts/news").glob("*-vi-har-oppnat.md")
        fill_in(post, (r"^draft: true\n", ""), (r"\[Skriv texten här\.\]", "Välkommen!"))


def follow(machine: Machine, line: str) -> None:
    """Type a line of the guide; where it says something that hangs on the day, what holds today."""
    if line.startswith("NEWSROOM_"):
        return  # goes into .env, with an address of this machine's
    if "python3 -m venv" in line:
        environment = machine.root / "opt/newsroom"
        venv.create(environment, with_pip=True)
        see_the_libraries_of_the_tests(environment)
        return
    if "2026-host" not in line:
        machine.type(line)
        return
    name = json.loads(machine.type("newsroom issue list --json"))[0]["issue"]
    if "issue draft" in line:
        machine.type("newsroom subscribers add bo@example.se --consent mötet")
    machine.type(line.replace("2026-host", name))
    if "issue draft" in line:
        draft = machine.root / f"srv/nyheter/posts/newsletters/{name}.md"
        fill_in(draft, (r"\[Skriv några rader.*\]", "Hej!"))


def by_cron(machine: Machine) -> datetime:
    """Run the guide's line for cron with what cron gives a program; when newsroom last looked."""
    line = re.search(r"^\* \* \* \* \*  (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert line is not None
    done = subprocess.run(
        ["/bin/sh", "-c", machine.place(line[1])],
        cwd=machine.root,
        env={"HOME": str(machine.root), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    beat = json.loads((machine.root / "srv/nyheter/var/heartbeat.json").read_bytes())
    return datetime.fromisoformat(beat["at"])


def test_the_guide_leads_to_the_first_issue(tmp_path: Path) -> None:
    """Step by step as it stands there; at the end a reader has the issue, and a backup is made.

    The line for cron works with what cron gives it.
    """
    with MailCatcher(tmp_path / "mail") as catcher:
        machine = Machine(tmp_path / "machine", catcher.address, tmp_path)
        for folder in ("opt", "srv/nyheter", "usr/local/bin"):
            (machine.root / folder).mkdir(parents=True)
        for name in ("nginx/sites-available", "nginx/sites-enabled", "systemd/system"):
            (machine.root / "etc" / name).mkdir(parents=True)
        before = datetime.now(UTC) - timedelta(seconds=1)
        for step, lines in steps().items():
            for line in lines:
                follow(machine, line)
            by_hand(machine, step)
        recipients = catcher.recipients
        looked = by_cron(machine)

    assert looked > before
    assert recipients == ("anna@example.se", "bo@example.se")
    assert (machine.root / "srv/nyheter/var/first.tar.gz").is_file()
    assert list(steps()) == [str(number) for number in range(1, 14)]
