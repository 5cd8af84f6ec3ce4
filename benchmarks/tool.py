"""A tool that is measured: how a post is written down for it, and how it is started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from benchmarks.corpus import Post

OUT: Final = "public"  # below its folder, for every tool


def same_name(post: Post) -> str:
    """The file name that most tools are given."""
    return f"{post.day}-{post.slug}.md"


def yaml_head(post: Post) -> str:
    """The front matter that most tools read."""
    head = {"title": post.title, "date": post.day, "slug": post.slug}
    return written_head({**head, "tags": list(post.tags), "summary": post.summary})


def written_head(head: Mapping[str, object]) -> str:
    """Front matter as YAML between its lines."""
    text = yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n"


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to make a site of a folder of posts."""

    name: str
    command: tuple[str, ...]  # builds the site; run in the tool's folder
    lay_out: Callable[[Path, int], None]  # makes the folder, without posts, for so many of them
    posts: str  # where the posts are, below its folder
    head: Callable[[Post], str] = yaml_head
    file_name: Callable[[Post], str] = same_name
    caches: tuple[str, ...] = ()  # below its folder; gone before a cold build
    preview: Callable[[int], tuple[str, ...]] | None = None  # left running at a port
    remembers: bool = True  # a second build may be cheaper than the first
    environment: Mapping[str, str] = field(default_factory=dict)
