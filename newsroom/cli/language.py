"""The language of whoever sits at the desk: the site's, else the terminal's, else English."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import click

from newsroom.errors import SettingsError
from newsroom.model.saying import Saying
from newsroom.render.sayings import in_language
from newsroom.settings import find_root

# Read without YAML: the faults of a site.yaml that cannot be parsed are told in its language too.
_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.MULTILINE)
_LOCALE = re.compile(r"([a-z]{2,3})(?:[_.@].*)?")
_KEPT = "newsroom.language"  # in what click keeps for one command


def said(text: str) -> str:
    """A text in the language of the desk that the running command works at."""
    return in_language(text, desk_language()) if isinstance(text, Saying) else text


def desk_language() -> str:
    """The language of the desk that the running command works at."""
    context = click.get_current_context(silent=True)
    if context is None:
        return language_of(None, os.environ)
    if _KEPT not in context.meta:
        context.meta[_KEPT] = language_of(context.find_root().obj or _here(), os.environ)
    return str(context.meta[_KEPT])


def _here() -> Path | None:
    """The newsroom around the folder that one stands in, if there is one."""
    try:
        return find_root(Path.cwd())
    except SettingsError:
        return None


def language_of(root: Path | None, environ: Mapping[str, str]) -> str:
    """The language of the newsroom in `root`, else that of the terminal (BCP 47)."""
    try:
        text = (root / "posts" / "site.yaml").read_text("utf-8", "replace") if root else ""
    except OSError:
        text = ""
    if written := _LANGUAGE.search(text):
        return written[1]
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    of_terminal = _LOCALE.fullmatch(next(filter(None, names), ""))
    return of_terminal[1] if of_terminal else "en"
