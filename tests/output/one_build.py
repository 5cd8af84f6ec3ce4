"""A build in a process of its own, which a test may starve or kill: JSON in, JSON out."""

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from newsroom.errors import NewsroomError
from newsroom.output.tree import Tree
from newsroom.render.page import Page


def render(text: str) -> bytes:
    """The text itself, or the misfortune that it names."""
    match text:
        case "!hang":
            while True:
                pass
        case "!crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "!fail":
            raise ValueError("no such word")
    return text.encode()


def page(path: str, text: str) -> Page:
    """A page with this text."""
    return Page(path, (text,), lambda: render(text))


def main() -> None:
    """Build what standard input says, within the limits that it sets."""
    order = json.load(sys.stdin)
    for name, limit in order["limits"].items():
        resource.setrlimit(getattr(resource, name), (limit, limit))
    tree = Tree(Path(order["out"]), Path(order["state"]), "1", patience=order["patience"])
    pages = [page(path, text) for path, text in order["pages"].items()]
    os.write(1, b"begun\n")
    try:
        tally = tree.write(pages, [], remove_many=True)
    except NewsroomError as fault:
        sys.exit(f"{type(fault).__name__}: {fault}")
    json.dump(asdict(tally), sys.stdout, default=str)


main()
