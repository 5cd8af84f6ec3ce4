"""Figures of the whole line, in one run: start, build, send.

    .venv/bin/python benchmarks/line.py [--posts DIR --assets DIR] [--readers N]

Without `--posts` 107 made-up posts are used. Times are this machine's, at this moment: compare the
ratios, not the seconds.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from newsroom.delivery.catcher import MailCatcher

NEWSROOM = [sys.executable, "-m", "newsroom"]
SITE = """\
name: Benchmark
url: https://bench.example.se
language: en
timezone: Europe/Stockholm
sender: {name: Benchmark, email: bench@example.se}
postal_address: Example street 1
sending:
  pace: unlimited
  lane_pace: unlimited
  hours: always
  canary: none
  undo: 0 minutes
  doctor: never
approvers: [ada]
"""
CONTACT = "---\nid: urn:uuid:0\nname: Ada\nemail: ada@example.se\n---\n"


def main() -> None:
    """Print one line a figure."""
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "newsroom"
        make_newsroom(root, options.posts, options.assets)
        start_up()
        build(root)
        send(root, options.readers)


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Figures of the whole line.")
    parser.add_argument("--posts", type=Path, help="a folder of Markdown to import")
    parser.add_argument("--assets", type=Path, help="the folder of its pictures")
    parser.add_argument("--readers", type=int, default=500)
    return parser.parse_args()


def make_newsroom(root: Path, posts: Path | None, assets: Path | None) -> None:
    """A newsroom with one approver and the posts of another blog."""
    (root / "posts" / "contacts").mkdir(parents=True)
    (root / "posts" / "site.yaml").write_text(SITE, encoding="utf-8")
    (root / "posts" / "contacts" / "ada.md").write_text(CONTACT, encoding="utf-8")
    source = posts or make_posts(root.parent / "source", 107)
    pictures = ["--assets", str(assets)] if assets else []
    run(root, "import", "markdown", str(source), *pictures)


def make_posts(folder: Path, count: int) -> Path:
    """Made-up posts of some 400 words each."""
    folder.mkdir(parents=True)
    paragraph = "People who meet where they live feel better, and towns can plan for that. " * 9
    for number in range(count):
        day = f"{2018 + number // 24}-{1 + number // 2 % 12:02}-{1 + number % 2 * 14:02}"
        text = f"---\ntitle: Post {number}\ndate: {day}\ntags: [town, people]\n---\n\n"
        (folder / f"{day}-post-{number}.md").write_text(text + (paragraph + "\n\n") * 4)
    return folder


def start_up() -> None:
    """What asking for help costs, against a bare Python."""
    bare = median(timed([sys.executable, "-c", "pass"]) for _ in range(15))
    helped = median(timed([*NEWSROOM, "--help"]) for _ in range(15))
    figure("newsroom --help", f"{helped * 1000:.0f} ms", f"{helped / bare:.1f} x a bare Python")


def build(root: Path) -> None:
    """The site, from nothing and again with nothing changed."""
    figure("build, cold", f"{timed([*NEWSROOM, '--root', str(root), 'build']):.2f} s", "")
    again = median(timed([*NEWSROOM, "--root", str(root), "build"]) for _ in range(5))
    figure("build, nothing changed", f"{again:.2f} s", "")


def send(root: Path, readers: int) -> None:
    """An issue of twelve posts to every reader, over SMTP on loopback."""
    people = root / "readers.csv"
    rows = (f"reader{number}@town{number % 20}.example.se" for number in range(readers))
    people.write_text("email\n" + "\n".join(rows) + "\n", encoding="utf-8")
    run(root, "subscribers", "import", str(people), "--consent", "made up for a benchmark")
    issue = root / "posts" / "newsletters" / "2026-host.md"
    issue.parent.mkdir(exist_ok=True)
    posts = sorted((root / "posts" / "news").iterdir())[-12:]
    stories = "".join(f"  - {path.stem[11:]}\n" for path in posts)
    head = f"---\nid: urn:uuid:1\ntitle: Autumn 2026\nnumber: 1\nstories:\n{stories}---\n\nHello.\n"
    issue.write_text(head, encoding="utf-8")
    run(root, "issue", "approve", "2026-host", "--by", "ada")
    with MailCatcher(root / "inbox") as catcher:
        command = [*NEWSROOM, "--root", str(root), "issue", "send", "2026-host", "--yes"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = timed(command, NEWSROOM_MAIL=catcher.address)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        caught = catcher.recipients
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = (root / "inbox" / "0001.eml").stat().st_size
    figure(
        f"send to {readers} readers", f"{seconds:.2f} s", f"{cpu / readers * 1000:.2f} ms CPU each"
    )
    figure(
        "messages caught",
        str(len(caught)),
        f"{len(set(caught))} different recipients, {size} bytes",
    )
    figure("largest process", f"{after.ru_maxrss // 1024} MB", "")


def run(root: Path, *arguments: str) -> None:
    """A newsroom command that must succeed; 1 is allowed where it only reports."""
    command = [*NEWSROOM, "--root", str(root), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in {0, 1}:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def timed(command: Sequence[str], **environment: str) -> float:
    """Seconds of wall time that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - started


def figure(what: str, value: str, note: str) -> None:
    """One aligned line."""
    print(f"{what:<28}{value:>12}  {note}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
